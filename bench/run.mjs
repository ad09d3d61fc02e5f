/**
 * `npm run bench -- quality|speed|all`: measures the built page in real Chromium and prints one table
 * each. The benchmark photos are not part of the repository: ENLARGER_DATA names their folder.
 */
import { runnerImport } from 'vite';

const { module } = await runnerImport('./bench/measure.ts', { configFile: false });
const wanted = process.argv[2] ?? 'all';
await module.measure(wanted);
