import { presetNames } from '../../../core/recipe/presets';
import { parseOwn, parseRecipe } from '../../../core/recipe/parsing';
import type { Recipe } from '../../../core/recipe/recipe';
import { askAgain, sourceIn, type FileAccess } from '../../platform/file-access';
import { nameOf, type PhotoSource } from '../../platform/photo-source';
import { dropQueueClips, findResult, holdQueueClips } from '../../platform/queue-clips';
import { dropQueue, type KeptQueue } from '../../platform/queue-store';
import type { SetFilm } from './clips/clip-film';
import { EntryClip } from './clips/entry-clip.svelte';
import { Entry, type EntryState, type EntryWork } from './entry.svelte';
import type { Fit } from './fit';
import { KeptRetouch } from './kept-retouch';
import type { QueueSettings } from './queue-parts';
import type { Queue } from './queue.svelte';

/** Of what shape a list is: another version of the page may have kept another. */
const version = 1;

/** A photo of a queue, as it is kept. */
type ListedEntry = Pick<PhotoSource, 'path' | 'bytes' | 'modified'> & {
  readonly id: number;
  readonly state: EntryState;
  readonly fault: string;
  readonly notes: readonly string[];
  readonly work: EntryWork | null;
  /** What is asked for of it alone; left out where it gets what all get. */
  readonly own?: Fit;
  /** What it is kept under where it is a clip; left out for photos. */
  readonly clip?: string;
  /** What was set for it under Film; left out where nothing was. */
  readonly film?: SetFilm;
  /**
   * What was done to it by hand: where that is more than a frame it is sealed beside the list, since a mask tells of the picture. Left
   * out where nothing was.
   */
  readonly retouch?: Recipe | 'sealed';
  /** Whether it lies in the folder, or was saved: then it is not needed here. */
  readonly output: {
    readonly path: string;
    readonly bytes: number;
    readonly isSafe: boolean;
  } | null;
  /** The folder that it came with, by its place in the access. */
  readonly root: number | null;
};

/** A queue as plain data. */
export type QueueList = {
  readonly v: typeof version;
  readonly entries: readonly ListedEntry[];
  readonly pattern: string;
  readonly skipsDone: boolean;
  /** What was asked for as it began; null before. */
  readonly settings: QueueSettings | null;
  /** Whether it was going. */
  readonly isGoing: boolean;
  /** The photo on the stage, by its number. */
  readonly shown: number | null;
};

/**
 * A queue as it is kept. Reads reactive state.
 *
 * @param queue The queue.
 * @param shown The photo on the stage.
 * @returns Its list, and what it has access to; null where that is nothing.
 */
export function listQueue(
  queue: Queue,
  shown: Entry | null,
): { readonly list: QueueList; readonly access: FileAccess | null } {
  const roots: FileSystemDirectoryHandle[] = [];
  const files = new Map<number, FileSystemFileHandle>();
  const placeOf = ({ id, source: { root, handle } }: Entry): number | null => {
    if (!root && handle) files.set(id, handle);
    if (!root) return null;
    if (!roots.includes(root)) roots.push(root);
    return roots.indexOf(root);
  };
  const entries = queue.entries.map((entry) => listEntry(entry, placeOf(entry)));
  const target = queue.target?.root ?? null;
  const { pattern, skipsDone, settings, phase } = queue;
  const asked = { pattern, skipsDone, settings, isGoing: phase === 'going' };
  return {
    list: { v: version, entries, ...asked, shown: shown?.id ?? null },
    access: target || roots.length > 0 || files.size > 0 ? { target, roots, files } : null,
  };
}

function listEntry(entry: Entry, root: number | null): ListedEntry {
  const { id, state, fault, notes, work, output, own, retouch, clip } = entry;
  const { path, bytes, modified } = entry.source;
  return {
    ...{ id, path, bytes, modified, fault, notes, work, root },
    ...(own && { own }),
    ...(clip && { clip: clip.name }),
    ...(clip?.film && { film: clip.film }),
    ...(retouch && { retouch: retouch.frameOnly ?? 'sealed' }),
    // What was under way is done from its beginning.
    state: entry.isAtWork ? 'waiting' : state,
    output: output && {
      path: output.path,
      bytes: output.bytes,
      isSafe: output.blob === null || output.isSaved,
    },
  };
}

/**
 * Whether anything of a queue is left to go on with.
 *
 * @param list The queue.
 * @returns False where all that can be done is done, and lies in a folder or was saved.
 */
export function isUnfinished({ entries }: QueueList): boolean {
  return entries.some(
    ({ state, output }) => ['waiting', 'gone'].includes(state) || (output && !output.isSafe),
  );
}

/** What is told of a queue that was kept, before it is taken up again. */
export type QueueOffer = {
  readonly count: number;
  readonly done: number;
  /** Asks for leave to use files and folders again; within a press. */
  readonly ask: () => Promise<void>;
  /** Deletes it. */
  readonly forget: () => Promise<void>;
  readonly list: QueueList;
  readonly kept: KeptQueue;
};

/**
 * What is told of a queue that was kept.
 *
 * @param kept From the store.
 * @returns Null where there is nothing in it to go on with, or another version of the page has kept it.
 * @throws {EnhanceError} `option-wrong` where what it asks for is not understood.
 */
export function readOffer(kept: KeptQueue): QueueOffer | null {
  const list = kept.list as QueueList;
  if (list.v !== version) return null;
  const fit = list.settings && checkFit(list.settings.fit);
  const settings = list.settings && fit && { ...list.settings, fit };
  const entries = list.entries.map((each) => ({
    ...each,
    ...(each.own && { own: checkFit(each.own) }),
    ...(isFrame(each.retouch) && { retouch: parseRecipe(each.retouch) }),
  }));
  const states = entries.map((each) => stateOf(each, kept));
  if (!isUnfinished(list)) return null;
  const clips = entries.flatMap(({ clip }) => clip ?? []);
  holdQueueClips(clips);
  return {
    count: list.entries.length,
    done: states.filter((state) => state === 'done').length,
    ask: async () => {
      if (kept.access) await askAgain(kept.access);
    },
    forget: async () => {
      await dropQueue(kept.tab);
      await dropQueueClips(clips);
    },
    list: { ...list, entries, settings },
    kept,
  };
}

/**
 * The photos of a queue that was kept.
 *
 * @param offer The queue.
 * @param words What is said of photos.
 * @param words.gone Of one that must be added again.
 * @param words.retouch Of one that what was done to by hand is gone.
 * @returns Entries for a queue, in their order.
 */
export async function restoreEntries(
  { list, kept }: QueueOffer,
  words: { readonly gone: string; readonly retouch: string },
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const listed of list.entries) {
    const source = sourceOf(listed, kept);
    const entry = new Entry(listed.id, source ?? lostSource(listed));
    const state = stateOf(listed, kept);
    const isLost = !source && ['waiting', 'failed'].includes(state);
    entry.state = isLost ? 'gone' : state;
    entry.fault = isLost ? words.gone : listed.fault;
    entry.notes = listed.notes;
    entry.own = listed.own ?? null;
    entry.clip = listed.clip ? new EntryClip(listed.clip) : null;
    if (entry.clip) entry.clip.film = listed.film ?? null;
    if (state === 'done' && listed.output) {
      const { isSafe, ...output } = listed.output;
      const blob = isSafe ? null : await readResult(listed, kept);
      if (isSafe || blob) {
        entry.work = listed.work;
        entry.output = { ...output, blob, isSaved: isSafe };
      } else entry.reset();
    }
    await restoreRetouch(entry, listed, kept, words.retouch);
    entries.push(entry);
  }
  return entries;
}

/** The result of a photo is sealed; that of a clip lies in a file of its own. */
async function readResult({ id, clip, output }: ListedEntry, { read }: KeptQueue) {
  if (clip && output) return findResult(clip, output.bytes).catch(() => null);
  const bytes = await read(`result/${id}`).catch(() => null);
  return bytes && new Blob([bytes]);
}

/** A result that lay here alone is done again where it was not kept. */
function stateOf({ id, state, output, clip }: ListedEntry, { parts }: KeptQueue): EntryState {
  const isLost = state === 'done' && !output?.isSafe && !clip && !parts.has(`result/${id}`);
  return isLost ? 'waiting' : state;
}

function sourceOf(
  { id, path, bytes, modified, root }: ListedEntry,
  { access, parts, read: readPart }: KeptQueue,
): PhotoSource | null {
  const facts = { path, bytes, modified };
  const folder = root === null ? undefined : access?.roots[root];
  if (folder) return sourceIn(folder, facts);
  const handle = access?.files.get(id);
  if (handle) return { ...facts, read: () => handle.getFile(), handle };
  if (!parts.has(`file/${id}`)) return null;
  const read = async () => {
    const content = await readPart(`file/${id}`);
    if (!content) throw new DOMException(path, 'NotFoundError');
    return new File([content], nameOf(path), { lastModified: modified });
  };
  return { ...facts, read };
}

const isFrame = (retouch: ListedEntry['retouch']): retouch is Recipe =>
  retouch !== undefined && retouch !== 'sealed';

async function restoreRetouch(
  entry: Entry,
  { id, retouch }: ListedEntry,
  { parts, read }: KeptQueue,
  lostWords: string,
): Promise<void> {
  if (isFrame(retouch)) entry.retouch = KeptRetouch.of(retouch);
  if (retouch !== 'sealed') return;
  const packed = parts.has(`retouch/${id}`) ? await read(`retouch/${id}`).catch(() => null) : null;
  if (packed) entry.retouch = KeptRetouch.from(packed);
  else if (entry.state === 'waiting') entry.lose(lostWords);
  else if (entry.state === 'gone') entry.fault = `${entry.fault} ${lostWords}`;
}

function lostSource({ path, bytes, modified }: ListedEntry): PhotoSource {
  const read = () => Promise.reject(new DOMException(path, 'NotFoundError'));
  return { path, bytes, modified, read };
}

function checkFit(fit: Fit): Fit {
  // Film steps are checked where clips are made.
  if (fit.by === 'recipe') return { ...fit, recipe: parseRecipe(fit.recipe) };
  const preset = presetNames.find((name) => name === fit.preset) ?? 'photo';
  const own = fit.own && parseOwn(fit.own, 'own');
  return { by: 'photo', preset, ...(own && { own }) };
}
