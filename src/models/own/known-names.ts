import type { Weights } from './weights';

/**
 * Tensors that only networks of one kind have. None of these runs here: attention over windows, norms over the whole picture and
 * noise need operations that the GPU tier does not have, or make a tile's result depend on its size.
 */
const signs: readonly (readonly [kind: string, ...names: readonly RegExp[]])[] = [
  // Spelt so by its authors.
  ['PLKSR', /^feats\.1\.channe_mixer\.0\.weight$/],
  ['DAT', /^before_RG\.1\.weight$/],
  ['HAT', /overlap_attn\.relative_position_bias_table$/],
  ['ATD', /^relative_position_index_SA$/],
  ['DRCT', /^layers\.0\.swin1\.norm1\.weight$/],
  ['Swin2SR', /residual_group\.blocks\.0\.attn\.logit_scale$/],
  ['SwinIR', /residual_group\.blocks\.0\.norm1\.weight$/],
  ['OmniSR', /^residual_layer\.0\.residual_layer\.0\.layer\.0\.fn\.0\.weight$/],
  ['SPAN+', /^feats\.0\.(eval_conv|sk)\.weight$/],
  ['SAFMN', /^feats\.0\.safm\./],
  ['SCUNet', /^m_down1\.0\.trans_block\./],
  ['NAFNet', /^middle_blks\.0\./, /^intro\.weight$/],
  ['Restormer', /^encoder_level1\.0\.attn\./],
  ['GFPGAN', /^stylegan_decoder/],
  ['CodeFormer', /^quantize\.embedding\.weight$/],
  ['Waifu2x', /^unet1\.conv1\./],
];

/**
 * The kind of a network that does not run here.
 *
 * @param weights All of a file.
 * @returns Its name for people; undefined where nobody knows it.
 */
export function nameKind(weights: Weights): string | undefined {
  const names = [...weights.names];
  return signs.find(([, ...all]) =>
    all.every((sign) => names.some((name) => sign.test(name))),
  )?.[0];
}
