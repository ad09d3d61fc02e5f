// Sets light and white of pixels: the twin of `toneRaster` (core/frame/tone.ts). A thread works a pixel where it lies.

struct Terms {
  gains: vec3f,
  shadows: f32,
  highlights: f32,
  // Pixels in the buffer.
  count: u32,
  // Threads of a row of the dispatch.
  stride: u32,
}

@group(0) @binding(0) var<uniform> terms: Terms;
@group(0) @binding(1) var<storage, read_write> pixels: array<u32>;
// [3, levels]: light of red, green and blue by level.
@group(0) @binding(2) var<storage, read> lights: array<f32>;

fn lightOf(levels: vec4u) -> vec3f {
  return terms.gains * vec3f(
    lights[levels.r],
    lights[levelCount + levels.g],
    lights[2u * levelCount + levels.b],
  );
}

// What shadows and highlights multiply light with.
fn curveAt(light: vec3f) -> f32 {
  let x = pow(clamp(dot(luminance, light), leastLight, 1.0), 1.0 / 3.0);
  let rest = 1.0 - x;
  let moved = mostMoved * hump * rest * (terms.shadows * rest * rest + terms.highlights * x * x);
  let share = 1.0 + moved;
  return share * share * share;
}

fn levelsOf(light: vec3f) -> vec3u {
  let l = clamp(light, vec3f(0.0), vec3f(1.0));
  let display = select(1.055 * pow(l, vec3f(1.0 / 2.4)) - 0.055, 12.92 * l, l <= vec3f(0.0031308));
  return vec3u(floor(f32(levelCount - 1u) * display + 0.5));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let pixel = id.y * terms.stride + id.x;
  if (id.x >= terms.stride || pixel >= terms.count) {
    return;
  }
  let before = loadLevels(pixel);
  let light = lightOf(before);
  storeLevels(pixel, vec4u(levelsOf(light * curveAt(light)), before.a));
}
