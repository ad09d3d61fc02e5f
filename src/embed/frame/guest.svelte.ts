import { failed, troubleOf, type Reply, type Trouble } from '../../core/errors';
import { scales } from '../../core/recipe/kinds';
import { layOver } from '../../core/recipe/parsing';
import { scaleOf, withScale, type Recipe } from '../../core/recipe/recipe';
import { recommend } from '../../core/recipe/recommendation';
import { writeShort } from '../../core/recipe/short-form';
import { describeNotes, describeProblem } from '../../app/i18n/problem';
import { t } from '../../app/i18n/translate';
import { createEasel, type Easel } from '../../app/state/photo/easel';
import { suggestName } from '../../app/state/photo/report';
import { Saver } from '../../app/state/photo/saver.svelte';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import type {
  BlobOptions,
  Change,
  Fault,
  FrameMessage,
  HostMessage,
  RecipeFields,
  Settings,
} from '../protocol';
import { QueuedClient } from './queued-client.svelte';

/** How long the strength must rest before the result is written anew, in milliseconds. */
const restMs = 500;

/** What the frame does for its host, and for the person in front of it. */
export class Guest {
  readonly easel: Easel;
  readonly saver: Saver;
  /** The host's wishes; replaced, never changed in place. */
  settings: Settings = $state.raw() as Settings;
  /** True while the host's wish to enhance waits for the person's yes. */
  asking = $state(false);
  readonly #client: QueuedClient;
  readonly #send: (message: FrameMessage) => void;
  readonly #workbench: Workbench;
  /** Whether the person has used the frame: nothing that a host says or does can set this. */
  #touched = false;
  #answer: (yes: boolean) => void = () => undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** What the host has been sent last: an older one must not come after it. */
  #delivery = 0;

  /**
   * @param settings The host's first wishes; the backend is settled by them.
   * @param catalogUrl Absolute address of the models' catalogue.
   * @param send Says something to the host.
   */
  constructor(settings: Settings, catalogUrl: string, send: (message: FrameMessage) => void) {
    const options = { backend: settings.backend, tile: 0, catalogUrl };
    this.#client = new QueuedClient(options, (type) => send({ type }));
    // Nothing heavy loads before somebody wants a run: the guest is in another's house.
    this.easel = createEasel(this.#client, settings.backend, () => false);
    this.#workbench = this.easel.workbench;
    this.saver = new Saver(this.#client, this.#workbench);
    this.#send = send;
    this.configure(settings);
    $effect.root(() => this.#watch());
    const touch = ({ isTrusted }: Event): void => void (this.#touched ||= isTrusted);
    for (const type of ['pointerdown', 'keydown', 'drop']) addEventListener(type, touch, true);
  }

  /** What the widget shows, in the protocol's words. */
  get change(): Change {
    const { photo, recipe } = this.#workbench;
    const facts = photo && { name: photo.name, width: photo.width, height: photo.height };
    return { state: this.#state, photo: facts, recipe: writeShort(recipe) };
  }

  /** Whether another widget's run must end first. */
  get waiting(): boolean {
    return this.#client.waiting;
  }

  /**
   * Takes over the host's wishes.
   *
   * @param settings All of them.
   */
  configure(settings: Settings): void {
    const before = this.settings as Settings | undefined;
    this.settings = settings;
    this.#client.maxPixels = settings.maxPixels;
    this.saver.chosen = settings.format === 'auto' ? null : settings.format;
    this.saver.quality = settings.quality;
    if (!before || !this.#workbench.photo) return;
    const isSame = (name: 'scale' | 'recipe' | 'maxPixels'): boolean =>
      JSON.stringify(before[name]) === JSON.stringify(settings[name]);
    if (!isSame('scale') || !isSame('recipe') || !isSame('maxPixels')) void this.#askAgain();
  }

  /**
   * Does what the host says.
   *
   * @param message A checked message.
   */
  async obey(message: HostMessage): Promise<void> {
    switch (message.type) {
      case 'configure':
        return this.configure(message.settings);
      case 'ping':
        return this.#send({ type: 'pong' });
      case 'go':
        return this.#client.go();
      case 'cancel':
        return this.cancel();
      case 'close':
        return this.#close();
      case 'open': {
        const { id, file, name } = message;
        const fault = await this.#open(new File([file], name, { type: file.type }));
        return this.#reply(id, fault);
      }
      case 'enhance':
        return this.#reply(message.id, await this.#enhance(message.recipe));
      case 'save': {
        const { id, options } = message;
        if (!this.#workbench.result)
          return this.#reply(id, { code: 'no-result', message: t('problem.result-missing') });
        const reply = await this.#encode(options);
        return reply.ok ? this.#reply(id, null, reply.value) : this.#reply(id, asFault(reply));
      }
    }
  }

  /**
   * Opens a file that the person gave.
   *
   * @param files What was picked or dropped.
   */
  async take(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!this.settings.picker || this.settings.disabled) return;
    if (file) this.#report(await this.#open(file));
    else this.#workbench.openFault = t('open.notFile');
  }

  /** The person wants the photo enhanced, or agrees that the host does. */
  async press(): Promise<void> {
    if (this.asking) this.#answer(true);
    else this.#report(await this.#run());
  }

  /** Stops a run, or says no to the host. */
  async cancel(): Promise<void> {
    this.#answer(false);
    await this.#workbench.cancel();
  }

  /** The person has moved the strength. */
  restrengthen(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(
      () => void this.#deliver().then((fault) => this.#report(fault)),
      restMs,
    );
  }

  get #state(): Change['state'] {
    const { photo, opening, run, result } = this.#workbench;
    if (opening) return 'opening';
    if (this.asking) return 'asking';
    if (run) return this.waiting ? 'waiting' : 'running';
    if (result) return 'done';
    return photo ? 'open' : 'empty';
  }

  #watch(): void {
    let told = '';
    $effect(() => {
      const { change } = this;
      const text = JSON.stringify(change);
      if (text !== told) this.#send({ type: 'change', change });
      told = text;
    });
    $effect(() => {
      const { run } = this.#workbench;
      if (!run || this.waiting) return;
      const { stage, fraction, etaSeconds } = run;
      this.#send({ type: 'progress', progress: { stage, fraction, etaSeconds } });
    });
  }

  async #open(file: File): Promise<Fault | null> {
    const workbench = this.#workbench;
    this.#answer(false);
    workbench.recipe = recommend([], this.settings.scale ?? 2);
    await workbench.open(file);
    const reply = this.#client.opened.get(file);
    if (!reply?.ok) return asFault(reply ?? failed('cancelled'));
    await this.#askAgain();
    return null;
  }

  /** Asks for what the host wishes; what is wrong in its recipe is told, and not asked for. */
  async #askAgain(): Promise<void> {
    const { photo, recipe: present, suggestion } = this.#workbench;
    if (!photo) return;
    const { recipe, maxPixels } = this.settings;
    const pixels = photo.width * photo.height;
    const fits = (scale: number): boolean => !maxPixels || pixels * scale ** 2 <= maxPixels;
    const wanted = this.settings.scale ?? scaleOf(present);
    const scale = scales.findLast((each) => each <= wanted && fits(each)) ?? 1;
    const merged = this.#merge(withScale(suggestion?.recipe ?? present, scale), recipe);
    if (!merged.ok) this.#report({ ...asFault(merged), code: 'bad-recipe' });
    await this.#workbench.ask(merged.ok ? merged.value : withScale(present, scale));
  }

  async #enhance(recipe: RecipeFields | null): Promise<Fault | null> {
    const workbench = this.#workbench;
    if (!workbench.photo) return { code: 'no-photo', message: t('problem.photo-missing') };
    if (workbench.run || this.asking) return { code: 'busy', message: t('embed.busy') };
    const merged = this.#merge(workbench.recipe, recipe);
    if (!merged.ok) return { ...asFault(merged), code: 'bad-recipe' };
    if (recipe) await workbench.ask(merged.value);
    if (!(await this.#agree())) return asFault(failed('cancelled'));
    return this.#run();
  }

  /** Lays a host's wishes over a recipe; a finish among them is what the person then sees. */
  #merge(recipe: Recipe, wishes: RecipeFields | null): Reply<Recipe> {
    try {
      const value = layOver(recipe, wishes ?? {});
      if (wishes?.['finish'] !== undefined) this.#workbench.finish = value.finish;
      return { ok: true, value };
    } catch (error) {
      return { ok: false, ...troubleOf(error) };
    }
  }

  /** A run costs the person a download and minutes of their machine: theirs is the first word. */
  async #agree(): Promise<boolean> {
    if (this.settings.reveal === 'auto' || this.#touched) return true;
    this.asking = true;
    const yes = await new Promise<boolean>((resolve) => (this.#answer = resolve));
    this.asking = false;
    return yes;
  }

  async #run(): Promise<Fault | null> {
    const workbench = this.#workbench;
    if (workbench.plan === null) await workbench.replan();
    const { plan } = workbench;
    if (this.settings.disabled || !plan) return { code: 'busy', message: t('embed.busy') };
    if (!plan.ok) return asFault(plan);
    if (plan.value.steps.length === 0) return { code: 'nothing-to-do', message: t('plan.nothing') };
    this.#client.ran = null;
    await workbench.enhance();
    const ran = this.#client.ran as Reply<unknown> | null;
    if (!ran) return { code: 'busy', message: t('embed.busy') };
    if (!ran.ok) return asFault(ran);
    return this.#deliver();
  }

  async #encode(options: BlobOptions): Promise<Reply<Blob>> {
    const { photo, result, finish } = this.#workbench;
    if (!photo || !result) return failed('result-missing');
    const { format = 'auto', quality = this.saver.quality } = options;
    return this.#client.save(photo.id, {
      format: format === 'auto' ? this.saver.format : format,
      quality: Math.round(quality),
      finish: { ...finish, ...(options.strength !== undefined && { strength: options.strength }) },
    });
  }

  /** Gives the host the result as the person sees it. */
  async #deliver(): Promise<Fault | null> {
    const { photo, result } = this.#workbench;
    if (!photo || !result) return null;
    const number = ++this.#delivery;
    const reply = await this.#encode({});
    if (number !== this.#delivery || result !== this.#workbench.result) return null;
    if (!reply.ok) return asFault(reply);
    const { backend, software, seconds, steps, notes, output } = result.report;
    this.#send({
      type: 'result',
      result: {
        name: suggestName(photo.name, scaleOf(result.recipe), this.saver.format),
        width: output.width,
        height: output.height,
        blob: reply.value,
        report: {
          ...{ backend, software, seconds },
          steps: steps.map(
            (step) => `${step.task}: ${step.kind === 'network' ? step.model : step.filter}`,
          ),
          summary: [result.sentence, ...describeNotes(notes)].join(' '),
        },
      },
    });
    return null;
  }

  async #close(): Promise<void> {
    const { layers, view, workbench } = this.easel;
    await this.cancel();
    // First, so that the end of the worker is not taken for an accident.
    workbench.photo = null;
    workbench.result = null;
    workbench.status = '';
    layers.dropResult();
    view.show(null);
    this.#client.terminate();
  }

  #reply(id: number, fault: Fault | null, blob: Blob | null = null): void {
    if (!fault) this.#send({ type: 'done', id, blob });
    else this.#send({ type: 'failed', id, code: fault.code, message: fault.message });
  }

  #report(fault: Fault | null): void {
    if (fault && fault.code !== 'cancelled')
      this.#send({ type: 'error', code: fault.code, message: fault.message });
  }
}

/** A failure of the worker's in the protocol's words. */
function asFault(trouble: Trouble): Fault {
  return { code: trouble.code, message: describeProblem(trouble) };
}
