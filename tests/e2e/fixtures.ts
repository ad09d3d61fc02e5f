/**
 * The base of every journey. A test fails when the app asks another origin for anything, writes an
 * error to the console, or leaves a rejection unhandled.
 */
import { expect, test as base } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { Enlarger } from './enlarger';
import { buildWall } from './wall';

type Alter = NonNullable<NonNullable<Parameters<typeof serve>[0]>['alter']>;

type OwnServer = Awaited<ReturnType<typeof serve>> & {
  /** Set to answer a path with other bytes or a status. */
  alter: Alter;
};

type Fixtures = {
  /** Console errors that this test provokes on purpose. */
  expectedErrors: RegExp | undefined;
  /** The app in the browser. */
  app: Enlarger;
  /** A second server of dist that a test may tamper with or stop. */
  ownServer: OwnServer;
  /** What the page did that no page of ours may do; taking it away forgives it. */
  watch: { take: () => string[] };
};

type WorkerFixtures = {
  /** A proxy that all traffic to other hosts runs into, from pages, workers and service workers. */
  wall: { url: string; hits: string[] };
};

/** The test function of every journey. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  wall: [
    async ({}, use) => {
      const { server, url, hits } = await buildWall();
      await use({ url, hits });
      server.close();
    },
    { scope: 'worker' },
  ],

  proxy: async ({ wall }, use) => use({ server: wall.url, bypass: 'localhost, *.localhost' }),

  expectedErrors: [undefined, { option: true }],

  watch: [
    async ({ context, wall, expectedErrors }, use) => {
      const problems: string[] = [];
      wall.hits.length = 0;
      context.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url());
        const isHere = hostname === 'localhost' || hostname.endsWith('.localhost');
        if (/^https?:$|^wss?:$/.test(protocol) && !isHere)
          problems.push(`request to another origin: ${request.url()}`);
      });
      context.on('console', (message) => {
        const text = `${message.text()} (${message.location().url})`;
        if (message.type() === 'error' && !expectedErrors?.test(text))
          problems.push(`console error: ${text}`);
      });
      context.on('weberror', (error) => {
        problems.push(`unhandled: ${error.error().stack ?? error.error().message}`);
      });
      const take = () => {
        const hits = wall.hits.splice(0).map((hit) => `request to another origin: ${hit}`);
        return [...problems.splice(0), ...hits];
      };
      await use({ take });
      expect(take(), 'what no page of ours may do').toEqual([]);
    },
    { auto: true },
  ],

  app: async ({ page }, use) => use(new Enlarger(page)),

  ownServer: async ({}, use) => {
    const own: Partial<OwnServer> = { alter: () => undefined };
    const server = await serve({ port: 0, alter: (path) => own.alter?.(path) });
    await use(Object.assign(own, server) as OwnServer);
    await server.close();
  },
});

export { expect };
