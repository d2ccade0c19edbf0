import { readdirSync } from 'node:fs';
import path from 'node:path';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { within } from '../../within.ts';
import { IpmiTool, type IpmiAnswer } from './ipmiTool.ts';
import { findProgram } from '../native/findProgram.ts';
import { absent, ready, refused } from '../probe.ts';
import type { PowerReading, Probe, Sensor, SensorContext } from '../sensor.ts';

/**
 * Engineering judgement for the power supplies' own meters. DCMI 1.5 (Intel, 6.6.1) asks for none and lets the
 * controller average over a time of its own.
 */
const UNCERTAINTY = 0.05;

/** Each call starts a process and keeps a slow controller busy. */
const PERIOD_SECONDS = 10;

/** Reads come a little early or late; a call a tenth too soon is no harm, one skipped would halve the rate. */
const EARLY = 0.9;

/** After failures the next call comes later and later, by the factor of two, up to so many periods: ten minutes. */
const MOST_PERIODS = 64;

/** A read waits so long for the answer, or its period; what comes later is told by the next read. */
const PATIENCE_MILLIS = 1500;

const rightsFix = () =>
  [
    t(
      'Only root may talk to the management controller. Whoever may can also switch the machine off and change the\ncontroller’s users, so give the right only to those who may do that. To give it to your group, put this line into\n{0}:',
      '/etc/udev/rules.d/99-ipmi.rules',
    ),
    '  KERNEL=="ipmi*", SUBSYSTEM=="ipmi", GROUP="YOURGROUP", MODE="0660"',
    t('then run: {0}', 'sudo udevadm control --reload-rules && sudo udevadm trigger --subsystem-match=ipmi'),
  ].join('\n');

const moduleFix = () =>
  [
    t('Load the driver: {0}', 'sudo modprobe ipmi_devintf'),
    t('and for each boot: {0}', 'echo ipmi_devintf | sudo tee /etc/modules-load.d/ipmi.conf'),
  ].join('\n');

const toolFix = () =>
  t('Install it: {0}   or   {1}', 'sudo apt install ipmitool', 'sudo dnf install ipmitool');

/**
 * The whole machine's power by its management controller (IPMI/DCMI), through `ipmitool dcmi power reading`. Between
 * two calls a read gives the last answer again, with its own time.
 */
export class IpmiSensor implements Sensor {
  readonly id = 'ipmi';
  readonly title = t('Power meter of the management controller (IPMI)');
  readonly quality = 'measured';
  readonly powerPeriodSeconds: number;
  readonly #sysfs: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #tool: IpmiTool;
  #program: string | null = null;
  #last: PowerReading | null = null;
  #failures = 0;
  #nextSeconds = 0;
  /** Names the time until the next release: what was asked before is not for it. */
  #session = {};

  /** @param periodSeconds no more than one call in this time */
  constructor({ sysfs, environment = process.env }: SensorContext, periodSeconds = PERIOD_SECONDS) {
    this.powerPeriodSeconds = periodSeconds;
    this.#sysfs = sysfs;
    this.#environment = environment;
    this.#tool = new IpmiTool(environment);
  }

  async probe(): Promise<Probe> {
    this.#program = null;
    const controller = controllerState(this.#sysfs);
    if (controller === 'none')
      return absent(t('This machine has no management controller (IPMI) that Linux knows of.'));
    if (controller === 'no device')
      return refused(
        t('There is a management controller, but the driver to talk to it is not loaded.'),
        moduleFix(),
      );
    const program = findProgram('ipmitool', this.#environment);
    if (!program)
      return refused(
        t('There is a management controller, but the program ipmitool to ask it is not installed.'),
        toolFix(),
      );
    const answer = await this.#tool.ask(program);
    if ('problem' in answer) return refusal(answer);
    this.#program = program;
    return ready({
      components: ['machine'],
      message: t('Measures the supply of the whole machine by its management controller.'),
      resolution: t('1 W, every {0} s', this.powerPeriodSeconds),
      uncertainty: UNCERTAINTY,
    });
  }

  async read(): Promise<readonly PowerReading[]> {
    const now = monotonicSeconds();
    if (this.#program !== null && now >= this.#nextSeconds) {
      this.#nextSeconds = now + this.powerPeriodSeconds * EARLY;
      const session = this.#session;
      const call = this.#tool.ask(this.#program).then((answer) => {
        if (session === this.#session) this.#keep(answer);
      });
      await within(call, Math.min(PATIENCE_MILLIS, this.powerPeriodSeconds * 1000));
    }
    const isFresh = this.#last && now - this.#last.timeSeconds <= 2 * this.powerPeriodSeconds;
    return this.#last && isFresh && this.#failures === 0 ? [this.#last] : [];
  }

  release(): void {
    this.#tool.kill();
    this.#session = {};
    this.#last = null;
    this.#failures = 0;
    this.#nextSeconds = 0;
  }

  #keep(answer: IpmiAnswer): void {
    if ('problem' in answer) {
      const periods = Math.min(MOST_PERIODS, 2 ** this.#failures);
      this.#failures++;
      this.#nextSeconds = monotonicSeconds() + this.powerPeriodSeconds * periods * EARLY;
      return;
    }
    this.#failures = 0;
    this.#last = {
      ...{ kind: 'power', channel: this.id, component: 'machine', device: 'machine', source: this.id },
      ...{ quality: 'measured', uncertainty: UNCERTAINTY },
      ...{ timeSeconds: answer.timeSeconds, powerWatts: answer.watts },
    };
  }
}

/** By what the kernel shows (`ipmi_devintf` and `ipmi_si`); no process is started where there is nothing to ask. */
function controllerState(sysfs: string): 'ready' | 'no device' | 'none' {
  if (entries(path.join(sysfs, 'class', 'ipmi')).some((name) => /^ipmi\d+$/.test(name))) return 'ready';
  const devices = entries(path.join(sysfs, 'bus', 'platform', 'devices'));
  return devices.some((name) => /^(ipmi_bmc|IPI0001|dmi-ipmi)/.test(name)) ? 'no device' : 'none';
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function refusal({ problem, text }: Extract<IpmiAnswer, { problem: unknown }>): Probe {
  if (problem === 'rights')
    return refused(t('There is a management controller, but this user may not talk to it.'), rightsFix());
  if (problem === 'device')
    return refused(t('There is a management controller, but its device is missing in /dev.'), moduleFix());
  return refused(t('The management controller does not tell the machine’s power ({0}).', text), null);
}
