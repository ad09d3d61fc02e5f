import { listAlternatives, findAlternative } from '../../../core/recipe/alternatives';
import type { Alternative, AlternativeName } from '../../../core/recipe/alternatives';
import { findTellingSpot } from '../../../core/findings/telling-spot';
import type { Rect, Size } from '../../../core/picture/rect';
import { scaleOf, withoutMarks } from '../../../core/recipe/recipe';
import type { OwnerCalls } from '../../../worker/client';
import type { LoupeView, OpenedPhoto } from '../../../worker/protocol';
import { closeView } from './loupe.svelte';
import type { Workbench } from './workbench.svelte';

/** How long nothing must have been asked for before crops are made, in milliseconds: a photo's first, and after changes of it. */
const restMs = { first: 100, later: 900 };

/** Longest side of the picture that the spot is looked for in. */
const searchSide = 512;

/** Most pixels of the photo along a crop's side. */
const mostSide = 160;

/** What networks look at round a crop, in pixels of the photo on each side, about. */
const reach = 48;

/** Seconds of work that three crops may take; a machine that needs longer shows none. */
const mostSeconds = 6;

/**
 * The last made first costs least later: the engine holds one network, and what the photo calls for is what
 * Enhance mostly needs.
 */
const order: readonly AlternativeName[] = ['gentle', 'more', 'auto'];

/** See `findTellingSpot`. */
type SmallPicture = Parameters<typeof findTellingSpot>[0];

/** Alternatives to what a photo calls for, each with a crop of one telling spot, made before any run. */
export class Alternatives {
  /** The crops that there are; owned here. */
  crops = $state.raw<Readonly<Partial<Record<AlternativeName, LoupeView>>>>({});
  /** The part of the photo that the crops show; null while nothing is open. */
  spot = $state.raw<Rect | null>(null);
  /** What may be chosen; none while the photo's suggestion is not known, or where all are the same. */
  readonly list: readonly Alternative[] = $derived.by(() => {
    const { suggestion, offers } = this.#workbench;
    return suggestion && offers.length > 0 ? listAlternatives(suggestion, offers) : [];
  });
  readonly #enhancer: Pick<OwnerCalls, 'loupe' | 'cancel'>;
  readonly #workbench: Workbench;
  readonly #shrink: (size: Size) => SmallPicture | null;
  readonly #mayPrepare: () => boolean;
  /** For which photo and recipes the crops are. */
  #key = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts wishes; what is made for an older one is thrown away. */
  #wish = 0;
  #isMaking = false;
  /** Whether all has been tried. */
  #isMade = false;
  /** The photo that crops were made of last. */
  #lastId: OpenedPhoto['id'] | null = null;

  /**
   * @param enhancer Makes crops.
   * @param workbench Has photo and suggestion, and is asked for what is chosen.
   * @param shrink Gives a small picture of the whole photo, of about that size; null where there is none.
   * @param mayPrepare Whether models may be loaded before they are asked for.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'loupe' | 'cancel'>,
    workbench: Workbench,
    shrink: (size: Size) => SmallPicture | null,
    mayPrepare: () => boolean,
  ) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
    this.#shrink = shrink;
    this.#mayPrepare = mayPrepare;
  }

  /** Which is asked for; null where it is none of them. */
  get chosen(): AlternativeName | null {
    const { recipe, finish } = this.#workbench;
    return findAlternative(this.list, recipe, finish.strength);
  }

  /**
   * Asks for one; nothing happens while a run is going.
   *
   * @param name Which.
   */
  choose(name: AlternativeName): void {
    const workbench = this.#workbench;
    const recipe = this.list.find((each) => each.name === name)?.recipe;
    if (!recipe || workbench.run) return;
    void workbench.ask(recipe, { ...workbench.finish, strength: recipe.finish.strength });
  }

  /**
   * Makes crops once nothing else is wanted, and stops where something is. Reads reactive state.
   *
   * @param side Pixels of the final picture along a crop's side.
   * @param isHeld Whether a loupe is in use, which is filled by the same work.
   */
  follow(side: number, isHeld = false): void {
    const { photo, run, isDone, isWaiting, isSearching, isFraming, opening, plan } =
      this.#workbench;
    const asked = this.list.map((each) => ({ ...each, recipe: withoutMarks(each.recipe) }));
    const key = photo && !isFraming ? JSON.stringify([photo.id, side, asked]) : '';
    if (key !== this.#key) this.#begin(key, isFraming ? null : photo, side);
    const isBusy =
      isHeld || isFraming || run !== null || isWaiting || isSearching || opening !== '';
    const seconds = plan?.ok ? plan.value.seconds : null;
    const isWanted =
      photo !== null && this.list.length > 0 && !isBusy && !isDone && seconds !== null;
    clearTimeout(this.#timer);
    if (!isWanted) this.#stop();
    else if (!this.#isMaking && !this.#isMade && this.#mayMake(photo, seconds))
      this.#timer = setTimeout(() => void this.#make(photo), this.#restOf(photo));
  }

  /** Frees the crops; nothing is to be made any more. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#stop();
    this.#drop();
  }

  #begin(key: string, photo: OpenedPhoto | null, side: number): void {
    this.#stop();
    this.#drop();
    this.#key = key;
    this.#isMade = false;
    const scale = scaleOf(this.#workbench.recipe);
    this.spot = photo && this.#findSpot(photo, Math.min(mostSide, Math.ceil(side / scale)));
  }

  /** Whether this machine can pay for it, by what it needs for the whole photo. */
  #mayMake({ width, height }: OpenedPhoto, seconds: number): boolean {
    const { spot } = this;
    if (!spot || !this.#mayPrepare()) return false;
    const worked = (spot.width + 2 * reach) * (spot.height + 2 * reach);
    return seconds * Math.min(1, worked / (width * height)) * order.length <= mostSeconds;
  }

  /** Of a photo that was just opened nobody has changed anything yet. */
  #restOf({ id }: OpenedPhoto): number {
    return id === this.#lastId ? restMs.later : restMs.first;
  }

  async #make({ id }: OpenedPhoto): Promise<void> {
    const { spot } = this;
    if (!spot) return;
    this.#lastId = id;
    const wish = ++this.#wish;
    this.#isMaking = true;
    for (const name of order) {
      const recipe = this.list.find((each) => each.name === name)?.recipe;
      if (!recipe || this.crops[name]) continue;
      // What is marked is no matter of which is chosen, and changes with every stroke.
      const asked = { recipe: withoutMarks(recipe), rect: spot };
      const reply = await this.#enhancer.loupe(id, asked);
      if (wish !== this.#wish) {
        if (reply.ok) closeView(reply.value);
        return;
      }
      // What cannot be shown can still be chosen.
      if (reply.ok) this.crops = { ...this.crops, [name]: reply.value };
    }
    this.#isMaking = false;
    this.#isMade = true;
  }

  /** What is being made is not wanted now; the engine is free at the end of its tile. */
  #stop(): void {
    this.#wish++;
    if (!this.#isMaking) return;
    this.#isMaking = false;
    const { photo } = this.#workbench;
    if (photo) void this.#enhancer.cancel(photo.id, ['loupe']);
  }

  #drop(): void {
    for (const crop of Object.values(this.crops)) closeView(crop);
    this.crops = {};
  }

  #findSpot(photo: OpenedPhoto, side: number): Rect | null {
    const density = Math.min(1, searchSide / Math.max(photo.width, photo.height));
    const small = (length: number) => Math.max(1, Math.round(length * density));
    const picture = this.#shrink({ width: small(photo.width), height: small(photo.height) });
    if (!picture) return null;
    const size = { width: Math.min(side, photo.width), height: Math.min(side, photo.height) };
    const window = {
      width: Math.min(picture.width, small(size.width)),
      height: Math.min(picture.height, small(size.height)),
    };
    const { x, y } = findTellingSpot(picture, window);
    return {
      ...size,
      x: Math.min(Math.round(x / density), photo.width - size.width),
      y: Math.min(Math.round(y / density), photo.height - size.height),
    };
  }
}
