/**
 * `npm run bench -- quality|restore|speed|all|limits|letters|own-gpu|own-loupe|memory|queue|workbench|harm|old|faces|film|clip|balance|shakes|sizes|peers|node`: measures the built page, beside its peers or the
 * engine alone, and prints one table each. What every column means is in docs/performance.md. The
 * benchmark photos are not part of the repository: ENLARGER_DATA names their folder.
 * `npm run bench -- readings FOLDER` tells how well noise is read in photos that `python3 -m training.readings FOLDER` made.
 * `npm run bench -- damage [COUNT [SEED]]` damages files of each format, 10,000 by default, and reads them.
 * `npm run bench -- own-models [COUNT [SEED]]` compares models that people bring with PyTorch's results (ENLARGER_MODELS names their
 * folder), and damages files of such models, 2,000 of each kind by default, and reads them.
 * `npm run bench -- own-gpu` compares the same models on the software GPU, alone and as the page runs them.
 * `npm run bench -- formats` writes into docs/formats.md what is read of each fixture.
 * `npm run bench -- hashes` proves that no result has changed; see CONTRIBUTING.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, runnerImport } from 'vite';

const [mode = 'all', ...args] = process.argv.slice(2);
if ((mode === 'peers' || mode === 'node') && !existsSync('bench/node_modules')) {
  console.log('Installing what only these benchmarks need (430 MB): npm ci --prefix bench');
  const { status } = spawnSync('npm ci --prefix bench', { shell: true, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
if (mode === 'node' || mode === 'own-models') {
  // A server, since the engine imports its runtime, and a model's reader comes, only when it is needed; it serves this process.
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  if (mode === 'node') {
    const { measureNode } = /** @type {typeof import('./node')} */ (
      await server.ssrLoadModule('/bench/node.ts')
    );
    await measureNode(args);
  } else {
    const { measureOwnModels } = /** @type {typeof import('./own-models')} */ (
      await server.ssrLoadModule('/bench/own-models.ts')
    );
    await measureOwnModels(args);
  }
  await server.close();
  // Dawn keeps its threads, and so the process, alive.
  process.exit();
}
/** @type {{ module: typeof import('./measure') }} */
const { module } = await runnerImport('./bench/measure.ts', { configFile: false });
await module.measure(mode, args);
