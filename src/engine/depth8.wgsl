// Pixels of RGBA8, one number each, red lowest. `pixels` is the pass's own.

// The level of full scale.
const peak = 255.0;

fn loadColour(index: i32) -> vec3f {
  return unpack4x8unorm(pixels[index]).rgb;
}

// In levels.
fn loadAlpha(index: i32) -> f32 {
  return f32(pixels[index] >> 24u);
}

// Numbers of a pixel.
const words = 1;

fn packWord(levels: vec4u, word: i32) -> u32 {
  return levels.r | (levels.g << 8u) | (levels.b << 16u) | (levels.a << 24u);
}
