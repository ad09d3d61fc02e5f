import { currentLanguage, currentLocale } from './language.svelte';
import { formatNumber } from './speak';

type Unit = 'kilobyte' | 'megabyte' | 'gigabyte' | 'second' | 'minute' | 'hour';

/** English and German have the symbols of the SI for times, where `Intl` abbreviates words, in German with a full stop. */
const symbols: Partial<Record<Unit, string>> = { second: 's', minute: 'min', hour: 'h' };

function formatUnit(value: number, unit: Unit, digits = 0): string {
  const symbol = /^(en|de)$/.test(currentLanguage()) && symbols[unit];
  if (symbol) return `${formatNumber(value, digits)} ${symbol}`;
  const format = new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // Japanese as it is written here has no space before a word, as Chinese of `Intl` has none.
  return format.format(value).replace(/\s(?=\p{Script=Han})/u, '');
}

/**
 * A file size for people, in decimal units as operating systems show them.
 *
 * @param bytes The size.
 * @returns For example `240 kB` or `3.4 MB`, as the page's language writes it; never more than three digits of
 *   precision.
 */
export function formatBytes(bytes: number): string {
  if (bytes < 1e5) return formatUnit(Math.max(1, Math.round(bytes / 1e3)), 'kilobyte');
  const [value, unit] =
    bytes < 1e9 ? ([bytes / 1e6, 'megabyte'] as const) : ([bytes / 1e9, 'gigabyte'] as const);
  return value < 10 ? formatUnit(value, unit, 1) : formatUnit(Math.round(value), unit);
}

/**
 * An expected duration for people: as exact as an estimate deserves.
 *
 * @param seconds The duration.
 * @returns For example `4 s`, `45 s` (in fives above 20), `3 min` or `2 h`, as the page's language writes it.
 */
export function formatDuration(seconds: number): string {
  if (seconds < 20) return formatUnit(Math.max(1, Math.round(seconds)), 'second');
  if (seconds < 90) return formatUnit(Math.round(seconds / 5) * 5, 'second');
  if (seconds < 5400) return formatUnit(Math.round(seconds / 60), 'minute');
  return formatUnit(Math.round(seconds / 3600), 'hour');
}

/**
 * A measured duration in seconds, without its unit.
 *
 * @param seconds The duration.
 * @returns One decimal below ten seconds, whole seconds above.
 */
export function formatSeconds(seconds: number): string {
  return seconds < 9.95 ? formatNumber(seconds, 1) : formatNumber(Math.round(seconds));
}

/**
 * A number that may be more or less than none.
 *
 * @param value The number.
 * @param digits How many behind the point.
 * @returns With its sign, unless it is 0.
 */
export function saySigned(value: number, digits = 0): string {
  const size = Math.abs(value);
  const text = formatNumber(size, digits);
  if (Number(size.toFixed(digits)) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}

/**
 * A count of bytes, to be compared.
 *
 * @param bytes The size.
 * @returns Every digit, in groups.
 */
export function formatExactly(bytes: number): string {
  return new Intl.NumberFormat(currentLocale()).format(bytes);
}
