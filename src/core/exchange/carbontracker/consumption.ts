import { t } from '../../../language.ts';
import { amount, quoted } from '../fields.ts';
import { clockSeconds, type LogEntry } from './logEntries.ts';

/** A block of an output log: what was used, or is predicted for all epochs. */
export interface Consumption {
  readonly line: number;
  readonly timeMillis: number;
  /** As it is written, with its time: no other run has the same. */
  readonly text: string;
  readonly kind: 'actual' | 'predicted';
  /** Null where the tool ran a command as a whole. */
  readonly epochs: number | null;
  readonly durationSeconds: number;
  /** PUE included. */
  readonly energyKwh: number;
  readonly emissionsGrams: number;
}

/** A block that cannot be used, and why. */
export interface BadConsumption {
  readonly line: number;
  readonly kind: Consumption['kind'];
  readonly reason: string;
}

/**
 * `Actual consumption:` by the command line tool, else with the number of epochs. Up to 1.0.4 there is no total but that
 * of the epochs before the prediction: `First 1 epoch(s):`, `Prediction for 10 epoch(s):` (carbontracker/tracker.py).
 */
const TITLE =
  /^\s*(?:(Actual) consumption(?: for (\d{1,9}) epoch\(s\))?|(First) (\d{1,9}) epoch\(s\)|(?:Predicted consumption|Prediction) for (\d{1,9}) epoch\(s\)):\s*$/m;

/** The block of an entry; null where it is something else. */
export function consumptionIn({
  line,
  time,
  timeMillis,
  message,
}: LogEntry): Consumption | BadConsumption | null {
  const title = TITLE.exec(message);
  if (!title) return null;
  const kind = title[1] || title[3] ? 'actual' : 'predicted';
  const timeText = figure(message, /^\s*Time:\s+(\S.*?)(?: s)?\s*$/m);
  const energyText = figure(message, /^\s*Energy:\s+(\S+) kWh\s*$/m);
  const gramsText = figure(message, /^\s*CO2eq:\s+(\S+) g\s*$/m);
  const durationSeconds = clockSeconds(timeText ?? '');
  const energyKwh = amount(energyText ?? '');
  const emissionsGrams = amount(gramsText ?? '');
  const bad = (name: string, text: string | null): BadConsumption => ({
    ...{ line, kind },
    reason:
      text === null
        ? t('it has no {0}', name)
        : t('its {0} {1} is no figure of 0 or more', name, quoted(text)),
  });
  if (durationSeconds === null) return bad(t('time'), timeText);
  if (energyKwh === null) return bad(t('energy'), energyText);
  if (emissionsGrams === null) return bad('CO2eq', gramsText);
  const epochsText = title[2] ?? title[4] ?? title[5];
  const epochs = epochsText === undefined ? null : Number(epochsText);
  const text = `${time} ${message}`;
  return { line, timeMillis, text, kind, epochs, durationSeconds, energyKwh, emissionsGrams };
}

function figure(message: string, pattern: RegExp): string | null {
  return pattern.exec(message)?.[1] ?? null;
}
