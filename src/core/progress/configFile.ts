import { open } from 'node:fs/promises';
import path from 'node:path';
import type { KnownTotals } from './totals.ts';

/** A training's settings are seldom larger. Engineering judgement. */
const LARGEST_BYTES = 256 * 1024;
const MOST_FILES = 4;

const CONFIG_FILE = /\.(?:ya?ml|json|toml|py|cfg|ini|conf)$/i;

/** Keys by which frameworks and scripts name how much there is to do, as a whole word before `:` or `=` and a number. */
const KEYS =
  /(?<![\w-])["']?(?:(num_train_epochs|max_epochs|num_epochs|n_epochs|total_epochs|train_epochs|nb_epochs|epochs)|(max_steps|max_iters|total_steps|train_iters|num_train_steps|total_timesteps|num_boost_round|num_iterations|MAX_ITER))["']?\s*[:=]\s*(\d{1,12})(?![\w.])/g;

/**
 * What the configuration files that a command names say of how much there will be: YAML, JSON, TOML and Python alike, by
 * a strict look for known keys. A key that stands there with several values says nothing. Never fails; files that are
 * large, strange or not there say nothing.
 *
 * @param cwd folder of the command
 */
export async function totalsFromConfigs(command: string, cwd: string): Promise<KnownTotals> {
  const texts = await Promise.all(configFiles(command).map((file) => readSmall(path.resolve(cwd, file))));
  const [epochs, steps] = [new Set<number>(), new Set<number>()];
  for (const match of texts
    .join('\n')
    .replace(/^\s*#.*$/gm, '')
    .matchAll(KEYS)) {
    const value = Number(match[3]);
    if (value > 0) (match[1] ? epochs : steps).add(value);
  }
  const [totalEpochs] = epochs;
  const [totalSteps] = steps;
  return {
    ...(epochs.size === 1 ? { totalEpochs, totalSource: 'config' as const } : {}),
    ...(steps.size === 1 ? { totalSteps, totalStepsSource: 'config' as const } : {}),
  };
}

/** `--config x.yaml`, `config=x.yaml`, `x.toml`; Hydra's `--config-path conf --config-name train`. The script is none. */
export function configFiles(command: string): readonly string[] {
  const words = (command.slice(0, 10_000).match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) =>
    word.replace(/["']/g, ''),
  );
  const script = words.findIndex(
    (word, index) => word.endsWith('.py') && !/^--?(?:c|cfg|config)/.test(words[index - 1] ?? ''),
  );
  const named = words
    .filter((word, index) => index !== script && CONFIG_FILE.test(word))
    .map((word) => word.slice(word.indexOf('=') + 1));
  return [...new Set([...named, ...hydraFiles(words)])].slice(0, MOST_FILES);
}

function hydraFiles(words: readonly string[]): readonly string[] {
  const name = valueOf(words, ['--config-name', '-cn']);
  if (!name) return [];
  const folder = valueOf(words, ['--config-path', '-cp']) ?? 'conf';
  return [path.join(folder, CONFIG_FILE.test(name) ? name : `${name}.yaml`)];
}

function valueOf(words: readonly string[], names: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    const [name = '', value] = word.split('=', 2);
    if (names.includes(name)) return value ?? words[index + 1] ?? null;
  }
  return null;
}

async function readSmall(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return '';
  try {
    const stat = await handle.stat();
    return stat.isFile() && stat.size <= LARGEST_BYTES ? await handle.readFile('utf8') : '';
  } catch {
    return '';
  } finally {
    await handle.close().catch(() => undefined);
  }
}
