import * as vscode from 'vscode';
import { sensorRoots } from './core/sensors/probing.ts';
import { BudgetWatch } from './host/budgetWatch.ts';
import { Carbon } from './host/carbon/carbon.ts';
import { secretsOf } from './host/carbon/secrets.ts';
import { registerCommands } from './host/commands/index.ts';
import { createRecorder } from './host/createRecorder.ts';
import { Deletion } from './host/deletion.ts';
import { Launcher } from './host/launcher.ts';
import { Messages } from './host/messages.ts';
import { Metrics } from './host/metrics.ts';
import { once } from './host/once.ts';
import { Panel } from './host/panel/panel.ts';
import { pickRuns } from './host/panel/pickRuns.ts';
import { panelActions } from './host/panel/actions.ts';
import { Subjects } from './host/reporting/subjects.ts';
import { Reports } from './host/reports.ts';
import { RunsTree } from './host/runsTree.ts';
import { RunControl } from './host/runControl.ts';
import { Settings } from './host/settings.ts';
import { StatusBar } from './host/statusBar.ts';
import { ProcessTracking } from './host/tracking/processTracking.ts';
import { Recovery } from './host/tracking/recovery.ts';
import { ShellTracking } from './host/tracking/shellTracking.ts';
import { TaskTracking } from './host/tracking/taskTracking.ts';
import { TrackedRuns } from './host/tracking/trackedRuns.ts';
import { TrainingTasks } from './host/trainingTasks.ts';
import { TrainingTerminals } from './host/trainingTerminals.ts';

/** Builds the parts and wires them. Nothing is read, opened or timed before something trains. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Training Footprint', { log: true });
  const messages = new Messages(log);
  const settings = new Settings(messages);
  const roots = sensorRoots(process.env, () => settings.hardware());
  const sensors = once(async () => (await import('./core/sensors/index.ts')).allSensors(roots));
  const carbon = new Carbon(settings, secretsOf(context.secrets), messages);

  const recorder = createRecorder(sensors, roots, settings, carbon, messages, {
    onChange: (run) => {
      statusBar.update();
      panel.update();
      tree.update();
      budgets.check();
      metrics.see(run);
    },
    onAlive: (run, alive) => processes.see(run, alive),
  });
  const runs = new TrackedRuns(recorder, settings, context.workspaceState, messages);
  const control = new RunControl();
  const deletion = new Deletion(recorder, () => {
    panel.update();
    tree.update();
  });
  const tree = new RunsTree(recorder, runs);
  const budgets = new BudgetWatch(runs, settings, control, messages);
  const metrics = new Metrics(settings, messages);
  const terminals = new TrainingTerminals(context.workspaceState);
  const shells = new ShellTracking(runs, terminals);
  const processes = new ProcessTracking(runs, terminals);
  const tasks = new TaskTracking(runs, shells);
  const recovery = new Recovery(recorder, runs, terminals);

  const reports = new Reports(new Subjects(recorder, () => settings.beyond()));
  const statusBar = new StatusBar(runs);
  const launcher = new Launcher(terminals, shells, processes);
  const onError = (error: unknown) => messages.logError(error);
  const panel = new Panel({
    extensionUri: context.extensionUri,
    recorder,
    runs,
    actions: panelActions(runs, reports),
    price: () => settings.price(),
    grid: carbon,
    pickRuns: (chosen, most) => pickRuns(recorder, chosen, most),
    onError,
  });
  const commands = registerCommands({
    ...{ context, recorder, sensors, runs, control, deletion, launcher, panel, reports },
  });

  context.subscriptions.push(log, carbon, terminals, shells, processes, tasks, recovery, new TrainingTasks());
  context.subscriptions.push(reports, statusBar, tree, panel, commands, recorder);
  terminals.start();
  recovery.start();
}
