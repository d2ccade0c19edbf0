import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CardError } from '../../../src/core/reports/modelCard/cardError.ts';
import { cardText } from '../../../src/core/reports/modelCard/cardText.ts';
import { insertMetadata } from '../../../src/core/reports/modelCard/insert.ts';
import { cardMetadata } from '../../../src/core/reports/modelCard/metadata.ts';
import { snapshot } from '../runs/snapshots.ts';
import { EDITED, METADATA, REFUSED } from './cards.ts';

/** A card without its emissions: what stands before them, and what after. */
function around(card: string): readonly [string, string] {
  const begin = /^[ \t]*"?co2_eq_emissions"?:/m.exec(card)?.index ?? 0;
  const rest = card.slice(begin);
  const end = /\n(?=[^\s}])/.exec(rest)?.index ?? 0;
  return [card.slice(0, begin), rest.slice(end)];
}

/** Whether the one text is the other with something put into one place. */
function isInserted(old: string, edited: string): boolean {
  let start = 0;
  while (start < old.length && old[start] === edited[start]) start++;
  return edited.endsWith(old.slice(start));
}

describe('A model card', () => {
  for (const [name, card] of Object.entries(EDITED)) {
    it(`with ${name} keeps the rest byte for byte, and is not touched twice`, () => {
      const edited = insertMetadata(card, METADATA);
      if (/co2_eq/.test(card)) assert.deepEqual(around(edited), around(card));
      else assert(isInserted(card, edited));
      assert.notEqual(edited, card);
      assert.equal(insertMetadata(edited, METADATA), edited);
    });
  }

  for (const [name, [card, reason]] of Object.entries(REFUSED)) {
    it(`with ${name} is refused with the reason`, () => {
      assert.throws(
        () => insertMetadata(card, METADATA),
        (error) => error instanceof CardError && reason.test(error.message) && !error.message.includes('\n'),
      );
    });
  }

  it('gets exactly these lines', () => {
    assert.equal(
      insertMetadata('---\nlicense: mit\n---\n# x\n', { ...METADATA, source: 'us', training_type: null }),
      '---\nlicense: mit\nco2_eq_emissions:\n  emissions: 153.2\n  source: "us"\n' +
        '  geographical_location: "Québec, Canada"\n  hardware_used: "2 × NVIDIA A100"\n---\n# x\n',
    );
  });

  it('keeps what it says itself where a run does not know better', () => {
    const card =
      '---\nco2_eq_emissions:\n  emissions: 1\n  training_type: pre-training\n  hardware_used: TPU\n---\n';
    const edited = insertMetadata(card, { ...METADATA, training_type: null, hardware_used: null });
    assert.match(
      edited,
      /\n {2}emissions: 153\.2\n {2}training_type: pre-training\n {2}hardware_used: TPU\n {2}source/,
    );
  });

  it('keeps its comments within the emissions, too', () => {
    const edited = insertMetadata(EDITED['a map with comments, blanks and names of its own'] ?? '', METADATA);
    assert.match(
      edited,
      /co2_eq_emissions: # ours\n {4}emissions: {3}153\.2 {3}# grams\n\n {4}# who\n {4}source: "Training/,
    );
    assert.match(edited, /\n {4}cpu_model: \[a, b\] # extra\n {4}training_type: "fine-tuning"\n/);
  });

  it('ends its new lines as it ends its own', () => {
    const edited = insertMetadata(EDITED['CRLF line ends'] ?? '', METADATA);
    assert.doesNotMatch(edited, /(?<!\r)\n/);
  });

  it('has plain figures, for however little or much', () => {
    for (const [emissions, text] of [
      [0, '0'],
      [1.5e-7, '0.00000015'],
      [123_456_789_000, '123456789000'],
      [0.1, '0.1'],
    ] as const)
      assert.match(
        insertMetadata('', { ...METADATA, emissions }),
        new RegExp(`\\n {2}emissions: ${text}\\n`),
      );
  });

  it('is edited rightly or refused, whatever stands in it', () => {
    const pieces = [
      '---',
      '\n',
      '\r\n',
      'a: 1',
      'co2_eq_emissions:',
      '  emissions: 5',
      ' {',
      '}',
      '\t',
      '- x',
      '#',
      '|',
      '"',
      "'",
      '&a',
      '*a',
      ': ',
      'é',
      '...',
      '%YAML 1.2',
      '? ',
      '<<: ',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const card = `---\n${parts.join('')}\n---\nbody\n`;
        let edited;
        try {
          edited = insertMetadata(card, METADATA);
        } catch (error) {
          assert(error instanceof CardError, String(error));
          return;
        }
        assert(edited.endsWith('\n---\nbody\n') && edited.startsWith('---\n'));
        assert.equal(insertMetadata(edited, METADATA), edited);
      }),
      { numRuns: 500 },
    );
  });
});

describe('What a model card says of a run', () => {
  it('is what Hugging Face asks for, in grams', () => {
    const metadata = cardMetadata(snapshot({ emissionsGrams: 12.345678 }), 'pre-training');
    assert.deepEqual(metadata, {
      emissions: 12.35,
      source: 'Training Footprint (energy measured, ±5 %; 342 gCO2e/kWh, yearly average, by hand; PUE 1.2)',
      training_type: 'pre-training',
      geographical_location: 'Germany',
      hardware_used: null,
    });
  });

  it('names no place that is not known', () => {
    const { carbon } = snapshot();
    const intensity = { ...carbon.intensity, place: 'world average (place unknown)' };
    assert.equal(
      cardMetadata(snapshot({ carbon: { ...carbon, intensity } }), null).geographical_location,
      null,
    );
  });

  it('is not told before the run has ended', () => {
    assert.throws(() => cardMetadata(snapshot({ state: 'running' }), null), /has not ended/);
  });
});

describe('The file of a model card', () => {
  it('keeps its byte order mark and its line ends', () => {
    const text = '\ufeff---\r\na: é\r\n---\n';
    assert.equal(cardText(new TextEncoder().encode(text)), text);
  });

  it('is refused where it is no UTF-8, or no card', () => {
    assert.throws(() => cardText(Buffer.from([0x61, 0xff, 0xfe])), /no text in UTF-8/);
    assert.throws(() => cardText(new Uint8Array(11e6)), /too large/);
  });
});
