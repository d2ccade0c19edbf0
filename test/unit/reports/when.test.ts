import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatClock,
  formatUntil,
  formatWhen,
  parseLength,
  parseWhen,
} from '../../../src/core/reports/when.ts';
import { speak } from '../../../src/language.ts';
import german from '../../../l10n/bundle.l10n.de.json' with { type: 'json' };

const local = (text: string) => new Date(text).getTime();
const NOW = local('2026-11-24T14:00');

describe('Times to come', () => {
  afterEach(() => speak('en', {}));

  it('are named by the day, as people say it', () => {
    assert.equal(formatWhen(local('2026-11-24T23:59'), NOW), 'today at 23:59');
    assert.equal(formatWhen(local('2026-11-25T00:05'), NOW), 'tomorrow at 00:05');
    assert.equal(formatWhen(local('2026-11-23T22:00'), NOW), 'yesterday at 22:00');
    assert.equal(formatWhen(local('2026-11-26T02:30'), NOW), 'on Thursday at 02:30');
    assert.equal(formatWhen(local('2026-12-08T02:30'), NOW), 'on 2026-12-08 at 02:30');
  });

  it('follow on “until”', () => {
    assert.equal(formatUntil(local('2026-11-25T00:05'), NOW), 'tomorrow at 00:05');
    assert.equal(formatUntil(local('2026-11-26T02:30'), NOW), 'Thursday at 02:30');
    assert.equal(formatUntil(local('2026-12-08T02:30'), NOW), '2026-12-08 at 02:30');
  });

  it('are named and read in German, too', () => {
    speak('de', german);
    assert.equal(formatWhen(local('2026-11-26T02:30'), NOW), 'am Donnerstag um 02:30');
    assert.equal(formatUntil(local('2026-11-26T02:30'), NOW), 'Donnerstag um 02:30');
    for (const time of ['2026-11-24T23:59', '2026-11-25T00:05'])
      assert.equal(parseWhen(formatWhen(local(time), NOW), NOW), local(time));
    assert.equal(parseWhen('Morgen 02:30', NOW), local('2026-11-25T02:30'));
  });

  it('are read as people type them', () => {
    for (const [typed, when] of [
      ['22:30', '2026-11-24T22:30'],
      ['9:05', '2026-11-25T09:05'],
      ['14:00', '2026-11-25T14:00'],
      ['today 16:00', '2026-11-24T16:00'],
      ['Tomorrow at 02:30', '2026-11-25T02:30'],
      ['2026-11-26 02:30', '2026-11-26T02:30'],
      ['2026-11-26T02:30', '2026-11-26T02:30'],
      ['in 3 h', '2026-11-24T17:00'],
      ['in 1h 30min', '2026-11-24T15:30'],
    ] as const)
      assert.equal(parseWhen(typed, NOW), local(when), typed);
  });

  it('are neither over nor out of sight, and nothing else is one', () => {
    const problem = (text: string) => {
      const parsed = parseWhen(text, NOW);
      return typeof parsed === 'number' ? null : parsed.problem;
    };
    assert.match(problem('today 13:00') ?? '', /over/);
    assert.match(problem('2026-11-23 13:00') ?? '', /over/);
    assert.match(problem('2026-12-24 13:00') ?? '', /a week/);
    for (const text of ['', 'soon', '25:00', '12:60', '2026-13-01 10:00', 'in', 'in 3 cats', 'in 0 h'])
      assert.match(problem(text) ?? '', /^Type a time/, text);
  });

  it('are read as they are named', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 * 24 * 60 - 1 }), (minutes) => {
        const millis = NOW + minutes * 60_000;
        const named = formatWhen(millis, NOW);
        if (named.startsWith('on ')) return;
        assert.equal(parseWhen(named, NOW), millis, named);
        assert.equal(named.slice(-5), formatClock(millis));
      }),
    );
  });
});

describe('Lengths of time', () => {
  it('are read as people type them', () => {
    for (const [typed, seconds] of [
      ['90 min', 5400],
      ['2 h 30 min', 9000],
      ['1.5 h', 5400],
      ['1,5 hours', 5400],
      ['2:30', 9000],
      ['45 s', 45],
      ['1d 2h', 93_600],
      ['3 days', 259_200],
      ['10 minutes, 5 seconds', 605],
    ] as const)
      assert.equal(parseLength(typed), seconds, typed);
  });

  it('are nothing else', () => {
    for (const text of ['', '5', 'long', '0 h', '-3 h', 'h', '3 x', '2:75', '1 h and more'])
      assert.equal(parseLength(text), null, text);
  });
});
