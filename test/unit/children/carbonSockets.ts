/** Runs a day's worth of looks by the carbon service and prints where this process wanted to connect, resolve or ask. */
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { CarbonService, type CarbonSettings } from '../../../src/core/carbon/carbonService.ts';
import { SECRETS, settings } from '../carbon/services.ts';

const tried: string[] = [];
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  tried.push(`connect ${JSON.stringify(args[0])}`);
  return Reflect.apply(connect, this, args) as net.Socket;
} as typeof connect;
const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (this: dgram.Socket, ...args: unknown[]) {
  tried.push('send');
  return Reflect.apply(send, this, args) as void;
} as typeof send;
const lookup = dns.lookup;
dns.lookup = ((...args: unknown[]) => {
  tried.push(`lookup ${String(args[0])}`);
  return Reflect.apply(lookup, dns, args) as unknown;
}) as typeof lookup;

let nowMillis = Date.parse('2026-11-23T22:10:00Z');
const [base = '', more = '{}'] = process.argv.slice(2);
const wanted: CarbonSettings = settings(JSON.parse(more) as Partial<CarbonSettings>);
const names = [
  'ukCarbonIntensity',
  'energiDataService',
  'energyCharts',
  'electricityMaps',
  'wattTime',
] as const;
const service = new CarbonService({
  settings: () => wanted,
  secrets: SECRETS,
  cacheFolder: null,
  environment: { AWS_EXECUTION_ENV: 'x', ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2' },
  now: () => nowMillis,
  bases: Object.fromEntries(names.map((name) => [name, base])),
  metadataBase: base,
});
for (let look = 0; look < 24; look++) {
  service.context();
  await service.refresh();
  await service.fetchHistory(nowMillis - 3_600_000, nowMillis);
  void [service.betterSource, service.forecast()];
  service.ahead(nowMillis, nowMillis + 3_600_000);
  nowMillis += 3_600_000;
}
service.dispose();
process.stdout.write(JSON.stringify(tried));
