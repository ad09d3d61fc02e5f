import { mount } from 'svelte';
import { allowOwnScripts } from '../integrity/own-scripts';
import App from './App.svelte';
import { isFramedByStranger } from './platform/framing';
import { readOptions, readRecipe, readSize } from './platform/options';
import { importPart } from './platform/parts';
import { findLanguage, speakLanguage } from './platform/words';
import { receiveArrivals } from './state/page/arrivals';
import { Page, pageKey } from './state/page/page.svelte';
import Framed from './ui/Framed.svelte';
import './ui/theme.css';

/** Whoever opens no photo needs none of it. */
const loadRoom = () => importPart(() => import('./room'));

function start(target: HTMLElement): void {
  const base = import.meta.env.BASE_URL;
  if (isFramedByStranger(window)) {
    mount(Framed, { target, props: { home: new URL(base, location.href).href } });
    return;
  }
  allowOwnScripts();
  const options = readOptions(location.href, base);
  const page = new Page(options, async (enhancer) => {
    const { Desk, holdBuild } = await loadRoom();
    holdBuild(import.meta.url);
    return new Desk(enhancer, options.backend);
  });
  page.linked = readRecipe(location.href);
  page.linkedSize = readSize(location.href);
  mount(App, { target, props: { loadRoom }, context: new Map([[pageKey, page]]) });
  receiveArrivals(page, window);
}

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app.');
/** Longest that a page waits for its language, in ms; then it begins in English, and changes when the words are there. */
const mostWaited = 3000;
const language = findLanguage(location.href);
const speaking = language === 'en' ? null : speakLanguage(language).catch(() => undefined);
if (!speaking) start(target);
else
  void Promise.race([speaking, new Promise((end) => setTimeout(end, mostWaited))]).then(() =>
    start(target),
  );
// The guard of the first files looks for it.
target.dataset['started'] = '';
