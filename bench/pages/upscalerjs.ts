/**
 * UpscalerJS with its default model, served from here and not from its CDN, and the patches of its
 * guides (`patchSize: 64, padding: 2`). The result goes to a canvas, which is faster than the default,
 * a PNG in base64. `?backend=wasm|webgl`.
 */
import type { LayersModel, Tensor, Tensor3D } from '@tensorflow/tfjs';
import { setStage } from './stage';

const backend = new URLSearchParams(location.search).get('backend') ?? 'wasm';

type Loaded = Awaited<ReturnType<typeof load>>;
let loading: Promise<Loaded> | undefined;

async function load() {
  const tf = await import('@tensorflow/tfjs');
  const where = backend === 'wasm' ? await useWasm() : '';
  await tf.setBackend(backend);
  const [{ default: Upscaler }, { default: model }] = await Promise.all([
    import('upscaler'),
    import('@upscalerjs/default-model'),
  ]);
  const upscaler = new Upscaler({ model: { ...model, path: '/upscalerjs/model.json' } });
  const layers = (await upscaler.getModel()).model as LayersModel;
  const clock = watchPredictions(layers);
  return { tf, upscaler, layers, clock, backend: tf.getBackend() + where };
}

async function useWasm(): Promise<string> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths('/tfjs/');
  // Its default is all cores where the page is cross-origin isolated, as this one is.
  return crossOriginIsolated ? `, threads: ${navigator.hardwareConcurrency}` : ', threads: 1';
}

setStage(async (photo, screen, onTile) => {
  const { tf, upscaler, layers, clock, backend: where } = await (loading ??= load());
  clock.ms = 0;
  const options = { patchSize: 64, padding: 2, output: 'tensor' } as const;
  const result = await upscaler.upscale(photo, options);
  const rounded = tf.tidy(() => result.clipByValue(0, 255).round().toInt()) as Tensor3D;
  await tf.browser.toPixels(rounded, screen);
  tf.dispose([result, rounded]);
  onTile();
  return {
    backend: where,
    params: layers.countParams(),
    macsPerPixel: countMacs(layers),
    // On a GPU a prediction has only been queued when `predict` returns.
    networkSeconds: backend === 'wasm' ? clock.ms / 1000 : null,
  };
});

/** Sums up the time in `predict`. */
function watchPredictions(model: LayersModel): { ms: number } {
  const clock = { ms: 0 };
  const predict = model.predict.bind(model);
  model.predict = (...args): Tensor | Tensor[] => {
    const start = performance.now();
    const output = predict(...args);
    clock.ms += performance.now() - start;
    return output;
  };
  return clock;
}

/** Multiply-accumulates of the convolutions per input pixel; those behind the enlargement run on more pixels. */
function countMacs(model: LayersModel): number {
  let [macs, area] = [0, 1];
  for (const layer of model.layers) {
    const name = layer.getClassName();
    if (name === 'UpSampling2D' || name.startsWith('PixelShuffle')) area *= 4;
    const kernel = name === 'Conv2D' ? layer.getWeights()[0] : undefined;
    macs += area * (kernel?.size ?? 0);
  }
  return macs;
}
