import { mount } from 'svelte';
import App from './App.svelte';
import { readOptions } from './platform/options';
import { receiveArrivals } from './state/page/arrivals';
import { Desk, deskKey } from './state/page/desk.svelte';
import './ui/theme.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app.');

const desk = new Desk(readOptions(location.href, import.meta.env.BASE_URL));
mount(App, { target, context: new Map([[deskKey, desk]]) });
receiveArrivals(desk, window);
