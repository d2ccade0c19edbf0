import { globSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
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

/** Leaves large libraries that are seldom needed in files of their own, so that activation need not read them. */
function apart(...names) {
  return {
    name: 'apart',
    setup(build) {
      const filter = new RegExp(`^(${names.join('|')})$`);
      build.onResolve({ filter }, ({ path }) => ({ path: `./${path}.cjs`, external: true }));
    },
  };
}

/**
 * Takes the API as it is. For each file that imports it, esbuild would copy its hundreds of properties, which is most of
 * what loading the extension takes. What stands there instead is as long, so that source maps hold.
 */
const apiAsItIs = {
  name: 'api-as-it-is',
  setup(build) {
    build.onEnd(async () => {
      const file = 'dist/extension.cjs';
      const text = await readFile(file, 'utf8');
      const api = 'require("vscode")';
      const plain = text.replace(/[\w$]+\(require\("vscode"\),1\)/g, (copy) => api.padEnd(copy.length));
      await writeFile(file, plain);
    });
  },
};

/** All bundles of the extension speak one language: what knows it is loaded once. */
const language = {
  name: 'language',
  setup(build) {
    build.onResolve({ filter: /\/language\.ts$/ }, () => ({ path: './language.cjs', external: true }));
  },
};

/** Leaves parts of our own that activation does not need in files of their own, too. */
const WHEN_TRAINING = {
  reports: 'src/core/reports/index.ts',
  sensors: 'src/core/sensors/index.ts',
  carbon: 'src/core/carbon/carbonService.ts',
  locations: 'src/core/carbon/locations.ts',
  exchange: 'src/core/exchange/index.ts',
  environment: 'src/core/runs/environment/index.ts',
  store: 'src/core/runs/store.ts',
};
const apartWhenTraining = {
  name: 'apart-when-training',
  setup(build) {
    for (const [name, file] of Object.entries(WHEN_TRAINING)) {
      const filter = new RegExp(`${file.replace('src/core/', '').replaceAll('.', '\\.')}$`);
      build.onResolve({ filter }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: `./${name}.cjs`, external: true } : null,
      );
    }
  },
};

/**
 * Puts koffi's native file for this system beside the bundles. Those of other systems stay where npm installs them, and
 * are missing from the package: without one, koffi does not load, and what needs it says so.
 */
const nativeKoffi = {
  name: 'native-koffi',
  setup(build) {
    const { platform, arch, report } = process;
    const own = `@koromix/koffi-${platform}-${arch}`;
    const isMusl = platform === 'linux' && !report.getReport().header.glibcVersionRuntime;
    const [file] = globSync(`node_modules/${own}/${isMusl ? 'musl' : platform}_*/koffi.node`);
    build.onResolve({ filter: /^@koromix\// }, ({ path }) => ({
      path: path === own && file ? './koffi.node' : path,
      external: true,
    }));
    build.onEnd(async () => {
      if (file) await copyFile(file, 'dist/koffi.node');
    });
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
    plugins: [apart('systeminformation', 'koffi'), apartWhenTraining, language, apiAsItIs],
  },
  {
    ...forNode,
    entryPoints: WHEN_TRAINING,
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    plugins: [apart('systeminformation', 'koffi'), language],
  },
  {
    ...forNode,
    entryPoints: { language: 'src/language.ts' },
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
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
    entryPoints: { koffi: 'node_modules/koffi/index.cjs' },
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    target: 'node20',
    plugins: [nativeKoffi],
  },
  {
    ...forNode,
    entryPoints: { cli: 'src/cli/index.ts' },
    outdir: 'dist',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    target: 'node20',
    external: ['@lydell/node-pty'],
    plugins: [apart('koffi')],
    banner: {
      js: '#!/usr/bin/env node\nimport { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  },
  {
    ...shared,
    entryPoints: { webview: 'src/webview/main.ts', style: 'src/webview/style.css' },
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
  await copyFile('src/api.ts', 'dist/api.d.ts'); // it has types alone
}
