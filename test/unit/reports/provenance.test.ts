import assert from 'node:assert/strict';
import { yearlyAverage } from '../../../src/core/carbon/intensity.ts';
import { locate } from '../../../src/core/carbon/place.ts';
import { provenanceText } from '../../../src/core/reports/provenance.ts';
import { speak } from '../../../src/language.ts';
import german from '../../../l10n/bundle.l10n.de.json' with { type: 'json' };

describe('Where figures come from', () => {
  afterEach(() => speak('en', {}));

  const stored = () =>
    ['Europe/Copenhagen', 'Nowhere/Nothing'].flatMap((timeZone) => {
      const { place, source } = yearlyAverage(locate('', timeZone));
      return [place, source];
    });

  it('is shown as it is stored in English', () => {
    for (const text of [...stored(), 'Denmark', 'Energinet, measured'])
      assert.equal(provenanceText(text), text);
  });

  it('is shown in German, names as they are', () => {
    speak('de', german);
    for (const text of stored()) assert.notEqual(provenanceText(text), text);
    assert.equal(
      provenanceText('Denmark (guessed from the time zone)'),
      'Denmark (vermutet nach der Zeitzone)',
    );
    assert.equal(provenanceText('Energinet, measured'), 'Energinet, measured');
  });
});
