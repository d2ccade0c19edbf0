import './host/speak.ts';
import * as vscode from 'vscode';
import type { FootprintExports } from './api.ts';
import { sensorRoots } from './core/sensors/probing.ts';
import { FootprintApis } from './host/api/footprintApis.ts';
import { BudgetWatch } from './host/budgetWatch.ts';
import { Carbon } from './host/carbon/carbon.ts';
import { NetworkConsent } from './host/carbon/consent.ts';
import { secretsOf } from './host/carbon/secrets.ts';
import { registerCommands } from './host/commands/index.ts';
import { createRecorder } from './host/createRecorder.ts';
import { Deletion } from './host/deletion.ts';
import { GreenerOffers } from './host/greener/offers.ts';
import { GreenerPage } from './host/greener/greenerPage.ts';
import { launchPlanned } from './host/greener/launchPlanned.ts';
import { PlannedStart } from './host/greener/plannedStart.ts';
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
import { registerTools } from './host/tools/index.ts';
import { ProcessTracking } from './host/tracking/processTracking.ts';
import { Recovery } from './host/tracking/recovery.ts';
import { ShellTracking } from './host/tracking/shellTracking.ts';
import { TaskTracking } from './host/tracking/taskTracking.ts';
import { TrackedRuns } from './host/tracking/trackedRuns.ts';
import { TrainingTasks } from './host/trainingTasks.ts';
import { TrainingTerminals } from './host/trainingTerminals.ts';

/**
 * Builds the parts and wires them. Nothing is read, opened or timed before something trains.
 *
 * @returns what other extensions get of us
 */
export function activate(context: vscode.ExtensionContext): FootprintExports {
  const log = vscode.window.createOutputChannel('Training Footprint', { log: true });
  const messages = new Messages(log);
  const settings = new Settings(messages);
  const roots = sensorRoots(process.env, () => settings.hardware());
  const sensors = once(async () => (await import('./core/sensors/index.ts')).allSensors(roots));
  const onError = (error: unknown) => messages.logError(error);
  const carbon = new Carbon(settings, secretsOf(context.secrets), messages);
  const consent = new NetworkConsent(carbon, context.globalState);

  const recorder = createRecorder(sensors, roots, settings, carbon, messages, {
    onChange: (run) => {
      statusBar.update();
      panel.update();
      tree.update();
      budgets.check();
      consent.askAfter(run).catch(onError);
      metrics.see(run);
      apis.update(run).catch(onError);
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
  const offers = new GreenerOffers(carbon, settings);
  const statusBar = new StatusBar(runs, (run) => offers.of(run));
  const launcher = new Launcher(terminals, shells, processes);
  const panel = new Panel({
    extensionUri: context.extensionUri,
    recorder,
    runs,
    actions: panelActions(runs, reports),
    price: () => settings.price(),
    offerOf: (run) => offers.of(run),
    grid: carbon,
    pickRuns: (chosen, most) => pickRuns(recorder, chosen, most),
    onError,
  });
  const { extensionUri, workspaceState: memory } = context;
  const greener = new GreenerPage({ extensionUri, memory, recorder, carbon, settings, consent, onError });
  const planned = new PlannedStart({
    memory,
    launch: (training) => launchPlanned(training, launcher, runs, control),
    onError: (error) => messages.error(error instanceof Error ? error.message : String(error)),
  });
  const parts = {
    ...{ context, recorder, sensors, runs, control, deletion, launcher, panel, reports },
    ...{ carbon, consent, greener, planned },
  };
  const apis = new FootprintApis(recorder, runs);

  context.subscriptions.push(log, carbon, terminals, shells, processes, tasks, recovery, new TrainingTasks());
  context.subscriptions.push(reports, statusBar, tree, panel, greener, planned, apis, recorder);
  context.subscriptions.push(registerCommands(parts), registerTools(parts));
  terminals.start();
  planned.start();
  recovery.start();
  return apis.exports;
}
