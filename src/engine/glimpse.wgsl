// Draws one finished tile of the output band at screen scale: each target pixel is the mean of a grid
// of up to 4x4 band pixels under it. Display only; the pixels that are saved never pass here.

struct Params {
  bandStride: i32,
  padding: i32,
  origin: vec2i, // of the tile in the band, in output pixels
  size: vec2f, // of the tile, in output pixels
  target_size: vec2f,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> band: array<u32>;

@vertex
fn corner(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  let x = f32(i32(index & 1u) * 4 - 1);
  let y = f32(i32(index >> 1u) * 4 - 1);
  return vec4f(x, y, 0.0, 1.0);
}

@fragment
fn shade(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let step = params.size / params.target_size;
  let count = clamp(vec2i(ceil(step)), vec2i(1), vec2i(4));
  let start = (position.xy - 0.5) * step;
  var sum = vec4f(0.0);
  for (var j = 0; j < count.y; j++) {
    for (var i = 0; i < count.x; i++) {
      let offset = (vec2f(vec2i(i, j)) + 0.5) / vec2f(count) * step;
      let at = clamp(vec2i(start + offset), vec2i(0), vec2i(params.size) - 1) + params.origin;
      let pixel = unpack4x8unorm(band[at.y * params.bandStride + at.x]);
      sum += vec4f(pixel.rgb * pixel.a, pixel.a);
    }
  }
  return sum / f32(count.x * count.y);
}
