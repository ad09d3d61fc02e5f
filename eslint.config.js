import jsdoc from 'eslint-plugin-jsdoc';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * What each room of src may import besides itself: one direction, as CONTRIBUTING.md draws it.
 *
 * @type {Record<string, { rooms: string[], packages: string[] }>}
 */
const rooms = {
  core: { rooms: [], packages: [] },
  formats: { rooms: ['core'], packages: ['@jsquash'] },
  models: { rooms: ['core'], packages: ['idb-keyval'] },
  engine: { rooms: ['core'], packages: ['onnxruntime-web'] },
  worker: { rooms: ['core', 'formats', 'models', 'engine'], packages: ['comlink'] },
  app: {
    rooms: ['core', 'models/shelf', 'worker/client', 'worker/offers', 'worker/protocol'],
    packages: [
      'svelte',
      '@lucide/svelte',
      'comlink',
      'browser-fs-access',
      'virtual:pwa-register',
      'workbox-[a-z]+',
    ],
  },
  sdk: {
    rooms: ['core', 'worker/client', 'worker/offers', 'worker/protocol'],
    packages: ['virtual:enlarger-models'],
  },
  embed: {
    rooms: ['core', 'worker/protocol', 'app'],
    packages: ['svelte', '@lucide/svelte'],
  },
};

/** What runs on host pages: these files import one another and nothing else, not even types. */
const element = [
  ...['element', 'attributes', 'frame-address', 'host-line', 'look', 'package-frame-address'],
  ...['photo-source', 'protocol', 'turns'],
];

/**
 * The sources that a room must not import, as one regular expression without slashes of its own.
 *
 * @param {string} room Folder or file below src.
 * @param {{ rooms: string[], packages: string[] }} allowed What it may import besides itself.
 * @returns {string} Source of the expression; it matches what is forbidden.
 */
function forbidden(room, allowed) {
  const inside = [room, ...allowed.rooms].join('|');
  const all = 'core|formats|models|engine|worker|sdk|app|embed';
  const outside = 'scripts|tests|bench|training|public|node_modules|src';
  const packages = ['\\.', ...allowed.packages.map((name) => `${name}(/|\\?|$)`)].join('|');
  const source = [
    `^(\\.\\./)+(?!(${inside || '$.'})(/|\\.|$))(${all})(/|\\.|$)`,
    `^(\\.\\./)+(${outside})/`,
    `^(?!${packages})`,
  ].join('|');
  return source.replaceAll('/', '\\u002F');
}

/** Exported functions, for the docblock rules; a private helper may say less. */
const exported = [
  'ExportNamedDeclaration > FunctionDeclaration',
  'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression',
];

/** For each room, the rule for static imports and the same for `import()`. */
const directions = Object.entries(rooms).map(([room, allowed]) => {
  const regex = forbidden(room, allowed);
  const names = [room, ...allowed.rooms, ...allowed.packages].join(', ');
  const message = `src/${room} may import only: ${names}. See "Rooms" in CONTRIBUTING.md.`;
  return {
    files: [`src/${room}/**`],
    rules: /** @type {import('eslint').Linter.RulesRecord} */ ({
      'no-restricted-imports': ['error', { patterns: [{ regex, message, caseSensitive: true }] }],
      'no-restricted-syntax': [
        'error',
        { selector: `ImportExpression > Literal[value=/${regex}/]`, message },
      ],
    }),
  };
});

const elementRegex = `^(?!\\.\\u002F(${element.join('|')})$)`;
const elementMessage =
  'The embed element imports only its own files. See "Rooms" in CONTRIBUTING.md.';

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
    rules: { 'no-console': 'error' },
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
  ...directions,
  {
    files: element.map((name) => `src/embed/${name}.ts`),
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: elementRegex, message: elementMessage, caseSensitive: true }] },
      ],
      'no-restricted-syntax': ['error', { selector: 'ImportExpression', message: elementMessage }],
      // The tags that scripts/make-manifest.mjs reads.
      'jsdoc/check-tag-names': [
        'error',
        { definedTags: ['element', 'attr', 'slot', 'csspart', 'cssprop'] },
      ],
    },
  },
);
