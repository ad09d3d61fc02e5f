import { metaPolicy } from './headers.mjs';

/**
 * A build plugin: writes `404.html`, which static hosts send with status 404 for what is not there. Some of
 * them send the page itself without it, with status 200, in place of a missing script or model.
 *
 * @param {string} base The app's base path, with slashes at both ends.
 * @returns {import('vite').Plugin} For the page's build.
 */
export function notFound(base) {
  const source = `<!doctype html>
<html lang="en">
  <head>
    <meta http-equiv="Content-Security-Policy" content="${metaPolicy}" />
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Not found</title>
  </head>
  <body>
    <p>There is nothing at this address. <a href="${base}" target="_top">Open Enlarger</a></p>
  </body>
</html>
`;
  return {
    name: 'not-found',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '404.html', source });
    },
  };
}
