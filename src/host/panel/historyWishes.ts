import type { HistoryFilter } from '../../core/runs/historyFilter.ts';
import type { RunState } from '../../core/runs/snapshot.ts';
import type { HistoryWishes } from '../../protocol/messages.ts';

export const NO_WISHES: HistoryWishes = {
  ...{ search: '', project: '', tag: '', framework: '', device: '', state: '', since: '', until: '' },
};

export const STATES: readonly RunState[] = ['running', 'finished', 'failed', 'stopped', 'interrupted'];

/** What a person wished for, as the store takes it. What is empty or is no day is left out. */
export function filterOf(wishes: HistoryWishes): HistoryFilter {
  const state = STATES.find((each) => each === wishes.state);
  const { search, project, tag, framework, device } = wishes;
  const texts = { search, project, tag, framework, device };
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
    ...(state ? { state } : {}),
    ...moment('sinceMillis', wishes.since, 0),
    ...moment('beforeMillis', wishes.until, 1),
  };
}

/** Midnight of a day or of one some days later, by the machine's clock. */
function moment(name: 'sinceMillis' | 'beforeMillis', day: string, daysLater: number) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (!match) return {};
  const [year = 0, month = 0, date = 0] = match.slice(1).map(Number);
  return { [name]: new Date(year, month - 1, date + daysLater).getTime() };
}

/** Those of the message, each a text. */
export function wishesIn(message: HistoryWishes): HistoryWishes {
  const entries = Object.keys(NO_WISHES).map((name) => [
    name,
    String(message[name as keyof HistoryWishes] ?? ''),
  ]);
  return Object.fromEntries(entries) as unknown as HistoryWishes;
}
