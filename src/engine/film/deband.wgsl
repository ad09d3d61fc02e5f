// Smooths the steps of slopes: the twin of `debandRaster` (core/film/deband.ts) for 8 bits, in whole numbers throughout. Two passes for each
// reach, along rows and then along columns; the widest reach comes last, so that it is what stays.

struct Terms {
  width: i32,
  height: i32,
  reach: i32,
  // Levels that a smooth place may span.
  most: u32,
}

@group(0) @binding(0) var<uniform> terms: Terms;
@group(0) @binding(1) var<storage, read> pixels: array<u32>;
// Of each pixel's row: the least and the greatest within the reach, and the sums of red and green, and of blue, within the narrower window.
@group(0) @binding(2) var<storage, read_write> rows: array<vec4u>;
@group(0) @binding(3) var<storage, read_write> evened: array<u32>;

fn levelsOf(pixel: u32) -> vec3u {
  return (vec3u(pixel) >> vec3u(0u, 8u, 16u)) & vec3u(255u);
}

fn packed(levels: vec3u) -> u32 {
  return levels.r | (levels.g << 8u) | (levels.b << 16u);
}

@compute @workgroup_size(8, 8)
fn alongRows(@builtin(global_invocation_id) id: vec3u) {
  let place = vec2i(id.xy);
  if (place.x >= terms.width || place.y >= terms.height) {
    return;
  }
  let start = place.y * terms.width;
  let last = terms.width - 1;
  let narrow = min(terms.reach, min(place.x, last - place.x));
  var least = vec3u(255u);
  var greatest = vec3u(0u);
  var sum = vec3u(0u);
  for (var x = max(0, place.x - terms.reach); x <= min(last, place.x + terms.reach); x++) {
    let levels = levelsOf(pixels[start + x]);
    least = min(least, levels);
    greatest = max(greatest, levels);
    sum += select(vec3u(0u), levels, abs(x - place.x) <= narrow);
  }
  rows[start + place.x] = vec4u(packed(least), packed(greatest), sum.r | (sum.g << 16u), sum.b);
}

// A place of ordered dither (Bayer 1973), 0..63.
fn rankOf(x: u32, y: u32) -> u32 {
  var rank = 0u;
  for (var bit = 0u; bit < 3u; bit++) {
    rank = rank * 4u + ((((x ^ y) >> bit) & 1u) << 1u) + ((y >> bit) & 1u);
  }
  return rank;
}

@compute @workgroup_size(8, 8)
fn alongColumns(@builtin(global_invocation_id) id: vec3u) {
  let place = vec2i(id.xy);
  if (place.x >= terms.width || place.y >= terms.height) {
    return;
  }
  let last = terms.height - 1;
  let across = min(terms.reach, min(place.x, terms.width - 1 - place.x));
  let down = min(terms.reach, min(place.y, last - place.y));
  var least = vec3u(255u);
  var greatest = vec3u(0u);
  var sum = vec3u(0u);
  for (var y = max(0, place.y - terms.reach); y <= min(last, place.y + terms.reach); y++) {
    let row = rows[y * terms.width + place.x];
    least = min(least, levelsOf(row.x));
    greatest = max(greatest, levelsOf(row.y));
    let own = vec3u(row.z & 65535u, row.z >> 16u, row.w);
    sum += select(vec3u(0u), own, abs(y - place.y) <= down);
  }
  let range = greatest - least;
  let count = u32((2 * across + 1) * (2 * down + 1));
  // A mean and a threshold above 0 and below 1, of which what is whole is taken: never near a tie, since the count is odd.
  let threshold = (2u * rankOf(id.x & 7u, id.y & 7u) + 1u) * count;
  let mean = min((128u * sum + vec3u(threshold)) / vec3u(128u * count), vec3u(255u));
  let isSmooth = (range > vec3u(0u)) & (range <= vec3u(terms.most));
  let at = place.y * terms.width + place.x;
  let kept = evened[at];
  evened[at] = packed(select(levelsOf(kept), mean, isSmooth)) | (kept & 0xff000000u);
}
