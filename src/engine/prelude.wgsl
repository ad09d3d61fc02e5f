// Before it stand `alias real = f32;` or, with `enable f16;`, `alias real = f16;`, and the network's
// number of constant planes as `const controlCount = k;`.

// A position mirrored into 0..length-1 with the edge sample repeated; as `reflect` in core/resample.
fn reflected(position: i32, length: i32) -> i32 {
  let period = 2 * length;
  let phase = ((position % period) + period) % period;
  return select(period - 1 - phase, phase, phase < length);
}
