import type { ClipFacts } from '../../core/film/clip';
import { formatNumber } from '../i18n/speak';

/**
 * How a place in a clip is said.
 *
 * @param facts The clip.
 * @param facts.from When its first picture is shown.
 * @returns Says seconds of the clip's own time as minutes and seconds from its beginning: "1:02.40", with
 *   the decimal sign of the page's language.
 */
export function sayPlaces({ from }: Pick<ClipFacts, 'from'>): (seconds: number) => string {
  return (seconds) => {
    const past = Math.max(0, seconds - from);
    // Rounded first, or 59.999 would be sixty seconds.
    const hundredths = Math.round(past * 100);
    const minutes = Math.floor(hundredths / 6000);
    const digits = formatNumber((hundredths % 6000) / 100, 2).padStart(5, '0');
    return `${minutes}:${digits}`;
  };
}

/**
 * How long a clip is, as players write it.
 *
 * @param seconds The duration.
 * @returns Minutes and seconds, and hours where there are any: "1:05:09".
 */
export function sayLength(seconds: number): string {
  const all = Math.max(1, Math.round(seconds));
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor(all / 60) % 60];
  const parts = hours > 0 ? [hours, minutes, all % 60] : [minutes, all % 60];
  return parts.map((part, i) => (i === 0 ? part : String(part).padStart(2, '0'))).join(':');
}
