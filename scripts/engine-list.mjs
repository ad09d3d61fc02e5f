import { sha256 } from './integrity.mjs';

/**
 * A build plugin: writes `engine.json`, the names, sizes and hashes of the files that are kept only once they
 * are used, so that the page can keep them all when asked to, and say before how much that is.
 *
 * @returns {import('vite').Plugin} For the page's build.
 */
export function engineList() {
  return {
    name: 'engine-list',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = Object.values(bundle)
          .filter(({ fileName }) => /^assets\/engine\/|\.wasm$/.test(fileName))
          .map((file) => {
            const content = file.type === 'chunk' ? file.code : file.source;
            const bytes = Buffer.byteLength(content);
            return { url: file.fileName, bytes, sha256: sha256(content) };
          })
          .sort((a, b) => a.url.localeCompare(b.url));
        this.emitFile({
          type: 'asset',
          fileName: 'engine.json',
          source: JSON.stringify({ files }, null, 1),
        });
      },
    },
  };
}
