import { attempt, number } from '../message-checks';
import { listModels } from './own-models';
import { choices, readPlain, type RecipeFields } from '../protocol';

const among =
  <T>(all: readonly T[]) =>
  (text: string): T | undefined =>
    all.find((each) => String(each) === text);

/**
 * The attributes with a meaning of ours: each reads its text, and gives undefined for
 * nonsense.
 */
export const attributes = {
  src: (text: string) => text,
  name: (text: string) => text,
  multiple: isThere,
  disabled: isThere,
  scale: among(choices.scales),
  recipe: readRecipe,
  models: (text: string) => attempt(() => listModels(text) && text) ?? undefined,
  backend: among(choices.backends),
  'max-pixels': (text: string) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined),
  reveal: among(choices.reveals),
  loading: among(['lazy', 'eager'] as const),
  theme: among(choices.themes),
  format: among(choices.formats),
  quality: (text: string) => attempt(() => number(Number(text), 1, 100)) ?? undefined,
};

/** Name of one of {@link attributes}. */
export type AttributeName = keyof typeof attributes;

/** What each attribute means where it is absent or nonsense. */
export const defaults = {
  src: '',
  name: '',
  multiple: false,
  disabled: false,
  scale: null,
  recipe: null,
  models: '',
  backend: 'auto',
  'max-pixels': 0,
  reveal: 'interaction',
  loading: 'lazy',
  theme: 'auto',
  format: 'auto',
  quality: 90,
} as const;

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

/** Of an attribute that says something by being there, whatever its text. */
function isThere(): boolean {
  return true;
}

function readRecipe(text: string): RecipeFields | undefined {
  return attempt(() => readPlain('recipe', JSON.parse(text))) ?? undefined;
}

/**
 * Reads an attribute.
 *
 * @param element Whose.
 * @param name Which.
 * @returns Its value; undefined where it is nonsense, null where it is absent.
 */
export function readAttribute(element: Element, name: AttributeName): unknown {
  const text = element.getAttribute(name);
  return text === null ? null : attributes[name](text);
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
        return readAttribute(this, name) ?? defaults[name];
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
  for (const property of names.map(propertyOf)) {
    if (!Object.hasOwn(element, property)) continue;
    const value: unknown = Reflect.get(element, property);
    Reflect.deleteProperty(element, property);
    Reflect.set(element, property, value);
  }
}
