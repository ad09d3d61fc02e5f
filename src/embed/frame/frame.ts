import { mount } from 'svelte';
import { fetchWithin } from '../../integrity/fetch-within';
import { allowOwnScripts } from '../../integrity/own-scripts';
import { browserClock } from '../../integrity/stall';
import { currentLanguage } from '../../app/i18n/language.svelte';
import { chooseLanguage } from '../../app/i18n/languages';
import { speakLanguage } from '../../app/platform/words';
import { createEasel, easelKey } from '../../app/state/photo/easel';
import '../../app/ui/theme.css';
import { applyLook, createSerialiser } from './appearance';
import './frame.css';
import Alone from './Alone.svelte';
import { awaitVisitor, configFile, readAllow, type Visitor } from './door';
import { t } from './words';
import { Guest, type GuestParts } from './guest.svelte';
import { QueuedClient } from './queued-client.svelte';
import type { Settings } from '../protocol';
import { readHostMessage, readWorkId, type HeardSettings } from './host-message';
import { measureChange } from './likeness';
import { HostOrders } from './host-orders';
import { createSoon, NewestBox } from './newest-box';
import { ModelDoor } from './model-door.svelte';
import { Outbox } from './outbox';
import Widget from './Widget.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('embed.html has no #app.');

allowOwnScripts();

const base = new URL(import.meta.env.BASE_URL, location.href);

async function loadAllow(): Promise<readonly string[]> {
  const response = await fetchWithin(base.href, configFile);
  return response.ok ? readAllow(await response.json()) : [];
}

/**
 * Speaks the host's language, else the visitor's. Until its words are there, nothing is seen.
 *
 * @param lang The host's wish, a BCP 47 tag; empty where it has none.
 * @param root What is shown.
 */
async function speak(lang: string, { style }: HTMLElement): Promise<void> {
  const language = chooseLanguage([lang, ...navigator.languages]);
  if (language === currentLanguage()) return;
  style.visibility = 'hidden';
  // What cannot be loaded is said in English.
  await speakLanguage(language, ['frame']).catch(() => undefined);
  style.visibility = '';
}

/** Speaks with the host for as long as the frame lives. */
function serve({ port, origin }: Visitor, root: HTMLElement): void {
  const outbox = new Outbox((message) => port.postMessage(message), browserClock);
  const send: Outbox['send'] = (message) => outbox.send(message);
  const serialise = createSerialiser();
  const soon = createSoon();
  const busy = { code: 'busy', message: t('embed.busy') } as const;
  let orders: HostOrders | undefined;
  let told = '';

  const begin = (settings: Settings): HostOrders => {
    const { backend } = settings;
    const catalogUrl = new URL('models/catalog.json', base).href;
    const client = new QueuedClient({ backend, tile: 0, catalogUrl, modelsOf: origin }, (type) =>
      send({ type }),
    );
    // Nothing heavy loads before somebody wants a run: the guest is in another's house.
    const easel = createEasel(client, backend, () => false, true);
    const measure: GuestParts['measure'] = (photo) => measureChange(client, photo);
    const host = URL.canParse(origin) ? new URL(origin).host : origin;
    const models = new ModelDoor(async () => {
      // A host without an origin of its own shares its word for none with all others.
      if (host === origin) throw new Error('no origin');
      const [{ HostModels }, { HostShelf }] = await Promise.all([
        import('./host-models.svelte'),
        import('./host-shelf'),
      ]);
      const { workbench } = easel;
      const shelf = new HostShelf(origin);
      return new HostModels({ client, workbench, shelf, clock: browserClock, host, send });
    });
    const made = new Guest(settings, { client, easel, page: document, measure, models, send });
    const context = new Map<symbol, unknown>([[easelKey, easel]]);
    mount(Widget, { target: root, props: { guest: made, host }, context });
    return new HostOrders(made, send, soon);
  };

  const look = new NewestBox(({ settings, refused }: HeardSettings): void => {
    const faults = [...(refused ? [refused] : [])];
    faults.push(...applyLook(settings, document.documentElement, serialise));
    const text = JSON.stringify(faults);
    if (text !== told) for (const fault of faults) send({ type: 'error', ...fault });
    told = text;
  }, soon);

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const work = outbox.isFull ? readWorkId(data) : null;
    if (work !== null) return send({ type: 'failed', id: work, ...busy });
    const message = readHostMessage(data);
    if (!message) return;
    if (message.type === 'unfit') return send({ ...message, type: 'failed' });
    if (message.type !== 'configure') return void orders?.obey(message);
    look.put(message);
    void speak(message.settings.lang, root);
    if (orders) orders.configure(message.settings);
    else {
      look.empty();
      orders = begin(message.settings);
    }
  };
  send({ type: 'ready' });
}

if (parent === window) mount(Alone, { target, props: { home: base.href } });
else void awaitVisitor(window, loadAllow).then((visitor) => serve(visitor, target));
// The guard of the first files looks for it.
target.dataset['started'] = '';
