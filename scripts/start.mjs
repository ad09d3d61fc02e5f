/** `npm start`: installs what is missing, builds what is stale, serves it on localhost. */
import { ensureDependencies, isStale, run } from './install.mjs';
import { serve } from './serve.mjs';

const base = process.env['BASE'] ?? '/';
if (!ensureDependencies()) process.exit(1);
// Not compressed, as `npm run build` does it: that takes a minute and gains nothing on localhost.
if ((isStale() || process.env['BASE']) && !run('npx', ['vite', 'build'])) {
  console.error('The build failed; nothing is served.');
  process.exit(1);
}
const asked = process.env['PORT'];
try {
  const { url } = await serve({ base, port: Number(asked ?? 4173), tries: asked ? 1 : 50 });
  console.log(`\n  Enlarger is at ${url}\n  Stop it with Ctrl+C.\n`);
} catch (error) {
  console.error(`Cannot serve: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
