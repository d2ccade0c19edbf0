import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Framework } from './environment.ts';

/** Packages for machine learning: as they are imported, and as they are installed where that name is another. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  torch: ['torch'],
  tensorflow: ['tensorflow', 'tensorflow_cpu', 'tensorflow_gpu', 'tensorflow_macos'],
  keras: ['keras'],
  jax: ['jax'],
  flax: ['flax'],
  lightning: ['lightning'],
  pytorch_lightning: ['pytorch_lightning'],
  transformers: ['transformers'],
  accelerate: ['accelerate'],
  diffusers: ['diffusers'],
  deepspeed: ['deepspeed'],
  timm: ['timm'],
  ultralytics: ['ultralytics'],
  fastai: ['fastai'],
  sklearn: ['scikit_learn'],
  xgboost: ['xgboost', 'xgboost_cpu'],
  lightgbm: ['lightgbm'],
  catboost: ['catboost'],
  mxnet: ['mxnet'],
  paddle: ['paddlepaddle', 'paddlepaddle_gpu'],
  stable_baselines3: ['stable_baselines3'],
};

const SITE = /^(.*\/(?:site|dist)-packages)\/([^/]+)\//;

/** A script's imports stand at its beginning. */
const MOST_SCRIPT_BYTES = 400_000;

export interface Use {
  /** Files that the process has mapped. */
  readonly mapped: readonly string[];
  /** The script that it runs; null where that is not known. */
  readonly script: string | null;
  /** Folders in which packages may be installed besides. */
  readonly folders?: readonly string[];
}

/**
 * The frameworks that a process uses: those whose libraries it has loaded, and those that its script imports where
 * they are installed. Versions are read from the names of folders (packaging.python.org, Recording installed projects).
 */
export async function frameworksOf({ mapped, script, folders = [] }: Use): Promise<readonly Framework[]> {
  const matches = mapped.map((file) => SITE.exec(file)).filter((match) => match !== null);
  const sites = [...new Set([...matches.map(([, site = '']) => site), ...folders])];
  const loaded = new Set(matches.map(([, , name = '']) => name).filter(isKnown));
  const imported = script === null ? [] : await importsOf(script);
  const installed = await Promise.all(sites.map(installedIn));
  const versionOf = (name: string) => installed.map((versions) => versions.get(name)).find(Boolean) ?? null;
  const isInstalled = (name: string) => installed.some((versions) => versions.has(name));
  const names = [...new Set([...loaded, ...imported.filter(isInstalled)])];
  return names.sort().map((name) => ({ name, version: versionOf(name) }));
}

/** Which of the packages are installed in a folder, with the version where it is told. */
async function installedIn(site: string): Promise<ReadonlyMap<string, string | null>> {
  const entries: readonly string[] = await readdir(site).catch(() => []);
  const versions = new Map<string, string | null>();
  for (const name of Object.keys(PACKAGES)) if (entries.includes(name)) versions.set(name, null);
  for (const entry of entries) {
    // Debian keeps the older form, an .egg-info with or without Python's version
    const match = /^([\w.-]+?)-(\d[\w.+!]*?)(?:-py[\d.]+)?\.(?:dist|egg)-info$/.exec(entry);
    if (!match) continue;
    const [, distribution = '', version = ''] = match;
    const name = importName(distribution);
    if (name) versions.set(name, version);
  }
  return versions;
}

function importName(distribution: string): string | undefined {
  const normal = distribution.toLowerCase().replaceAll(/[-.]/g, '_');
  return Object.keys(PACKAGES).find((name) => (PACKAGES[name] ?? []).includes(normal));
}

async function importsOf(script: string): Promise<readonly string[]> {
  try {
    if ((await stat(script)).size > MOST_SCRIPT_BYTES) return [];
    return importedIn(await readFile(script, 'utf8'));
  } catch {
    return [];
  }
}

/** The known packages that a Python text imports. */
export function importedIn(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, from, imports] of text.matchAll(
    /^[ \t]*(?:from[ \t]+(\w+)[\w.]*[ \t]+import|import[ \t]+(.+))/gm,
  )) {
    const listed = from ? [from] : ((imports ?? '').split('#')[0]?.split(',') ?? []);
    for (const entry of listed) names.add(/^\s*(\w+)/.exec(entry)?.[1] ?? '');
  }
  return [...names].filter(isKnown);
}

function isKnown(name: string): boolean {
  return Object.hasOwn(PACKAGES, name);
}

/** The script among the words of a command: the first file of Python; null where a module or text is run. */
export function scriptIn(words: readonly string[], cwd: string | null): string | null {
  const file = words.slice(1).find((word) => /\.pyw?$/.test(word));
  if (file === undefined) return null;
  if (path.isAbsolute(file)) return file;
  return cwd === null ? null : path.resolve(cwd, file);
}
