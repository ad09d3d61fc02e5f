/**
 * `npm run bench -- quality|speed|all`: measures the built page in real Chromium and prints one table
 * each. The benchmark photos are not part of the repository: ENLARGER_DATA names their folder.
 */
import { runnerImport } from 'vite';

/** @type {{ module: typeof import('./measure') }} */
const { module } = await runnerImport('./bench/measure.ts', { configFile: false });
await module.measure(process.argv[2] ?? 'all');
