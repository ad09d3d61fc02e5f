/**
 * Node with Svelte's runes as pages have them: effects run, and what is derived is kept. Without it, Svelte
 * compiles for a server.
 */
import type { Environment } from 'vitest/environments';

export default {
  name: 'runes',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
