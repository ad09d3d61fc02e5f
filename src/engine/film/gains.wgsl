// Multiplies a picture by a gain for each region and channel: the twin of `applyGains` (core/film/deflicker.ts) for 8 bits.

struct Terms {
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<uniform> terms: Terms;
@group(0) @binding(1) var<storage, read> pixels: array<u32>;
// [rows, columns, 3]
@group(0) @binding(2) var<storage, read> gains: array<f32>;
@group(0) @binding(3) var<storage, read_write> lit: array<u32>;

fn gainAt(column: u32, row: u32) -> vec3f {
  let at = 3u * (row * regionColumns + column);
  return vec3f(gains[at], gains[at + 1u], gains[at + 2u]);
}

@compute @workgroup_size(8, 8)
fn light(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= terms.width || id.y >= terms.height) {
    return;
  }
  let regions = vec2f(f32(regionColumns), f32(regionRows));
  let size = vec2f(f32(terms.width), f32(terms.height));
  let place = clamp(
    (vec2f(id.xy) + 0.5) * regions / size - 0.5,
    vec2f(0.0),
    regions - 1.0,
  );
  let first = min(vec2u(place), vec2u(regionColumns - 2u, regionRows - 2u));
  let part = place - vec2f(first);
  let left = mix(gainAt(first.x, first.y), gainAt(first.x, first.y + 1u), part.y);
  let right = mix(gainAt(first.x + 1u, first.y), gainAt(first.x + 1u, first.y + 1u), part.y);
  let gain = mix(left, right, part.x);
  let at = id.y * terms.width + id.x;
  let levels = levelsOf(pixels[at]).rgb;
  let near = min(vec3f(1.0), (255.0 - levels) / (255.0 * (1.0 - bright)));
  let share = select(vec3f(1.0), near, gain < vec3f(1.0));
  lit[at] = packed(levels * (1.0 + share * (gain - 1.0))) | (pixels[at] & 0xff000000u);
}
