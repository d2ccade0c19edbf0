import { existsSync } from 'node:fs';
import path from 'node:path';
import { t } from '../../../language.ts';
import { quickText } from './kernelFile.ts';
import { PerfCounters, type PerfSum } from './perfCounters.ts';
import { tryPerf } from './perfStat.ts';
import { findProgram } from '../native/findProgram.ts';
import { list } from '../names.ts';
import { absent, ready, refused } from '../probe.ts';
import { RAPL_UNCERTAINTY, RaplSensor } from './rapl.ts';
import type { CounterReading, Probe, Scope, Sensor, SensorContext } from '../sensor.ts';

interface Event {
  /** Its file below `/sys/bus/event_source/devices/power/events`. */
  readonly file: string;
  readonly component: Scope;
  readonly device: string;
  /** For people. */
  readonly name: () => string;
}

/** Events of the kernel's `power` unit (arch/x86/events/rapl.c) of which none is part of another. */
const EVENTS: readonly Event[] = [
  { file: 'energy-pkg', component: 'cpu', device: 'all packages', name: () => t('all packages') },
  { file: 'energy-ram', component: 'dram', device: 'all memory', name: () => t('all memory') },
];

/**
 * What a run uses before its first and after its last interval is not seen, so that they are short: 0.25 s. A perf that
 * ended by itself is started again after 5 s, lest one that cannot run is started all the time.
 */
const TIMES = { intervalMillis: 250, restartSeconds: 5 };

/** The first look waits so long for the first counts. */
const PATIENCE_MILLIS = 1500;

const paranoidFix = () =>
  [
    t('Let every user count events of the whole machine: {0}', 'sudo sysctl kernel.perf_event_paranoid=0'),
    t('and for each boot: {0}', 'echo kernel.perf_event_paranoid=0 | sudo tee /etc/sysctl.d/99-perf.conf'),
    t(
      'What it opens: every user of this machine may watch what others compute, by counters of time, cache and energy.',
    ),
    t(
      'The rule for RAPL’s own files, which opens the energy alone, is the better one where you have the choice.',
    ),
  ].join('\n');

const toolFix = () =>
  t(
    'Install it: {0}   or   {1}   or   {2}',
    'sudo apt install linux-perf',
    'sudo apt install linux-tools-generic',
    'sudo dnf install perf',
  );

/**
 * RAPL's counters by the kernel's performance events, where its own files are closed to this user: one `perf stat`
 * that lives as long as something trains. It adds up all sockets and dies, each once.
 */
export class RaplPerfSensor implements Sensor {
  readonly id = 'rapl-perf';
  readonly title = t('Processor energy counters (RAPL, by perf)');
  readonly quality = 'measured';
  readonly #context: SensorContext;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #files: RaplSensor;
  readonly #times: typeof TIMES;
  #counters: PerfCounters | null = null;

  constructor(context: SensorContext, times = TIMES) {
    this.#context = context;
    this.#environment = context.environment ?? process.env;
    this.#files = new RaplSensor(context);
    this.#times = times;
  }

  async probe(): Promise<Probe> {
    this.release();
    this.#counters = null;
    const folder = path.join(this.#context.sysfs, 'bus', 'event_source', 'devices', 'power', 'events');
    const there = EVENTS.filter(({ file }) => existsSync(path.join(folder, file)));
    if (there.length === 0) return absent(t('The kernel has no events for energy here (perf).'));
    if ((await this.#files.probe()).components.includes('cpu'))
      return absent(t('Not needed: the same counters are read without perf (RAPL).'));
    if (!mayCount(this.#context.procfs))
      return refused(t('The energy counters can be read by perf, but not by this user.'), paranoidFix());
    const program = findProgram('perf', this.#environment);
    if (!program)
      return refused(t('The energy counters can be read by perf, but it is not installed.'), toolFix());
    const counted = await tryPerf(program, there.map(nameOf), this.#environment);
    if (typeof counted === 'string') return refused(t('perf does not count energy ({0}).', counted), null);
    const events = there.filter((event) => counted.has(nameOf(event)));
    const environment = this.#environment;
    this.#counters = new PerfCounters({ program, events: events.map(nameOf), environment, ...this.#times });
    return ready({
      components: events.map(({ component }) => component),
      message: t('Measures {0} together, by perf.', list(events.map(({ name }) => name()))),
      resolution: t('10 mJ, four times a second'),
      uncertainty: RAPL_UNCERTAINTY,
    });
  }

  async read(): Promise<readonly CounterReading[]> {
    const sums = (await this.#counters?.take(PATIENCE_MILLIS)) ?? [];
    return sums.flatMap((sum) => readingOf(sum, this.id));
  }

  release(): void {
    this.#counters?.stop();
  }
}

/** As perf is asked for it, and calls it. */
function nameOf({ file }: Event): string {
  return `power/${file}/`;
}

function readingOf({ event, timeSeconds, energyJoules }: PerfSum, source: string): CounterReading[] {
  const about = EVENTS.find((candidate) => nameOf(candidate) === event);
  if (!about) return [];
  const { file, component, device } = about;
  return [
    {
      ...{ kind: 'counter', channel: `${source}/${file}`, component, device, source },
      ...{ quality: 'measured', uncertainty: RAPL_UNCERTAINTY, timeSeconds, energyJoules, rangeJoules: null },
    },
  ];
}

/**
 * Events of whole processors are for root, or for everyone up to a `perf_event_paranoid` of 0 (kernel documentation,
 * admin-guide/sysctl/kernel.rst).
 */
function mayCount(procfs: string): boolean {
  const paranoid = quickText(path.join(procfs, 'sys', 'kernel', 'perf_event_paranoid')) ?? '';
  return process.geteuid?.() === 0 || (/^-?\d+$/.test(paranoid) && Number(paranoid) <= 0);
}
