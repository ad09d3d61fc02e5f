// Mixes a frame with the one before, moved to it and clamped: the twin of `blendSteady` (core/film/steady-detail.ts) for 8 bits.

@group(0) @binding(1) var<storage, read> pixels: array<u32>;
@group(0) @binding(2) var<storage, read> before: array<u32>;
// Three planes: rightwards, downwards, and how far a place fits.
@group(0) @binding(3) var<storage, read> motion: array<f32>;
@group(0) @binding(4) var<storage, read_write> steady: array<u32>;

struct Place {
  first: i32,
  next: i32,
  part: f32,
}

// Where a pixel lies between the motion's own, in whole numbers so that none lands on the wrong side.
fn placeOf(at: i32, count: i32) -> Place {
  let twice = clamp(2 * at + 1 - terms.factor, 0, 2 * terms.factor * (count - 1));
  let first = twice / (2 * terms.factor);
  let part = f32(twice - first * 2 * terms.factor) / f32(2 * terms.factor);
  return Place(first, min(first + 1, count - 1), part);
}

fn readPlane(plane: i32, across: Place, down: Place) -> f32 {
  let start = plane * terms.columns * terms.rows;
  let upper = start + down.first * terms.columns;
  let lower = start + down.next * terms.columns;
  return mix(
    mix(motion[upper + across.first], motion[upper + across.next], across.part),
    mix(motion[lower + across.first], motion[lower + across.next], across.part),
    down.part,
  );
}

fn pixelAt(x: i32, y: i32) -> vec3u {
  let at = clamp(y, 0, terms.height - 1) * terms.width + clamp(x, 0, terms.width - 1);
  return (vec3u(pixels[at]) >> vec3u(0u, 8u, 16u)) & vec3u(255u);
}

@compute @workgroup_size(8, 8)
fn blend(@builtin(global_invocation_id) id: vec3u) {
  let place = vec2i(id.xy);
  if (place.x >= terms.width || place.y >= terms.height) {
    return;
  }
  let across = placeOf(place.x, terms.columns);
  let down = placeOf(place.y, terms.rows);
  let moved = f32(terms.factor) * vec2f(readPlane(0, across, down), readPlane(1, across, down));
  let column = select(across.next, across.first, across.part < 0.5);
  let row = select(down.next, down.first, down.part < 0.5);
  let fit = motion[(2 * terms.rows + row) * terms.columns + column];

  var sum = vec3u(0u);
  var squares = vec3u(0u);
  for (var y = -1; y <= 1; y++) {
    for (var x = -1; x <= 1; x++) {
      let own = pixelAt(place.x + x, place.y + y);
      sum += own;
      squares += own * own;
    }
  }
  let span = reach * sqrt(vec3f(9u * squares - sum * sum)) / 9.0 + slack;
  let mean = vec3f(sum) / 9.0;
  let level = vec3f(pixelAt(place.x, place.y));
  let seen = clamp(
    read_before(place, moved).rgb,
    min(level, mean - span),
    max(level, mean + span),
  );
  let at = place.y * terms.width + place.x;
  steady[at] = packed(level + terms.share * fit * (seen - level)) | (pixels[at] & 0xff000000u);
}
