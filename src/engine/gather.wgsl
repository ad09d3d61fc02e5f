// One tile's window, from a patch of pixels to [3+k, h, w] in 0..1, reflected at the photo's edges; the
// k planes behind R, G and B are constant.
// `real`, `controlCount` (k) and `patchIndex` come from prelude.wgsl, `loadColour` from
// depth8.wgsl or depth16.wgsl.

struct Params {
  sourceSize: vec2i,
  windowSize: vec2i,
  origin: vec2i, // of the window, in source pixels; may be negative
  patchRect: vec4i, // x, y, width, height in source pixels
  controls: vec4f,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> pixels: array<u32>;
@group(0) @binding(2) var<storage, read_write> image: array<real>;

@compute @workgroup_size(16, 16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let at = vec2i(id.xy);
  if (any(at >= params.windowSize)) { return; }
  let colour = loadColour(patchIndex(params.origin + at, params.sourceSize, params.patchRect));
  let plane = params.windowSize.x * params.windowSize.y;
  let to = at.y * params.windowSize.x + at.x;
  image[to] = real(colour.r);
  image[to + plane] = real(colour.g);
  image[to + 2 * plane] = real(colour.b);
  for (var k = 0; k < controlCount; k++) { image[to + (3 + k) * plane] = real(params.controls[k]); }
}
