import { mount } from 'svelte';
import { allowOwnScripts } from '../integrity/own-scripts';
import App from './App.svelte';
import { isFramedByStranger } from './platform/framing';
import { readOptions } from './platform/options';
import { receiveArrivals } from './state/page/arrivals';
import { Desk, deskKey } from './state/page/desk.svelte';
import Framed from './ui/Framed.svelte';
import './ui/theme.css';

function start(target: HTMLElement): void {
  const base = import.meta.env.BASE_URL;
  if (isFramedByStranger(window)) {
    mount(Framed, { target, props: { home: new URL(base, location.href).href } });
    return;
  }
  allowOwnScripts();
  const desk = new Desk(readOptions(location.href, base));
  mount(App, { target, context: new Map([[deskKey, desk]]) });
  receiveArrivals(desk, window);
}

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app.');
start(target);
// The guard of the first files looks for it.
target.dataset['started'] = '';
