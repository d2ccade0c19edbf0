import type { RunState } from './snapshot.ts';

/** Which runs of the history are meant. What is left out does not narrow it. */
export interface HistoryFilter {
  /** Words that must all be found in what is known of a run, in any case. */
  readonly search?: string;
  readonly project?: string;
  readonly tag?: string;
  /** A package that the run used, for example `torch`. */
  readonly framework?: string;
  /** The model of a processor or GPU. */
  readonly device?: string;
  readonly state?: RunState;
  /** First moment at which a run may have started, milliseconds since 1970. */
  readonly sinceMillis?: number;
  /** First moment at which it may not any more. */
  readonly beforeMillis?: number;
  /** The whole command. */
  readonly command?: string;
}

/** More words narrow nothing that people look for. */
const MOST_WORDS = 10;
const LONGEST_WORD = 200;

/** Commands are kept in the history's rows up to this length, see `migrations.ts`. */
const LONGEST_COMMAND = 1000;

/** The number of a text, and of those that hold one. */
const ONE = '(SELECT number FROM texts WHERE text = ?)';
const MANY = 'SELECT number FROM texts WHERE instr(text, ?) > 0';

/** What a search looks through besides a run's own words. */
const SHARED = ['command', 'project', 'tags', 'folder', 'frameworks', 'devices', 'commit_id', 'python'];

/** A condition on the table `history`, with its parameters in order. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/** A filter in SQL. Deleted runs are never meant. */
export function conditionOf(filter: HistoryFilter): Condition {
  const parts: Condition[] = [{ sql: 'is_deleted = 0', parameters: [] }];
  const add = (sql: string, value: string | number | undefined) => {
    if (value !== undefined) parts.push({ sql, parameters: [value] });
  };
  add(`project = ${ONE}`, filter.project);
  add('state = ?', filter.state);
  add('started_ms >= ?', filter.sinceMillis);
  add('started_ms < ?', filter.beforeMillis);
  add(`command = ${ONE}`, filter.command?.slice(0, LONGEST_COMMAND));
  for (const [column, entry] of [
    ['tags', filter.tag],
    ['frameworks', filter.framework],
    ['devices', filter.device],
  ] as const)
    add(`${column} IN (${MANY})`, entry === undefined ? undefined : `\n${entry}\n`);
  parts.push(...wordsOf(filter.search ?? '').map(contains));
  return {
    sql: parts.map(({ sql }) => sql).join(' AND '),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

function wordsOf(text: string): readonly string[] {
  const words = text.split(/\s+/).filter(Boolean);
  return words.slice(0, MOST_WORDS).map((word) => word.slice(0, LONGEST_WORD));
}

/** SQLite's LIKE knows both cases of ASCII letters alone (sqlite.org/lang_expr.html). */
function contains(word: string): Condition {
  const isPlain = /^[\u0020-\u007e]*$/.test(word);
  const forms = isPlain ? [word] : [...new Set([word, word.toLowerCase(), word.toUpperCase(), titled(word)])];
  const patterns = forms.map((form) => `%${form.replace(/[\\%_]/g, '\\$&')}%`);
  const like = (column: string) => `(${patterns.map(() => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`;
  const shared = SHARED.map((column) => `${column} IN (SELECT number FROM texts WHERE ${like('text')})`);
  return {
    sql: `(${[like('label'), like('comment'), ...shared].join(' OR ')})`,
    parameters: ['label', 'comment', ...SHARED].flatMap(() => patterns),
  };
}

function titled(word: string): string {
  const [first = '', ...rest] = word.toLowerCase();
  return first.toUpperCase() + rest.join('');
}
