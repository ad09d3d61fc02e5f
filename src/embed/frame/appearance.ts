import { t } from './words';
import type { Fault, Settings } from '../protocol';
import { chooseInk, readColour, writeColour, type Serialise } from './colour';

/** Most rounding of corners in pixels: more would cut into Cancel and into what is promised below it. */
const mostRadius = 24;

/** What the style of a page is set by. */
type Root = Pick<HTMLElement, 'dataset'> & {
  readonly style: Pick<CSSStyleDeclaration, 'setProperty' | 'removeProperty'>;
};

/**
 * Gives the frame the host's theme, accent and corners.
 *
 * @param settings The host's wishes.
 * @param root The frame's root element.
 * @param serialise The browser's own reading of one colour.
 * @returns What of them was refused, and so is as it was made here.
 */
export function applyLook(
  { theme, accent, radius }: Pick<Settings, 'theme' | 'accent' | 'radius'>,
  root: Root,
  serialise: Serialise,
): readonly Fault[] {
  const { dataset, style } = root;
  if (theme === 'auto') delete dataset['theme'];
  else dataset['theme'] = theme;
  const colour = accent === '' ? null : readColour(accent, serialise);
  const fill = colour && writeColour(colour);
  // A hairline keeps a button a button on a ground of its own colour.
  if (fill) dataset['accent'] = '';
  else delete dataset['accent'];
  setOrRemove(style, '--safelight', fill);
  setOrRemove(style, '--safelight-hover', fill);
  setOrRemove(style, '--on-safelight', colour && chooseInk(colour));
  const pixels = radius === '' ? null : readLength(radius);
  setOrRemove(style, '--radius', pixels === null ? null : `${pixels}px`);
  return [
    ...(accent !== '' && !colour ? [refuse(t('embed.badAccent'))] : []),
    ...(radius !== '' && pixels === null ? [refuse(t('embed.badRadius', { mostRadius }))] : []),
  ];
}

function refuse(message: string): Fault {
  return { code: 'bad-attribute', message };
}

/** A length in pixels; null for anything else, and for more than fits. */
function readLength(text: string): number | null {
  const [, digits, unit] = /^(\d{1,3}(?:\.\d{1,6})?)(px|rem|em)?$/.exec(text.trim()) ?? [];
  if (digits === undefined || (!unit && Number(digits) !== 0)) return null;
  const pixels = Number(digits) * (unit === 'px' ? 1 : 16);
  return pixels <= mostRadius ? pixels : null;
}

function setOrRemove(style: Root['style'], name: string, value: string | null): void {
  if (value) style.setProperty(name, value);
  else style.removeProperty(name);
}

/**
 * The browser's own reading of one colour: a canvas takes no variables, and fetches nothing.
 *
 * @returns See {@link Serialise}.
 */
export function createSerialiser(): Serialise {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  const read = (before: string, colour: string): string | null => {
    if (!context) return null;
    context.fillStyle = before;
    context.fillStyle = colour;
    return typeof context.fillStyle === 'string' ? context.fillStyle : null;
  };
  return (colour) => {
    // What is no colour changes nothing, whatever was there.
    const written = read('#000000', colour);
    return written === read('#ffffff', colour) ? written : null;
  };
}
