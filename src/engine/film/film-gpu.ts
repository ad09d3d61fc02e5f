import { EnhanceError } from '../../core/errors';
import type { Raster } from '../../core/picture/raster';
import { Turns } from '../../core/turns';
import { guardGpu, lostDevice, type WatchedDevice } from '../device';

/** Side of a workgroup, as written in the shaders. */
const groupSide = 8;

/** Pictures that stay on the GPU for the step that comes next. */
const mostPictures = 4;

/** Buffers that are kept for the next picture: those of a clip are all of few sizes. */
const mostSpares = 8;

/** What one shader is run with. */
export type Dispatch = {
  /** Which part of the code, by the name of its function. */
  readonly code: string;
  readonly entry: string;
  readonly terms: ArrayBuffer;
  /** Bound from 1 on, behind the terms; null for one that this function does not name. */
  readonly buffers: readonly (GPUBuffer | null)[];
  /** Threads across and down. */
  readonly threads: readonly [number, number];
};

/** What one piece of work is done with: buffers that are the GPU's own, and are taken back when it is done. */
export type Bench = {
  /** A picture's pixels, from where they are on the GPU, or carried there. */
  picture(raster: Raster): GPUBuffer;
  /** Numbers, carried there; what follows each in the buffer is anything. */
  numbers(...arrays: readonly (Float32Array | Uint8Array | Uint8ClampedArray)[]): GPUBuffer;
  /** Room for so many bytes of anything. */
  room(bytes: number): GPUBuffer;
  /** Copies bytes between them. */
  copy(from: GPUBuffer, to: GPUBuffer, bytes: number): void;
  /** Runs a shader, after what was asked for before. */
  dispatch(work: Dispatch): void;
};

/** A GPU that works on the pictures of a clip, one piece of work at a time; it keeps the last pictures. */
export class FilmGpu {
  readonly #gpu: WatchedDevice;
  /** What watches a GPU for errors would see those of others. */
  readonly #turns = new Turns();
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();
  readonly #spares: GPUBuffer[] = [];
  /** Those that were used last, the oldest first. */
  readonly #pictures = new Map<Raster, GPUBuffer>();

  /**
   * @param gpu The device; the caller's, with all that is on it.
   */
  constructor(gpu: WatchedDevice) {
    this.#gpu = gpu;
  }

  /**
   * Does one piece of work.
   *
   * @param bytes How many are read back.
   * @param prepare Asks for what is done; gives the buffer that is read back.
   * @param shown Makes a picture of what was read, which stays on the GPU.
   * @returns What `shown` gives.
   * @throws {EnhanceError} `gpu-memory`, `gpu-lost`, or `gpu-refused`.
   * @throws {RangeError} When the buffer cannot be allocated.
   */
  make<T>(
    bytes: number,
    prepare: (bench: Bench) => GPUBuffer,
    shown: (bytes: Uint8ClampedArray<ArrayBuffer>) => { made: T; picture?: Raster },
  ): Promise<T> {
    return this.#turns.take(undefined, () =>
      guardGpu(this.#gpu, () => this.#make(bytes, prepare, shown)),
    );
  }

  async #make<T>(
    bytes: number,
    prepare: (bench: Bench) => GPUBuffer,
    shown: (bytes: Uint8ClampedArray<ArrayBuffer>) => { made: T; picture?: Raster },
  ): Promise<T> {
    const { device } = this.#gpu;
    const lent: GPUBuffer[] = [];
    const steps: ((encoder: GPUCommandEncoder) => void)[] = [];
    const waits: Promise<void>[] = [];
    const out = prepare(this.#bench(lent, steps, waits));
    await Promise.all(waits);
    const whole = Math.ceil(bytes / 4) * 4;
    const copy = this.#take(whole, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    lent.push(copy);
    const encoder = device.createCommandEncoder();
    for (const step of steps) step(encoder);
    encoder.copyBufferToBuffer(out, 0, copy, 0, whole);
    device.queue.submit([encoder.finish()]);
    await copy.mapAsync(GPUMapMode.READ, 0, whole).catch((error: unknown) => {
      throw lostDevice('map', String(error));
    });
    const read = new Uint8ClampedArray(bytes);
    read.set(new Uint8Array(copy.getMappedRange(0, whole)).subarray(0, bytes));
    copy.unmap();
    const { made, picture } = shown(read);
    if (picture) this.#keep(picture, out, lent);
    this.#giveBack(lent);
    return made;
  }

  #bench(
    lent: GPUBuffer[],
    steps: ((encoder: GPUCommandEncoder) => void)[],
    waits: Promise<void>[],
  ): Bench {
    const { device } = this.#gpu;
    const { STORAGE, COPY_SRC, COPY_DST, UNIFORM } = GPUBufferUsage;
    const take = (bytes: number, usage: number) => {
      const buffer = this.#take(bytes, usage);
      lent.push(buffer);
      return buffer;
    };
    const room = (bytes: number) => take(bytes, STORAGE | COPY_SRC | COPY_DST);
    return {
      room,
      picture: (raster) => {
        const known = this.#pictures.get(raster);
        if (known) this.#pictures.delete(raster);
        const buffer = known ?? this.#take(raster.data.byteLength, STORAGE | COPY_SRC | COPY_DST);
        if (!known) device.queue.writeBuffer(buffer, 0, raster.data);
        this.#pictures.set(raster, buffer);
        return buffer;
      },
      numbers: (...arrays) => {
        const sizes = arrays.map(({ byteLength }) => Math.ceil(byteLength / 4) * 4);
        const buffer = room(sizes.reduce((sum, size) => sum + size, 0));
        let at = 0;
        for (const [i, array] of arrays.entries()) {
          device.queue.writeBuffer(buffer, at, wholeWords(array));
          at += sizes[i]!;
        }
        return buffer;
      },
      copy: (from, to, bytes) =>
        void steps.push((encoder) => encoder.copyBufferToBuffer(from, 0, to, 0, bytes)),
      dispatch: ({ code, entry, terms, buffers, threads }) => {
        const own = take(terms.byteLength, UNIFORM | COPY_DST);
        device.queue.writeBuffer(own, 0, terms);
        const pipeline = this.#pipeline(code, entry);
        waits.push(
          pipeline.then((ready) => {
            steps[place] = (encoder) => {
              const entries = [own, ...buffers].flatMap((buffer, binding) =>
                buffer ? [{ binding, resource: { buffer } }] : [],
              );
              const layout = ready.getBindGroupLayout(0);
              const compute = encoder.beginComputePass();
              compute.setPipeline(ready);
              compute.setBindGroup(0, device.createBindGroup({ layout, entries }));
              const [across, down] = threads;
              compute.dispatchWorkgroups(
                Math.ceil(across / groupSide),
                Math.ceil(down / groupSide),
              );
              compute.end();
            };
          }),
        );
        const place = steps.push(() => undefined) - 1;
      },
    };
  }

  #pipeline(code: string, entryPoint: string): Promise<GPUComputePipeline> {
    const key = `${entryPoint}\n${code}`;
    const known = this.#pipelines.get(key);
    if (known) return known;
    const { device } = this.#gpu;
    const module = device.createShaderModule({ code });
    const made = device.createComputePipelineAsync({
      ...{ layout: 'auto' as const, compute: { module, entryPoint } },
    });
    this.#pipelines.set(key, made);
    return made;
  }

  /** One that is free, or a new one. */
  #take(size: number, usage: number): GPUBuffer {
    const at = this.#spares.findIndex((each) => each.size === size && each.usage === usage);
    if (at >= 0) return this.#spares.splice(at, 1)[0]!;
    const { limits } = this.#gpu.device;
    const isBound = (usage & GPUBufferUsage.STORAGE) !== 0;
    if (isBound && size > limits.maxStorageBufferBindingSize)
      throw new EnhanceError('gpu-memory', { cause: `${size} bytes` });
    return this.#gpu.device.createBuffer({ size, usage });
  }

  #keep(picture: Raster, out: GPUBuffer, lent: GPUBuffer[]): void {
    lent.splice(lent.indexOf(out), 1);
    this.#pictures.set(picture, out);
  }

  /** Not before the work is done: what is taken while it is prepared is not what it still needs. */
  #giveBack(lent: readonly GPUBuffer[]): void {
    this.#spares.push(...lent);
    for (const [raster, buffer] of this.#pictures) {
      if (this.#pictures.size <= mostPictures) break;
      this.#pictures.delete(raster);
      this.#spares.push(buffer);
    }
    for (const old of this.#spares.splice(0, Math.max(0, this.#spares.length - mostSpares)))
      old.destroy();
  }
}

/** What queues take: whole words. */
function wholeWords(
  array: Float32Array | Uint8Array | Uint8ClampedArray,
): ArrayBufferView<ArrayBuffer> {
  if (array.byteLength % 4 === 0) return array as ArrayBufferView<ArrayBuffer>;
  const padded = new Uint8Array(Math.ceil(array.byteLength / 4) * 4);
  padded.set(array);
  return padded;
}
