import assert from 'node:assert/strict';
import { countryProblem, locate } from '../../../src/core/carbon/place.ts';

const NOT_FINER = { zone: null, coordinates: null, cloud: null };

describe('Place', () => {
  it('is the setting, in any case and with spaces around', () => {
    assert.deepEqual(locate(' dk ', 'Europe/Berlin'), {
      ...{ country: 'DK', name: 'Denmark', basis: 'setting' },
      ...NOT_FINER,
    });
  });

  it('is guessed from the time zone without a setting, or with one that is no country', () => {
    const germany = { country: 'DE', name: 'Germany', basis: 'time zone', ...NOT_FINER } as const;
    assert.deepEqual(locate('', 'Europe/Berlin'), germany);
    assert.deepEqual(locate('Denmark', 'Europe/Berlin'), germany);
  });

  it('knows the names of time zones that were used earlier', () => {
    assert.equal(locate('', 'Asia/Calcutta').country, 'IN');
    assert.equal(locate('', 'US/Pacific').country, 'US');
  });

  it('is unknown where the time zone tells nothing', () => {
    for (const zone of ['UTC', 'Etc/GMT-2', '', 'toString', '__proto__']) {
      assert.deepEqual(
        locate('', zone),
        { country: null, name: 'unknown place', basis: 'unknown', ...NOT_FINER },
        zone,
      );
    }
    assert.equal(locate('constructor', 'UTC').country, null);
  });

  it('says what is wrong with a setting, and only then', () => {
    for (const right of ['', ' ', 'DK', 'dk', ' US ']) assert.equal(countryProblem(right), null, right);
    for (const wrong of ['Denmark', 'XX', 'DNK', 'toString']) {
      assert.match(countryProblem(wrong) ?? '', new RegExp(`${wrong}.*two letters.*DK`));
    }
    assert((countryProblem('x'.repeat(1000)) ?? '').length < 120);
  });
});
