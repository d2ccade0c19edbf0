/**
 * Writes places.json: for each country its name and the yearly average of its grid, from CO2.js (whose figures are
 * Ember's, CC BY 4.0), and the country of each time zone, from countries-and-timezones (MIT).
 *
 * Writes zones.json: the yearly average of each zone of Electricity Maps, from CO2.js. That file is a database of its
 * own under the ODbL, kept apart with its notice. A zero in either table is a gap (CAF), no grid without emissions;
 * CO2.js's marginal table is left out: its figures are of 2021 and meant for other uses.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { averageIntensity } = require('@tgwf/co2/data') as {
  averageIntensity: { data: Record<string, number> };
};
const zones = require('countries-and-timezones') as typeof import('countries-and-timezones');
const iso = require('i18n-iso-countries') as typeof import('i18n-iso-countries');

const countries: Record<string, { name: string; gramsPerKwh: number | null }> = {};
for (const [code, alpha3] of Object.entries(iso.getAlpha2Codes())) {
  // a zero is a gap in Ember's table (CAF), not a grid without emissions
  const gramsPerKwh = averageIntensity.data[alpha3] || null;
  countries[code] = { name: zones.getCountry(code)?.name ?? code, gramsPerKwh };
}
const timeZones: Record<string, string> = {};
for (const zone of Object.values(zones.getAllTimezones({ deprecated: true }))) {
  const country = zone.countries[0];
  if (country) timeZones[zone.name] = country;
}
const co2 = JSON.parse(readFileSync(require.resolve('@tgwf/co2').replace(/dist.*$/, 'package.json'), 'utf8'));
const world = averageIntensity.data.WORLD;
const places = { source: `CO2.js ${co2.version}`, worldGramsPerKwh: world, countries, timeZones };
const lines = JSON.stringify(places, null, 1).replace(
  /\{\n\s+"name": (.*),\n\s+"gramsPerKwh": (.*)\n\s+\}/g,
  '{ "name": $1, "gramsPerKwh": $2 }',
);
writeFileSync(new URL('places.json', import.meta.url), `${lines}\n`);

interface YearlyZone {
  readonly zone: { readonly zoneName: string; readonly displayName?: string; readonly countryName?: string };
  readonly carbonIntensity: { readonly value: number; readonly unit: string };
}

const { yearly2025 } = require('@tgwf/co2/data/electricity-maps') as {
  yearly2025: { data: Record<string, YearlyZone> };
};
const zoneLines = Object.entries(yearly2025.data)
  .filter(([, { carbonIntensity }]) => carbonIntensity.unit === 'gCO2eq/kWh' && carbonIntensity.value > 0)
  .map(([id, { zone, carbonIntensity }]) => {
    const own = zone.displayName ?? zone.zoneName;
    const name = zone.countryName ? `${own}, ${zone.countryName}` : own;
    return `  ${JSON.stringify(id)}: { "name": ${JSON.stringify(name)}, "gramsPerKwh": ${carbonIntensity.value} }`;
  });
const zonesJson = `{
 "notice": "Contains information from Electricity Maps (https://www.electricitymaps.com), which is made available here under the Open Database License (ODbL), https://opendatacommons.org/licenses/odbl/1-0/",
 "source": "CO2.js ${co2.version}",
 "year": 2025,
 "zones": {
${zoneLines.join(',\n')}
 }
}
`;
writeFileSync(new URL('zones.json', import.meta.url), zonesJson);
