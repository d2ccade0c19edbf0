/** Packs dist/ as a VSIX: for this system alone where koffi's native file is in it, else for every system. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const NATIVE = 'dist/koffi.node';

/** VS Code's name of this system (code.visualstudio.com, Publishing Extensions, platform-specific extensions). */
function target() {
  const { platform, arch, report } = process;
  if (platform !== 'linux') return `${platform}-${arch}`;
  const isMusl = !report.getReport().header.glibcVersionRuntime;
  return isMusl ? `alpine-${arch}` : `linux-${arch === 'arm' ? 'armhf' : arch}`;
}

const vsce = 'node_modules/@vscode/vsce/vsce';
const args = [vsce, 'package', '--no-dependencies', '--out', 'dist/training-footprint.vsix'];
if (existsSync(NATIVE)) args.push('--target', target());
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
