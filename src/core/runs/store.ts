import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Owner } from './owner.ts';
import { openDatabase } from './database.ts';
import { EDIT_COLUMNS, EDITS, Edits, withEdits } from './edits.ts';
import { conditionOf, type Condition, type HistoryFilter } from './historyFilter.ts';
import { HistoryTable, orderSql, type HistorySort } from './historyTable.ts';
import type { RunMemory } from './run.ts';
import { thin } from './series.ts';
import type { RunSnapshot, SamplePoint } from './snapshot.ts';

export type { HistoryOrder } from './historyTable.ts';

/** Newest first where no order is named. */
export interface HistoryQuery extends Partial<HistorySort> {
  /** -1 for all. */
  readonly limit?: number;
  readonly filter?: HistoryFilter;
}

/** A run that is marked as running, with what it takes to go on with it. */
export interface UnfinishedRun {
  readonly snapshot: RunSnapshot;
  readonly memory: RunMemory;
  readonly owner: Owner;
}

/** What became of runs of elsewhere. `known` were here already. */
export interface ImportCounts {
  readonly added: number;
  readonly updated: number;
  readonly known: number;
}

/** How samples are thinned: those older than `ageSeconds` to one a `slotSeconds`. */
const THINNING = [
  { ageSeconds: 3600, slotSeconds: 10 },
  { ageSeconds: 86_400, slotSeconds: 60 },
];

/** Samples do not begin with their slot, so that what they are joined to may be a sample shorter than it. */
const THICK_SHARE = 0.8;

/** A chart is no wider than this many points, see `reports/chartSeries.ts`. */
const MOST_CHART_TIMES = 1000;

/** So many points are read and joined within a few milliseconds: only charts of longer runs are kept. */
const MOST_READ_POINTS = 10_000;

/** The history of runs: one SQLite database a user, shared by editor windows and the command line. */
export class Store {
  readonly #database: DatabaseSync;
  /** The rows that lists are made of. */
  readonly history: HistoryTable;
  /** What users wrote about runs, and which they deleted. */
  readonly edits: Edits;
  /** What is wrong with the history as a whole, for people; null when all is well. */
  readonly problem: string | null;
  readonly #statements = new Map<string, StatementSync>();

  private constructor(database: DatabaseSync, problem: string | null) {
    this.#database = database;
    this.history = new HistoryTable(database);
    this.edits = new Edits(database);
    this.problem = problem;
  }

  /** @throws Error when this Node has no `node:sqlite` */
  static async open(file: string): Promise<Store> {
    const { database, problem } = await openDatabase(file);
    return new Store(database, problem);
  }

  /** Writes a run with its new samples. @throws Error when the database refuses */
  save(snapshot: RunSnapshot, points: readonly SamplePoint[], memory: RunMemory | null, owner: Owner): void {
    this.#transaction(() => {
      this.#saveRun(snapshot, memory, owner);
      this.#insertPoints(snapshot.id, points);
    });
  }

  list({
    order = 'started',
    descending = true,
    limit = 1000,
    filter = {},
  }: HistoryQuery = {}): RunSnapshot[] {
    return this.#runs(conditionOf(filter), orderSql({ order, descending }), limit);
  }

  /** The newest runs of one command in one folder that came to their end here; imported ones may be of another machine. */
  finishedRunsOf(command: string, cwd: string, limit: number): RunSnapshot[] {
    const { sql, parameters } = conditionOf({ command, state: 'finished' });
    const exactly = `${sql} AND snapshot ->> '$.command' = ? AND snapshot ->> '$.cwd' = ?
      AND snapshot ->> '$.origin' <> 'import'`;
    return this.#runs({ sql: exactly, parameters: [...parameters, command, cwd] }, 'started_ms DESC', limit);
  }

  /** The newest runs whose id begins so. */
  beginningWith(id: string, limit: number): RunSnapshot[] {
    const sql = 'is_deleted = 0 AND substr(run_id, 1, ?) = ?';
    return this.#runs({ sql, parameters: [id.length, id] }, 'started_ms DESC', limit);
  }

  /** @returns null where there is no such run */
  get(id: string): RunSnapshot | null {
    const row = this.#database
      .prepare(
        `SELECT snapshot, ${EDIT_COLUMNS} FROM runs LEFT JOIN ${EDITS} ON edited_id = id WHERE id = ? AND deleted_ms IS NULL`,
      )
      .get(id);
    return row ? runOf(row) : null;
  }

  points(id: string): SamplePoint[] {
    return this.#points('run_id = ?', [id]);
  }

  unfinished(): UnfinishedRun[] {
    const rows = this.#database
      .prepare("SELECT snapshot, memory, owner FROM runs WHERE state = 'running'")
      .all();
    return rows.flatMap((row) => {
      const snapshot = parse<RunSnapshot>(row.snapshot);
      const memory = parse<RunMemory>(row.memory);
      const owner = parse<Owner>(row.owner);
      return snapshot && memory && owner ? [{ snapshot, memory, owner }] : [];
    });
  }

  /** Makes `next` the owner of a run if `before` still is. @returns whether it was, so that one window wins */
  claim(id: string, before: Owner, next: Owner): boolean {
    const { changes } = this.#database
      .prepare("UPDATE runs SET owner = ? WHERE id = ? AND owner = ? AND state = 'running'")
      .run(JSON.stringify(next), id, JSON.stringify(before));
    return changes === 1;
  }

  /** Removes a run for good. */
  delete(id: string): void {
    this.#database.prepare('DELETE FROM runs WHERE id = ?').run(id);
  }

  /**
   * Keeps a long run small: full rate in its last hour, then one sample in 10 s, after a day one in 60 s. The chart
   * of a run that has ended is kept besides, so that it opens as fast as that of a short run.
   */
  thinSamples(id: string): void {
    this.#transaction(() => {
      const end = this.#lastStart(id);
      for (const { ageSeconds, slotSeconds } of THINNING) this.#thin(id, end - ageSeconds, slotSeconds);
      this.#keepChart(id);
    });
  }

  /** The run's points for a chart, each of as many as are joined. Energy is exact. */
  chartPoints(id: string): readonly SamplePoint[] {
    const row = this.#database.prepare('SELECT points FROM charts WHERE run_id = ?').get(id);
    return (row && parse<readonly SamplePoint[]>(row.points)) ?? this.#joinedPoints(id);
  }

  close(): void {
    this.#database.close();
  }

  /**
   * Adds runs of elsewhere, all or none. One that is here stays as it is, unless it came from the same peer's file and
   * went on since. @throws Error when the database refuses
   */
  importRuns(runs: readonly RunSnapshot[], owner: Owner): ImportCounts {
    const counts = { added: 0, updated: 0, known: 0 };
    this.#transaction(() => {
      for (const run of runs) counts[this.#importRun(run, owner)] += 1;
    });
    return counts;
  }

  #runs({ sql, parameters }: Condition, order: string, limit: number): RunSnapshot[] {
    const rows = this.#database
      .prepare(
        `SELECT snapshot, ${EDIT_COLUMNS} FROM history
         JOIN (SELECT id, snapshot FROM runs) ON id = run_id LEFT JOIN ${EDITS} ON edited_id = run_id
         WHERE ${sql} ORDER BY ${order} LIMIT ?`,
      )
      .all(...parameters, limit);
    return rows.map(runOf).filter((run) => run !== null);
  }

  /** What is about as long as a slot is thinned already. */
  #thin(id: string, beforeSeconds: number, slotSeconds: number): void {
    const cutSeconds = Math.floor(beforeSeconds / slotSeconds) * slotSeconds;
    const isThick = 'run_id = ? AND start_s < ? AND duration_s < ?';
    const old = this.#points(isThick, [id, cutSeconds, slotSeconds * THICK_SHARE]);
    if (old.length === 0) return;
    this.#database
      .prepare(`DELETE FROM samples WHERE ${isThick}`)
      .run(id, cutSeconds, slotSeconds * THICK_SHARE);
    this.#insertPoints(id, thin(old, slotSeconds));
  }

  #lastStart(id: string): number {
    const row = this.#database
      .prepare('SELECT max(start_s) AS last FROM samples WHERE run_id = ?')
      .get(id) as { last: number | null };
    return row.last ?? 0;
  }

  /** Once it has ended: a run in progress has its chart in memory. */
  #keepChart(id: string): void {
    const { count } = this.#database
      .prepare(
        `SELECT count(*) AS count FROM samples
         WHERE run_id = (SELECT id FROM runs WHERE id = ? AND state <> 'running')`,
      )
      .get(id) as { count: number };
    if (count <= MOST_READ_POINTS) return;
    this.#database
      .prepare('INSERT OR REPLACE INTO charts VALUES (?, ?)')
      .run(id, JSON.stringify(this.#joinedPoints(id)));
  }

  #joinedPoints(id: string): readonly SamplePoint[] {
    const slotSeconds = (this.#lastStart(id) + 1) / MOST_CHART_TIMES;
    const rows = this.#database
      .prepare(
        `SELECT component, min(start_s) AS startSeconds, sum(duration_s) AS durationSeconds,
                sum(energy_j) AS energyJoules, sum(machine_energy_j) AS machineEnergyJoules
         FROM samples WHERE run_id = ? GROUP BY component, CAST(start_s / ? AS INTEGER) ORDER BY startSeconds`,
      )
      .all(id, slotSeconds);
    return rows as unknown as SamplePoint[];
  }

  #points(condition: string, parameters: readonly (string | number)[]): SamplePoint[] {
    const rows = this.#database
      .prepare(
        `SELECT component, start_s AS startSeconds, duration_s AS durationSeconds, energy_j AS energyJoules,
                machine_energy_j AS machineEnergyJoules
         FROM samples WHERE ${condition} ORDER BY start_s`,
      )
      .all(...parameters);
    return rows as unknown as SamplePoint[];
  }

  #saveRun(snapshot: RunSnapshot, memory: RunMemory | null, owner: Owner): void {
    this.#prepared(
      `INSERT INTO runs (id, started_ms, label, state, duration_s, energy_j, emissions_g, epochs, snapshot, memory, owner)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET label = excluded.label, state = excluded.state,
           duration_s = excluded.duration_s, energy_j = excluded.energy_j, emissions_g = excluded.emissions_g,
           epochs = excluded.epochs, snapshot = excluded.snapshot, memory = excluded.memory, owner = excluded.owner`,
    ).run(
      snapshot.id,
      Math.round(snapshot.startedAtMillis),
      snapshot.label,
      snapshot.state,
      snapshot.durationSeconds,
      snapshot.energyJoules,
      snapshot.emissionsGrams,
      snapshot.progress.epochsCompleted,
      JSON.stringify(snapshot),
      memory && JSON.stringify(memory),
      JSON.stringify(owner),
    );
  }

  #importRun(run: RunSnapshot, owner: Owner): keyof ImportCounts {
    const isBack = this.edits.restore([run.id]) > 0; // it was deleted here, and is wanted again
    const row = this.#prepared('SELECT duration_s FROM runs WHERE id = ?').get(run.id);
    if (row && Number(row.duration_s) >= run.durationSeconds) return isBack ? 'added' : 'known';
    const before = row ? this.get(run.id) : null;
    if (row && (run.origin === 'import' || before?.origin !== run.origin)) return 'known';
    this.#saveRun(before ? { ...run, label: before.label } : run, null, owner);
    return before ? 'updated' : 'added';
  }

  /** What is asked for many times over is prepared once. */
  #prepared(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #insertPoints(id: string, points: readonly SamplePoint[]): void {
    const insert = this.#database.prepare('INSERT OR REPLACE INTO samples VALUES (?, ?, ?, ?, ?, ?)');
    if (points.length > 0) this.#database.prepare('DELETE FROM charts WHERE run_id = ?').run(id); // it is of before
    for (const point of points) {
      const { component, startSeconds, durationSeconds, energyJoules, machineEnergyJoules } = point;
      insert.run(id, component, startSeconds, durationSeconds, energyJoules, machineEnergyJoules);
    }
  }

  #transaction(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

function runOf(row: Readonly<Record<string, unknown>>): RunSnapshot | null {
  const run = parse<RunSnapshot>(row.snapshot);
  return run && withEdits(run, row);
}

function parse<T>(text: unknown): T | null {
  try {
    return JSON.parse(String(text)) as T;
  } catch {
    return null;
  }
}
