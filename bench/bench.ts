/**
 * Measures the extension and its command line tool, beside other tools on the same simulated hardware.
 *
 *   npm run bench                    everything
 *   npm run bench -- energy cost     some sections
 *
 * Writes what it found, with what was found before in other sections, to bench/RESULTS.md.
 */
import { cost } from './cost.ts';
import { editor } from './editor.ts';
import { energy } from './energy.ts';
import { history } from './history.ts';
import { tableText, type Section } from './report.ts';
import { progress } from './progress.ts';
import { projection } from './projection.ts';
import { keep, writeResults } from './results.ts';

const SECTIONS: readonly Section[] = [editor, history, energy, cost, projection, progress];

// one listener a program that is started, to end it
process.setMaxListeners(0);

const names = process.argv.slice(2);
const unknown = names.filter((name) => !SECTIONS.some((section) => section.name === name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}: it is ${SECTIONS.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
let isAllMet = true;
for (const section of SECTIONS) {
  if (names.length > 0 && !names.includes(section.name)) continue;
  const report = await section.run();
  if (!report) continue;
  for (const table of report.tables) console.log(tableText(table));
  for (const miss of report.missed) console.log(`missed: ${miss}`);
  isAllMet &&= report.missed.length === 0;
  keep(section.name, report);
}
writeResults(SECTIONS);
process.exit(isAllMet ? 0 : 1);
