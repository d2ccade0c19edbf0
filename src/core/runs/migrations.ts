/** The texts that a SELECT finds, each once, as one text with a line feed before and after each. */
const lines = (select: string) =>
  `coalesce((SELECT char(10) || group_concat(replace(entry, char(10), ' '), char(10)) || char(10)
     FROM (SELECT DISTINCT entry FROM (${select}) WHERE entry <> '')), '')`;

/** A GPU's model: its name without the number that tells it from its like, see `sensors/nvidia/gpuName.ts`. */
const MODEL = `
  CASE WHEN instr(value ->> '$.device', ' #') > 0
    THEN substr(value ->> '$.device', 1, instr(value ->> '$.device', ' #') - 1) ELSE value ->> '$.device' END`;

/** Long texts are cut, so that no run makes the table wide. */
const COLUMNS = {
  run_id: 'id',
  started_ms: 'started_ms',
  day: `CAST(julianday(started_ms / 1000.0, 'unixepoch', 'localtime') + 0.5 AS INTEGER)`,
  label: 'substr(coalesce(edited_label, label), 1, 200)',
  state: 'state',
  duration_s: 'duration_s',
  energy_j: 'energy_j',
  emissions_g: 'emissions_g',
  epochs: `CASE WHEN s ->> '$.progress.epoch' IS NOT NULL THEN epochs END`,
  total_epochs: `s ->> '$.progress.totalEpochs'`,
  how_known: `coalesce(s ->> '$.howKnown', 'unknown')`,
  is_dirty: `s ->> '$.environment.git.isDirty'`,
  is_deleted: 'deleted_ms IS NOT NULL',
  comment: `substr(coalesce(comment, s ->> '$.comment', ''), 1, 2000)`,
} as const;

/** Texts that many runs share, kept once in the table `texts`: rows have their numbers. */
const SHARED = {
  project: `substr(coalesce(s ->> '$.project', ''), 1, 200)`,
  command: `substr(coalesce(s ->> '$.command', ''), 1, 1000)`,
  folder: `substr(coalesce(s ->> '$.cwd', ''), 1, 500)`,
  commit_id: `coalesce(s ->> '$.environment.git.commit', '')`,
  python: `coalesce(s ->> '$.environment.python.name', '')`,
  tags: lines(`SELECT value AS entry FROM json_each(coalesce(edited_tags, s -> '$.tags', '[]'))`),
  frameworks: lines(
    `SELECT value ->> '$.name' AS entry FROM json_each(coalesce(s -> '$.environment.frameworks', '[]'))`,
  ),
  devices: lines(
    `SELECT s ->> '$.environment.hardware.cpu' AS entry UNION ALL
     SELECT ${MODEL} FROM json_each(coalesce(s -> '$.components', '[]')) WHERE value ->> '$.component' = 'gpu'`,
  ),
} as const;

const own = Object.keys(COLUMNS);
const shared = Object.keys(SHARED);
const filled = [...own, ...shared];

/** What a broken snapshot does not tell is empty. */
const SOURCE = `
  CREATE VIEW history_source AS
  SELECT ${Object.entries({ ...COLUMNS, ...SHARED })
    .map(([name, expression]) => `${expression} AS ${name}`)
    .join(', ')}
  FROM (
    SELECT runs.id, started_ms, runs.label, state, duration_s, energy_j, emissions_g, epochs,
      CASE WHEN json_valid(snapshot) THEN snapshot ELSE '{}' END AS s,
      edits.label AS edited_label, edits.tags AS edited_tags, comment, deleted_ms
    FROM runs LEFT JOIN edits ON edits.run_id = runs.id)`;

const fill = (where: string) => `
  ${shared
    .map(
      (name) =>
        `INSERT INTO texts (text) SELECT ${name} FROM history_source WHERE ${where} ON CONFLICT DO NOTHING`,
    )
    .join(';\n')};
  INSERT INTO history (${filled.join(', ')})
  SELECT ${own.join(', ')}, ${shared.map((name) => `(SELECT number FROM texts WHERE text = ${name})`).join(', ')}
  FROM history_source WHERE ${where}
  ON CONFLICT (run_id) DO UPDATE SET ${filled
    .slice(1)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`;

const trigger = (name: string, event: string, work: string, condition = '') =>
  `CREATE TRIGGER ${name} AFTER ${event}${condition && ` WHEN ${condition}`} BEGIN ${work}; END;`;

const COUNT = 'UPDATE history_version SET version = version + 1';
const sorted = (column: string, more = '') =>
  `CREATE INDEX history_by_${column} ON history (is_deleted, ${column}${more}, started_ms);`;
const distinct = (column: string) => `CREATE INDEX history_of_${column} ON history (${column});`;

/**
 * The narrow rows by which the history is searched, filtered and sorted, without a look into snapshots. Triggers make
 * them of a run's snapshot and of what its user wrote, so that they hold for what an older version writes, too.
 *
 * `day` is the Julian day number by the machine's clock. Day 0 was a Monday, so that `day / 7` numbers weeks from
 * Monday on (Meeus, Astronomical Algorithms, chapter 7). `history_version` counts the changes by which lists change.
 */
const HISTORY = `
  CREATE TABLE edits (
    run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    label TEXT, comment TEXT, tags TEXT, deleted_ms INTEGER) WITHOUT ROWID;
  CREATE TABLE charts (
    run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE, points TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE history_version (version INTEGER NOT NULL);
  INSERT INTO history_version VALUES (0);
  CREATE TABLE texts (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
  CREATE TABLE history (
    number INTEGER PRIMARY KEY, run_id TEXT NOT NULL UNIQUE REFERENCES runs (id) ON DELETE CASCADE,
    is_deleted INTEGER NOT NULL, started_ms INTEGER NOT NULL, day INTEGER NOT NULL,
    ${shared.map((name) => `${name} INTEGER NOT NULL REFERENCES texts (number),`).join(' ')}
    state TEXT NOT NULL, label TEXT NOT NULL, duration_s REAL NOT NULL, energy_j REAL NOT NULL,
    emissions_g REAL NOT NULL, epochs INTEGER, total_epochs INTEGER, how_known TEXT NOT NULL, is_dirty INTEGER,
    comment TEXT NOT NULL);
  ${SOURCE};
  ${fill('true')};
  CREATE INDEX history_by_start ON history (is_deleted, started_ms);
  ${['duration_s', 'energy_j', 'emissions_g', 'epochs', 'state'].map((column) => sorted(column)).join('\n')}
  ${sorted('label', ' COLLATE NOCASE')}
  CREATE INDEX history_of_command ON history (command, is_deleted, started_ms);
  CREATE INDEX history_totals ON history (is_deleted, day, project, energy_j, emissions_g, how_known);
  ${['project', 'tags', 'frameworks', 'devices'].map(distinct).join('\n')}
  ${trigger('history_insert', 'INSERT ON runs', `${fill('run_id = NEW.id')}; ${COUNT}`)}
  ${trigger('history_update', 'UPDATE ON runs', fill('run_id = NEW.id'))}
  ${trigger('history_change', 'UPDATE ON runs', COUNT, 'NEW.state <> OLD.state OR NEW.label <> OLD.label')}
  ${trigger('history_delete', 'DELETE ON history', COUNT)}
  ${trigger('edits_insert', 'INSERT ON edits', `${fill('run_id = NEW.run_id')}; ${COUNT}`)}
  ${trigger('edits_update', 'UPDATE ON edits', `${fill('run_id = NEW.run_id')}; ${COUNT}`)}`;

/** Each entry brings a database from the version before it to its own (`PRAGMA user_version`). */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE runs (
     id TEXT PRIMARY KEY, started_ms INTEGER NOT NULL, label TEXT NOT NULL, state TEXT NOT NULL,
     duration_s REAL NOT NULL, energy_j REAL NOT NULL, emissions_g REAL NOT NULL, epochs INTEGER NOT NULL,
     snapshot TEXT NOT NULL, memory TEXT, owner TEXT);
   CREATE INDEX runs_by_start ON runs (started_ms);
   CREATE TABLE samples (
     run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, component TEXT NOT NULL, start_s REAL NOT NULL,
     duration_s REAL NOT NULL, energy_j REAL NOT NULL, machine_energy_j REAL NOT NULL,
     PRIMARY KEY (run_id, component, start_s)) WITHOUT ROWID;`,
  HISTORY,
];
