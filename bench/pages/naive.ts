/**
 * onnxruntime-web the way most pages use it: on the main thread, tensors on the CPU on both sides, one
 * JavaScript loop to pack and one to unpack a tile, small fixed tiles, a guessed overlap that is cut
 * off, default session options. `?backend=wasm|webgpu&tile=64&overlap=8`.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { setStage } from './stage';

const query = new URLSearchParams(location.search);
const backend = query.get('backend') === 'webgpu' ? 'webgpu' : 'wasm';
const tile = Number(query.get('tile'));
const overlap = Number(query.get('overlap'));

type Runtime = { session: InferenceSession; createTensor: typeof Tensor; threads: number };
let loading: Promise<Runtime> | undefined;

async function load(): Promise<Runtime> {
  const ort = await (backend === 'webgpu'
    ? import('onnxruntime-web/webgpu')
    : import('onnxruntime-web'));
  const options = { executionProviders: [backend] };
  const session = await ort.InferenceSession.create('/model.onnx', options);
  return { session, createTensor: ort.Tensor, threads: ort.env.wasm.numThreads ?? 1 };
}

setStage(async (photo, screen, onTile) => {
  const { session, createTensor, threads } = await (loading ??= load());
  const { width, height } = photo;
  const source = photo.getContext('2d')!.getImageData(0, 0, width, height).data;
  const target = screen.getContext('2d')!;
  const size = { width: Math.min(tile, width), height: Math.min(tile, height) };
  const step = tile - 2 * overlap;
  let networkMs = 0;
  for (let y = 0; y < height; y += step)
    for (let x = 0; x < width; x += step) {
      const left = Math.max(0, Math.min(x - overlap, width - size.width));
      const top = Math.max(0, Math.min(y - overlap, height - size.height));
      const input = pack(source, width, left, top, size);
      const start = performance.now();
      const dims = [1, 3, size.height, size.width];
      const { enhanced } = await session.run({ image: new createTensor('float32', input, dims) });
      networkMs += performance.now() - start;
      const pixels = unpack(enhanced!.data as Float32Array, size.width * 2, size.height * 2);
      const core = [Math.min(step, width - x) * 2, Math.min(step, height - y) * 2] as const;
      target.putImageData(pixels, left * 2, top * 2, (x - left) * 2, (y - top) * 2, ...core);
      onTile();
      // Lets the tile be painted.
      await new Promise((done) => setTimeout(done));
    }
  const where = backend === 'webgpu' ? 'webgpu' : `wasm, threads: ${threads}`;
  const networkSeconds = networkMs / 1000;
  return { backend: where, params: null, macsPerPixel: null, networkSeconds };
});

function pack(
  source: Uint8ClampedArray,
  stride: number,
  left: number,
  top: number,
  { width, height }: { width: number; height: number },
): Float32Array {
  const input = new Float32Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++)
        input[c * width * height + y * width + x] =
          source[((top + y) * stride + left + x) * 4 + c]! / 255;
  return input;
}

function unpack(output: Float32Array, width: number, height: number): ImageData {
  const pixels = new ImageData(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) {
        const value = output[c * width * height + y * width + x]!;
        pixels.data[to + c] = Math.round(Math.max(0, Math.min(1, value)) * 255);
      }
      pixels.data[to + 3] = 255;
    }
  return pixels;
}
