// Makes luma and halved colour differences of pixels: the twin of `yuvOfRaster` (core/film/yuv.ts), in the same whole numbers.
// A thread makes four bytes, of whichever planes.

struct Terms {
  // Of red, green and blue, and what is added.
  y: vec4i,
  u: vec4i,
  v: vec4i,
  width: u32,
  height: u32,
  // Words of a row of threads.
  stride: u32,
}

@group(0) @binding(0) var<uniform> terms: Terms;
@group(0) @binding(1) var<storage, read> pixels: array<u32>;
@group(0) @binding(2) var<storage, read_write> words: array<u32>;

fn rgbAt(x: u32, y: u32) -> vec3i {
  let pixel = pixels[y * terms.width + x];
  return vec3i((vec3u(pixel) >> vec3u(0u, 8u, 16u)) & vec3u(255u));
}

fn levelOf(factors: vec4i, rgb: vec3i) -> u32 {
  let sum = factors.x * rgb.r + factors.y * rgb.g + factors.z * rgb.b + factors.w;
  return u32(clamp(sum >> fractionBits, 0, 255));
}

// Eight times the colour at a sample of the halved planes: on its column, between two rows.
fn eightTimes(column: u32, row: u32) -> vec3i {
  let x = 2u * column;
  let left = max(x, 1u) - 1u;
  let right = min(x + 1u, terms.width - 1u);
  var sum = vec3i(0);
  for (var i = 0u; i < 2u; i++) {
    let y = min(2u * row + i, terms.height - 1u);
    sum += rgbAt(left, y) + 2 * rgbAt(x, y) + rgbAt(right, y);
  }
  return sum;
}

fn byteAt(place: u32) -> u32 {
  let luma = terms.width * terms.height;
  if (place < luma) {
    return levelOf(terms.y, rgbAt(place % terms.width, place / terms.width));
  }
  let columns = (terms.width + 1u) / 2u;
  let each = columns * ((terms.height + 1u) / 2u);
  let at = place - luma;
  if (at < each) {
    return levelOf(terms.u, eightTimes(at % columns, at / columns));
  }
  if (at < 2u * each) {
    return levelOf(terms.v, eightTimes((at - each) % columns, (at - each) / columns));
  }
  return 0u;
}

@compute @workgroup_size(8, 8)
fn toSamples(@builtin(global_invocation_id) id: vec3u) {
  let word = id.y * terms.stride + id.x;
  if (id.x >= terms.stride || word >= arrayLength(&words)) {
    return;
  }
  let at = 4u * word;
  words[word] = byteAt(at) | (byteAt(at + 1u) << 8u) | (byteAt(at + 2u) << 16u) |
    (byteAt(at + 3u) << 24u);
}
