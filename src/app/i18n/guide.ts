import { enGuide } from './en-guide';
import { asShown, currentLanguage, currentTable } from './language.svelte';
import { bindWords } from './line-breaks';

/** A paragraph in another language: its text, and where it has a picture, behind it what each part shows. */
type Paragraph<Text> = Text extends {
  readonly picture: { readonly parts: infer Parts extends readonly string[] };
}
  ? readonly [text: string, ...parts: { readonly [Index in keyof Parts]: string }]
  : string;

type Paragraphs<Texts extends readonly unknown[]> = {
  readonly [Index in keyof Texts]: Paragraph<Texts[Index]>;
};

type Parts<English> = {
  readonly [Index in keyof English]: English[Index] extends {
    readonly texts: infer Texts extends readonly unknown[];
  }
    ? { readonly title: string; readonly texts: Paragraphs<Texts> }
    : never;
};

/** The guide in another language: as many parts and paragraphs as the English one, in the same order. */
export type GuideWords = Parts<typeof enGuide>;

/** A paragraph of the guide. */
export type GuideText = {
  readonly text: string;
  /** What may be asked for that it tells of; empty for nothing in particular. */
  readonly about: string;
  /** A file of `public/guide`, and what each of its parts shows. */
  readonly picture: { readonly file: string; readonly parts: readonly string[] } | null;
};

/** A part of the guide: what it is about, and what there is to say. */
export type GuidePart = { readonly title: string; readonly texts: readonly GuideText[] };

/** How a table has it, whatever its language. */
type Translated = readonly {
  readonly title: string;
  readonly texts: readonly (string | readonly string[])[];
}[];

/**
 * The guide in the page's language. Reads reactive state.
 *
 * @returns Its parts, in the order of reading; in English where its words have not arrived.
 */
export function readGuide(): readonly GuidePart[] {
  const bind = (text: string) => bindWords(text, currentLanguage());
  const table = currentTable('guide') as { readonly parts: Translated } | undefined;
  return enGuide.map(({ title, texts }, i) => {
    const other = table?.parts[i];
    const own = texts.map((each, j) => {
      const english = typeof each === 'string' ? { text: each } : each;
      const picture = 'picture' in english ? english.picture : null;
      const words =
        other?.texts[j] ?? (asShown([english.text, ...(picture?.parts ?? [])]) as string[]);
      const [text = '', ...parts] = typeof words === 'string' ? [words] : words;
      return {
        text: bind(text),
        about: 'about' in english ? english.about : '',
        picture: picture && { file: picture.file, parts: parts.map(bind) },
      };
    });
    return { title: other?.title ?? (asShown(title) as string), texts: own };
  });
}
