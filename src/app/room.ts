/** What comes with the first file: the state of a photo, and all that shows and enhances it; and a hold on its build. */
export { holdBuild } from './platform/builds-in-use';
export { Desk } from './state/page/desk.svelte';
export { default as PhotoBar } from './ui/PhotoBar.svelte';
export { default as PhotoMenu } from './ui/PhotoMenu.svelte';
export { default as PhotoRoom } from './ui/PhotoRoom.svelte';
