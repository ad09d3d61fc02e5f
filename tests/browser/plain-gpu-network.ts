import type { TileGrid } from '../../src/core/plan/tiles';
import type { GpuNetwork } from '../../src/engine/gpu-network';

/** `plainNetwork` in one pass. */
const code = (planes: number, scale: number, width: number, height: number) => `
@group(0) @binding(0) var<storage, read> image: array<f32>;
@group(0) @binding(1) var<storage, read_write> enhanced: array<f32>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${width * scale}u || id.y >= ${height * scale}u) { return; }
  let near = id.y / ${scale}u * ${width}u + id.x / ${scale}u;
  for (var plane = 0u; plane < 3u; plane++) {
    var sum = image[plane * ${width * height}u + near];
    for (var k = 3u; k < ${planes}u; k++) {
      sum += f32(k - 2u) / 64.0 * image[k * ${width * height}u + near];
    }
    enhanced[(plane * ${height * scale}u + id.y) * ${width * scale}u + id.x] = sum;
  }
}`;

/**
 * `plainNetwork` on the GPU, without any library: what proves that the loop needs nothing but its port.
 *
 * @param device Where it runs.
 * @param grid The grid that it is for.
 * @returns The network; there is nothing to release.
 */
export function createPlainGpuNetwork(device: GPUDevice, grid: TileGrid): GpuNetwork {
  const { window, geometry, controls } = grid;
  const [width, height] = [window.width * geometry.scale, window.height * geometry.scale];
  const module = device.createShaderModule({
    code: code(3 + controls.length, geometry.scale, window.width, window.height),
  });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
  return {
    window,
    precision: 'int8',
    async run(image, enhanced) {
      const entries = [image, enhanced].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      }));
      const layout = pipeline.getBindGroupLayout(0);
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
      pass.dispatchWorkgroups(Math.ceil(width / 8), Math.ceil(height / 8));
      pass.end();
      device.queue.submit([encoder.finish()]);
    },
    release: async () => undefined,
  };
}
