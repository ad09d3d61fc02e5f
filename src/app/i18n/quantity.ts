/**
 * A file size for people, in decimal units as operating systems show them.
 *
 * @param bytes The size.
 * @returns For example `240 kB` or `3.4 MB`; never more than three digits of precision.
 */
export function formatBytes(bytes: number): string {
  if (bytes < 1e5) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  const [value, unit] = bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/**
 * An expected duration for people: as exact as an estimate deserves.
 *
 * @param seconds The duration.
 * @returns For example `4 s`, `45 s` (in fives above 20), `3 min` or `2 h`.
 */
export function formatDuration(seconds: number): string {
  if (seconds < 20) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 90) return `${Math.round(seconds / 5) * 5} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/**
 * A measured duration in seconds, without its unit.
 *
 * @param seconds The duration.
 * @returns One decimal below ten seconds, whole seconds above.
 */
export function formatSeconds(seconds: number): string {
  return seconds < 9.95 ? seconds.toFixed(1) : String(Math.round(seconds));
}
