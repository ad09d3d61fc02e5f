// What moving a picture needs: its size, that of the motion's planes, and how many of its pixels a side of one of theirs has.

struct Terms {
  width: i32,
  height: i32,
  columns: i32,
  rows: i32,
  factor: i32,
  // What the frame before counts for where it fits, or how far between two frames it is.
  share: f32,
}

@group(0) @binding(0) var<uniform> terms: Terms;
