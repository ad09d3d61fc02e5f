/** Models that a page names by their addresses. */
import { afterEach, expect, test, vi } from 'vitest';
import { downloadOwn } from '../../../../src/worker/owner/own-download';

afterEach(() => vi.unstubAllGlobals());

const { signal } = new AbortController();

test('is asked for once, and named as its address ends', async () => {
  const served = vi.fn(async () => new Response('weights'));
  vi.stubGlobal('fetch', served);
  const file = await downloadOwn('https://site.example/a/far%20away.onnx?v=2', signal);
  expect(file.name).toBe('far away.onnx');
  expect(await file.text()).toBe('weights');
  expect(served).toHaveBeenCalledTimes(1);
  expect(served).toHaveBeenCalledWith(
    'https://site.example/a/far%20away.onnx?v=2',
    expect.objectContaining({ redirect: 'error' }),
  );
});

test.each([
  ['that is not there', async () => new Response('', { status: 404 }), 'models-not-served'],
  [
    'that leads elsewhere',
    async () => {
      throw new TypeError('redirect');
    },
    'download-failed',
  ],
  [
    'that does not end',
    async () => {
      const chunk = new Uint8Array(40e6);
      return new Response(new ReadableStream({ pull: (stream) => stream.enqueue(chunk) }));
    },
    'own-model-too-large',
  ],
])('one %s is refused', async (_, serve, problem) => {
  vi.stubGlobal('fetch', serve);
  await expect(downloadOwn('https://site.example/a.onnx', signal)).rejects.toMatchObject({
    problem,
  });
});
