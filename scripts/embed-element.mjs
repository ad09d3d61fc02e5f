/**
 * Builds the element for other sites into `embed/v1.js`: one file with a fixed name that imports
 * nothing, whatever the app's own chunks are. The name changes with the protocol's version alone.
 */
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { build } from 'vite';

/** Path of the built element below the app's base. */
export const elementFile = 'embed/v1.js';

const entry = '/src/embed/element/element.ts';

/**
 * Takes the blanks out of the element's style sheet, which is text to every other tool.
 *
 * @param {string} code The built element.
 * @returns {string} The same, shorter.
 */
const packSheet = (code) =>
  code.replace(/(?<=replaceSync\(`)[^`]*/, (sheet) =>
    sheet
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?|(:) /g, '$1$2')
      .replaceAll(';}', '}')
      .replaceAll(' !', '!')
      .trim(),
  );

/** Names by which the element's own files alone call something. */
const inner =
  /^(ask|begin|block|configure|empty|end|fail|fallback|fill|frame|heed|isReady|isWanted|label|latest|meet|onLost|onMessage|onReady|poster|put|reason|request|reset|send|showPoster|stopRun|supplied|whenReady)$/;

/**
 * Makes the built element smaller once more: over the wire 240 bytes less than Vite's own minifier leaves.
 *
 * @param {string} code The built element.
 * @returns {Promise<string>} The same, shorter.
 */
async function pack(code) {
  const { code: packed } = await minify(packSheet(code), {
    ...{ module: true, ecma: 2022, compress: { ecma: 2022, passes: 3, unsafe_arrows: true } },
    mangle: { properties: { regex: inner, builtins: true } },
  });
  if (!packed) throw new Error('The element is empty.');
  return packed;
}

/**
 * A Vite plugin: writes the element beside the app, and serves it during development.
 *
 * @returns {import('vite').Plugin} The plugin.
 */
export function embedElement() {
  return {
    name: 'embed-element',
    async generateBundle() {
      const built = await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        build: {
          target: 'es2022',
          write: false,
          modulePreload: false,
          rolldownOptions: {
            input: fileURLToPath(new URL(`..${entry}`, import.meta.url)),
            preserveEntrySignatures: 'strict',
          },
        },
      });
      const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
        'output' in one ? one.output : [],
      );
      const [chunk, ...others] = outputs;
      if (chunk?.type !== 'chunk' || others.length > 0 || chunk.imports.length > 0)
        throw new Error('The element must be one file.');
      this.emitFile({ type: 'asset', fileName: elementFile, source: await pack(chunk.code) });
    },
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url?.split('?')[0] === `${server.config.base}${elementFile}`)
          request.url = `${server.config.base}${entry.slice(1)}`;
        next();
      });
    },
  };
}
