/**
 * Writes places.json: for each country its name and the yearly average of its grid, from CO2.js (whose figures are
 * Ember's, CC BY 4.0), and the country of each time zone, from countries-and-timezones (MIT).
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
