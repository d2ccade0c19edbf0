import { compare } from './compare.ts';
import { history } from './history.ts';
import { importCommand } from './import.ts';
import { intensity } from './intensity.ts';
import { modelCard } from './modelCard.ts';
import { progress } from './progress.ts';
import { project } from './project.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { sensors } from './sensors.ts';
import type { CliCommand } from './usage.ts';

/** Every command, as help lists them. A new one is its file and its line here. */
export const commands: readonly CliCommand[] = [
  run,
  sensors,
  history,
  report,
  compare,
  project,
  modelCard,
  importCommand,
  intensity,
  progress,
];
