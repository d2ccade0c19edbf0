import { amount } from '../fields.ts';
import { clockSeconds, type LogEntry } from './logEntries.ts';

/** What a standard log tells besides the totals. Null or empty where it does not. */
export interface StandardLog {
  readonly version: string | null;
  /** What actual and predicted consumption are multiplied by, and nothing else. */
  readonly pue: number | null;
  readonly place: string | null;
  /** It was stopped before all these epochs were monitored; null where it was not. */
  readonly interruptedBefore: number | null;
  readonly components: readonly LoggedComponent[];
  readonly epochs: readonly LoggedEpoch[];
}

export interface LoggedEpoch {
  readonly durationSeconds: number;
  /** When it was logged, milliseconds since 1970. */
  readonly endMillis: number;
}

export interface LoggedComponent {
  readonly name: 'cpu' | 'gpu';
  readonly devices: string;
  /** Mean power times duration of each epoch, without PUE; null where one's power is missing. */
  readonly epochJoules: readonly number[] | null;
}

/** Reads the entries of a standard log (carbontracker/tracker.py and loggerutil.py, 1.0 to 2.4). */
export function standardLog(entries: readonly LogEntry[]): StandardLog {
  const messages = entries.map(({ message }) => message);
  const epochs = entries.flatMap((entry) => epochIn(entry) ?? []);
  const first = (pattern: RegExp) => {
    for (const message of messages) {
      const match = pattern.exec(message);
      if (match) return match[1] ?? '';
    }
    return null;
  };
  return {
    version: first(/^carbontracker version (\S{1,40})/),
    pue: amount(first(/multiplied by a PUE coefficient of (\d+\.?\d*)/) ?? ''),
    place: placeOf(first(/at detected location:? ([^\n]{1,200}?): \[/)),
    interruptedBefore: amount(first(/^Training was interrupted before all (\d{1,9}) epochs/) ?? ''),
    components: componentsIn(messages, first(/^The following components were found: ([^\n]*)/) ?? '', epochs),
    epochs,
  };
}

/** The tool has words for not knowing, too. */
function placeOf(text: string | null): string | null {
  return text === null || /^(unknown|undetected|none)$/i.test(text) ? null : text;
}

/** `GPU with device(s) A, B. CPU with device(s) cpu:0.` */
const COMPONENT = /\b(GPU|CPU) with device\(s\) (.*?)\.(?= (?:GPU|CPU) with device\(s\) |\s*$)/g;

function componentsIn(
  messages: readonly string[],
  found: string,
  epochs: readonly LoggedEpoch[],
): LoggedComponent[] {
  return [...found.matchAll(COMPONENT)].map(([, upper, devices = '']) => {
    const name = upper === 'GPU' ? 'gpu' : 'cpu';
    const powers = messages.flatMap((message) => powerIn(message, name) ?? []);
    return { name, devices, epochJoules: energiesOf(epochs, powers) };
  });
}

function epochIn({ message, timeMillis }: LogEntry): LoggedEpoch | null {
  const durationSeconds = clockSeconds(/^Duration: (\S+)\s*$/.exec(message)?.[1] ?? '');
  return durationSeconds === null ? null : { durationSeconds, endMillis: timeMillis };
}

/** `Average power usage (W) for gpu: [61.2 59.8]`, which NumPy breaks where it is long; one number from 2.4 on; `None`. */
function powerIn(message: string, name: string): readonly (number | null)[] | null {
  const text = /^Average power usage \(W\) for (\w+): ([\s\S]*)$/.exec(message);
  if (text?.[1] !== name) return null;
  const numbers = (text[2] ?? '').replace(/[[\]]/g, ' ').trim().split(/\s+/).map(amount);
  return [numbers.includes(null) ? null : numbers.reduce<number>((sum, each) => sum + (each ?? 0), 0)];
}

function energiesOf(
  epochs: readonly LoggedEpoch[],
  powers: readonly (number | null)[],
): readonly number[] | null {
  if (epochs.length === 0 || epochs.length !== powers.length || powers.includes(null)) return null;
  return epochs.map(({ durationSeconds }, index) => durationSeconds * (powers[index] ?? 0));
}
