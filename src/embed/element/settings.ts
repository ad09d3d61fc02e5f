import type { Settings } from '../protocol';
import { names, propertyOf, valueOf } from './attributes';

/**
 * What a frame is told of its element: the attributes, what the page's style says, and what follows from where it is.
 *
 * @param element The element.
 * @returns All that {@link Settings} has; what else is an attribute, the frame leaves out.
 */
export function readSettings(element: HTMLElement): Settings {
  const style = getComputedStyle(element);
  const property = (name: string): string =>
    style.getPropertyValue(`--photo-enhancer-${name}`).trim().slice(0, 100);
  // Where the photo is, is between the page and its server.
  const { src, ...values } = Object.fromEntries(
    names.map((name) => [propertyOf(name), valueOf(element, name)]),
  ) as unknown as Settings & { readonly src: string };
  return {
    ...values,
    lang: element.lang.slice(0, 35),
    picker: !src,
    disabled: element.matches(':disabled'),
    accent: property('accent'),
    radius: property('radius'),
  };
}
