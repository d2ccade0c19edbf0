import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Metrics } from '../../../src/core/exchange/metrics/index.ts';
import { prometheusText } from '../../../src/core/exchange/metrics/prometheusText.ts';
import { runMetrics } from '../../../src/core/exchange/metrics/runMetrics.ts';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { snapshot } from '../runs/snapshots.ts';

const RUNNING: Partial<RunSnapshot> = {
  ...{ state: 'running', endedAtMillis: null, exitCode: null, powerWatts: 42.5 },
  projection: {
    totalEnergyJoules: { median: 72_000, low: 60_000, high: 90_000 },
    remainingSeconds: { median: 60, low: 50, high: 70 },
    basis: 'epochs',
  },
  projectedEmissionsGrams: { median: 8.2, low: 7, high: 9 },
};

/** A run as exporters see it. */
function ended(more: Partial<RunSnapshot> = {}) {
  return { isRunning: false, snapshot: () => snapshot(more) };
}

interface Seen {
  readonly path: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A real collector's HTTP side: it keeps what it is sent. */
class Collector {
  readonly seen: Seen[] = [];
  status = 200;
  readonly #server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      this.seen.push({ path: request.url, headers: request.headers, body });
      if (this.status > 0) response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}');
    });
  });

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('Metrics', () => {
  let folder: string;
  let collector: Collector;
  let endpoint: string;
  let problems: string[];

  beforeEach(async () => {
    folder = tempFolder('metrics');
    collector = new Collector();
    endpoint = await collector.start();
    problems = [];
  });

  afterEach(async () => {
    await collector.stop();
    removeFolder(folder);
  });

  function metrics(
    otlpEndpoint: string,
    prometheusFolder = '',
    environment: NodeJS.ProcessEnv = {},
  ): Metrics {
    return new Metrics({ otlpEndpoint, prometheusFolder }, environment, (text) => problems.push(text));
  }

  it('go to a collector as OTLP in JSON: joules as a counter, watts, grams and seconds as gauges', async () => {
    const environment = { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc,x-tenant=me, broken' };
    const sent = metrics(endpoint, '', environment);
    sent.see(ended({ ...RUNNING, label: 'train "me"' }));
    await sent.settle();
    const [request] = collector.seen;
    assert.equal(request?.path, '/v1/metrics');
    assert.equal(request.headers['content-type'], 'application/json');
    assert.deepEqual([request.headers.authorization, request.headers['x-tenant']], ['Bearer abc', 'me']);
    const [resource] = (JSON.parse(request.body) as OtlpBody).resourceMetrics;
    assert.deepEqual(resource?.resource.attributes[0], {
      key: 'service.name',
      value: { stringValue: 'training-footprint' },
    });
    const byName = new Map(resource?.scopeMetrics[0]?.metrics.map((metric) => [metric.name, metric]));
    const energy = byName.get('training_footprint.run.energy');
    assert.deepEqual(
      [energy?.unit, energy?.sum?.isMonotonic, energy?.sum?.aggregationTemporality],
      ['J', true, 2],
    );
    const [point] = energy?.sum?.dataPoints ?? [];
    assert.equal(point?.asDouble, 36_000);
    assert.equal(point.startTimeUnixNano, `${snapshot().startedAtMillis}000000`);
    assert(Number(point.timeUnixNano) >= Number(point.startTimeUnixNano));
    const attributes = Object.fromEntries(point.attributes.map(({ key, value }) => [key, value.stringValue]));
    assert.deepEqual(attributes, {
      ...{ 'run.id': 'run-1', 'run.name': 'train "me"', 'project.name': 'project' },
      ...{ 'hw.type': 'cpu', 'hw.id': 'package-0', source: 'rapl', quality: 'measured' },
    });
    const gauge = (name: string) => {
      const metric = byName.get(`training_footprint.run.${name}`);
      return [metric?.unit, metric?.gauge?.dataPoints[0]?.asDouble];
    };
    assert.deepEqual(gauge('power'), ['W', 42.5]);
    assert.deepEqual(gauge('emissions'), ['g', 4.1088]);
    assert.deepEqual(gauge('duration'), ['s', 3600]);
    assert.deepEqual(gauge('epochs'), ['{epoch}', 30]);
    assert.deepEqual(gauge('projected.energy'), ['J', 72_000]);
    assert.deepEqual(gauge('projected.emissions'), ['g', 8.2]);
  });

  it('go to the path that the endpoint names, where it names one', async () => {
    for (const [path, expected] of [
      ['/v1/metrics', '/v1/metrics'],
      ['/otlp/', '/otlp/v1/metrics'],
    ] as const) {
      const sent = metrics(`${endpoint}${path}`);
      sent.see(ended());
      await sent.settle();
      assert.equal(collector.seen.at(-1)?.path, expected);
    }
  });

  it('leave out what is unknown', () => {
    const names = runMetrics([
      snapshot({ ...RUNNING, ...{ projection: null, projectedEmissionsGrams: null } }),
    ]);
    assert(!names.some(({ name }) => name.includes('projected')));
    const ended = runMetrics([snapshot({ components: [] })]).map(({ name }) => name);
    assert.deepEqual(ended, [
      'training_footprint.run.emissions',
      'training_footprint.run.duration',
      'training_footprint.run.epochs',
    ]);
  });

  it('stand in a file a run that Prometheus’ textfile collector reads, names escaped', async () => {
    const written = metrics('', folder);
    written.see(ended({ ...RUNNING, label: 'a "b" \\ c\nd' }));
    await written.settle();
    assert.deepEqual(readdirSync(folder), ['training-footprint-run-1.prom']);
    const text = readFileSync(path.join(folder, 'training-footprint-run-1.prom'), 'utf8');
    const run = String.raw`run_id="run-1",run_name="a \"b\" \\ c\nd",project_name="project"`;
    const lines = text.split('\n');
    assert.deepEqual(lines.slice(0, 3), [
      '# HELP training_footprint_run_energy_joules_total Energy attributed to the run, by device and source.',
      '# TYPE training_footprint_run_energy_joules_total counter',
      `training_footprint_run_energy_joules_total{${run},hw_type="cpu",hw_id="package-0",source="rapl",quality="measured"} 36000`,
    ]);
    assert(lines.includes(`training_footprint_run_power_watts{${run}} 42.5`));
    assert(lines.includes(`training_footprint_run_emissions_grams{${run}} 4.1088`));
    assert(lines.includes('# TYPE training_footprint_run_emissions_grams gauge'));
    assert.equal(lines.at(-1), '');
  });

  it('are names and lines as Prometheus wants them, whatever runs are called', () => {
    const labels = ['x"} 1\nevil 2', '\\', 'é\r\n', '🦊'.repeat(500), ''];
    const text = prometheusText(
      runMetrics(labels.map((label, index) => snapshot({ id: `r${index}`, label }))),
    );
    const LINE = /^(# (HELP|TYPE) [a-z_:]+ .+|[a-z_:]+\{([a-z_]+="(\\[\\n"]|[^"\\\n])*",?)+\} [\d.e+-]+)$/;
    for (const line of text.trimEnd().split('\n')) assert.match(line, LINE);
  });

  it('take away what runs of before left, but not what another window writes', async () => {
    const [old, fresh, other] = [
      'training-footprint-old.prom',
      'training-footprint-new.prom',
      'node.prom',
    ].map((name) => path.join(folder, name)) as [string, string, string];
    for (const file of [old, fresh, other]) writeFileSync(file, '');
    for (const file of [old, other]) utimesSync(file, 1e9, 1e9);
    const written = metrics('', folder);
    written.see(ended());
    await written.settle();
    assert.deepEqual(readdirSync(folder).sort(), [
      'node.prom',
      'training-footprint-new.prom',
      'training-footprint-run-1.prom',
    ]);
  });

  it('fail without anybody else noticing: one sentence, and the other target goes on', async () => {
    collector.status = 503;
    const both = metrics(endpoint, folder);
    for (const id of ['a', 'b', 'c']) both.see(ended({ id }));
    await both.settle();
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^The metrics endpoint 127\.0\.0\.1:\d+ answered 503\. Runs go on;/);
    assert.equal(readdirSync(folder).length, 3);
    // it waits before it asks again
    const asked = collector.seen.length;
    both.see(ended({ id: 'd' }));
    await both.settle();
    assert.equal(collector.seen.length, asked);
    assert.equal(readdirSync(folder).length, 4);
  });

  it('say what is wrong with the target, and never what is secret in it', async () => {
    await collector.stop();
    const cases = [
      [
        endpoint.replace('http://', 'http://me:secret@'),
        '',
        /^The metrics endpoint 127[^@]* cannot be reached\./,
      ],
      ['not an address', '', /^The metrics endpoint is no http or https address\./],
      ['ftp://example.org', '', /is no http or https address/],
      ['', path.join(folder, 'missing'), /^The metrics folder .*missing cannot be written \(ENOENT\)\./],
      ['', 'relative', /^The metrics folder relative is not a full path\./],
    ] as const;
    for (const [otlp, prometheus, reason] of cases) {
      problems = [];
      const failing = metrics(otlp, prometheus);
      failing.see(ended());
      await failing.settle();
      assert.equal(problems.length, 1, otlp || prometheus);
      assert.match(problems[0] ?? '', reason);
      assert(!problems[0]?.includes('secret'));
    }
    collector = new Collector();
    await collector.start();
  });

  it('survive a run that cannot be seen', async () => {
    const written = metrics('', folder);
    const broken = () => {
      throw new Error('has no snapshot');
    };
    written.see({ isRunning: false, snapshot: broken });
    await written.settle();
    assert.match(problems[0] ?? '', /has no snapshot/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('give up on an endpoint that never answers', async () => {
    collector.status = 0;
    const waiting = metrics(endpoint);
    waiting.see(ended());
    await waiting.settle();
    assert.match(problems[0] ?? '', /did not answer in time/);
  });

  it('leave out what is over at once, such as ls, and send nothing before it is due', async () => {
    const sent = metrics(endpoint);
    sent.see({ isRunning: true, snapshot: () => snapshot(RUNNING) });
    await sent.settle();
    const { progress } = snapshot();
    sent.see(ended({ id: 'ls', durationSeconds: 0.5, progress: { ...progress, epoch: null, step: null } }));
    await sent.settle();
    const ids = collector.seen.flatMap(({ body }) => [
      ...body.matchAll(/"run\.id","value":\{"stringValue":"([^"]+)/g),
    ]);
    assert.deepEqual([...new Set(ids.map(([, id]) => id))], ['run-1']);
    assert.equal(collector.seen.length, 1);
  });

  it('are nowhere while nothing is set', async () => {
    const off = metrics('');
    off.see(ended());
    await off.settle();
    assert.deepEqual([collector.seen, problems], [[], []]);
  });
});

interface OtlpBody {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeMetrics: readonly { readonly metrics: readonly OtlpMetric[] }[];
  }[];
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string };
}

interface OtlpMetric {
  readonly name: string;
  readonly unit: string;
  readonly sum?: {
    readonly isMonotonic: boolean;
    readonly aggregationTemporality: number;
    readonly dataPoints: readonly DataPoint[];
  };
  readonly gauge?: { readonly dataPoints: readonly DataPoint[] };
}

interface DataPoint {
  readonly asDouble: number;
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly attributes: readonly Attribute[];
}
