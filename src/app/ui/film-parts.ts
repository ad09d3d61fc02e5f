/** What comes with the first clip. */
export { Film } from '../state/photo/film.svelte';
export { default as FilmFoot } from './FilmFoot.svelte';
export { default as FilmPage } from './FilmPage.svelte';
