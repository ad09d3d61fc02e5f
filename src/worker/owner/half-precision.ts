/**
 * Whether this machine's GPU computes in 16 bits: then networks of 16 bits are worth having.
 *
 * @returns False where there is no GPU, or one that is the CPU.
 */
export async function hasHalfPrecision(): Promise<boolean> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  return adapter?.features.has('shader-f16') === true && !adapter.info.isFallbackAdapter;
}
