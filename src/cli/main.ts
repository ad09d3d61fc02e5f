import { access, constants, mkdir, readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Enhancer } from '../sdk/enhancer';
import { parseManyOptions } from '../sdk/options';
import { inWords, PublicError } from '../sdk/public-error';
import type { EnhanceManyOptions } from '../sdk/types';
import { asFlag, help, readArguments, UsageError, type Order } from './arguments';
import { runBatch } from './batch';
import { faultOf, isDiskOver } from './faults';
import { findInputs } from './inputs';
import { Outputs } from './outputs';
import { asShown, Reporter, type Streams } from './report';

/** How the program ends; the shell's own numbers for signals. */
export const exitCodes = {
  ...{ done: 0, failed: 1, usage: 2, SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 },
} as const;

/** Thrown by who stops the program. */
export class Stopped extends Error {
  override readonly name = 'Stopped';

  /** @param signal The process's; `SIGPIPE` where nobody reads its output any more. */
  constructor(readonly signal: 'SIGINT' | 'SIGPIPE' | 'SIGTERM') {
    super(signal);
  }
}

/**
 * The command line.
 *
 * @param args Without the program.
 * @param version The package's.
 * @param streams Where to write.
 * @param signal Stops it, with a {@link Stopped} for its reason.
 * @returns The exit code, one of {@link exitCodes}.
 */
export async function main(
  args: readonly string[],
  version: string,
  streams: Streams,
  signal: AbortSignal,
): Promise<number> {
  try {
    const order = readArguments(args);
    if (order === 'help') streams.out(help);
    else if (order === 'version') streams.out(`${version}\n`);
    else return await run(order, streams, signal);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof Stopped) return exitCodes[error.signal];
    if (!isUsage(error)) throw error;
    streams.err(`enlarger: ${asShown(asFlag((error as Error).message))}\nSee enlarger --help.\n`);
    return exitCodes.usage;
  }
}

async function run(order: Order, streams: Streams, signal: AbortSignal): Promise<number> {
  const out = resolve(order.out);
  const model = await readModel(order.model);
  const wish = { ...(await readWish(order)), ...(model && { model: titleOf(model) }) };
  // Before anything is touched.
  await inWords(async () => parseManyOptions(wish));
  using enhancer = new Enhancer({ ...order.enhancer, ...(model && { models: [model] }) });
  const inputs = await findInputs(order.inputs, out);
  await makeFolder(out);
  const outputs = new Outputs(out, order.overwrite);
  await outputs.expect(inputs);
  const { json, quiet } = order;
  const reporter = new Reporter(streams, { json, quiet, total: inputs.length });
  try {
    await runBatch(inputs, order, wish, { enhancer, outputs, reporter, signal });
  } catch (error) {
    if (!isDiskOver(error)) throw error;
    streams.err(
      `${asShown(faultOf(error).message)} What is done stays: --skip-done goes on from there.\n`,
    );
  } finally {
    if (reporter.isBegun) reporter.end();
  }
  return reporter.isAllWell ? exitCodes.done : exitCodes.failed;
}

async function readModel(path: string | null): Promise<File | null> {
  if (path === null) return null;
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UsageError(`${path}: ${faultOf(error).message}`);
  });
  return new File([new Uint8Array(bytes)], basename(path));
}

/** What a model is called that nobody has given a name. */
const titleOf = ({ name }: File): string => name.replace(/\.[^.]+$/, '');

/** What is wanted, with the recipe of its file. */
async function readWish({ wish, recipe }: Order): Promise<EnhanceManyOptions> {
  if (recipe === null) return wish;
  const text = await readFile(recipe, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${recipe}: ${faultOf(error).message}`);
  });
  try {
    return { ...wish, recipe: JSON.parse(text) as NonNullable<EnhanceManyOptions['recipe']> };
  } catch {
    throw new UsageError(`${recipe} is no JSON.`);
  }
}

async function makeFolder(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'EEXIST' || code === 'ENOTDIR' ? 'It is no folder.' : faultOf(error).message;
    throw new UsageError(`--out ${out}: ${why}`);
  }
}

const isUsage = (error: unknown) =>
  error instanceof UsageError || (error instanceof PublicError && error.code === 'bad-option');
