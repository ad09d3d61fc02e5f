import { type ElementHandle, type Frame, launch as launchBrowser } from 'puppeteer-core';
import { type Launch, type Place, type Visitor, waitFor } from './visitor';

/**
 * Starts Firefox, steered through WebDriver BiDi.
 *
 * @param executable Firefox itself.
 * @param options Where it writes and what stands between it and the world.
 * @returns A visitor without a page yet.
 */
export async function launchFirefox(
  executable: string,
  { home, downloads, proxy }: Launch,
): Promise<Visitor> {
  const [host = '', port = ''] = proxy.split(':');
  const browser = await launchBrowser({
    browser: 'firefox',
    executablePath: executable,
    headless: true,
    userDataDir: home,
    defaultViewport: { width: 1280, height: 800 },
    extraPrefsFirefox: {
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.always_ask_before_handling_new_types': false,
      'network.proxy.type': 1,
      'network.proxy.http': host,
      'network.proxy.http_port': Number(port),
      'network.proxy.ssl': host,
      'network.proxy.ssl_port': Number(port),
    },
  });
  let page = await browser.newPage();

  const frameOf = async (place: Place): Promise<Frame> => {
    if (place === 'page') return page.mainFrame();
    const [inner] = page.mainFrame().childFrames();
    if (!inner) throw new Error('There is no frame.');
    return inner;
  };
  const find = async (name: string, place: Place): Promise<ElementHandle | undefined> => {
    const selector = `::-p-aria([name="${name}"][role="button"])`;
    const frame = await frameOf(place);
    for (const each of [selector, `:scope >>> ${selector}`])
      for (const button of await frame.$$(each))
        if (await button.evaluate((element) => !element.matches(':disabled, [aria-disabled=true]')))
          return button;
    return undefined;
  };

  return {
    browser: (await browser.version()).replace('firefox/', 'Firefox '),
    ownRequests: /^CONNECT [\w.-]+\.mozilla\.(com|net|org):443$/,
    // In a new tab: one that has stopped asks before it is left, and another try would fail for that.
    goTo: async (address) => {
      const last = page;
      page = await browser.newPage();
      await last.close({ runBeforeUnload: false });
      await page.goto(address);
    },
    reload: async () => void (await page.reload()),
    canPress: async (name, place = 'page') => (await find(name, place)) !== undefined,
    press: (name, place = 'page') =>
      waitFor(`the button "${name}"`, async () => {
        const button = await find(name, place);
        await button?.click();
        return button !== undefined;
      }),
    choose: async (file) => {
      const input = await page.$('input[type=file]');
      if (!input) throw new Error('There is no file input.');
      await input.uploadFile(file);
    },
    ask: async (question) => page.evaluate(question),
    close: () => browser.close(),
  };
}
