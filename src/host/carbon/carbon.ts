import path from 'node:path';
import * as vscode from 'vscode';
import type { Ahead } from '../../core/carbon/ahead.ts';
import { basesIn } from '../../core/carbon/bases.ts';
import type { CarbonService, CarbonSettings } from '../../core/carbon/carbonService.ts';
import type { CarbonContext } from '../../core/carbon/intensity.ts';
import type { Stretch } from '../../core/carbon/integrator.ts';
import type { IntensityPoint } from '../../core/carbon/source.ts';
import type { CarbonSecrets } from '../../core/carbon/sources/index.ts';
import type { Grid } from '../../core/runs/emissions.ts';
import { historyFile } from '../../core/runs/location.ts';
import { processIdentity } from '../../core/runs/owner.ts';
import type { Store } from '../../core/runs/store.ts';
import type { Messages } from '../messages.ts';
import type { Settings } from '../settings.ts';

/** How often, while something trains, runs are looked for whose last figures had not come. */
const CORRECT_MILLIS = 3_600_000;

/**
 * The carbon service in this window. Its code and tables are first read when something trains or a command asks; until
 * they are there, a moment later, the yearly average of the country holds.
 */
export class Carbon implements Grid {
  readonly #settings: Settings;
  readonly #secrets: CarbonSecrets;
  readonly #messages: Messages;
  #service: CarbonService | null = null;
  #loading: Promise<CarbonService> | null = null;
  #store: () => Promise<Store | null> = () => Promise.resolve(null);
  #correctedAtMillis = -Infinity;
  /** Read once until a setting changes: it is asked for many times a second. */
  #wanted: CarbonSettings | null = null;
  readonly #settingsWatch: vscode.Disposable;

  constructor(settings: Settings, secrets: CarbonSecrets, messages: Messages) {
    this.#settings = settings;
    this.#secrets = secrets;
    this.#messages = messages;
    this.#settingsWatch = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('trainingFootprint')) this.#wanted = null;
    });
  }

  /** Where runs stand that may have to be corrected. */
  correctIn(store: () => Promise<Store | null>): void {
    this.#store = store;
  }

  /** For commands: everything there is to ask. */
  service(): Promise<CarbonService> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  context(): CarbonContext {
    if (this.#service) {
      this.#correctWhenDue(this.#service);
      return this.#service.context();
    }
    void this.service().catch((error: unknown) => this.#messages.logError(error));
    return this.#settings.carbon();
  }

  get version(): number {
    return this.#service?.version ?? -1;
  }

  over(fromMillis: number, toMillis: number): readonly Stretch[] {
    if (this.#service) return this.#service.over(fromMillis, toMillis);
    const { gramsPerKwh, source } = this.#settings.carbon().intensity;
    return [{ fromMillis, toMillis, gramsPerKwh, source, isFinal: false, isTold: false }];
  }

  marginalOver(fromMillis: number, toMillis: number): readonly Stretch[] | null {
    return this.#service?.marginalOver(fromMillis, toMillis) ?? null;
  }

  ahead(fromMillis: number, toMillis: number): Ahead {
    if (this.#service) return this.#service.ahead(fromMillis, toMillis);
    const { gramsPerKwh } = this.#settings.carbon().intensity;
    return { gramsPerKwh, relativeError: 0.3, basis: 'present value' };
  }

  /** What is known of the hours to come; empty until somebody has asked for anything. Nothing is requested for it. */
  forecast(): readonly IntensityPoint[] {
    return this.#service?.forecast() ?? [];
  }

  dispose(): void {
    this.#settingsWatch.dispose();
    this.#service?.dispose();
  }

  async #load(): Promise<CarbonService> {
    const { CarbonService } = await import('../../core/carbon/carbonService.ts');
    this.#service = new CarbonService({
      settings: () => (this.#wanted ??= this.#settings.carbonSettings()),
      secrets: this.#secrets,
      cacheFolder: path.join(path.dirname(historyFile(process.env)), 'carbon'),
      environment: process.env,
      bases: basesIn(process.env),
    });
    return this.#service;
  }

  #correctWhenDue(service: CarbonService): void {
    const now = Date.now();
    if (now - this.#correctedAtMillis < CORRECT_MILLIS) return;
    this.#correctedAtMillis = now;
    void this.#correct(service).catch((error: unknown) => this.#messages.logError(error));
  }

  async #correct(service: CarbonService): Promise<void> {
    const store = await this.#store();
    if (!store) return;
    const { correctHistory } = await import('../../core/runs/lateFigures.ts');
    await correctHistory(store, service, processIdentity(process.pid));
  }
}
