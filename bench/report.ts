/** What one section of the benchmark found. Plain data, so that it can be kept. */
export interface Report {
  readonly tables: readonly Table[];
  /** How to read it, one sentence or a few each. */
  readonly remarks: readonly string[];
  /** Limits and comparisons that were not met. */
  readonly missed: readonly string[];
}

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A part of the benchmark that can be run alone. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** Null where it cannot be run here: then it has said why. */
  run(): Promise<Report | null>;
}

export function tableText({ title, head, rows }: Table): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) => line.map((cell, column) => padded(cell, widths, column)).join('  '));
  return `\n${title}\n${text.map((line) => `  ${line.trimEnd()}`).join('\n')}`;
}

/** Words to the left, figures to the right. */
function padded(cell: string, widths: readonly number[], column: number): string {
  const width = widths[column] ?? 0;
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

export function tableMarkdown({ title, head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = `| ${head.map((_, column) => (column === 0 ? '---' : '--:')).join(' | ')} |`;
  return [`### ${title}`, '', line(head), rule, ...rows.map(line), ''].join('\n');
}

/** How many times larger another's figure is than ours; a dash where that says nothing. */
export function ratio(theirs: number | null, ours: number | null): string {
  if (theirs === null || ours === null || ours <= 0 || theirs <= 0) return '–';
  const times = theirs / ours;
  return `${times < 10 ? times.toFixed(1) : times.toFixed(0)}×`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

export function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
