import type { Page } from '@playwright/test';
import type { Raster } from '../src/core/picture/raster';
import { readPng, writePng } from './images';
import { enhance, openPhoto, saveResult, watchTiles } from './page-ours';
import type { Run, Stage } from './pages/stage';

/** A way to enlarge a photo to 2x in a page, steered from outside. */
export type Method = {
  readonly name: string;
  /** Where it is asked to run; a run says where it really did. */
  readonly backend: 'wasm' | 'webgpu' | 'webgl';
  /** Not a method but what none can beat: there is no result to look at. */
  readonly isLimit?: boolean;
  /** Goes to the page, which is blank, and opens a photo. */
  open(page: Page, photo: Raster): Promise<void>;
  /** Opens another photo. */
  reopen(page: Page, photo: Raster): Promise<void>;
  run(page: Page): Promise<Run>;
  /** The result of the latest run. */
  readonly result?: (page: Page) => Promise<Raster>;
};

/**
 * Everything that is compared, in the order of the table.
 *
 * @param ours Address of the built page.
 * @param site Address of the bench pages.
 * @param useGpu Whether WebGPU and WebGL are worth running.
 * @returns The methods.
 */
export function listMethods(ours: string, site: string, useGpu: boolean): Method[] {
  const backends = useGpu ? (['wasm', 'webgpu'] as const) : (['wasm'] as const);
  return backends.flatMap((backend) => [
    { ...peer('network alone', backend, `${site}limit.html?backend=${backend}`), isLimit: true },
    ourPage(ours, backend),
    ...[128, 64].map((tile) => {
      const query = `backend=${backend}&tile=${tile}&overlap=${tile / 8}`;
      const name = `naive, tile ${tile}, overlap ${tile / 8}`;
      return withResult(peer(name, backend, `${site}naive.html?${query}`));
    }),
    upscalerJs(site, backend === 'wasm' ? 'wasm' : 'webgl'),
  ]);
}

function upscalerJs(site: string, backend: 'wasm' | 'webgl'): Method {
  return withResult(peer('UpscalerJS', backend, `${site}upscalerjs.html?backend=${backend}`));
}

function ourPage(url: string, backend: 'wasm' | 'webgpu'): Method {
  const reopen = (page: Page, photo: Raster) => openPhoto(page, photo, 2);
  return {
    name: 'Enlarger',
    backend,
    reopen,
    async open(page, photo) {
      await watchTiles(page);
      await page.goto(`${url}?backend=${backend}`);
      await reopen(page, photo);
    },
    run: async (page) => ({ ...(await enhance(page)), params: null, macsPerPixel: null }),
    result: saveResult,
  };
}

/** A page of `bench/pages`. */
function peer(name: string, backend: Method['backend'], url: string): Method {
  const reopen = async (page: Page, photo: Raster) => {
    const png = `data:image/png;base64,${writePng(photo).toString('base64')}`;
    await page.evaluate((data) => (globalThis as unknown as Staged).stage.open(data), png);
  };
  return {
    name,
    backend,
    reopen,
    async open(page, photo) {
      await page.goto(url);
      await reopen(page, photo);
    },
    run: (page) => page.evaluate(() => (globalThis as unknown as Staged).stage.run()),
  };
}

type Staged = { readonly stage: Stage };

function withResult(method: Method): Method {
  return {
    ...method,
    async result(page) {
      const png = await page.evaluate(() => (globalThis as unknown as Staged).stage.result());
      return readPng(Buffer.from(png, 'base64'));
    },
  };
}
