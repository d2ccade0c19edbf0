import assert from 'node:assert/strict';
import { embodiedGrams, embodiedProblem } from '../../../src/core/carbon/beyond/embodied.ts';
import {
  EQUIVALENCE_IDS,
  equivalences,
  equivalenceText,
} from '../../../src/core/carbon/beyond/equivalences.ts';
import { knownPues } from '../../../src/core/carbon/beyond/pue.ts';
import { sciScore } from '../../../src/core/carbon/beyond/sci.ts';
import { waterLitres } from '../../../src/core/carbon/beyond/water.ts';
import {
  compareLocations,
  comparableRegions,
  comparableZones,
} from '../../../src/core/carbon/compareLocations.ts';

describe('Embodied emissions', () => {
  it('are those of the specification’s example: 1000 kg over 4 years, one hour', () => {
    const inputs = { machineKilograms: 1000, lifetimeYears: 4, usedShare: 1 };
    assert.equal(Math.round(embodiedGrams(inputs, 3600, 1) * 10) / 10, 28.5); // 1e6 g / 35,064 h
    assert.equal(embodiedGrams(inputs, 7200, 0.25), embodiedGrams(inputs, 3600, 0.5));
    assert.equal(embodiedGrams({ ...inputs, usedShare: 0.5 }, 3600, 1), 2 * embodiedGrams(inputs, 3600, 1));
  });

  it('need inputs that can be', () => {
    const right = { machineKilograms: 1000, lifetimeYears: 4, usedShare: 1 };
    assert.equal(embodiedProblem(right), null);
    for (const wrong of [
      { machineKilograms: 0 },
      { lifetimeYears: NaN },
      { lifetimeYears: 90 },
      { usedShare: 1.2 },
    ])
      assert.notEqual(embodiedProblem({ ...right, ...wrong }), null);
  });
});

describe('SCI', () => {
  it('is operational and embodied emissions a unit, and says when the latter are missing', () => {
    const whole = sciScore({ operationalGrams: 90, embodiedGrams: 10, unit: 'epoch', units: 5 });
    assert.deepEqual(whole, { gramsPerUnit: 20, unit: 'epoch', isWithoutEmbodied: false });
    assert.equal(
      sciScore({ operationalGrams: 90, embodiedGrams: null, unit: 'run', units: 1 })?.isWithoutEmbodied,
      true,
    );
    assert.equal(sciScore({ operationalGrams: 90, embodiedGrams: null, unit: 'epoch', units: 0 }), null);
  });
});

describe('Water', () => {
  it('is the machine’s energy times WUE', () => assert.equal(waterLitres(3.6e6 * 10, 0.15), 1.5));
});

describe('Known PUEs', () => {
  it('each have a source, and a year where they were measured', () => {
    for (const { name, pue, year, source } of knownPues()) {
      assert(pue >= 1 && pue < 1.7 && source.length > 5, name);
      assert(year === null ? pue === 1 : year >= 2019, name);
    }
  });
});

describe('Equivalences', () => {
  it('are what one gets by hand, each with year and source', () => {
    const all = equivalences(106.8, 3.6e6, EQUIVALENCE_IDS);
    assert.deepEqual(
      all.map(({ id }) => id),
      [...EQUIVALENCE_IDS],
    );
    const amount = (id: string) => all.find((each) => each.id === id)?.amount ?? NaN;
    assert.equal(amount('carEu'), 1);
    assert(Math.abs(amount('phone') - 106.8 / 12.4) < 1e-12);
    assert(Math.abs(amount('tree') - 106.8 / 60_000) < 1e-12, 'of ten years, not of one');
    assert(Math.abs(amount('household') - 1 / (10_715 / 8784)) < 1e-6);
    for (const each of all) assert(each.year >= 2020 && each.source.length > 10);
    const [car] = all;
    assert(car);
    assert.equal(equivalenceText(car), '1 km driven by an average new car in the EU (2024)');
  });

  it('are only those that are chosen', () => {
    assert.deepEqual(equivalences(1, 1, []), []);
    assert.deepEqual(
      equivalences(1, 1, ['phone']).map(({ id }) => id),
      ['phone'],
    );
  });
});

describe('Comparison of locations', () => {
  it('is the same run by the grid and the PUE of other places, the cleanest first', () => {
    const here = { energyJoules: 3.6e6, pue: 1.5, emissionsGrams: 300 };
    const found = compareLocations(here, ['PL', 'FR', 'aws:eu-north-1', 'nowhere']);
    assert.deepEqual(
      found.map(({ id }) => id),
      ['aws:eu-north-1', 'FR', 'PL'],
    );
    const [north, france] = found;
    assert(north && france);
    assert.equal(france.emissionsGrams, 1.5 * france.gramsPerKwh, 'here’s PUE where there is none');
    assert.equal(france.timesHere, france.emissionsGrams / 300);
    assert(north.pue > 1 && north.pue < 1.2);
    assert.equal(compareLocations({ ...here, emissionsGrams: 0 }, ['FR'])[0]?.timesHere, null);
  });

  it('can be made of all zones and regions', () => {
    const here = { energyJoules: 3.6e6, pue: 1, emissionsGrams: 1 };
    assert(compareLocations(here, comparableZones()).length > 340);
    assert.equal(compareLocations(here, comparableRegions()).length, comparableRegions().length);
  });
});
