import type * as vscode from 'vscode';
import type { Recorder } from '../core/runs/recorder.ts';
import type { SensorList } from '../core/sensors/sensor.ts';
import type { Carbon } from './carbon/carbon.ts';
import type { NetworkConsent } from './carbon/consent.ts';
import type { GreenerPage } from './greener/greenerPage.ts';
import type { PlannedStart } from './greener/plannedStart.ts';
import type { Deletion } from './deletion.ts';
import type { Launcher } from './launcher.ts';
import type { Panel } from './panel/panel.ts';
import type { Reports } from './reports.ts';
import type { RunControl } from './runControl.ts';
import type { TrackedRuns } from './tracking/trackedRuns.ts';

/** The extension's parts, as commands use them. */
export interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly recorder: Recorder;
  readonly sensors: SensorList;
  readonly runs: TrackedRuns;
  readonly control: RunControl;
  readonly deletion: Deletion;
  readonly launcher: Launcher;
  readonly panel: Panel;
  readonly reports: Reports;
  readonly carbon: Carbon;
  readonly consent: NetworkConsent;
  readonly greener: GreenerPage;
  readonly planned: PlannedStart;
}

/** A command of the palette. It is found by `trainingFootprint.` and its id. */
export interface Command {
  readonly id: string;
  /** What it throws is shown to the user as one message. */
  run(parts: Parts, argument?: unknown): Promise<void> | void;
}
