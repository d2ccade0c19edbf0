import { spawnSync } from 'node:child_process';

/** Debian packages that are missing on this machine. */
export function missingPackages(names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
    return !stdout?.includes('ok installed');
  });
}

/**
 * Installs Debian packages.
 *
 * @param why for the line that tells what is installed
 * @throws Error with the line to type, where they cannot be installed from here
 */
export function installPackages(names: readonly string[], why: string): void {
  const missing = missingPackages(names);
  if (missing.length === 0) return;
  console.log(`Installing ${missing.join(' ')}: ${why}.`);
  const install = ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...missing];
  if (asRoot(install) || (asRoot(['apt-get', 'update', '-q']) && asRoot(install))) return;
  throw new Error(`${missing.join(', ')} could not be installed (${why}). Type: sudo ${install.join(' ')}`);
}

function asRoot(command: readonly string[]): boolean {
  const isRoot = process.getuid?.() === 0;
  const [file = '', ...args] = isRoot ? command : ['sudo', '-n', ...command];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(file, args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}
