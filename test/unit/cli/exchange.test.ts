import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { ensurePython } from '../../setup/python.ts';
import type { importJson } from '../../../src/core/exchange/importReport.ts';
import type { runsJson } from '../../../src/core/reports/runJson.ts';

const CLI = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.mjs');
const FIXTURES = path.join(import.meta.dirname, '..', '..', 'fixtures', 'exchange');

const TRAINING = 'print("Epoch 1/1", flush=True); sum(range(30_000_000))';

describe('training-footprint import, export and metrics', function () {
  this.timeout(120_000);
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeEach(() => {
    folder = tempFolder('cli-exchange');
    env = { ...process.env, TRAINING_FOOTPRINT_DATA: path.join(folder, 'data') };
  });

  afterEach(() => removeFolder(folder));

  function call(...args: readonly string[]) {
    return spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
  }

  it('imports folders and files, tells what it skipped on stderr, and adds nothing again', () => {
    const first = call('import', path.join(FIXTURES, 'carbontracker'), path.join(FIXTURES, 'codecarbon'));
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stdout, /^(\d+) runs imported, \d+ skipped\.\n$/);
    assert.match(first.stderr, /_carbontracker_output\.log: it does not say what was used/);
    const again = call('import', path.join(FIXTURES, 'codecarbon'), '--json');
    const result = JSON.parse(again.stdout) as ReturnType<typeof importJson>;
    assert.deepEqual([result.added, result.known], [0, result.runIds.length]);
    const listed = JSON.parse(call('history', '--json').stdout) as ReturnType<typeof runsJson>;
    assert.equal(listed.runs.length, Number(/^\d+/.exec(first.stdout)?.[0]));
    const report = call('report', result.runIds[0] ?? '');
    assert.equal(report.status, 0, report.stderr);
    assert.match(report.stdout, /how it is known is unknown/);
    assert.match(report.stdout, /Machine over the same time \| (unknown|[\d.]+ m?Wh)/);
  });

  it('exports to its own JSON and back, and to what others read', () => {
    call('import', path.join(FIXTURES, 'codecarbon', '3.3.2'));
    const json = path.join(folder, 'training-footprint.json');
    writeFileSync(json, call('history', '--format', 'json').stdout);
    const elsewhere = { ...env, TRAINING_FOOTPRINT_DATA: path.join(folder, 'elsewhere') };
    const options = { env: elsewhere, encoding: 'utf8' } as const;
    const back = spawnSync(process.execPath, [CLI, 'import', json], options);
    assert.equal(back.stdout, '2 runs imported.\n', back.stderr);
    assert.match(call('history', '--format', 'codecarbon').stdout, /^timestamp,project_name,run_id,/);
    assert.match(
      call('report', 'last', '--format', 'impact-framework').stdout,
      /^name: "training-footprint"\n/,
    );
    assert.equal(call('history', '--format', 'csv').stdout.split('\r\n').length, 4);
    assert.equal(call('history', '--format', 'fax').status, 2);
  });

  it('fails where nothing could be imported, and asks for a path', () => {
    const nothing = call('import', path.join(folder, 'missing.csv'));
    assert.deepEqual([nothing.status, nothing.stdout], [1, '0 runs imported, 1 skipped.\n']);
    assert.match(nothing.stderr, /missing\.csv: there is no such file/);
    assert.equal(call('import').status, 2);
  });

  it('sends metrics of a run where it is told to, and trains on where that fails', async () => {
    ensurePython();
    const bodies: string[] = [];
    const server = http.createServer((request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString('utf8')));
      request.on('end', () => response.end('{}'));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    env.TRAINING_FOOTPRINT_OTLP_ENDPOINT = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    env.TRAINING_FOOTPRINT_PROMETHEUS_FOLDER = folder;
    assert.equal(await train(), 0);
    assert.match(bodies.join(''), /training_footprint\.run\.energy/);
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.prom'));
    assert.match(readFileSync(path.join(folder, file), 'utf8'), /^training_footprint_run_epochs\{.*\} 1$/m);
    server.close();
    server.closeAllConnections();
    assert.equal(await train(), 0);
  });

  async function train(): Promise<number | null> {
    const child = spawn(process.execPath, [CLI, 'run', '--', 'python3', '-c', TRAINING], {
      env,
      stdio: 'ignore',
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }
});
