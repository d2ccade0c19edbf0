import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { NvmlMachine } from '../../hardware/nvml/nvmlMachine.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { TRACES } from '../../hardware/trace.ts';

const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));

interface Found {
  readonly sensors: readonly { readonly id: string; readonly state: string; readonly message: string }[];
}

describe('The command line as it is packaged', () => {
  let folder: string;
  let machine: NvmlMachine;

  beforeEach(() => {
    folder = tempFolder('packaged');
    machine = new NvmlMachine({ trace: TRACES.steady });
  });

  afterEach(() => {
    removeFolder(folder);
    machine.remove();
  });

  /** Away from this repository and its modules. */
  async function sensorsOf(without: string): Promise<Found> {
    cpSync(DIST, folder, { recursive: true, filter: (file) => path.basename(file) !== without });
    const args = [path.join(folder, 'cli.mjs'), 'sensors', '--json'];
    const child = spawn(process.execPath, args, { cwd: folder, env: machine.environment });
    return JSON.parse(await text(child.stdout)) as Found;
  }

  it('calls NVIDIA’s library with what it brings', async () => {
    const { sensors } = await sensorsOf('');
    const nvml = sensors.find(({ id }) => id === 'nvml');
    assert.equal(nvml?.state, 'ready', nvml?.message);
  });

  it('takes nvidia-smi where its native file is missing or for another system, and says why', async () => {
    const { sensors } = await sensorsOf('koffi.node');
    const [nvml, smi] = ['nvml', 'nvidia-smi'].map((wanted) => sensors.find(({ id }) => id === wanted));
    assert.equal(nvml?.state, 'refused');
    assert.match(nvml?.message ?? '', /cannot be called here \(.+\)/);
    assert.equal(smi?.state, 'ready', smi?.message);
  });
});
