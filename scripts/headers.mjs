/**
 * The response headers of every host of Enlarger, in one place: the local server, Vite's dev and
 * preview servers, the meta tag in the built page, and `dist/_headers` for static hosts.
 *
 * Workers take their policy from their own response, so the policy must be a header on every file;
 * the meta tag covers hosts that cannot set headers.
 */

const policy = {
  'default-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self' blob:",
  'img-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  'style-src': "'self'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'object-src': "'none'",
  'base-uri': "'self'",
  'form-action': "'none'",
};

/**
 * Text becomes code or markup nowhere but in the named policies: `default` lets workers be started from our
 * own addresses (src/integrity/own-scripts.ts), Svelte's makes elements of the templates that it compiled.
 */
const trusted = {
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default svelte-trusted-html',
};

/**
 * Writes a policy the way a header or a meta tag wants it.
 *
 * @param {Record<string, string>} directives Directive name to its sources.
 * @returns {string} The policy on one line.
 */
const serialise = (directives) =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');

/** The policy for a meta tag, which may not hold `frame-ancestors` (CSP 3, section 3.3). */
export const metaPolicy = serialise({ ...policy, ...trusted });

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Headers of every response of the built app, but for what `headersFor` says otherwise. */
export const headers = {
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': serialise({ ...policy, ...trusted, 'frame-ancestors': "'none'" }),
  ...isolation,
};

/** What other sites load: the page inside their frames, with its allow-list, and the element's script. */
const shared = { ...isolation, 'Cross-Origin-Resource-Policy': 'cross-origin' };
const frameHeaders = {
  'Content-Security-Policy': serialise({ ...policy, ...trusted, 'frame-ancestors': '*' }),
  ...shared,
};
const elementHeaders = {
  'Content-Security-Policy': metaPolicy,
  ...shared,
  // Module scripts are fetched with CORS.
  'Access-Control-Allow-Origin': '*',
};

/**
 * The headers of one response.
 *
 * @param {string} path Path below the app's base, with a leading slash.
 * @returns {Record<string, string>} Name to value.
 */
export function headersFor(path) {
  if (path === '/embed.html') return frameHeaders;
  return path.startsWith('/embed/') ? elementHeaders : headers;
}

/** The same for Vite's dev server, which needs inline styles for hot replacement. */
export const devHeaders = {
  'Content-Security-Policy': serialise({ ...policy, 'style-src': "'self' 'unsafe-inline'" }),
  ...isolation,
};

/**
 * How long a file may be kept by the browser.
 *
 * @param {string} path Path below the app's base, with a leading slash.
 * @returns {string} Value of `Cache-Control`: for ever for hashed names, revalidate for the rest.
 */
export const cacheControl = (path) =>
  path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';

/**
 * The `_headers` file that common static hosts read. They join the values of all rules that fit, and of
 * two policies the stricter counts, so no rule that holds everywhere may forbid what one file allows. Framing is
 * forbidden everywhere, also for what is not there and what a host sends in its place, by `X-Frame-Options`, which
 * does not count where a policy has `frame-ancestors` (CSP 3, section 6.4.2.2): that of the frame page allows all.
 *
 * @param {string} base The app's base path, with slashes at both ends.
 * @returns {string} The file's text.
 */
export function headersFile(base) {
  const { 'Cross-Origin-Resource-Policy': sameOrigin, ...everywhere } = isolation;
  const own = { 'Cross-Origin-Resource-Policy': sameOrigin };
  const framed = (/** @type {string} */ path) => {
    const { 'Content-Security-Policy': frame, 'Cross-Origin-Resource-Policy': resource } =
      headersFor(path);
    return { 'Content-Security-Policy': frame, 'Cross-Origin-Resource-Policy': resource };
  };
  /** @type {[string, Record<string, string | undefined>][]} */
  const rules = [
    ['*', { 'Content-Security-Policy': metaPolicy, 'X-Frame-Options': 'DENY', ...everywhere }],
    ['', framed('/')],
    ['index.html', framed('/')],
    ['models/*', own],
    ['assets/*', { ...own, 'Cache-Control': cacheControl('/assets/') }],
    ['embed.html', framed('/embed.html')],
    // Some hosts take the ending away.
    ['embed', framed('/embed.html')],
    [
      'embed/*',
      { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' },
    ],
  ];
  return rules
    .map(([path, fields]) =>
      [base + path, ...Object.entries(fields).map(([name, value]) => `  ${name}: ${value}`)].join(
        '\n',
      ),
    )
    .join('\n')
    .concat('\n');
}
