// The core of one tile's result, [3, s*h, s*w] or [1, s*h, s*w], rounded to levels, into its place in the output
// band. One plane stands for all three colours; `outputCount` (1 or 3) is put before this.
// Networks see colour only: alpha is the source's, enlarged bicubically (Keys, a = -0.5).
// `real` and `patchIndex` come from prelude.wgsl; what knows the pixels' depth from depth8.wgsl or depth16.wgsl.

struct Params {
  sourceSize: vec2i,
  windowSize: vec2i,
  core: vec4i, // x, y, width, height in source pixels
  bandOrigin: vec2i, // in source pixels
  bandStride: i32, // pixels of one output row
  scale: i32,
  margin: i32,
  hasAlpha: i32,
  patchRect: vec4i, // x, y, width, height in source pixels
  tile: i32, // which of the band's tiles
  amount: f32, // of the result that is mixed into the source; below 1 only at scale 1
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> pixels: array<u32>;
@group(0) @binding(2) var<storage, read> enhanced: array<real>;
@group(0) @binding(3) var<storage, read_write> band: array<u32>;
// What a driver may do silently, two numbers for each tile of the band: how many values are not finite,
// and whether any is not zero.
@group(0) @binding(4) var<storage, read_write> verdicts: array<atomic<u32>>;

fn cubic(distance: f32) -> f32 {
  let x = abs(distance);
  let near = (1.5 * x - 2.5) * x * x + 1.0;
  let far = ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0;
  return select(select(0.0, far, x < 2.0), near, x <= 1.0);
}

fn bicubicAlpha(at: vec2i) -> f32 {
  let centre = (vec2f(at) + 0.5) / f32(params.scale) - 0.5;
  let first = vec2i(floor(centre)) - 1;
  var sum = 0.0;
  for (var j = 0; j < 4; j++) {
    var line = 0.0;
    for (var i = 0; i < 4; i++) {
      let place = patchIndex(first + vec2i(i, j), params.sourceSize, params.patchRect);
      line += cubic(centre.x - f32(first.x + i)) * loadAlpha(place);
    }
    sum += cubic(centre.y - f32(first.y + j)) * line;
  }
  return sum;
}

// The nearest; ties go up, as `roundLevel` in core/picture/depth.
fn levels(value: vec4f) -> vec4u {
  return vec4u(floor(clamp(value, vec4f(0.0), vec4f(peak)) + 0.5));
}

@compute @workgroup_size(16, 16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let local = vec2i(id.xy);
  if (any(local >= params.core.zw * params.scale)) { return; }
  let stride = params.windowSize.x * params.scale;
  let plane = select(0, stride * params.windowSize.y * params.scale, outputCount == 3);
  let at = (params.margin * params.scale + local.y) * stride + params.margin * params.scale + local.x;
  var value = vec3f(f32(enhanced[at]), f32(enhanced[at + plane]), f32(enhanced[at + 2 * plane]));
  // On the bits: a compiler may assume that no float is NaN.
  if (any((bitcast<vec3u>(value) & vec3u(0x7f800000u)) == vec3u(0x7f800000u))) {
    atomicAdd(&verdicts[2 * params.tile], 1u);
  }
  if (any(value != vec3f(0.0))) { atomicStore(&verdicts[2 * params.tile + 1], 1u); }
  if (params.amount < 1.0) {
    let place = patchIndex(params.core.xy + local, params.sourceSize, params.patchRect);
    value = mix(loadColour(place), value, params.amount);
  }
  var alpha = peak;
  if (params.hasAlpha != 0) {
    alpha = bicubicAlpha(params.core.xy * params.scale + local);
  }
  let to = (params.core.xy - params.bandOrigin) * params.scale + local;
  let pixel = levels(vec4f(value * peak, alpha));
  for (var word = 0; word < words; word++) {
    band[(to.y * params.bandStride + to.x) * words + word] = packWord(pixel, word);
  }
}
