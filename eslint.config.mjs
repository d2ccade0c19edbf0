import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Forbids imports between layers: webview -> protocol; host -> core, protocol; cli -> core; core -> nothing. */
function layer(folder, forbidden) {
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ regex: forbidden, message: `src/${folder} may not import this: see ARCHITECTURE.md` }],
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist', '**/node_modules', 'test/vscode/artifacts'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { console: 'readonly', process: 'readonly' } } },
  layer('core', '^vscode$|/(host|webview|protocol|cli)/'),
  layer('host', '/(webview|cli)/'),
  layer('webview', '^vscode$|^node:|/(host|core|cli)/'),
  layer('protocol', '^vscode$|^node:|/(host|webview|core|cli)/'),
  layer('cli', '^vscode$|/(host|webview|protocol)/'),
);
