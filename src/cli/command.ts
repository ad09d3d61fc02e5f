#!/usr/bin/env node
/**
 * The program `enlarger`: starts the process that works (`run.worker.ts`), and ends it once it is done. By itself that would take
 * minutes to end: V8 waits until it has optimised the largest functions of onnxruntime, whoever still wants them.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const codes = { SIGINT: 130, SIGTERM: 143 } as const;
/**
 * Threads that V8 compiles on. It optimises the largest functions of onnxruntime for up to a minute each, of every engine that was started,
 * and has four: what is compiled next, an encoder, would wait for them.
 */
const compilers = 16;
const script = fileURLToPath(new URL('./run.worker.ts', import.meta.url));
const work = fork(script, process.argv.slice(2), {
  execArgv: [...process.execArgv, `--v8-pool-size=${compilers}`],
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});

function end(code: number): never {
  work.kill('SIGKILL');
  process.exit(code);
}

work.on('message', (code) => end(Number(code)));
work.on('exit', (code, signal) => {
  process.stderr.write(`enlarger: the work ended too soon (${signal ?? code}). `);
  process.stderr.write('What is done stays: --skip-done goes on from there.\n');
  process.exit(1);
});
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => {
    // It leaves nothing half written, at the end of the present tile. Who asks again does not wait.
    if (name === 'SIGTERM') work.kill(name);
    for (const again of ['SIGINT', 'SIGTERM'] as const) process.once(again, () => end(codes[name]));
  });
