import assert from 'node:assert/strict';
import german from '../../../l10n/bundle.l10n.de.json' with { type: 'json' };
import {
  keptText,
  managedText,
  missedText,
  missedTooltip,
  plannedTooltip,
} from '../../../src/host/greener/plannedWords.ts';
import { speak } from '../../../src/language.ts';

const NOW = new Date('2026-11-24T14:20').getTime();
const AT = new Date('2026-11-25T02:30').getTime();
const LATER = new Date('2026-11-25T08:00').getTime();

const start = { command: 'python train.py', atMillis: AT, runId: null };
const goOn = { ...start, runId: 'c0ffee01' };

describe('What is said of a planned training', () => {
  afterEach(() => speak('en', {}));

  it('tells when it starts, or when a paused one goes on', () => {
    assert.match(keptText(start, NOW), /^“python train\.py” starts tomorrow at 02:30\. Leave this window/);
    assert.match(keptText(goOn, NOW), /^“python train\.py” goes on tomorrow at 02:30\. Leave this window/);
    assert.match(managedText(start, NOW), /^“python train\.py” starts tomorrow at 02:30, in 12 h 10 min$/);
    assert.match(managedText(goOn, NOW), /^“python train\.py” goes on tomorrow at 02:30, in 12 h 10 min$/);
    assert.match(plannedTooltip(start), /starts on 2026-11-25 02:30 if this window is open then\./);
    assert.match(plannedTooltip(goOn), /continues on 2026-11-25 02:30 if this window is open then\./);
  });

  it('tells what it missed', () => {
    assert.equal(managedText(start, LATER), '“python train.py” was to start today at 02:30');
    assert.equal(managedText(goOn, LATER), '“python train.py” was to go on today at 02:30');
    assert.match(missedText(start, LATER), /was to start today at 02:30, while this window was closed/);
    assert.match(missedText(goOn, LATER), /was to go on today at 02:30, while this window was closed/);
    assert.match(missedTooltip(start), /was to start on 2026-11-25 02:30\. Click/);
    assert.match(missedTooltip(goOn), /was to continue on 2026-11-25 02:30\. Click/);
  });

  it('is told in German, too', () => {
    speak('de', german);
    assert.match(keptText(start, NOW), /^„python train\.py“ startet morgen um 02:30\./);
    assert.match(managedText(goOn, LATER), /^„python train\.py“ sollte heute um 02:30 weiterlaufen$/);
    assert.match(missedTooltip(start), /^„python train\.py“ sollte am 2026-11-25 02:30 starten\./);
  });
});
