import { SOURCE_CHOICES } from '../core/carbon/choice.ts';
import { commands } from './commands.ts';
import { UsageError } from './usage.ts';

declare const VERSION: string;

const HELP = `training-footprint: the energy and carbon footprint of a training run

Usage:
${commands.map(({ usage, summary }) => `  training-footprint ${usage}\n      ${summary}`).join('\n')}

Environment:
  TRAINING_FOOTPRINT_DATA     folder of the run history
  TRAINING_FOOTPRINT_COUNTRY  country of the electricity, two letters of ISO 3166-1
  TRAINING_FOOTPRINT_LOCATION zone of the grid, cloud region or coordinates, as --zone

  For the carbon intensity of the grid; nothing is requested unless it is allowed:
  TRAINING_FOOTPRINT_ALLOW_NETWORK   1 allows requests to sources, as --allow-network
  TRAINING_FOOTPRINT_ALLOW_METADATA  1 allows to ask the cloud provider's metadata service for the region
  TRAINING_FOOTPRINT_CARBON_SOURCE   as --source: ${SOURCE_CHOICES.join(', ')}
  TRAINING_FOOTPRINT_ELECTRICITY_MAPS_KEY
  TRAINING_FOOTPRINT_MARGINAL        1 counts marginal emissions besides, by WattTime with
  TRAINING_FOOTPRINT_WATTTIME_USERNAME and TRAINING_FOOTPRINT_WATTTIME_PASSWORD
  TRAINING_FOOTPRINT_CARBON_CONSTANT gCO2e/kWh of the source constant
  TRAINING_FOOTPRINT_CARBON_CSV      file of the source csv, lines of time,gCO2/kWh
  TRAINING_FOOTPRINT_CARBON_URL, TRAINING_FOOTPRINT_CARBON_URL_PATH, TRAINING_FOOTPRINT_CARBON_URL_KEY
                                     address of the source url, where its answer has the figure, and its key

  For metrics of runs while they train:
  TRAINING_FOOTPRINT_OTLP_ENDPOINT     an OpenTelemetry collector, for example http://localhost:4318
  TRAINING_FOOTPRINT_PROMETHEUS_FOLDER folder that a Prometheus node exporter's textfile collector reads

  For the estimate, where no sensor tells:
  TRAINING_FOOTPRINT_CPU_FULL_WATTS           power of all processors together at full load
  TRAINING_FOOTPRINT_CPU_IDLE_WATTS           the same idle
  TRAINING_FOOTPRINT_DRAM_WATTS_PER_GIGABYTE  power of the memory by its size
  TRAINING_FOOTPRINT_GPU_FULL_WATTS           power of one GPU at full load
`;

/** @returns the exit code: 2 for a wrong use, 1 for what went wrong otherwise */
async function main([name = '--help', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') return print(HELP);
  if (name === '--version' || name === '-v') return print(`${VERSION}\n`);
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) throw new UsageError(`there is no command “${name}”`);
  return command.run(args);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUsage =
    error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`training-footprint: ${reason}\n${isUsage ? 'See training-footprint --help.\n' : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}

// what a driver that hangs still holds up is not waited for
process.stdout.write('', () => process.exit());
