import type { DatabaseSync } from 'node:sqlite';
import { conditionOf, type HistoryFilter } from './historyFilter.ts';
import type { RunSnapshot, RunState } from './snapshot.ts';

/** Columns by which the history can be sorted. */
const ORDER = {
  started: 'started_ms',
  name: 'label COLLATE NOCASE',
  state: 'state',
  duration: 'duration_s',
  energy: 'energy_j',
  emissions: 'emissions_g',
  epochs: 'epochs',
} as const;

/** The same of all runs of a command together. */
const GROUP_ORDER: Readonly<Record<HistoryOrder, string>> = {
  started: 'max(started_ms)',
  name: 'text COLLATE NOCASE',
  state: 'count(*)',
  duration: 'sum(duration_s)',
  energy: 'sum(energy_j)',
  emissions: 'sum(emissions_g)',
  epochs: 'sum(epochs)',
};

export type HistoryOrder = keyof typeof ORDER;

export interface HistorySort {
  readonly order: HistoryOrder;
  readonly descending: boolean;
}

/** A run as lists show it. */
export interface HistoryEntry {
  /** Its number in the table, the same for ever. */
  readonly number: number;
  readonly id: string;
  readonly label: string;
  readonly state: RunState;
  readonly startedAtMillis: number;
  readonly durationSeconds: number;
  readonly energyJoules: number;
  readonly emissionsGrams: number;
  /** Null where none was seen. */
  readonly epochs: number | null;
  readonly totalEpochs: number | null;
  readonly howKnown: RunSnapshot['howKnown'];
  readonly project: string;
  readonly tags: readonly string[];
}

/** Some runs together. */
export interface RunTotals {
  readonly runs: number;
  readonly energyJoules: number;
  readonly emissionsGrams: number;
}

/** All runs of one command. */
export interface CommandGroup extends RunTotals {
  readonly command: string;
  readonly durationSeconds: number;
  /** When the newest of them started. */
  readonly latestMillis: number;
}

/** The runs of one project that started in one week, from Monday on. */
export interface WeekTotals extends RunTotals {
  /** The Monday, midnight UTC: which day it is, not which moment. */
  readonly mondayMillis: number;
  readonly project: string;
  /** Those of which not all is measured. */
  readonly estimatedRuns: number;
}

/** What there is to filter by. */
export interface HistoryChoices {
  readonly projects: readonly string[];
  readonly tags: readonly string[];
  readonly frameworks: readonly string[];
  readonly devices: readonly string[];
}

/** No list to choose from is longer. */
const MOST_CHOICES = 500;

/** The Julian day number of 1970-01-01. */
const JULIAN_DAY_OF_1970 = 2_440_588;
const DAY_MILLIS = 86_400_000;

/**
 * The history's narrow rows. Lists are found as numbers of rows first, however many, and read page by page: so that
 * scrolling costs the same at any place of any list.
 */
export class HistoryTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Changes when a run comes, goes, ends or is edited, by whatever process. */
  get version(): number {
    const row = this.#database.prepare('SELECT version FROM history_version').get();
    return Number(row?.version ?? 0);
  }

  /** Numbers of the runs that are meant, in order; of equal ones the newer comes first. */
  find(filter: HistoryFilter, { order, descending }: HistorySort): readonly number[] {
    const { sql, parameters } = conditionOf(filter);
    // in the order of an index rows lie anywhere: that pays only where all of them are meant and none need be read
    const sorted = `${parameters.length > 0 ? '+' : ''}${orderSql({ order, descending })}`;
    const row = this.#database
      .prepare(
        `SELECT json_group_array(number) AS numbers FROM (
           SELECT number FROM history WHERE ${sql} ORDER BY ${sorted})`,
      )
      .get(...parameters);
    return JSON.parse(String(row?.numbers ?? '[]')) as number[];
  }

  /** Some of them, in the order that is given; those that have gone are left out. */
  entries(numbers: readonly number[]): readonly HistoryEntry[] {
    const rows = this.#database
      .prepare(
        `SELECT number, run_id AS id, label, state, started_ms AS startedAtMillis, duration_s AS durationSeconds,
                energy_j AS energyJoules, emissions_g AS emissionsGrams, epochs, total_epochs AS totalEpochs,
                how_known AS howKnown, ${textOf('project')} AS project, ${textOf('tags')} AS tags
         FROM history WHERE number IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify(numbers));
    const found = new Map(rows.map((row) => [Number(row.number), { ...row, tags: linesOf(row.tags) }]));
    return numbers
      .map((number) => found.get(number) as HistoryEntry | undefined)
      .filter((row) => row !== undefined);
  }

  /** The runs that are meant by week and project, oldest first. */
  weeks(filter: HistoryFilter): readonly WeekTotals[] {
    const { sql, parameters } = conditionOf(filter);
    const rows = this.#database
      .prepare(
        `SELECT week, text AS project, runs, energyJoules, emissionsGrams, estimatedRuns FROM (
         SELECT day / 7 AS week, project, count(*) AS runs, sum(energy_j) AS energyJoules,
                sum(emissions_g) AS emissionsGrams, sum(how_known <> 'measured') AS estimatedRuns
         FROM history WHERE ${sql} GROUP BY 1, 2)
         JOIN texts ON number = project ORDER BY week, project`,
      )
      .all(...parameters);
    return rows.map(
      ({ week, ...rest }) =>
        ({
          mondayMillis: (Number(week) * 7 - JULIAN_DAY_OF_1970) * DAY_MILLIS,
          ...rest,
        }) as unknown as WeekTotals,
    );
  }

  /** The runs that are meant by command, in order. */
  groups(filter: HistoryFilter, { order, descending }: HistorySort): readonly CommandGroup[] {
    const { sql, parameters } = conditionOf(filter);
    const direction = descending ? 'DESC' : 'ASC';
    const rows = this.#database
      .prepare(
        `SELECT text AS command, count(*) AS runs, sum(energy_j) AS energyJoules, sum(emissions_g) AS emissionsGrams,
                sum(duration_s) AS durationSeconds, max(started_ms) AS latestMillis
         FROM (SELECT * FROM history WHERE ${sql}) AS history JOIN texts ON texts.number = command GROUP BY command
         ORDER BY ${GROUP_ORDER[order]} ${direction}, max(started_ms) DESC`,
      )
      .all(...parameters);
    return rows as unknown as CommandGroup[];
  }

  choices(): HistoryChoices {
    return {
      projects: entriesOf(this.#distinct('project')),
      tags: entriesOf(this.#distinct('tags')),
      frameworks: entriesOf(this.#distinct('frameworks')),
      devices: entriesOf(this.#distinct('devices')),
    };
  }

  /** Jumps from value to value along the index, so that it costs by the values and not by the runs. */
  #distinct(column: keyof HistoryChoices | 'project'): string[] {
    const rows = this.#database
      .prepare(
        `WITH RECURSIVE found (value) AS (
           SELECT min(${column}) FROM history
           UNION ALL
           SELECT (SELECT min(${column}) FROM history WHERE ${column} > value) FROM found WHERE value IS NOT NULL)
         SELECT text FROM found JOIN texts ON number = value LIMIT ${MOST_CHOICES}`,
      )
      .all();
    return rows.map(({ text }) => String(text));
  }
}

/** The SQL of an order, for other queries of the same table. */
export function orderSql({ order, descending }: HistorySort): string {
  return `${ORDER[order]} ${descending ? 'DESC' : 'ASC'}, started_ms DESC`;
}

function textOf(column: string): string {
  return `(SELECT text FROM texts WHERE texts.number = ${column})`;
}

function linesOf(text: unknown): readonly string[] {
  return String(text).split('\n').filter(Boolean);
}

function entriesOf(lists: readonly string[]): readonly string[] {
  const entries = new Set(lists.flatMap(linesOf));
  return [...entries].sort((a, b) => a.localeCompare(b)).slice(0, MOST_CHOICES);
}
