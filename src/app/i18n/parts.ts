import type { en } from './en';
import type { enBalance } from './en-balance';
import type { enBrush } from './en-brush';
import type { enCrop } from './en-crop';
import type { enDamage } from './en-damage';
import type { enDepth } from './en-depth';
import type { enEstimate } from './en-estimate';
import type { enFaces } from './en-faces';
import type { enFilm } from './en-film';
import type { enFrame } from './en-frame';
import type { enHistory } from './en-history';
import type { enLight } from './en-light';
import type { enOld } from './en-old';
import type { enOwn } from './en-own';
import type { enPage } from './en-page';
import type { enQueue } from './en-queue';
import type { enReview } from './en-review';
import type { enSize } from './en-size';
import type { enTint } from './en-tint';
import type { enTone } from './en-tone';
import type { GuideWords } from './guide';
import type { Translation } from './speak';

/** What comes with the page. */
export type PageTables = { readonly page: Translation<typeof enPage> };

/** The words of the desk that have files of their own in English: `en-NAME` for each. */
export type ToolTables = {
  readonly balance: Translation<typeof enBalance>;
  readonly brush: Translation<typeof enBrush>;
  readonly crop: Translation<typeof enCrop>;
  readonly damage: Translation<typeof enDamage>;
  readonly depth: Translation<typeof enDepth>;
  readonly estimate: Translation<typeof enEstimate>;
  readonly faces: Translation<typeof enFaces>;
  readonly film: Translation<typeof enFilm>;
  readonly history: Translation<typeof enHistory>;
  readonly light: Translation<typeof enLight>;
  readonly old: Translation<typeof enOld>;
  readonly own: Translation<typeof enOwn>;
  readonly queue: Translation<typeof enQueue>;
  readonly review: Translation<typeof enReview>;
  readonly size: Translation<typeof enSize>;
  readonly tint: Translation<typeof enTint>;
  readonly tone: Translation<typeof enTone>;
};

/** What comes with the first photo, and with every dialog but the guide. */
export type DeskTables = ToolTables & { readonly main: Translation<typeof en> };

/** What comes when the guide is first opened. */
export type GuideTables = { readonly guide: { readonly parts: GuideWords } };

/** What comes with the frame in other sites. */
export type FrameTables = { readonly frame: Translation<typeof en & typeof enFrame> };

/** The parts of a language as files: `LANGUAGE/page` and so on. */
export type LanguageParts = {
  readonly page: PageTables;
  readonly desk: DeskTables;
  readonly guide: GuideTables;
  readonly frame: DeskTables & FrameTables;
};

/** Name of a file of a language. */
export type LanguagePart = keyof LanguageParts;
