import assert from 'node:assert/strict';
import { comparisonCsv } from '../../../src/core/reports/comparison/comparisonCsv.ts';
import { comparisonJson } from '../../../src/core/reports/comparison/comparisonJson.ts';
import { comparisonMarkdown } from '../../../src/core/reports/comparison/comparisonMarkdown.ts';
import { signedPercent } from '../../../src/core/reports/comparison/rows.ts';
import { snapshot } from '../runs/snapshots.ts';
import { comparisonOf } from './subjects.ts';

const first = snapshot();
const half = snapshot({
  ...{ id: 'run-2', label: 'amp.py', energyJoules: 18_000, emissionsGrams: 2.0544, durationSeconds: 4500 },
  progress: { ...first.progress, epochsCompleted: 10 },
});

describe('A comparison of runs', () => {
  it('is of two to six', () => {
    assert.throws(() => comparisonOf(first), /2 to 6 runs, not 1/);
    assert.throws(() => comparisonOf(...Array.from({ length: 7 }, () => first)), /not 7/);
    assert.equal(comparisonOf(...Array.from({ length: 6 }, () => first)).runs.length, 6);
  });

  it('tells how each differs from the first', () => {
    const [one, other] = comparisonOf(first, half).runs;
    assert.equal(one?.difference, null);
    assert(other?.difference);
    const { energyJoules, energyShare, emissionsShare, durationSeconds, durationShare } = other.difference;
    assert.deepEqual([energyJoules, energyShare, emissionsShare], [-18_000, -0.5, -0.5]);
    assert.deepEqual([durationSeconds, durationShare], [900, 0.25]);
  });

  it('tells what an epoch took, and nothing where none was finished', () => {
    const none = snapshot({ progress: { ...first.progress, epochsCompleted: 0 } });
    const [one, other, last] = comparisonOf(first, half, none).runs;
    assert.deepEqual(one?.perEpoch, {
      energyJoules: 1200,
      emissionsGrams: 4.1088 / 30,
      durationSeconds: 120,
    });
    assert.deepEqual(other?.perEpoch?.energyJoules, 1800);
    assert.equal(last?.perEpoch, null);
  });

  it('says when a difference is no larger than the errors', () => {
    const close = comparisonOf(first, snapshot({ energyJoules: 34_000 })).runs[1]?.difference;
    assert.equal(close?.isClear, false);
    assert.equal(Math.round(close?.energyErrorJoules ?? 0), Math.round(0.05 * Math.hypot(36_000, 34_000)));
    assert.equal(comparisonOf(first, half).runs[1]?.difference?.isClear, true);
    const unknown = comparisonOf(first, snapshot({ howKnown: 'unknown' })).runs[1]?.difference;
    assert.deepEqual([unknown?.energyErrorJoules, unknown?.isClear], [null, null]);
  });

  it('invents no share of nothing', () => {
    const { difference } = comparisonOf(snapshot({ energyJoules: 0 }), first).runs[1] ?? {};
    assert.equal(difference?.energyShare, null);
  });

  it('names what stands in the way of comparing', () => {
    const { intensity, pue } = first.carbon;
    const elsewhere = { ...first.carbon, intensity: { ...intensity, place: 'France' }, pue: pue + 1 };
    const other = snapshot({ howKnown: 'estimated', state: 'failed', carbon: elsewhere, idlePower: 'all' });
    assert.deepEqual(comparisonOf(first, half).cautions, []);
    assert.equal(comparisonOf(first, other).cautions.length, 5);
  });
});

describe('A comparison written down', () => {
  it('has a column a run in Markdown', () => {
    const rows = comparisonMarkdown(comparisonOf(first, half))
      .split('\n')
      .filter((line) => line.startsWith('|'));
    assert.equal(rows[0], '|  | 1. train.py | 2. amp.py |');
    assert(
      rows.includes('| Energy | 10\\.0 Wh ±5 % | 5\\.00 Wh ±5 % |') ||
        rows.includes('| Energy | 10.0 Wh ±5 % | 5.00 Wh ±5 % |'),
    );
    assert(rows.includes('| Difference in energy | – | −50 % |'));
    assert(rows.includes('| Time an epoch | 2 min | 7 min 30 s |'));
  });

  it('survives JSON, with the runs as they are written alone', () => {
    const json = comparisonJson(comparisonOf(first, half));
    assert.deepEqual(JSON.parse(JSON.stringify(json)), json);
    assert.deepEqual(
      json.runs.map(({ run }) => run.id),
      ['run-1', 'run-2'],
    );
  });

  it('has a record a run in CSV, each as long as its head', () => {
    const lines = comparisonCsv(comparisonOf(first, half)).trimEnd().split('\r\n');
    const counts = lines.map((line) => line.split(',').length);
    assert.deepEqual(counts, [22, 22, 22]);
    assert.match(lines[2] ?? '', /^run-2,amp\.py,.*,-0\.5,-0\.5,0\.25,/);
  });

  it('shows signs and digits as people read them', () => {
    assert.deepEqual([0.1234, -0.5, 0.0995, 0.00001, -0.00001, 3].map(signedPercent), [
      '+12 %',
      '−50 %',
      '+10 %',
      '0 %',
      '0 %',
      '+300 %',
    ]);
  });
});
