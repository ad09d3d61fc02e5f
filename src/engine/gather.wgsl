// One tile's window, from a patch of pixels to [3+k, h, w] in 0..1, reflected at the photo's edges; of the
// k planes behind R, G and B some are constant, the others vary as the photo does.
// `real`, `controlCount` (k), `varyingBits` and `patchIndex` come from prelude.wgsl, `loadColour` from
// depth8.wgsl or depth16.wgsl.

struct Params {
  sourceSize: vec2i,
  windowSize: vec2i,
  origin: vec2i, // of the window, in source pixels; may be negative
  patchRect: vec4i, // x, y, width, height in source pixels
  controls: array<vec4f, 2>, // of what is constant
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> pixels: array<u32>;
@group(0) @binding(2) var<storage, read_write> image: array<real>;
// [number of those that vary, patch height, patch width]
@group(0) @binding(3) var<storage, read> planes: array<f32>;

@compute @workgroup_size(16, 16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let at = vec2i(id.xy);
  if (any(at >= params.windowSize)) { return; }
  let place = patchIndex(params.origin + at, params.sourceSize, params.patchRect);
  let colour = loadColour(place);
  let plane = params.windowSize.x * params.windowSize.y;
  let to = at.y * params.windowSize.x + at.x;
  image[to] = real(colour.r);
  image[to + plane] = real(colour.g);
  image[to + 2 * plane] = real(colour.b);
  var next = place;
  for (var k = 0; k < controlCount; k++) {
    var value = params.controls[k / 4][k % 4];
    if (((varyingBits >> u32(k)) & 1u) != 0u) {
      value = planes[next];
      next += params.patchRect.z * params.patchRect.w;
    }
    image[to + (3 + k) * plane] = real(value);
  }
}
