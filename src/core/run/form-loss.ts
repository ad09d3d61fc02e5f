import { drawPicture, shrink, type Planes } from './probe-pictures';
import type { Probed } from './probe';
import type { Probe } from './probe-reach';

/** What another form of a network's weights costs. */
export type FormLoss = {
  /** How much less its result is like the picture, in dB of PSNR; below 0 where it happens to be more like it. */
  readonly psnrLoss: number;
  /** How like its result is to that of the full weights, in dB of PSNR. */
  readonly agreement: number;
  /** Largest difference from that, in levels of 255. */
  readonly levels: number;
};

/** Most that a form may cost, in dB. */
const mostLoss = 0.1;

/**
 * Least likeness to the full weights' result, in dB: a network that is far from the picture anyway, as one that draws, could
 * change much and cost nothing.
 */
const leastAgreement = 40;

/** Pixels a side of what is enlarged, at least. */
const side = 48;

/** Opens a network; null where it cannot be run. */
export type OpenForm = () => Promise<{
  readonly probe: Probe;
  readonly release: () => Promise<void>;
} | null>;

/**
 * Runs a network and another form of it on a test picture that was made smaller by what the network enlarges, one after the other.
 *
 * @param full Opens the network with its full weights, its range as the model contract has it.
 * @param form Opens the other form.
 * @param geometry What it is.
 * @param geometry.scale Its scale.
 * @param geometry.multiple What its sides divide by.
 * @returns What the form costs; null where it cannot be run, or gives what is no number.
 */
export async function measureForm(
  full: OpenForm,
  form: OpenForm,
  { scale, multiple }: Pick<Probed, 'scale' | 'multiple'>,
): Promise<FormLoss | null> {
  const length = Math.ceil(side / multiple) * multiple;
  const picture = drawPicture(length * scale);
  const input = shrink(picture, scale);
  const [wanted, given] = [await runOnce(full, input), await runOnce(form, input)];
  const isSound = (planes: Planes | null): planes is Planes =>
    planes?.values.length === picture.values.length && planes.values.every(Number.isFinite);
  if (!isSound(wanted) || !isSound(given)) return null;
  return {
    psnrLoss: psnr(wanted, picture) - psnr(given, picture),
    agreement: psnr(given, wanted),
    levels: 255 * mostOff(given, wanted),
  };
}

/**
 * Whether a form is worth keeping.
 *
 * @param loss What it costs; null where it does not work.
 * @returns True where nobody would see it.
 */
export function isFree(loss: FormLoss | null): loss is FormLoss {
  return loss !== null && loss.psnrLoss < mostLoss && loss.agreement >= leastAgreement;
}

async function runOnce(open: OpenForm, input: Planes): Promise<Planes | null> {
  const opened = await open();
  if (!opened) return null;
  try {
    return await opened.probe(input);
  } catch {
    return null;
  } finally {
    await opened.release();
  }
}

function psnr(a: Planes, b: Planes): number {
  const squares = a.values.reduce(
    (sum, value, i) => sum + (clamp(value) - clamp(b.values[i]!)) ** 2,
    0,
  );
  // Equal pictures are as like as 16 bits can tell.
  return -10 * Math.log10(Math.max(squares / a.values.length, 1e-10));
}

function mostOff(a: Planes, b: Planes): number {
  return a.values.reduce(
    (most, value, i) => Math.max(most, Math.abs(clamp(value) - clamp(b.values[i]!))),
    0,
  );
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));
