import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startDriver, type Driver } from '../../hardware/driverProcess.ts';
import { startMirror, type Mirror } from '../../hardware/mirrorProcess.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { monotonicSeconds } from '../../../src/core/metering/clock.ts';
import { Procfs } from '../../../src/core/metering/procfs.ts';
import { Store } from '../../../src/core/runs/store.ts';
import type { RunSnapshot, SamplePoint } from '../../../src/core/runs/snapshot.ts';
import { ensurePython, ensureTorch } from '../../setup/python.ts';
import { CodeServer } from './codeServer.ts';
import { waitFor } from './wait.ts';
import { Window } from './window.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const VSIX = path.join(ROOT, 'dist', 'training-footprint.vsix');

/** The trainings of the example have it among their arguments. */
const MARKER = '--seconds-per-epoch';
const TRAINING_SHARE = 0.8;

const WORKSPACE = 'two-moons';

export interface SessionOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the example's task, which starts with the folder, stays in it. */
  readonly keepsTasks?: boolean;
  /** What trainings have among their arguments, for the simulated machine; that of the example's. */
  readonly marker?: string;
  /** Extensions beside ours, as VSIX files. */
  readonly extensions?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** What VS Code speaks: `de`. English where it is left out. */
  readonly language?: string;
}

/** A real VS Code with the packaged extension on a simulated machine whose true joules are known. */
export class Session {
  readonly folder: string;
  /** The folder that is open in the window. */
  readonly workspace: string;
  readonly driver: Driver;
  readonly mirror: Mirror;
  readonly server: CodeServer;
  readonly window: Window;
  readonly #torch: string | null;

  private constructor(
    driver: Driver,
    mirror: Mirror,
    server: CodeServer,
    window: Window,
    folder: string,
    torch: string | null,
  ) {
    this.driver = driver;
    this.mirror = mirror;
    this.server = server;
    this.window = window;
    this.folder = folder;
    this.workspace = path.join(folder, WORKSPACE);
    this.#torch = torch;
  }

  static async start(options: SessionOptions = {}): Promise<Session> {
    const { settings, keepsTasks = false, marker = MARKER, extensions = [], language } = options;
    ensurePython();
    const torch = ensureTorch();
    const folder = tempFolder('session');
    const workspace = path.join(folder, WORKSPACE);
    cpSync(path.join(ROOT, 'test', 'workspace'), workspace, { recursive: true });
    if (!keepsTasks) rmSync(path.join(workspace, '.vscode'), { recursive: true });
    const driver = await startDriver('steps', '--period', '0.01', '--no-dram');
    const mirror = await startMirror(marker, TRAINING_SHARE);
    const home = path.join(folder, 'home');
    mkdirSync(home);
    const env = {
      ...options.env,
      HOME: home, // the shells of the tests neither wait for what a user's own start up nor break it off
      TRAINING_FOOTPRINT_DATA: path.join(folder, 'data'),
      TRAINING_FOOTPRINT_SYSFS_ROOT: driver.root,
      TRAINING_FOOTPRINT_PROCFS_ROOT: mirror.root,
    };
    const vsix = [VSIX, ...extensions];
    const server = await CodeServer.start({ folder: workspace, vsix, env, settings, language });
    return new Session(
      driver,
      mirror,
      server,
      await Window.open(server.url, () => server.activations('training-footprint.training-footprint')),
      folder,
      torch,
    );
  }

  /** The command of a real training: PyTorch's, or plain Python's where that is not there. */
  training(epochs: number, secondsPerEpoch: number): string {
    const program = this.#torch ? `${this.#torch} train_torch.py` : 'python3 train.py';
    return `${program} --epochs ${epochs} ${MARKER} ${secondsPerEpoch}`;
  }

  /** Waits until no training runs any more. @returns monotonic seconds */
  async trainingEnd(): Promise<number> {
    const procfs = new Procfs();
    const isTraining = (pid: number) => {
      const [program = '', ...args] = procfs.commandLine(pid) ?? [];
      return /python/.test(program) && args.includes(MARKER);
    };
    await waitFor('the training to end', () => !procfs.pids().some(isTraining), 120);
    return monotonicSeconds();
  }

  async runs(): Promise<readonly RunSnapshot[]> {
    return this.#look((store) => store.list());
  }

  async points(id: string): Promise<readonly SamplePoint[]> {
    return this.#look((store) => store.points(id));
  }

  /** Waits until the newest run is in a state. */
  waitForRun(state: RunSnapshot['state'], seconds = 60): Promise<RunSnapshot> {
    return waitFor(
      `the newest run to be ${state}`,
      async () => {
        const [run] = await this.runs();
        return run?.state === state ? run : null;
      },
      seconds,
    );
  }

  async stop(): Promise<void> {
    await this.window.close();
    await this.server.stop();
    await this.driver.stop();
    await this.mirror.stop();
    removeFolder(this.folder);
  }

  async #look<T>(ask: (store: Store) => T): Promise<T> {
    const store = await Store.open(path.join(this.folder, 'data', 'history.db'));
    try {
      return ask(store);
    } finally {
      store.close();
    }
  }
}
