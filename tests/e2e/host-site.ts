/** Journeys that begin on somebody else's site, with a widget on its pages. */
import type { Frame, Page } from '@playwright/test';
import { expect, test as base } from './fixtures';
import { HostSite } from './host-server';

/** The widget on a host's page. */
export class Widget {
  constructor(
    readonly page: Page,
    readonly selector = 'photo-enhancer',
  ) {}

  /** The button over the poster. */
  get poster() {
    return this.page.locator(this.selector).getByRole('button');
  }

  /** What is in the frame. */
  get inside() {
    return this.page.frameLocator(`${this.selector} iframe`);
  }

  get enhanceButton() {
    return this.inside.getByRole('button', { name: 'Enhance', exact: true });
  }

  /** The frame itself. */
  async frame(): Promise<Frame> {
    const handle = await this.page.locator(this.selector).locator('iframe').elementHandle();
    const frame = await handle?.contentFrame();
    if (!frame) throw new Error('no frame');
    return frame;
  }

  /** Writes down all events from now on. */
  async listen(): Promise<void> {
    await this.page.evaluate((selector) => {
      const element = document.querySelector(selector);
      const log: unknown[] = [];
      Object.assign(window, { log });
      for (const type of ['ready', 'progress', 'result', 'change', 'error'])
        element?.addEventListener(type, (event) => {
          const { detail } = event as CustomEvent<Record<string, unknown> | null>;
          const blob = detail?.['blob'];
          const facts = blob instanceof Blob && { bytes: blob.size, kind: blob.type };
          log.push({ type, ...detail, ...facts });
        });
    }, this.selector);
  }

  /** What was written down, of one type. */
  async events(type: string): Promise<Record<string, unknown>[]> {
    const log = await this.page.evaluate(() => (window as unknown as { log: unknown[] }).log);
    return (log as { type: string }[]).filter((entry) => entry.type === type);
  }

  /** Waits for an error event and gives its code. */
  async expectError(code: string): Promise<void> {
    await expect
      .poll(async () => (await this.events('error')).map((event) => event['code']))
      .toContain(code);
  }
}

/** A journey that begins on somebody else's site. */
export const test = base.extend<{ site: HostSite; appUrl: string; widget: Widget }>({
  site: async ({}, use) => {
    const site = new HostSite();
    await site.start();
    await use(site);
    site.stop();
  },
  appUrl: async ({ baseURL }, use) => use(`${baseURL}/`),
  widget: async ({ page }, use) => use(new Widget(page)),
});

export { expect };
export { HostSite, hostPage } from './host-server';
