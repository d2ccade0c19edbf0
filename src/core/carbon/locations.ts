/** What *Compare Locations* and *Set Location…* need, with the tables of all places: a bundle of its own (`esbuild.mjs`). */
export { markdownLocations } from '../reports/locationsReport.ts';
export { allCountries } from './place.ts';
export { allCloudRegions, allZones, parseLocation } from './regions.ts';
