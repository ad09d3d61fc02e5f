// Levels of pixels, and pixels of levels.

fn levelsOf(pixel: u32) -> vec4f {
  return vec4f((vec4u(pixel) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(255u));
}

// The nearest whole levels; a tie goes up.
fn packed(levels: vec3f) -> u32 {
  let whole = vec3u(clamp(floor(levels + 0.5), vec3f(0.0), vec3f(255.0)));
  return whole.r | (whole.g << 8u) | (whole.b << 16u);
}

// Weights of the four pixels round a place, of Keys' cubic with a = -0.5: as in core/film/colour-sample.ts.
fn cubicWeights(part: f32) -> vec4f {
  return vec4f(
    part * (part * (1.0 - part / 2.0) - 0.5),
    1.0 + part * part * (1.5 * part - 2.5),
    part * (0.5 + part * (2.0 - 1.5 * part)),
    part * part * (part / 2.0 - 0.5),
  );
}
