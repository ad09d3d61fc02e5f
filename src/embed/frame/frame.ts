import { mount } from 'svelte';
import { fetchWithin } from '../../integrity/fetch-within';
import { createEasel, easelKey } from '../../app/state/photo/easel';
import '../../app/ui/theme.css';
import { applyLook } from './appearance';
import './frame.css';
import Alone from './Alone.svelte';
import { awaitVisitor, configFile, readAllow, type Visitor } from './door';
import { Guest } from './guest.svelte';
import { QueuedClient } from './queued-client.svelte';
import { readHostMessage, type FrameMessage, type Settings } from '../protocol';
import Widget from './Widget.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('embed.html has no #app.');

const base = new URL(import.meta.env.BASE_URL, location.href);

async function loadAllow(): Promise<readonly string[]> {
  const response = await fetchWithin(base.href, configFile);
  return response.ok ? readAllow(await response.json()) : [];
}

/** Speaks with the host for as long as the frame lives. */
function serve({ port, origin }: Visitor, root: HTMLElement): void {
  const send = (message: FrameMessage): void => port.postMessage(message);
  let guest: Guest | undefined;

  const begin = (settings: Settings): Guest => {
    const { backend } = settings;
    const catalogUrl = new URL('models/catalog.json', base).href;
    const client = new QueuedClient({ backend, tile: 0, catalogUrl }, (type) => send({ type }));
    // Nothing heavy loads before somebody wants a run: the guest is in another's house.
    const easel = createEasel(client, backend, () => false);
    const made = new Guest(settings, { client, easel, target: window, send });
    const context = new Map<symbol, unknown>([[easelKey, easel]]);
    const host = URL.canParse(origin) ? new URL(origin).host : origin;
    mount(Widget, { target: root, props: { guest: made, host }, context });
    return made;
  };

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = readHostMessage(data);
    if (message?.type === 'unfit') return send({ ...message, type: 'failed' });
    if (message?.type === 'configure') applyLook(message.settings);
    if (message?.type === 'configure' && !guest) guest = begin(message.settings);
    else if (message && guest) void guest.obey(message);
  };
  send({ type: 'ready' });
}

if (parent === window) mount(Alone, { target, props: { home: base.href } });
else void awaitVisitor(window, loadAllow).then((visitor) => serve(visitor, target));
