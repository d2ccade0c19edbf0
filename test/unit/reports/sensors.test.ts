import assert from 'node:assert/strict';
import { sensorsReport } from '../../../src/core/reports/sensorsMarkdown.ts';
import { textSensors } from '../../../src/core/reports/sensorsText.ts';
import { chooseSources } from '../../../src/core/sensors/slots.ts';
import { absent, refused } from '../../../src/core/sensors/probe.ts';
import { PROBED } from './sensors.ts';

const CHOSEN = chooseSources(PROBED);

describe('Report of the sensors', () => {
  const report = sensorsReport(PROBED, CHOSEN);

  it('has a table of what is there: state, what it measures, resolution and error', () => {
    const rows = report.split('\n').filter((line) => line.startsWith('|'));
    assert.deepEqual(rows, [
      '| Source | State | Measures | Resolution | Error |',
      '| --- | --- | --- | --- | --- |',
      '| Title of rapl | refused | – | – | – |',
      '| Title of nvml | in use | GPUs | 1 mJ | ±5 % |',
      '| Title of estimate | in use | processor, memory \\(estimated\\) | 10 ms | ±50 % |',
      '| Title of second | ready, not used | processor \\(estimated\\) | 1 s | ±60 % |',
    ]);
  });

  it('gives the reason and the fix of what is refused, to be copied', () => {
    assert.match(
      report,
      /## Title of rapl: refused\n\nMay not be \\\*read\\\*\.\n\n```text\nchmod\nit\n```\n/,
    );
  });

  it('names what is absent in one line at the end', () => {
    assert.match(report, /\n\nNot on this machine: Title of ipmi\.\n$/);
    assert.equal(report.match(/ipmi/g)?.length, 1);
    assert.doesNotMatch(report, /No controller here/);
  });

  it('lists the assumptions of what is in use only', () => {
    assert.match(report, /85 W assumed/);
    assert.doesNotMatch(report, /90 W assumed/);
  });

  it('shows a fix that cannot leave its block, and hostile words as they are', () => {
    const hostile = '``` <img src=x> | **b**\n# title';
    const [first] = PROBED;
    assert(first);
    const sensor = { ...first.sensor, title: hostile };
    const text = sensorsReport([{ sensor, probe: refused(hostile, hostile) }], new Map());
    assert(text.includes(`\`\`\`\`text\n${hostile}\n\`\`\`\``));
    assert.doesNotMatch(text.replace(/````[^]*````/, ''), /<img|^# title/m);
    assert.doesNotMatch(sensorsReport([{ sensor, probe: absent(hostile) }], new Map()), /<img|^# title/m);
  });
});

describe('Text of the sensors', () => {
  const text = textSensors(PROBED, CHOSEN);

  it('has the same table, in columns', () => {
    const [head = '', rapl = '', nvml = ''] = text.split('\n');
    assert.equal(head.indexOf('error'), nvml.indexOf('±5 %'));
    assert.match(rapl, /^Title of rapl +refused +–/);
    assert.match(text, /Title of second +ready, not used +processor \(estimated\) +1 s +±60 %/);
  });

  it('gives the reason and the fix, the assumptions in use, and in one line what is absent', () => {
    assert.match(text, /Title of rapl: refused\n {2}May not be \*read\*\.\n\n {2}chmod\n {2}it\n/);
    assert.match(
      text,
      /What the estimates in use assume:\n {2}85 W assumed\n\nNot on this machine: Title of ipmi\.\n$/,
    );
    assert.match(text, /What each tells:\n {2}Title of nvml: Measures a card\.\n/);
    assert.doesNotMatch(text, /90 W assumed/);
  });
});
