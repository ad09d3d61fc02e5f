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
  'style-src': "'self'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'object-src': "'none'",
  'base-uri': "'self'",
  'form-action': "'none'",
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
export const metaPolicy = serialise(policy);

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Headers of every response of the built app. */
export const headers = {
  'Content-Security-Policy': serialise({ ...policy, 'frame-ancestors': "'none'" }),
  ...isolation,
};

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
 * The `_headers` file that common static hosts read.
 *
 * @param {string} base The app's base path, with slashes at both ends.
 * @returns {string} The file's text.
 */
export function headersFile(base) {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return [
    `${base}*`,
    ...lines,
    `${base}assets/*`,
    `  Cache-Control: ${cacheControl('/assets/')}`,
    '',
  ].join('\n');
}
