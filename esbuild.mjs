import { readFile, rm } from 'node:fs/promises';
import esbuild from 'esbuild';

const { version } = JSON.parse(await readFile('package.json', 'utf8'));
const shared = {
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  logLevel: 'info',
  define: { VERSION: JSON.stringify(version) },
};
const forNode = { ...shared, platform: 'node', target: 'node22' };

/** Leaves a large library that is seldom needed in a file of its own, so that activation need not read it. */
const apart = {
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /^systeminformation$/ }, () => ({
      path: './systeminformation.cjs',
      external: true,
    }));
  },
};

const bundles = [
  {
    ...forNode,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
    plugins: [apart],
  },
  {
    ...forNode,
    entryPoints: { systeminformation: 'systeminformation' },
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  },
  {
    ...forNode,
    entryPoints: { cli: 'src/cli/index.ts' },
    outdir: 'dist',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    target: 'node20',
    external: ['@lydell/node-pty'],
    banner: {
      js: '#!/usr/bin/env node\nimport { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  },
  {
    ...shared,
    entryPoints: { webview: 'src/webview/index.ts', style: 'src/webview/style.css' },
    outdir: 'dist',
    entryNames: 'webview',
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
  },
];

if (process.argv.includes('--watch')) {
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
} else {
  await rm('dist', { recursive: true, force: true });
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
}
