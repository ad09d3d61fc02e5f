import jsdoc from 'eslint-plugin-jsdoc';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { direction } from './scripts/rooms.mjs';
import svelteConfig from './svelte.config.js';

/** Exported functions, for the docblock rules; a private helper may say less. */
const exported = [
  'ExportNamedDeclaration > FunctionDeclaration',
  'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression',
];

const ownFetch = 'fetchWithin (src/integrity): nothing is asked of another origin.';

export default ts.config(
  {
    ignores: [
      'dist/',
      'dist-sdk/',
      '.cache/',
      'training/',
      'test-results/',
      'playwright-report/',
      'public/',
      // Other people's pages, which the journeys run.
      'examples/',
      // Types of packages that only the benchmark installs.
      'bench/pages/upscalerjs.ts',
    ],
  },
  ts.configs.recommendedTypeChecked,
  svelte.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      'no-unused-expressions': 'off',
      // SvelteKit's resolve(), and there is no SvelteKit here.
      'svelte/no-navigation-without-resolve': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      // `async` without `await` turns a throw into a rejection, which is what a port promises.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['src/**'],
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
    plugins: { rooms: { rules: { direction } } },
    rules: { 'no-console': 'error', 'rooms/direction': 'error' },
  },
  {
    // The element fetches the host page's own photos, with the host's rights.
    files: ['src/**'],
    // The guard may need no other file.
    ignores: ['src/integrity/**', 'src/app/guard.ts', 'src/embed/element/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: ownFetch }],
      'no-restricted-properties': [
        'error',
        ...['globalThis', 'self', 'window'].map((object) => ({
          ...{ object, property: 'fetch', message: ownFetch },
        })),
      ],
    },
  },
  {
    // What people are told is worded where they read it: three words in a row are a sentence.
    files: ['src/{core,integrity,formats,models,engine,worker}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'Literal[value=/[a-z]+ [a-z]+ [a-z]+/i]',
          'TemplateElement[value.raw=/[a-z]+ [a-z]+ [a-z]+/i]',
        ].map((selector) => ({
          selector,
          message:
            'No sentences here: a problem or a note with facts. See "Habits" in CONTRIBUTING.md.',
        })),
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, svelteConfig, projectService: true },
    },
  },
  {
    files: ['src/**/*.ts', 'scripts/**/*.mjs'],
    plugins: { jsdoc },
    settings: { jsdoc: { mode: 'typescript' } },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: { ancestorsOnly: true },
          enableFixer: false,
          checkConstructors: false,
          require: { ClassDeclaration: true, FunctionDeclaration: true },
          contexts: [
            'ExportNamedDeclaration > :matches(TSTypeAliasDeclaration, TSInterfaceDeclaration, TSEnumDeclaration)',
            'ExportNamedDeclaration > VariableDeclaration',
          ],
        },
      ],
      'jsdoc/require-description': ['error', { contexts: exported }],
      'jsdoc/check-param-names': ['error', { checkDestructured: false }],
      'jsdoc/check-tag-names': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-param': ['error', { contexts: exported, checkDestructured: false }],
      'jsdoc/require-param-description': 'error',
      'jsdoc/require-returns': ['error', { contexts: exported }],
      'jsdoc/require-returns-description': 'error',
      'jsdoc/no-types': 'error',
    },
  },
  {
    files: ['tests/**', 'bench/**', 'scripts/**', '*.js', '*.ts'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['src/embed/element/**'],
    rules: {
      // The tags that scripts/make-manifest.mjs reads.
      'jsdoc/check-tag-names': [
        'error',
        { definedTags: ['element', 'attr', 'slot', 'csspart', 'cssprop'] },
      ],
    },
  },
);
