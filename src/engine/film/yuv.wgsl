// Turns a picture's colours: the twin of core/film/yuv.ts, in the same whole numbers.

struct Plane {
  offset: u32,
  stride: u32,
  step: u32,
  unused: u32,
}

struct Terms {
  width: i32,
  height: i32,
  // Pixels that a sample of a colour difference stands for.
  across: i32,
  down: i32,
  y: Plane,
  u: Plane,
  v: Plane,
  // Black and what luma is multiplied with.
  black: i32,
  luma: i32,
  redV: i32,
  greenU: i32,
  greenV: i32,
  blueU: i32,
}

@group(0) @binding(0) var<uniform> terms: Terms;
@group(0) @binding(1) var<storage, read> samples: array<u32>;
@group(0) @binding(2) var<storage, read_write> pixels: array<u32>;

fn sampleOf(plane: Plane, column: i32, row: i32) -> i32 {
  let at = plane.offset + u32(row) * plane.stride + u32(column) * plane.step;
  return i32((samples[at >> 2u] >> ((at & 3u) * 8u)) & 255u);
}

// A colour difference between two rows, in fourths of a level.
fn between(plane: Plane, column: i32, row: i32) -> i32 {
  if (terms.down == 1) {
    return 4 * sampleOf(plane, column, row) - 512;
  }
  let near = row >> 1u;
  let rows = (terms.height + 1) >> 1u;
  let far = clamp(near + select(1, -1, (row & 1) == 0), 0, rows - 1);
  return 3 * sampleOf(plane, column, near) + sampleOf(plane, column, far) - 512;
}

// In eighths.
fn differenceAt(plane: Plane, x: i32, y: i32) -> i32 {
  if (terms.across == 1) {
    return 2 * between(plane, x, y);
  }
  let column = x >> 1u;
  let here = between(plane, column, y);
  if ((x & 1) == 0) {
    return 2 * here;
  }
  let columns = (terms.width + 1) >> 1u;
  return here + between(plane, min(column + 1, columns - 1), y);
}

@compute @workgroup_size(8, 8)
fn toPixels(@builtin(global_invocation_id) id: vec3u) {
  let place = vec2i(id.xy);
  if (place.x >= terms.width || place.y >= terms.height) {
    return;
  }
  let level = sampleOf(terms.y, place.x, place.y);
  let light = (level - terms.black) * terms.luma + (1 << (fractionBits - 1u));
  let u = differenceAt(terms.u, place.x, place.y);
  let v = differenceAt(terms.v, place.x, place.y);
  let sums = vec3i(
    light + terms.redV * v,
    light + terms.greenU * u + terms.greenV * v,
    light + terms.blueU * u,
  );
  let rgb = vec3u(clamp(sums >> vec3u(fractionBits), vec3i(0), vec3i(255)));
  pixels[place.y * terms.width + place.x] = rgb.r | (rgb.g << 8u) | (rgb.b << 16u) | 0xff000000u;
}
