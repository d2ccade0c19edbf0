import { t } from '../../../language.ts';
import { ChildStream } from '../native/childStream.ts';
import { findProgram } from '../native/findProgram.ts';
import { LastReadings } from '../native/lastReadings.ts';
import { absent, ready, refused } from '../probe.ts';
import type { PowerReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { APPLE_UNCERTAINTY } from './energyModel.ts';
import { powermetricsParser } from './powermetricsText.ts';

const PERIOD_MILLIS = 1000;

/** One that has missed so many samples hangs. Engineering judgement. */
const SILENCE_SECONDS = 10;

/** A reading is given again for so long while the next has not come. */
const FRESH_SECONDS = 3;

/** The first sample comes after one period; a probe may take 5 s in all. */
const PATIENCE_MILLIS = 3500;

const ARGUMENTS = ['--samplers', 'cpu_power,gpu_power', '-i', String(PERIOD_MILLIS)];

/** Only with these arguments, so that it does not also give the right to write files as root (`--output-file`). */
const rightsFix = () =>
  [
    t('Only root may run powermetrics. To let yourself run it without a password, type'),
    '  sudo visudo -f /etc/sudoers.d/powermetrics',
    t('and put this line into the file, with your user name:'),
    `  YOURNAME ALL=(root) NOPASSWD: /usr/bin/powermetrics ${ARGUMENTS.join(' ').replaceAll(',', '\\,')}`,
    t('It opens nothing else: whoever may run this sees power and clock of this Mac’s processor and GPU.'),
  ].join('\n');

/**
 * Power of processor, GPU and Neural Engine by one `powermetrics` that runs as long as something is measured: on Macs
 * with a processor by Intel the only way. Needs root, or a sudo that asks for no password. Written after the manual and
 * public captures of its output; run against a stand-in that prints those, never on a Mac.
 *
 * It has no period for reads in between: each sample is the mean of a second, and all of them are kept.
 */
export class PowermetricsSensor implements Sensor {
  readonly id = 'powermetrics';
  readonly title = 'powermetrics';
  readonly quality = 'measured';
  readonly gpuFamily = 'apple';
  readonly #platform: NodeJS.Platform;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #isRoot: boolean;
  readonly #last = new LastReadings<PowerReading>(FRESH_SECONDS);
  #stream: ChildStream<PowerReading> | null = null;

  constructor(context: SensorContext, isRoot = process.getuid?.() === 0) {
    this.#platform = context.platform ?? process.platform;
    this.#environment = context.environment ?? process.env;
    this.#isRoot = isRoot;
  }

  async probe(): Promise<Probe> {
    if (this.#platform !== 'darwin') return absent(t('Only on macOS.'));
    const stream = (this.#stream ??= this.#open());
    if (!stream) return absent(t('powermetrics is not installed.'));
    const sample = await stream.first(PATIENCE_MILLIS);
    if (sample.length === 0) {
      const { problem } = stream;
      this.release();
      return refusal(problem);
    }
    const names = sample.map(({ component, device }) => (component === 'gpu' ? device : component));
    return ready({
      components: [...new Set(sample.map(({ component }) => component))],
      message: t('Measures {0} by the chip’s own energy model.', [...new Set(names)].join(', ')),
      resolution: t('1 mW, the mean of each second'),
      uncertainty: APPLE_UNCERTAINTY,
    });
  }

  read(): Promise<readonly PowerReading[]> {
    if (this.#platform === 'darwin') this.#stream ??= this.#open();
    return Promise.resolve(this.#last.with(this.#stream?.take() ?? []));
  }

  release(): void {
    this.#stream?.stop();
    this.#last.clear();
  }

  #open(): ChildStream<PowerReading> | null {
    const program = findProgram('powermetrics', this.#environment);
    if (!program) return null;
    const [first = program, ...args] = [...(this.#isRoot ? [] : ['sudo', '-n']), program, ...ARGUMENTS];
    const command = { program: first, args, environment: this.#environment };
    return new ChildStream(command, { parse: powermetricsParser(), silenceSeconds: SILENCE_SECONDS });
  }
}

/** In the words of sudo and powermetrics. */
function refusal(problem: string | null): Probe {
  if (/password|superuser|sudoers|may not run|not allowed|spawn sudo/i.test(problem ?? ''))
    return refused(t('powermetrics is here, but this user may not run it.'), rightsFix());
  return refused(t('powermetrics tells no power ({0}).', problem ?? t('it told nothing in time')), null);
}
