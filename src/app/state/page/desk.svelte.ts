import { getContext } from 'svelte';
import type { OwnerOptions } from '../../../worker/protocol';
import { t } from '../../i18n/translate';
import { EnhancerClient } from '../../platform/enhancer-client';
import { readClipboard } from '../../platform/intake';
import { fetchSample, sampleName } from '../../platform/sample';
import { mayStore, readSetting, writeSetting } from '../../platform/storage';
import type { Shared } from '../../platform/share-box';
import type { DetailLoader } from '../photo/detail-loader';
import type { DriftLoader } from '../photo/drift-loader';
import { createEasel, easelKey, type Easel } from '../photo/easel';
import type { History } from '../photo/history.svelte';
import { InstallOffer } from './install-offer.svelte';
import type { Layers } from '../photo/layers.svelte';
import { Saver } from '../photo/saver.svelte';
import type { StageView } from '../photo/stage-view.svelte';
import { UpdateNotice } from './update-notice.svelte';
import type { Workbench } from '../photo/workbench.svelte';

const keysStorage = 'enlarger.single-keys';

/** Chromium tells where a person wants to save data. */
type Connected = Navigator & { readonly connection?: { readonly saveData: boolean } };

/** Everything the components share; made once in `main.ts` and passed by context. */
export class Desk implements Easel {
  readonly enhancer: EnhancerClient;
  readonly view: StageView;
  readonly layers: Layers;
  readonly install = new InstallOffer(window);
  readonly updates: UpdateNotice;
  readonly details: DetailLoader;
  readonly drift: DriftLoader;
  readonly workbench: Workbench;
  readonly backend: OwnerOptions['backend'];
  readonly saver: Saver;
  /** True while files are dragged over the window. */
  dragging = $state(false);
  /** True while the list of shortcuts is open. */
  helping = $state(false);
  /** True while the list of what is kept offline is open. */
  shelving = $state(false);
  /** True while the person is asked whether the clipboard's picture is to be opened. */
  pasting = $state(false);
  /** Whether the loupe lies on the picture. */
  louping = $state(false);
  /** Whether the panel covers most of a small screen. */
  raised = $state(false);
  /** What was shared, and waits for the person to open or discard it. */
  shared = $state.raw<Shared | null>(null);
  /** Absolute address of the models' catalogue. */
  readonly catalogUrl: string;
  /** Whether shortcuts without a modifier key are on (WCAG 2.1.4). */
  singleKeys = $state(readSetting(keysStorage) !== 'off');
  /** False where the browser keeps nothing for this site. */
  keeps = $state(true);
  /** Undoes and redoes; made by the part of the page that has its buttons. */
  history = $state.raw<History | null>(null);
  /** Shows the system's file picker; set by the component that has the input. */
  pick: () => void = () => undefined;
  /** Asks for one of the alternatives, counted from the mildest; set by the component that shows them. */
  choose: (index: number) => void = () => undefined;
  /** Whether models may be loaded before they are asked for. */
  readonly mayPrepare = (): boolean =>
    navigator.onLine && !(navigator as Connected).connection?.saveData;

  /** @param options How the worker starts. */
  constructor(options: OwnerOptions) {
    const client = new EnhancerClient(options);
    const easel = createEasel(client, options.backend, this.mayPrepare, false);
    const { enhancer, view, layers, details, drift, workbench, backend } = easel;
    this.enhancer = enhancer;
    this.catalogUrl = options.catalogUrl;
    this.view = view;
    this.layers = layers;
    this.details = details;
    this.drift = drift;
    this.workbench = workbench;
    this.backend = backend;
    this.saver = new Saver(enhancer, workbench);
    const { saver } = this;
    void mayStore().then((keeps) => (this.keeps = keeps));
    this.updates = new UpdateNotice(`${import.meta.env.BASE_URL}whats-new.json`, {
      isWorking: () => workbench.run !== null || saver.busy,
      hasPhoto: () => workbench.photo !== null,
    });
  }

  /** Whether a dialog is open, which has the keys for itself. */
  get inDialog(): boolean {
    return this.helping || this.shelving || this.pasting || this.shared !== null;
  }

  /** Shows the file picker where the browser allows it without a click, else leads to its button. */
  offerPicker(): void {
    if (navigator.userActivation?.isActive) this.pick();
    else document.querySelector<HTMLElement>('[data-open]')?.focus();
  }

  /**
   * Turns single-key shortcuts on or off, also for the next visit.
   *
   * @param on Whether they work.
   */
  setSingleKeys(on: boolean): void {
    this.singleKeys = on;
    writeSetting(keysStorage, on ? 'on' : 'off');
  }

  /** Opens the clipboard's picture; within a press, since some browsers ask the person. */
  async paste(): Promise<void> {
    const { workbench } = this;
    const files = await readClipboard();
    if (files?.[0]) await workbench.open(files[0]);
    else workbench.openFault = files ? t('paste.empty') : t('paste.press');
  }

  /** Opens the picture that comes with the page. */
  async openSample(): Promise<void> {
    const { workbench } = this;
    workbench.openFault = '';
    // Said from here on: it may take its time.
    workbench.opening = sampleName;
    const file = await fetchSample(import.meta.env.BASE_URL);
    // Something else was opened meanwhile.
    if (workbench.opening !== sampleName) return;
    workbench.opening = '';
    if (file) await workbench.open(file);
    else workbench.openFault = t('open.noSample');
  }
}

/** The context key under which `main.ts` passes the {@link Desk}. */
export const deskKey = easelKey;

/**
 * The shared state, for a component while it is being initialised.
 *
 * @returns The desk that `main.ts` made.
 */
export function useDesk(): Desk {
  return getContext<Desk>(deskKey);
}
