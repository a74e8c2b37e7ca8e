import { builtinModules } from 'node:module';

import solid from 'eslint-plugin-solid/configs/typescript';
import tseslint from 'typescript-eslint';

// what a workflow may not import: it is replayed, so nothing in it may depend on the machine, the clock or the network
const OUTSIDE = ['pg', 'knex', 'objection', 'koa', 'zod', 'pino', 'nats', 'uuid', 'luxon', 'jose', 'node:*', '@koa/*', '@nats-io/*', '@temporalio/client', '@temporalio/worker', '@temporalio/activity'];
const LAYERS = ['#db/*', '#api/*', '#worker/*', '#tools/*', '#tests/*', '#bench/*'];

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '.data/', '.cache/', 'web/dist/'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-debugger': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    files: ['{activities,api,bench,contracts,db,domain,tests,tools,worker,workflows}/**/*.ts'],
    ignores: ['**/config.ts', '**/*.test.ts', 'tests/**'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Settings are read in config.ts.' }],
    },
  },
  {
    files: ['web/src/**/*.tsx'],
    ...solid,
    // takes every handler of an event that is passed on for a lost reaction
    rules: { ...solid.rules, 'solid/reactivity': 'off' },
  },
  {
    files: ['web/src/**/*.{ts,tsx}'],
    rules: {
      // an event handler of a form is a promise that nobody awaits
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*', 'zod', '#db/*', '#api/*', '#worker/*', '#tools/*', '#workflows/*', '#activities/*'], allowTypeImports: true, message: 'Pages import contracts (types), rules and other pages.' }] }],
    },
  },
  {
    files: ['domain/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read in config.ts.' },
        { object: 'Date', property: 'now', message: 'The clock is an argument of a rule.' },
        { object: 'Math', property: 'random', message: 'Randomness is an argument of a rule.' },
      ],
      'no-restricted-imports': ['error', { patterns: [{ group: [...builtinModules, 'node:*', '#[!d]*/**'], message: 'A rule depends on nothing but other rules.' }] }],
    },
  },
  {
    files: ['workflows/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: [...builtinModules, ...OUTSIDE, ...LAYERS], allowTypeImports: true, message: 'A workflow imports its rules, types and @temporalio/workflow only.' }] },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'Program > VariableDeclaration[kind="let"], Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]', message: 'State at module level is shared by all workflows of a worker.' },
      ],
    },
  },
);
