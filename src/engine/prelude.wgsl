// Before it stand `alias real = f32;` or, with `enable f16;`, `alias real = f16;`, the network's number of
// planes behind R, G and B as `const controlCount = k;`, and which of these vary, the first in the lowest
// bit, as `const varyingBits = 5u;`.

// A position mirrored into 0..length-1 with the edge sample repeated; as `reflect` in core/picture/resample.
fn reflected(position: i32, length: i32) -> i32 {
  let period = 2 * length;
  let phase = ((position % period) + period) % period;
  return select(period - 1 - phase, phase, phase < length);
}

// Where a position of the photo lies in a patch of it, reflected at the photo's edges. Beyond the
// patch lies only the padding of clipped tiles, whose results are cut off.
fn patchIndex(at: vec2i, sourceSize: vec2i, patchRect: vec4i) -> i32 {
  let inside = vec2i(reflected(at.x, sourceSize.x), reflected(at.y, sourceSize.y)) - patchRect.xy;
  let place = clamp(inside, vec2i(0), patchRect.zw - 1);
  return place.y * patchRect.z + place.x;
}
