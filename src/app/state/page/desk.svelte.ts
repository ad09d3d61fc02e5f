import { getContext, setContext } from 'svelte';
import type { OwnerOptions } from '../../../worker/protocol';
import type { EnhancerClient } from '../../platform/enhancer-client';
import { isControlled } from '../../platform/part-checks';
import { readSetting, writeSetting } from '../../platform/storage';
import type { Brush } from '../photo/brush.svelte';
import type { Cropper } from '../photo/cropper.svelte';
import type { DetailLoader } from '../photo/detail-loader';
import type { DriftLoader } from '../photo/drift-loader';
import { DamageSearch } from '../photo/damage-search.svelte';
import { createEasel, easelKey, type Easel } from '../photo/easel';
import { FaceList } from '../photo/face-list.svelte';
import { History } from '../photo/history.svelte';
import type { Film } from '../photo/film.svelte';
import type { FilmAdvice } from '../photo/film-advice.svelte';
import type { FilmStage } from '../photo/film-stage.svelte';
import type { Layers } from '../photo/layers.svelte';
import type { Marker } from '../photo/marker.svelte';
import type { NeutralPicker } from '../photo/neutral-picker.svelte';
import type { PaintingTool } from '../photo/painting-tool.svelte';
import { OldPhoto } from '../photo/old-photo.svelte';
import { Presets } from '../photo/presets.svelte';
import { Saver } from '../photo/saver.svelte';
import type { ReviewList } from '../photo/review-list.svelte';
import type { StageView } from '../photo/stage-view.svelte';
import type { TintLoader } from '../photo/tint-loader';
import type { Tinter } from '../photo/tinter.svelte';
import type { Workbench } from '../photo/workbench.svelte';

/** Chromium tells where a person wants to save data. */
type Connected = Navigator & { readonly connection?: { readonly saveData: boolean } };

/** Everything that the components of an open photo share; made with the first file. */
export class Desk implements Easel {
  readonly enhancer: EnhancerClient;
  readonly view: StageView;
  readonly layers: Layers;
  readonly details: DetailLoader;
  readonly drift: DriftLoader;
  readonly tint: TintLoader;
  readonly workbench: Workbench;
  readonly backend: OwnerOptions['backend'];
  readonly saver: Saver;
  readonly presets: Presets;
  readonly old: OldPhoto;
  /** Undoes and redoes. */
  readonly history: History;
  /** Whether the loupe lies on the picture. */
  louping = $state(false);
  /** Which of them lies on the picture: the brush, or colours. */
  #painting = $state<'brush' | 'tint' | null>(null);
  /** What paints; made by the part of the page that shows it. */
  brush = $state.raw<Brush | null>(null);
  /** What paints colours; made by the part of the page that shows it. */
  tinter = $state.raw<Tinter | null>(null);
  /** Whether damage is being marked on the picture. */
  marking = $state(false);
  /** What marks it; made by the part of the page that shows it. */
  marker = $state.raw<Marker | null>(null);
  /** Looks for it. */
  readonly damage: DamageSearch;
  /** Looks for faces, and lists them. */
  readonly faces: FaceList;
  /** Whether the result is compared with the original, place by place. */
  reviewing = $state(false);
  /** What was found; made by the part of the page that shows it. */
  review = $state.raw<ReviewList | null>(null);
  /** What picks a neutral point, while one is picked; made by the part of the page that shows it. */
  picker = $state.raw<NeutralPicker | null>(null);
  /** Whether the photo is being cropped on the picture. */
  cropping = $state(false);
  /** What crops it; made by the part of the page that shows it. */
  cropper = $state.raw<Cropper | null>(null);
  /** The open clip; null where a photo is open. Made by the part of the page that shows it. */
  film = $state.raw<Film | null>(null);
  /** What it calls for. Made with it. */
  filmAdvice = $state.raw<FilmAdvice | null>(null);
  /** Which picture of it lies there, or what of it is played. Made with it. */
  filmStage = $state.raw<FilmStage | null>(null);
  /** Whether the panel covers most of a small screen. */
  raised = $state(false);
  /** Opens the guide where it tells of something; set by the component that shows the desk. */
  explain: (topic: string) => void = () => undefined;
  /** Whether clips that are being made are kept for a reload or a crash; set by the component that shows the desk. */
  keepsClips: () => boolean = () => false;
  /** Asks for one of the alternatives, counted from the mildest; set by the component that shows them. */
  choose: (index: number) => void = () => undefined;
  /** Whether models may be loaded before they are asked for. */
  readonly mayPrepare = (): boolean =>
    navigator.onLine && !(navigator as Connected).connection?.saveData;

  /**
   * @param enhancer The page's end of the worker.
   * @param backend What the worker is started with.
   */
  constructor(enhancer: EnhancerClient, backend: OwnerOptions['backend']) {
    const { view, layers, details, drift, tint, workbench } = createEasel(
      ...([enhancer, backend, this.mayPrepare, false, true] as const),
    );
    this.enhancer = enhancer;
    this.view = view;
    this.layers = layers;
    this.details = details;
    this.drift = drift;
    this.tint = tint;
    this.workbench = workbench;
    this.backend = backend;
    this.saver = new Saver(enhancer, workbench);
    this.history = new History(workbench);
    this.damage = new DamageSearch(enhancer, workbench);
    this.faces = new FaceList(enhancer, workbench);
    this.presets = new Presets(workbench, { read: readSetting, write: writeSetting });
    this.old = new OldPhoto(workbench, this.damage, this.presets);
  }

  /** What the hand on the picture paints with, while it does. */
  get tool(): PaintingTool | null {
    return this.marking ? this.marker : (this.tinter ?? this.brush);
  }

  /** Whether the brush lies on the picture. */
  get brushing(): boolean {
    return this.#painting === 'brush';
  }

  set brushing(isOn: boolean) {
    this.#paint('brush', isOn);
  }

  /** Whether colours are painted on the picture. */
  get tinting(): boolean {
    return this.#painting === 'tint';
  }

  set tinting(isOn: boolean) {
    this.#paint('tint', isOn);
  }

  /** Puts the other tools away and begins to crop; nothing happens while a run is going. */
  startCrop(): void {
    if (!this.workbench.photo || this.workbench.run) return;
    this.louping = false;
    this.#painting = null;
    this.marking = false;
    this.reviewing = false;
    this.picker = null;
    this.cropping = true;
  }

  /**
   * Ends cropping.
   *
   * @param isWanted Whether what was drawn is asked for.
   */
  endCrop(isWanted = true): void {
    if (isWanted) this.cropper?.done();
    this.cropping = false;
  }

  /** Does what is asked for: to the clip, where one is open. */
  enhance(): void {
    void (this.film ?? this.workbench).enhance();
  }

  /** Saves what was made. */
  save(): void {
    void (this.film ?? this.saver).save();
  }

  /**
   * Has at hand what saving a result may need, so that neither a lost network nor an update of the server comes between; nothing
   * where no service worker would give it out.
   */
  async keepEngine(): Promise<void> {
    if (!this.mayPrepare() || !isControlled()) return;
    const { keepUsual } = await import('../../platform/engine-files');
    await keepUsual();
  }

  /** Ends what goes on and can be ended: a pick, a crop, which is left as it was, or a run. */
  stop(): void {
    if (this.picker) this.picker = null;
    else if (this.cropping) this.endCrop(false);
    else if (this.film?.run) void this.film.cancel();
    else void this.workbench.cancel();
  }

  /** Whether a run or a save is going, which leaving the page would destroy. */
  get isWorking(): boolean {
    return this.workbench.run !== null || this.saver.busy || Boolean(this.film?.run);
  }

  #paint(what: 'brush' | 'tint', isOn: boolean): void {
    if (isOn || this.#painting === what) this.#painting = isOn ? what : null;
  }
}

/**
 * Gives the page's desk to all that is in a component, while that is being initialised; see {@link useDesk}.
 *
 * @param page Has it.
 * @param page.desk The desk.
 * @returns The same.
 * @throws {Error} Where no file has come yet.
 */
export function provideDesk({ desk }: { readonly desk: Desk | null }): Desk {
  if (!desk) throw new Error('there is no desk yet');
  return setContext(easelKey, desk);
}

/**
 * The shared state, for a component while it is being initialised.
 *
 * @returns What {@link provideDesk} gave to what it is in.
 */
export function useDesk(): Desk {
  return getContext<Desk>(easelKey);
}
