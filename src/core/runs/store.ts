import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Owner } from './owner.ts';
import { openDatabase } from './database.ts';
import type { RunMemory } from './run.ts';
import { thin } from './series.ts';
import type { RunSnapshot, SamplePoint } from './snapshot.ts';

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

export type HistoryOrder = keyof typeof ORDER;

export interface HistoryQuery {
  readonly order?: HistoryOrder;
  readonly descending?: boolean;
  readonly limit?: number;
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

/** The history of runs: one SQLite database a user, shared by editor windows and the command line. */
export class Store {
  readonly #database: DatabaseSync;
  /** What is wrong with the history as a whole, for people; null when all is well. */
  readonly problem: string | null;
  readonly #statements = new Map<string, StatementSync>();

  private constructor(database: DatabaseSync, problem: string | null) {
    this.#database = database;
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

  list({ order = 'started', descending = true, limit = 1000 }: HistoryQuery = {}): RunSnapshot[] {
    const direction = descending ? 'DESC' : 'ASC';
    const rows = this.#database
      .prepare(`SELECT snapshot FROM runs ORDER BY ${ORDER[order]} ${direction}, started_ms DESC LIMIT ?`)
      .all(limit);
    return rows.map((row) => parse<RunSnapshot>(row.snapshot)).filter((snapshot) => snapshot !== null);
  }

  /** The newest runs of one command in one folder that came to their end here; imported ones may be of another machine. */
  finishedRunsOf(command: string, cwd: string, limit: number): RunSnapshot[] {
    const rows = this.#database
      .prepare(
        `SELECT snapshot FROM runs
         WHERE state = 'finished' AND snapshot ->> '$.command' = ? AND snapshot ->> '$.cwd' = ?
           AND snapshot ->> '$.origin' <> 'import'
         ORDER BY started_ms DESC LIMIT ?`,
      )
      .all(command, cwd, limit);
    return rows.map((row) => parse<RunSnapshot>(row.snapshot)).filter((snapshot) => snapshot !== null);
  }

  /** @returns null where there is no such run */
  get(id: string): RunSnapshot | null {
    const row = this.#database.prepare('SELECT snapshot FROM runs WHERE id = ?').get(id);
    return row ? parse<RunSnapshot>(row.snapshot) : null;
  }

  points(id: string): SamplePoint[] {
    const rows = this.#database
      .prepare(
        `SELECT component, start_s AS startSeconds, duration_s AS durationSeconds, energy_j AS energyJoules,
                machine_energy_j AS machineEnergyJoules
         FROM samples WHERE run_id = ? ORDER BY start_s`,
      )
      .all(id);
    return rows as unknown as SamplePoint[];
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

  delete(id: string): void {
    this.#database.prepare('DELETE FROM runs WHERE id = ?').run(id);
  }

  /** Keeps a long run small: full rate in its last hour, then one sample in 10 s, after a day one in 60 s. */
  thinSamples(id: string): void {
    const points = this.points(id);
    const end = points.at(-1)?.startSeconds ?? 0;
    this.#transaction(() => {
      for (const { ageSeconds, slotSeconds } of THINNING)
        this.#thin(id, points, end - ageSeconds, slotSeconds);
    });
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

  #thin(id: string, points: readonly SamplePoint[], beforeSeconds: number, slotSeconds: number): void {
    const cutSeconds = Math.floor(beforeSeconds / slotSeconds) * slotSeconds;
    const old = points.filter((point) => point.startSeconds < cutSeconds);
    if (old.length === 0) return;
    this.#database.prepare('DELETE FROM samples WHERE run_id = ? AND start_s < ?').run(id, cutSeconds);
    this.#insertPoints(id, thin(old, slotSeconds));
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
    const row = this.#prepared('SELECT duration_s FROM runs WHERE id = ?').get(run.id);
    if (row && Number(row.duration_s) >= run.durationSeconds) return 'known';
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

function parse<T>(text: unknown): T | null {
  try {
    return JSON.parse(String(text)) as T;
  } catch {
    return null;
  }
}
