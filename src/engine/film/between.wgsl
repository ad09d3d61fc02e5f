// Mixes two frames where they meet: the twin of `mixMoved` (core/film/between.ts) for 8 bits.

@group(0) @binding(1) var<storage, read> first: array<u32>;
@group(0) @binding(2) var<storage, read> second: array<u32>;
// Four planes: rightwards, downwards, and what of each frame may be believed.
@group(0) @binding(3) var<storage, read> motion: array<f32>;
@group(0) @binding(4) var<storage, read_write> middle: array<u32>;

@compute @workgroup_size(8, 8)
fn mixed(@builtin(global_invocation_id) id: vec3u) {
  let place = vec2i(id.xy);
  if (place.x >= terms.width || place.y >= terms.height) {
    return;
  }
  let row = min(terms.rows - 1, place.y / terms.factor);
  let at = row * terms.columns + min(terms.columns - 1, place.x / terms.factor);
  let plane = terms.columns * terms.rows;
  let moved = f32(terms.factor) * vec2f(motion[at], motion[plane + at]);
  let a = (1.0 - terms.share) * motion[2 * plane + at];
  let b = terms.share * motion[3 * plane + at];
  let early = read_first(place, -terms.share * moved);
  let late = read_second(place, (1.0 - terms.share) * moved);
  let levels = clamp(mix(early, late, b / (a + b)), vec4f(0.0), vec4f(255.0));
  let alpha = u32(floor(levels.a + 0.5));
  middle[place.y * terms.width + place.x] = packed(levels.rgb) | (alpha << 24u);
}
