import assert from 'node:assert/strict';
import { statementLatex } from '../../../src/core/reports/statement/latex.ts';
import { bibtex } from '../../../src/core/reports/statement/references.ts';
import { carbonStatement, referencesOf } from '../../../src/core/reports/statement/statement.ts';
import { statementText } from '../../../src/core/reports/statement/statementText.ts';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { snapshot } from '../runs/snapshots.ts';

const EMBODIED = { machineKilograms: 1000, lifetimeYears: 4, usedShare: 1 };

function intensity(source: string, place = 'Germany') {
  const { carbon } = snapshot();
  return { carbon: { ...carbon, intensity: { ...carbon.intensity, source, place } } };
}

const textOf = (more: Partial<RunSnapshot> = {}, embodied: typeof EMBODIED | null = null) =>
  statementText(carbonStatement(snapshot(more), embodied));

describe('Carbon impact statement', () => {
  it('says what was used and how exactly that is known, by component', () => {
    const text = textOf();
    assert.match(text, /on 2026-11-2[34], took 1 h and used 10\.0 Wh ±5 % of electricity \(measured\)/);
    assert.match(text, /Processor package-0 10\.0 Wh \(measured by RAPL counters, ±5 %\)/);
    assert.match(text, /share of the machine’s energy; the whole machine used 20\.0 Wh over the same time/);
    assert.match(text, /completed 30 of 30 epochs, at 333 mWh each/);
  });

  it('says the PUE, the place, and the intensity with its source and year', () => {
    const yearly = textOf(intensity('yearly average, Ember through CO2.js 0.19.0'));
    assert.match(
      yearly,
      /PUE of 1\.2 \(set by the authors\) and a carbon intensity of 342 gCO2e\/kWh \(Germany; yearly average, Ember through CO2\.js 0\.19\.0, the newest year of the country, 2022 to 2024\), it caused 4\.11 g CO2e, location-based/,
    );
    assert.match(textOf(intensity('Energy-Charts, measured')), /\(Germany; Energy-Charts, measured, 2026\)/);
  });

  it('takes the mean intensity over the run and the sources of that time', () => {
    const part = { fromMillis: 0, toMillis: 1, pue: 1.2, isFinal: true, energyJoules: 18_000 };
    const text = textOf({
      ...{ emissionsGrams: 2.4 },
      intensitySegments: [
        { ...part, gramsPerKwh: 100, source: 'Energy-Charts, measured' },
        { ...part, gramsPerKwh: 300, source: 'Energy-Charts, forecast' },
      ],
    });
    assert.match(
      text,
      /of 200 gCO2e\/kWh \(Germany; Energy-Charts, measured, 2026; Energy-Charts, forecast, 2026\)/,
    );
    assert.match(text, /Fraunhofer ISE: Energy-Charts/);
  });

  it('names the hardware that sensors named, and none that they did not', () => {
    const [cpu] = snapshot().components;
    assert(cpu);
    const gpu = (index: number) => ({
      ...cpu,
      component: 'gpu' as const,
      device: `NVIDIA A100-SXM4-40GB #${index}`,
    });
    assert.match(textOf({ components: [cpu, gpu(0), gpu(1)] }), /Hardware: 2 × NVIDIA A100-SXM4-40GB\./);
    assert.doesNotMatch(textOf(), /Hardware/);
    const hardware = { cpu: 'AMD EPYC 7543', threads: 64, memoryBytes: 512e9 };
    const environment = { git: null, python: null, frameworks: [], hardware };
    const run = { ...snapshot({ components: [cpu, gpu(0)] }), environment };
    assert.match(
      statementText(carbonStatement(run, null)),
      /Hardware: NVIDIA A100-SXM4-40GB, AMD EPYC 7543\./,
    );
  });

  it('says that a run failed or goes on', () => {
    assert.match(textOf({ state: 'failed', exitCode: 1 }), /failed after 1 h and used/);
    assert.match(
      textOf({ state: 'running', endedAtMillis: null }),
      /is still running and has so far, in 1 h, used/,
    );
  });

  it('has the software carbon intensity where making the hardware is known, else says what is not in it', () => {
    const text = textOf({}, EMBODIED);
    assert.match(
      text,
      /share of making the machine, 14\.3 g CO2e .* software carbon intensity is 612 mg CO2e per epoch \[2\]/,
    );
    assert.match(text, /\[2\] ISO\/IEC 21031:2024/);
    assert.doesNotMatch(text, /and making the hardware/);
    assert.match(textOf(), /Not included are other runs, .*and making the hardware\./);
    assert.doesNotMatch(textOf(), /21031/);
  });

  it('numbers its references, each once', () => {
    const text = textOf(intensity('yearly average, Ember through CO2.js 0.19.0'));
    assert.match(text, /manner of Carbontracker \[1\]\./);
    assert.match(text, /location-based \[2, 3\]\./);
    assert.match(
      text,
      /\n\[1\] .*arXiv:2007\.03051\.\n\[2\] Ember: .*\n\[3\] The Green Web Foundation: CO2\.js\. .*\n$/,
    );
  });

  it('cites in LaTeX what its BibTeX has, and no more', () => {
    const sentences = carbonStatement(
      snapshot(intensity('yearly average, Ember through CO2.js 0.19.0')),
      EMBODIED,
    );
    const cited = [...statementLatex(sentences).matchAll(/\\cite\{([^}]+)\}/g)].flatMap(([, keys = '']) =>
      keys.split(','),
    );
    const entries = [...bibtex(referencesOf(sentences)).matchAll(/^@\w+\{(.+),$/gm)].map(([, key]) => key);
    assert.deepEqual(cited, entries);
    assert.deepEqual(entries, ['anthony2020carbontracker', 'ember', 'co2js', 'iso21031']);
  });

  it('is written in LaTeX as a paper has it', () => {
    const latex = statementLatex(carbonStatement(snapshot(), null));
    assert.match(latex, /used 10\.0~Wh \\ensuremath\{\\pm\}5~\\% of electricity \(measured\)/);
    assert.match(latex, /342~gCO\\textsubscript\{2\}e\/kWh/);
    assert.match(latex, /4\.11~g CO\\textsubscript\{2\}e/);
  });
});
