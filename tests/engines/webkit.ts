import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { freePort } from '../../scripts/free-port.mjs';
import { type Launch, type Place, type Visitor, waitFor } from './visitor';
import { type ElementReference, WebDriver } from './web-driver';

/** The programs that drive WebKit. */
export type WebKitPrograms = {
  readonly driver: string;
  readonly browser: string;
  readonly display: string;
};

/** A start takes some three seconds; one, beside the whole suite, had not answered after two minutes. */
const startMs = 40_000;

/**
 * Starts WebKitGTK's MiniBrowser on a display of its own, steered through WebDriver; where it does not come up,
 * once more.
 *
 * @param programs Where they are.
 * @param options Where it writes and what stands between it and the world.
 * @returns A visitor without a page yet.
 */
export async function launchWebKit(programs: WebKitPrograms, options: Launch): Promise<Visitor> {
  return start(programs, options).catch((error: unknown) => {
    console.warn('WebKit is started once more:', error);
    return start(programs, options);
  });
}

async function start(programs: WebKitPrograms, options: Launch): Promise<Visitor> {
  const started: ChildProcess[] = [];
  const end = () => started.reverse().forEach((child) => child.kill());
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('WebKit does not come up.')), startMs);
  });
  try {
    return visit(await Promise.race([open(programs, options, started), late]), end);
  } catch (error) {
    end();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function open(
  programs: WebKitPrograms,
  options: Launch,
  started: ChildProcess[],
): Promise<WebDriver> {
  const display = await startDisplay(programs.display, started);
  const server = await startDriver(programs.driver, display, options, started);
  return WebDriver.open(server, {
    'webkitgtk:browserOptions': { binary: programs.browser, args: ['--automation'] },
    proxy: {
      proxyType: 'manual',
      httpProxy: options.proxy,
      sslProxy: options.proxy,
      noProxy: ['localhost', '127.0.0.1'],
    },
  });
}

/** A screen that nobody sees; it chooses its number itself. */
async function startDisplay(program: string, started: ChildProcess[]): Promise<string> {
  const child = spawn(program, ['-displayfd', '3', '-screen', '0', '1280x900x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  started.push(child);
  const [number] = (await once(child.stdio[3] as Readable, 'data')) as [Buffer];
  return `:${number.toString().trim()}`;
}

/** The driver, with a home of its own whose downloads are where the journey looks for them. */
async function startDriver(
  program: string,
  display: string,
  { home, downloads }: Launch,
  started: ChildProcess[],
): Promise<string> {
  const config = join(home, '.config');
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display, HOME: home, XDG_CONFIG_HOME: config };
  started.push(spawn(program, [`--port=${port}`], { env, stdio: 'ignore' }));
  const server = `http://127.0.0.1:${port}`;
  await waitFor('the driver', async () => (await fetch(`${server}/status`)).ok);
  return server;
}

function visit(session: WebDriver, end: () => void): Visitor {
  const find = async (name: string): Promise<ElementReference | undefined> => {
    for (const button of await session.ask(findButtons))
      if ((await session.describe(button, 'computedlabel')) === name) return button;
    return undefined;
  };
  /** Does something in the frame or the page; afterwards it is the page that is spoken to. */
  const within = async <T>(place: Place, work: () => Promise<T>): Promise<T> => {
    if (place === 'page') return work();
    await session.command('frame', { id: await session.ask(findFrame) });
    try {
      return await work();
    } finally {
      await session.command('frame/parent');
    }
  };
  const { browserVersion } = session.capabilities;
  return {
    browser: `WebKitGTK ${String(browserVersion)}`,
    goTo: async (url) => void (await session.command('url', { url })),
    reload: async () => void (await session.command('refresh')),
    canPress: (name, place = 'page') => within(place, async () => (await find(name)) !== undefined),
    press: (name, place = 'page') =>
      waitFor(`the button "${name}"`, () =>
        within(place, async () => {
          const button = await find(name);
          if (button) await session.command(`element/${idOf(button)}/click`);
          return button !== undefined;
        }),
      ),
    choose: async (file) => {
      const input = (await session.command('element', {
        using: 'css selector',
        value: 'input[type=file]',
      })) as ElementReference;
      await session.command(`element/${idOf(input)}/value`, { text: file });
    },
    ask: (question) => session.ask(question),
    close: async () => {
      await session.close().catch(() => undefined);
      end();
    },
  };
}

const idOf = (element: ElementReference): string => Object.values(element)[0] ?? '';

/** Runs in the page: every button that can be pressed, in shadow trees too. */
function findButtons(): ElementReference[] {
  const roots: ParentNode[] = [document];
  for (const element of document.querySelectorAll('photo-enhancer'))
    if (element.shadowRoot) roots.push(element.shadowRoot);
  const buttons = roots.flatMap((root) => [
    ...root.querySelectorAll('button:enabled:not([aria-disabled=true])'),
  ]);
  return buttons.filter((button) => button.checkVisibility()) as unknown as ElementReference[];
}

/** Runs in the page: the widget's frame. */
function findFrame(): ElementReference {
  const frame = document.querySelector('photo-enhancer')?.shadowRoot?.querySelector('iframe');
  if (!frame) throw new Error('There is no frame.');
  return frame as unknown as ElementReference;
}
