/**
 * A `perf` that counts the energies of a known trace, and prints them as `perf stat -I -x,` does (perf-stat(1), CSV
 * FORMAT). What is said of the trace comes first, then what perf is called with.
 *
 *   node test/hardware/perfProgram.ts TRACE stat -a -x , -e power/energy-pkg/,power/energy-ram/ -I 250
 */
import { parseArgs } from 'node:util';
import { channelOf, joulesBetween, traceOf } from './trace.ts';

const CHANNELS: Readonly<Record<string, string>> = {
  'power/energy-pkg/': 'package',
  'power/energy-ram/': 'dram',
};

const [traceName = 'steady', ...args] = process.argv.slice(2);
const { values, positionals } = parseArgs({
  args,
  allowPositionals: true,
  options: {
    all: { type: 'boolean', short: 'a', default: false },
    separator: { type: 'string', short: 'x', default: '' },
    event: { type: 'string', short: 'e', default: '' },
    interval: { type: 'string', short: 'I', default: '' },
  },
});
if (
  positionals.join() !== 'stat' ||
  !values.all ||
  values.separator !== ',' ||
  !(Number(values.interval) >= 10)
) {
  console.error(` Usage: perf stat [<options>] [<command>], not ${args.join(' ')}`);
  process.exit(129);
}

const trace = traceOf(traceName);
const start = performance.now();
let lastSeconds = 0;

function tick(): void {
  const seconds = (performance.now() - start) / 1000;
  for (const event of values.event.split(',')) {
    const channel = channelOf(trace, CHANNELS[event] ?? '');
    const joules = channel && joulesBetween(channel, lastSeconds, seconds).toFixed(2);
    const ran = Math.round((seconds - lastSeconds) * 1e9);
    process.stderr.write(
      `${seconds.toFixed(9).padStart(16)},${joules ?? '<not supported>'},Joules,${event},${ran},100.00,,\n`,
    );
  }
  lastSeconds = seconds;
}

process.stderr.on('error', () => process.exit(1)); // nobody reads: SIGPIPE ends the real one
setInterval(tick, Number(values.interval));
