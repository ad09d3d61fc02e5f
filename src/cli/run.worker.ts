/** The process that works: {@link main} with its own arguments, streams and signals. Tells who started it the exit code. */
import { createRequire } from 'node:module';
import { main, Stopped } from './main';

const { version } = createRequire(import.meta.url)('./package.json') as { version: string };
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => stop.abort(new Stopped(name)));
// Who reads the lines has enough of them, as `head` does, or has gone: a run that nobody hears of ends.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', () => stop.abort(new Stopped('SIGPIPE')));
// Nobody is there to be told.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const say = (stream: NodeJS.WriteStream) => (text: string) =>
  void (stream.writable && stream.write(text));
const streams = {
  out: say(process.stdout),
  err: say(process.stderr),
  isTerminal: process.stderr.isTTY,
};
const code = await main(process.argv.slice(2), version, streams, stop.signal);
// A pipe may not have taken all of it yet.
for (const stream of [process.stdout, process.stderr])
  if (stream.writable) await new Promise<void>((written) => stream.write('', () => written()));
process.send?.(code);
