import { attempt, number, whole } from '../message-checks';
import { listModels } from './own-models';
import { choices, readPlain } from '../protocol';

/** Of an attribute with a choice: the first, unless another is said, is what it means by itself. */
const among = <T>(all: readonly T[], usual: T | null | undefined = all[0]) =>
  [usual, (given: string) => all.find((each) => String(each) === given)] as const;

/** Of an attribute that is taken as it is. */
const text = (given: string): string => given;

/** Of an attribute that says something by being there, whatever its text. */
const isThere = (): boolean => true;

/**
 * The attributes with a meaning of ours: what each means where it is absent or nonsense, and what reads its text; of
 * nonsense that makes nothing, or throws.
 */
export const attributes = {
  src: ['', text],
  name: ['', text],
  multiple: [false, isThere],
  video: [false, isThere],
  disabled: [false, isThere],
  scale: among<number>(choices.scales, null),
  recipe: [null, (given: string) => readPlain('recipe', JSON.parse(given))],
  models: ['', (given: string) => listModels(given) && given],
  backend: among(choices.backends),
  'max-pixels': [0, (given: string) => whole(given && Number(given))],
  reveal: among(choices.reveals),
  loading: among(['lazy', 'eager']),
  theme: among(choices.themes),
  format: among(choices.formats),
  quality: [90, (given: string) => number(Number(given), 1, 100)],
} as const;

/** Name of one of {@link attributes}. */
export type AttributeName = keyof typeof attributes;

/** All of them, in their order. */
export const names = Object.keys(attributes) as AttributeName[];

/**
 * The property that reflects an attribute.
 *
 * @param name The attribute's name.
 * @returns The same in camel case.
 */
export const propertyOf = (name: AttributeName): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/**
 * Reads an attribute.
 *
 * @param element Whose.
 * @param name Which.
 * @returns Its value; undefined where it is nonsense, null where it is absent.
 */
export function readAttribute(element: Element, name: AttributeName): unknown {
  const text = element.getAttribute(name);
  return text === null ? null : (attempt(() => attributes[name][1](text)) ?? undefined);
}

/**
 * What an attribute says.
 *
 * @param element Whose.
 * @param name Which.
 * @returns Its value, or what it means where it is absent or nonsense.
 */
export function valueOf(element: Element, name: AttributeName): unknown {
  return readAttribute(element, name) ?? attributes[name][0];
}

/**
 * Gives elements a property for each attribute.
 *
 * @param prototype Of their class.
 */
export function reflect(prototype: Element): void {
  for (const name of names)
    Object.defineProperty(prototype, propertyOf(name), {
      get(this: Element) {
        return valueOf(this, name);
      },
      set(this: Element, value: string | number | boolean | object | null | undefined) {
        if (value === null || value === undefined || value === false) this.removeAttribute(name);
        else
          this.setAttribute(name, typeof value === 'object' ? JSON.stringify(value) : `${value}`);
      },
    });
}

/**
 * Takes over what was set as plain properties before the element was defined.
 *
 * @param element A new one.
 */
export function adoptProperties(element: Element): void {
  const plain = element as unknown as Record<string, unknown>;
  for (const property of names.map(propertyOf)) {
    if (!Object.hasOwn(element, property)) continue;
    const value = plain[property];
    Reflect.deleteProperty(plain, property);
    plain[property] = value;
  }
}
