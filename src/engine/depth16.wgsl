// Pixels of RGBA16, two numbers each: red and green, blue and alpha, the first of the two lowest. `pixels` is
// the pass's own.

// The level of full scale.
const peak = 65535.0;

fn loadColour(index: i32) -> vec3f {
  return vec3f(unpack2x16unorm(pixels[2 * index]), unpack2x16unorm(pixels[2 * index + 1]).x);
}

// In levels.
fn loadAlpha(index: i32) -> f32 {
  return f32(pixels[2 * index + 1] >> 16u);
}

// Numbers of a pixel.
const words = 2;

fn packWord(levels: vec4u, word: i32) -> u32 {
  let pair = select(levels.ba, levels.rg, word == 0);
  return pair.x | (pair.y << 16u);
}
