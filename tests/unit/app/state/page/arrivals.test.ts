import { expect, test } from 'vitest';
import { gatherDropped } from '../../../../../src/app/platform/gathering';
import { receiveArrivals } from '../../../../../src/app/state/page/arrivals';
import type { Page } from '../../../../../src/app/state/page/page.svelte';

type Opened = Parameters<Page['open']>;

/** A window that the system starts the page in, with files. */
async function launch(files: readonly FileSystemFileHandle[]) {
  const opened: Opened[] = [];
  const page = { openFault: '', open: async (...given: Opened) => void opened.push(given) };
  let start: (launch: object) => void = () => undefined;
  const target = {
    location: { href: 'https://enlarger.test/' },
    launchQueue: { setConsumer: (consumer: typeof start) => (start = consumer) },
  };
  receiveArrivals(page as unknown as Page, target as unknown as Window);
  start({ targetURL: target.location.href, files });
  await expect.poll(() => opened.length > 0 || page.openFault !== '').toBe(true);
  return { opened: opened[0], fault: page.openFault };
}

function handleOf(name: string): FileSystemFileHandle {
  const getFile = async () => new File([name], name);
  return { kind: 'file', name, getFile } as unknown as FileSystemFileHandle;
}

test('of several files that the system opens, each keeps its access, so that a queue of them outlives the tab', async () => {
  const handles = ['a.png', 'b.png'].map(handleOf);
  const { opened } = await launch(handles);
  const [files, , dropped = []] = opened!;
  const { sources } = await gatherDropped(dropped, files);
  expect(sources.map(({ path, handle }) => [path, handle])).toEqual([
    ['a.png', handles[0]],
    ['b.png', handles[1]],
  ]);
});

test('one file is opened by itself, with its access', async () => {
  const handle = handleOf('a.png');
  const { opened } = await launch([handle]);
  expect([opened![0].length, opened![1], opened![2]]).toEqual([1, handle, []]);
});

test('where none can be read that is said', async () => {
  const gone = { getFile: () => Promise.reject(new DOMException('', 'NotFoundError')) };
  const { opened, fault } = await launch([gone as unknown as FileSystemFileHandle]);
  expect(opened).toBeUndefined();
  expect(fault).not.toBe('');
});
