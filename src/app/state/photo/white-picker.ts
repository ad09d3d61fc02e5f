import { balanceOf, toneGains, type LightOf } from '../../../core/frame/tone';
import { lightTable } from '../../../core/picture/light';
import type { Size } from '../../../core/picture/rect';
import { neutralTone, type Tone } from '../../../core/recipe/tone';

/** Pixels of a picture, RGBA in 8 bits. */
type Pixels = Size & { readonly data: Uint8ClampedArray };

/** Levels beyond which a colour is cut, or too dark to have one that is known. */
const known = [12, 250] as const;

/**
 * The tone in which some pixels are gray.
 *
 * @param pixels Of a place that is to be gray, as the tone shows them; their mean counts.
 * @param tone The tone; its brightness, shadows and highlights stay, which change no colour's shares.
 * @returns Another tone; null where that place is too dark, or so bright that its colour is cut.
 */
export function balanceBy({ data }: Pixels, tone: Tone = neutralTone): Tone | null {
  const light = lightTable(8);
  const sum = [0, 0, 0];
  let levels = 0;
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    for (let c = 0; c < 3; c++) {
      sum[c]! += light[data[i + c]!]!;
      levels = Math.max(levels, data[i + c]!);
    }
    count++;
  }
  if (count === 0 || levels < known[0] || levels > known[1]) return null;
  const gains = toneGains({ ...neutralTone, temperature: tone.temperature, tint: tone.tint });
  // As the photo itself has it; what is none of a colour has nearly none.
  const colour = gains.map((gain, c) => Math.max(1e-4, sum[c]! / count) / gain);
  return { ...tone, ...balanceOf(colour as unknown as LightOf) };
}

/**
 * A balance for the photo as it is, by what it still needs as it is shown: light is multiplied, so stops add up.
 *
 * @param shown The tone that it is shown in.
 * @param balance What it needs.
 * @returns Temperature and tint, cut to what a tone may have.
 */
export function addBalance(
  shown: Tone = neutralTone,
  balance: Pick<Tone, 'temperature' | 'tint'>,
): Pick<Tone, 'temperature' | 'tint'> {
  const cut = (value: number) => Math.min(1, Math.max(-1, value));
  return {
    temperature: cut(shown.temperature + balance.temperature),
    tint: cut(shown.tint + balance.tint),
  };
}
