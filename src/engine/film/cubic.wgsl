// Reads the picture `SOURCE` between its pixels, as core/film/colour-sample.ts does: functions of WGSL cannot be given a buffer.
fn read_SOURCE(place: vec2i, moved: vec2f) -> vec4f {
  // Whole pixels apart, so that a place far right is as exact as one far left.
  let base = floor(moved);
  let start = place + vec2i(base) - 1;
  let across = cubicWeights(moved.x - base.x);
  let down = cubicWeights(moved.y - base.y);
  var sum = vec4f(0.0);
  for (var j = 0; j < 4; j++) {
    let row = clamp(start.y + j, 0, terms.height - 1) * terms.width;
    for (var i = 0; i < 4; i++) {
      let at = row + clamp(start.x + i, 0, terms.width - 1);
      sum += down[j] * across[i] * levelsOf(SOURCE[at]);
    }
  }
  return sum;
}
