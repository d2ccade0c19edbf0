import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tableMarkdown, type Report, type Section } from './report.ts';
import { CACHE, peerVersions } from './setup.ts';

const RESULTS = path.join(import.meta.dirname, 'RESULTS.md');
const KEPT = path.join(CACHE, 'results');

/** A report with the day and the machine that it was made on. */
interface Kept {
  readonly day: string;
  readonly machine: string;
  readonly report: Report;
}

export function keep(name: string, report: Report): void {
  const kept: Kept = { day: new Date().toISOString().slice(0, 10), machine: machine(), report };
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(fileOf(name), JSON.stringify(kept, null, 2));
}

/** Writes RESULTS.md from what was last kept of each section. */
export function writeResults(sections: readonly Section[]): void {
  const parts = sections.flatMap(({ name, title }) => {
    const kept = keptOf(name);
    return kept ? [markdown(title, kept)] : [];
  });
  const head = '# Benchmark\n\n`npm run bench` wrote this file from what it measured. Do not edit it.\n';
  writeFileSync(RESULTS, [head, ...parts].join('\n'));
}

function keptOf(name: string): Kept | null {
  return existsSync(fileOf(name)) ? (JSON.parse(readFileSync(fileOf(name), 'utf8')) as Kept) : null;
}

function fileOf(name: string): string {
  return path.join(KEPT, `${name}.json`);
}

function markdown(title: string, { day, machine, report }: Kept): string {
  const missed = report.missed.map((miss) => `- ${miss}`);
  return [
    `## ${title}`,
    '',
    `${day}, on ${machine}.`,
    '',
    ...report.tables.map(tableMarkdown),
    ...report.remarks.map((remark) => `- ${remark}`),
    '',
    ...(missed.length > 0 ? ['Not met:', '', ...missed, ''] : []),
  ].join('\n');
}

function machine(): string {
  const [cpu] = os.cpus();
  const versions = [...peerVersions()].map(([name, version]) => `${name} ${version}`);
  const load = os.loadavg()[2]?.toFixed(1);
  return [
    `${cpu?.model.trim()} with ${os.cpus().length} processors, ${os.type()} ${os.release().split('-')[0]}`,
    `load average ${load}`,
    `Node ${process.versions.node}`,
    ...versions,
  ].join(', ');
}
