/**
 * A number of 16 bits as IEEE 754 has it.
 *
 * @param bits Sign, 5 bits of the exponent, 10 of the fraction.
 * @returns Its value, exact.
 */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * The nearest number of 16 bits, of two the even one, as IEEE 754 rounds.
 *
 * @param value Any number.
 * @returns Its bits; those of an infinity where it is too large.
 */
export function toHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  // Exactly between the largest number and the next that there would be.
  if (size >= 65520) return sign | 0x7c00;
  // Below the smallest exponent all numbers are as far apart as at it.
  const exponent = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size));
  const steps = roundToEven(size * 2 ** (10 - exponent));
  // A carry of the fraction is one more of the exponent.
  return sign | (((exponent + 14) << 10) + steps);
}

function roundToEven(value: number): number {
  const whole = Math.floor(value);
  const rest = value - whole;
  if (rest === 0.5) return whole + (whole % 2);
  return rest < 0.5 ? whole : whole + 1;
}
