/** What comes with the first clip. */
export { Film } from '../state/photo/film.svelte';
export { FilmAdvice } from '../state/photo/film-advice.svelte';
export { FilmStage } from '../state/photo/film-stage.svelte';
export { default as FilmBar } from './FilmBar.svelte';
export { default as FilmFoot } from './FilmFoot.svelte';
export { default as FilmPage } from './FilmPage.svelte';
export { default as FilmPlayer } from './FilmPlayer.svelte';
