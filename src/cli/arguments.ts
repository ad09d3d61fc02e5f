import { parseArgs, type ParseArgsConfig } from 'node:util';
import { savedFormats } from '../core/format';
import { presetNames } from '../core/recipe/presets';
import type { EnhanceManyOptions, EnhancerOptions } from '../sdk/types';

/** What the command line asks for. */
export type Order = {
  /** Files and folders, as they were given. */
  readonly inputs: readonly string[];
  /** The folder for results. */
  readonly out: string;
  readonly enhancer: EnhancerOptions;
  /** Not checked yet: the package's own checks name what is wrong. */
  readonly wish: EnhanceManyOptions;
  /** Path of a recipe's file; null where photos decide. */
  readonly recipe: string | null;
  /** Path of a network of the person's own; null for the package's. */
  readonly model: string | null;
  /** Whether files that have a result are passed over. */
  readonly skipDone: boolean;
  /** Whether results of earlier runs are replaced. */
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
};

/** A command line that makes no sense; its message is for people. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const options = {
  out: { type: 'string', short: 'o' },
  scale: { type: 'string', short: 's' },
  preset: { type: 'string', short: 'p' },
  recipe: { type: 'string', short: 'r' },
  model: { type: 'string', short: 'm' },
  'model-after': { type: 'boolean' },
  format: { type: 'string', short: 'f' },
  quality: { type: 'string', short: 'q' },
  depth: { type: 'string' },
  strength: { type: 'string' },
  metadata: { type: 'string' },
  backend: { type: 'string' },
  'skip-done': { type: 'boolean' },
  overwrite: { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

/** What `--help` prints. */
export const help = `Usage: enlarger IN... --out DIR [options]

Enlarges and cleans photos on this machine. Nothing is uploaded.

IN is a photo or a folder, whose subfolders and names are kept. An original is never written over.

  -o, --out DIR        where results go; made where it is not there
  -s, --scale N        1, 2 (default) or 4
  -p, --preset NAME    ${presetNames.join(', ')}; default photo: what each photo calls for
  -r, --recipe FILE    a recipe as JSON, in place of scale and preset
  -m, --model FILE     a network of your own: .onnx, .safetensors or .pth
      --model-after    one that keeps the size works after enlarging, not before
  -f, --format NAME    auto (default: as the photo), ${savedFormats.join(', ')}
  -q, --quality N      1 to 100, of JPEG, WebP and AVIF; default 90
      --depth N        8 or 16 bits, where the format has a choice
      --strength N     0 to 1: how much of the result is mixed into a plain enlargement
      --metadata WHAT  keep (default), anonymous (no place, owner, serial numbers), none
      --backend NAME   auto (default), webgpu, wasm
      --skip-done      pass over photos whose result is there already, and no older than the photo
      --overwrite      replace results that are there already
      --json           one line of JSON for each photo, on standard output
      --quiet          no progress on standard error
  -h, --help           this
      --version        the version

Exit status: 0 all done, 1 some photos failed, 2 nothing was begun, since the command line makes no sense,
130 stopped by Ctrl-C, 143 by SIGTERM, 141 since nobody reads what it says.
`;

/**
 * Reads a command line.
 *
 * @param args Without the program.
 * @returns What it asks for: an order, or one of the texts.
 * @throws {UsageError} Where it makes no sense.
 */
export function readArguments(args: readonly string[]): Order | 'help' | 'version' {
  const { values, positionals: inputs } = parse(args);
  if (values.help) return 'help';
  if (values.version) return 'version';
  const { model = null, 'model-after': isAfter } = values;
  const { out, recipe = null, scale, quality, depth, strength, preset, format, metadata } = values;
  if (inputs.length === 0) throw new UsageError('Which photos? Name files or folders.');
  if (!out) throw new UsageError('Where to? --out names a folder for the results.');
  if (values['skip-done'] && values.overwrite)
    throw new UsageError('Either --skip-done or --overwrite, not both.');
  if (recipe !== null && preset !== undefined)
    throw new UsageError('Either --recipe or --preset: a recipe says all that a preset would.');
  if (recipe !== null && model !== null)
    throw new UsageError('Either --recipe or --model, not both.');
  if (isAfter && model === null)
    throw new UsageError('--model-after says where --model works: name one.');
  const wish = {
    ...{
      modelAfter: isAfter,
      scale: numberOf(scale),
      quality: numberOf(quality),
      depth: numberOf(depth),
    },
    ...{ strength: numberOf(strength), format, metadata },
    // As on the page, where nobody has chosen anything.
    preset: recipe === null ? (preset ?? 'photo') : undefined,
  };
  return {
    ...{ inputs, out, recipe, model },
    enhancer: withoutUndefined({ backend: values.backend }),
    wish: withoutUndefined(wish),
    skipDone: values['skip-done'] ?? false,
    overwrite: values.overwrite ?? false,
    json: values.json ?? false,
    quiet: values.quiet ?? false,
  };
}

/**
 * What is wrong with an option of the package, in words of the command line.
 *
 * @param message The package's.
 * @returns The same with the option's name as it is typed.
 */
export function asFlag(message: string): string {
  const typed = (name: string) => name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
  return message.replace(/^options\.(\w+)/, (_, name: string) => `--${typed(name)}`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Its own words name the option.
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

/** Nonsense stays nonsense, for the check that names it. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return text.trim() === '' ? NaN : Number(text);
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
