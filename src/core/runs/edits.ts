import type { DatabaseSync } from 'node:sqlite';
import type { RunSnapshot } from './snapshot.ts';

/** What a user says of a run. What is left out stays as it is. */
export interface RunEdit {
  /** An empty one brings the first label back. */
  readonly label?: string;
  readonly comment?: string;
  readonly tags?: readonly string[];
}

const LONGEST_LABEL = 200;
const LONGEST_COMMENT = 10_000;
const LONGEST_TAG = 60;
const MOST_TAGS = 30;

/** The table with names that no other table has, and what of it a run is read with. */
export const EDITS = `
  (SELECT run_id AS edited_id, label AS edited_label, comment AS edited_comment, tags AS edited_tags, deleted_ms
   FROM edits)`;
export const EDIT_COLUMNS = 'edited_label, edited_comment, edited_tags';

/** What users wrote about runs, apart from what was recorded: the recorder never overwrites it. */
export class Edits {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Takes over what is said of a run. Of one that is not in the history nothing is kept. */
  edit(id: string, { label, comment, tags }: RunEdit): void {
    const set = (column: string, value: string | null) =>
      this.#database
        .prepare(
          `INSERT INTO edits (run_id, ${column}) SELECT id, ? FROM runs WHERE id = ?
           ON CONFLICT (run_id) DO UPDATE SET ${column} = excluded.${column}`,
        )
        .run(value, id);
    if (label !== undefined) set('label', oneLine(label).slice(0, LONGEST_LABEL) || null);
    if (comment !== undefined) set('comment', comment.slice(0, LONGEST_COMMENT));
    if (tags !== undefined) set('tags', JSON.stringify(cleanTags(tags)));
  }

  /** A run that is newer than what the history has of it, with what its user wrote. */
  of(run: RunSnapshot): RunSnapshot {
    const row = this.#database
      .prepare(`SELECT ${EDIT_COLUMNS} FROM ${EDITS} WHERE edited_id = ?`)
      .get(run.id);
    return row ? withEdits(run, row) : run;
  }

  /** Takes runs out of the history, so that they can be brought back. @returns how many; those in progress stay */
  delete(ids: readonly string[], nowMillis = Date.now()): number {
    const { changes } = this.#database
      .prepare(
        `INSERT INTO edits (run_id, deleted_ms) SELECT id, ? FROM runs
         WHERE id IN (SELECT value FROM json_each(?)) AND state <> 'running'
         ON CONFLICT (run_id) DO UPDATE SET deleted_ms = excluded.deleted_ms WHERE deleted_ms IS NULL`,
      )
      .run(nowMillis, JSON.stringify(ids));
    return Number(changes);
  }

  /** Brings deleted runs back. @returns how many; those that are gone for good stay so */
  restore(ids: readonly string[]): number {
    const { changes } = this.#database
      .prepare(
        `UPDATE edits SET deleted_ms = NULL
         WHERE deleted_ms IS NOT NULL AND run_id IN (SELECT value FROM json_each(?))`,
      )
      .run(JSON.stringify(ids));
    return Number(changes);
  }

  /** Removes runs for good, with their samples, that were deleted before a moment. */
  purge(beforeMillis: number): void {
    this.#database
      .prepare('DELETE FROM runs WHERE id IN (SELECT run_id FROM edits WHERE deleted_ms < ?)')
      .run(beforeMillis);
  }
}

/** @param row with `EDIT_COLUMNS` */
export function withEdits(run: RunSnapshot, row: Readonly<Record<string, unknown>>): RunSnapshot {
  const { edited_label: label, edited_comment: comment, edited_tags: tags } = row;
  return {
    ...run,
    ...(typeof label === 'string' ? { label } : {}),
    ...(typeof comment === 'string' ? { comment } : {}),
    ...(typeof tags === 'string' ? { tags: JSON.parse(tags) as string[] } : {}),
  };
}

function cleanTags(tags: readonly string[]): readonly string[] {
  const clean = tags.map((tag) => oneLine(tag).slice(0, LONGEST_TAG).trim()).filter(Boolean);
  return [...new Set(clean)].slice(0, MOST_TAGS);
}

/** In one line, without what would move the cursor of a terminal. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}
