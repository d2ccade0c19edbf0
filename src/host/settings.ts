import * as vscode from 'vscode';
import { JOULES_PER_KWH } from '../core/carbon/facility.ts';
import { carbonContext, type CarbonContext } from '../core/carbon/intensity.ts';
import { embodiedProblem, type EmbodiedInputs } from '../core/carbon/beyond/embodied.ts';
import { isEquivalenceId } from '../core/carbon/beyond/equivalences.ts';
import type { CarbonSettings } from '../core/carbon/carbonService.ts';
import { isSourceChoice, SOURCE_CHOICES, type SourceChoice } from '../core/carbon/choice.ts';
import { countryProblem } from '../core/carbon/place.ts';
import { isIdlePower, type IdlePower } from '../core/metering/attribution.ts';
import { totalsFromCommand } from '../core/progress/commandLine.ts';
import { patternProblem } from '../core/progress/pattern.ts';
import type { MetricsSettings } from '../core/exchange/metrics/index.ts';
import type { ProgressOptions } from '../core/progress/reader.ts';
import type { BeyondWishes } from '../core/reports/beyond.ts';
import type { Budget, Price } from '../core/runs/budget.ts';
import { checkOverrides } from '../core/sensors/estimate/overrides.ts';
import type { HardwareOverrides } from '../core/sensors/sensor.ts';
import { t } from '../language.ts';
import type { Messages } from './messages.ts';

const SECTION = 'trainingFootprint';
const DEFAULT_PERIOD_SECONDS = 1;
const LONGEST_CURRENCY = 8;

/** What is done when a run passes its budget. */
export type BudgetAction = 'ask' | 'pause' | 'stop';

/** The user's settings, checked: a wrong one is told once and its default holds. */
export class Settings {
  readonly #messages: Messages;

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  periodSeconds(): number {
    const value = read('samplingPeriodSeconds');
    if (isNumber(value) && value >= 0.25 && value <= 60) return value;
    this.#tell('samplingPeriodSeconds', t('The sampling period must be 0.25 to 60 seconds; 1 is used.'));
    return DEFAULT_PERIOD_SECONDS;
  }

  idlePower(): IdlePower {
    const value = read('idlePower');
    if (isIdlePower(value)) return value;
    this.#tell('idlePower', t('Idle power must be proportional, none or all; proportional is used.'));
    return 'proportional';
  }

  /** What the user says of the hardware, for where no sensor tells. */
  hardware(): HardwareOverrides {
    const { overrides, problems } = checkOverrides({
      cpuFullWatts: read('hardware.cpuFullWatts'),
      cpuIdleWatts: read('hardware.cpuIdleWatts'),
      dramWattsPerGigabyte: read('hardware.dramWattsPerGigabyte'),
      gpuFullWatts: read('hardware.gpuFullWatts'),
    });
    for (const { name, text } of problems)
      this.#tell(`hardware.${name}`, t('{0}, or empty; it is left out.', text));
    return overrides;
  }

  /** The yearly average of the country, at once and without a request. */
  carbon(): CarbonContext {
    return carbonContext(this.#country(), this.#pue());
  }

  /** What the user wants of the carbon service. A location is checked where zones are known. */
  carbonSettings(): CarbonSettings {
    return {
      source: this.#source(),
      allowNetwork: read('carbon.allowNetwork') === true,
      allowMetadata: read('carbon.allowInstanceMetadata') === true,
      marginal: read('carbon.marginal') === true,
      country: this.#country(),
      location: this.#text('carbon.location', read('carbon.location')),
      pue: this.#pue(),
      own: {
        constant: this.#gramsPerKwh(),
        csvFile: this.#text('carbon.csvFile', read('carbon.csvFile')),
        url: this.#text('carbon.url', read('carbon.url')),
        urlPath: this.#text('carbon.urlPath', read('carbon.urlPath')),
      },
    };
  }

  /** What a greener time must save at least to be offered, as a part of the grams. */
  minimumSavingShare(): number {
    const value = read('greenerTime.minimumSavingPercent');
    if (isNumber(value) && value >= 0 && value <= 100) return value / 100;
    this.#tell(
      'greenerTime.minimumSavingPercent',
      t('The least saving of a greener time must be 0 to 100 percent; 10 is used.'),
    );
    return 0.1;
  }

  /** What reports tell besides energy and emissions. */
  beyond(): BeyondWishes {
    const chosen = read('carbon.equivalences');
    const wue = read('carbon.wue');
    const isWue = isNumber(wue) && wue >= 0 && wue <= 20;
    if (!isWue && wue !== null)
      this.#tell('carbon.wue', t('The WUE must be 0 to 20 litres a kWh, or empty; it is left out.'));
    return {
      equivalences: Array.isArray(chosen) ? chosen.filter(isEquivalenceId) : [],
      embodied: this.#embodied(),
      wue: isWue ? wue : null,
    };
  }

  #embodied(): EmbodiedInputs | null {
    const machineKilograms = read('carbon.embodied.machineKilograms');
    if (machineKilograms === null || machineKilograms === undefined) return null;
    const inputs = {
      machineKilograms: Number(machineKilograms),
      lifetimeYears: Number(read('carbon.embodied.lifetimeYears')),
      usedShare: Number(read('carbon.embodied.usedShare')),
    };
    const problem = embodiedProblem(inputs);
    if (problem) this.#tell('carbon.embodied', t('{0} The share of the hardware is left out.', problem));
    return problem ? null : inputs;
  }

  /** What one run may use. */
  budget(scope: vscode.Uri | undefined): Budget {
    return {
      energyJoules: times(this.#amount('budget.energyKwh', scope), JOULES_PER_KWH),
      emissionsGrams: times(this.#amount('budget.emissionsKg', scope), 1000),
      cost: this.#amount('budget.cost', scope),
      durationSeconds: times(this.#amount('budget.hours', scope), 3600),
    };
  }

  budgetAction(scope: vscode.Uri | undefined): BudgetAction {
    const value = read('budget.action', scope);
    if (value === 'ask' || value === 'pause' || value === 'stop') return value;
    this.#tell('budget.action', t('The action of a budget must be ask, pause or stop; you are asked.'));
    return 'ask';
  }

  /** Null where none is set. */
  price(): Price | null {
    const perKwh = this.#amount('price.perKwh');
    const currency = read('price.currency');
    const isName = typeof currency === 'string' && currency.length <= LONGEST_CURRENCY;
    if (!isName)
      this.#tell('price.currency', t('The currency must be a short text, for example €; it is left out.'));
    return perKwh === null ? null : { perKwh, currency: isName ? currency : '' };
  }

  /** @param taskEpochs of the task that starts the training, which come before those of the settings */
  progress(command: string, taskEpochs: number | null, scope: vscode.Uri | undefined): ProgressOptions {
    const pattern = this.#pattern(scope);
    const settingEpochs = this.#totalEpochs(scope);
    const options = { pattern, ...totalsFromCommand(command) };
    if (taskEpochs !== null) return { ...options, totalEpochs: taskEpochs, totalSource: 'task' };
    if (settingEpochs !== null) return { ...options, totalEpochs: settingEpochs, totalSource: 'setting' };
    return options;
  }

  /** Where metrics of runs go; empty for nowhere. */
  metrics(): MetricsSettings {
    return {
      otlpEndpoint: this.#text('metrics.otlpEndpoint', read('metrics.otlpEndpoint')),
      prometheusFolder: this.#text('metrics.prometheusFolder', read('metrics.prometheusFolder')),
    };
  }

  #country(): string {
    const country = read('country');
    const problem =
      typeof country === 'string' ? countryProblem(country) : t('The country must be text, for example DK.');
    if (problem) this.#tell('country', problem);
    return typeof country === 'string' && !problem ? country : '';
  }

  #source(): SourceChoice {
    const value = read('carbon.source');
    if (isSourceChoice(value)) return value;
    this.#tell(
      'carbon.source',
      t('The carbon source must be one of {0}; offline is used.', SOURCE_CHOICES.join(', ')),
    );
    return 'offline';
  }

  #gramsPerKwh(): number | null {
    const value = read('carbon.constant');
    if (value === null || value === undefined) return null;
    if (isNumber(value) && value >= 0 && value <= 3000) return value;
    this.#tell(
      'carbon.constant',
      t('The constant intensity must be 0 to 3000 gCO2e/kWh, or empty; it is left out.'),
    );
    return null;
  }

  #text(name: string, value: unknown): string {
    if (typeof value === 'string') return value.trim();
    this.#tell(name, t('The setting {0} must be text; it is left out.', name));
    return '';
  }

  #pue(): number | null {
    const value = read('pue');
    if (value === null || value === undefined) return null;
    if (isNumber(value) && value >= 1 && value <= 10) return value;
    this.#tell('pue', t('The PUE must be a number from 1 to 10, or empty; 1 is used.'));
    return null;
  }

  #totalEpochs(scope: vscode.Uri | undefined): number | null {
    const value = read('totalEpochs', scope);
    if (value === null || value === undefined) return null;
    if (isNumber(value) && Number.isInteger(value) && value > 0) return value;
    this.#tell(
      'totalEpochs',
      t('The total number of epochs must be a whole number above 0, or empty; it is left out.'),
    );
    return null;
  }

  #pattern(scope: vscode.Uri | undefined): string {
    const value = read('progressPattern', scope);
    const problem =
      typeof value === 'string' ? patternProblem(value) : t('The progress pattern must be text.');
    if (problem) this.#tell('progressPattern', t('{0} The built-in patterns are used.', problem));
    return typeof value === 'string' && !problem ? value : '';
  }

  #amount(name: string, scope?: vscode.Uri): number | null {
    const value = read(name, scope);
    if (value === null || value === undefined) return null;
    if (isNumber(value) && value > 0) return value;
    this.#tell(name, t('The setting {0} must be a number above 0, or empty; it is left out.', name));
    return null;
  }

  #tell(name: string, problem: string): void {
    this.#messages.warnOnce(problem, {
      title: t('Open Settings'),
      run: () => vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.${name}`),
    });
  }
}

function read(name: string, scope?: vscode.Uri): unknown {
  return vscode.workspace.getConfiguration(SECTION, scope).get(name);
}

function times(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
