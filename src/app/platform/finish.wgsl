// What `finishPixels` in core/run does, in the same order; its constants stand before this.

struct Terms {
  // Of the result, the grid of drift and the mask, in their samples.
  whole: vec2f,
  driftSize: vec2i,
  maskSize: vec2i,
  strength: f32,
  colourLock: f32,
  gains: vec3f,
  contrast: f32,
  // See `ColourTerms`.
  chroma: f32,
  deviation: f32,
  spacing: u32,
  seed: u32,
  isLuminanceOnly: u32,
  // 1 where light is graded, 2 where colours are, too.
  graded: u32,
  sharpenReach: i32,
  sharpenWindow: i32,
  // The gain, and the blur's weights from the middle outwards; see `sharpenTerms`.
  sharpenGain: f32,
  vibrance: f32,
  shadowTone: f32,
  highlightTone: f32,
  sharpenWeights: array<vec4f, 2>,
  tintSize: vec2i,
  // 1 where what is not tinted keeps its own colour, 2 where it has none.
  tinted: u32,
}

@group(0) @binding(0) var<uniform> terms: Terms;
// Premultiplied, as canvases are, and of the same size.
@group(0) @binding(1) var plain: texture_2d<f32>;
@group(0) @binding(2) var enhanced: texture_2d<f32>;
// Which column of the result each column is, and then which row each row; then the neighbours of each column,
// and of each row.
@group(0) @binding(3) var<storage, read> places: array<u32>;
@group(0) @binding(4) var<storage, read> drift: array<vec4f>;
@group(0) @binding(5) var mask: texture_2d<f32>;
// RGBA8 of the finished picture, row by row, straight.
@group(0) @binding(6) var<storage, read_write> finished: array<u32>;
// Luma of what is mixed, and what it covers; filled by `mixAll` where something is sharpened.
@group(0) @binding(7) var<storage, read_write> lumas: array<vec2f>;

// Oklab's a and b per fullness and how much is tinted, both times that, and the lightness that was seen.
@group(0) @binding(8) var<storage, read> tint: array<vec4f>;

fn lumaOf(colour: vec3f) -> f32 {
  return dot(colour, lumaWeights);
}

// Rounded as canvases do it that give their pixels to arrays.
fn straight(colour: vec4f) -> vec4f {
  let alpha = max(colour.a, 1.0 / 255);
  return vec4f(round(saturate(colour.rgb / alpha) * 255) / 255, colour.a);
}

// Where a pixel of the result lies among the samples of a coarser grid.
fn among(place: vec2u, size: vec2i, density: vec2f) -> vec2f {
  return clamp((vec2f(place) + 0.5) * density - 0.5, vec2f(0), vec2f(size - 1));
}

fn driftAt(place: vec2u) -> vec3f {
  let size = terms.driftSize;
  let at = among(place, size, vec2f(1 / driftCell));
  let first = vec2i(at);
  let last = min(first + 1, size - 1);
  let share = at - vec2f(first);
  let left = mix(drift[first.y * size.x + first.x], drift[last.y * size.x + first.x], share.y);
  let right = mix(drift[first.y * size.x + last.x], drift[last.y * size.x + last.x], share.y);
  return mix(left, right, share.x).rgb;
}

fn maskAt(place: vec2u) -> f32 {
  let at = among(place, terms.maskSize, vec2f(terms.maskSize) / terms.whole);
  let first = vec2i(at);
  let last = min(first + 1, terms.maskSize - 1);
  let share = at - vec2f(first);
  let left = mix(textureLoad(mask, first, 0).r, textureLoad(mask, vec2i(first.x, last.y), 0).r, share.y);
  let right = mix(textureLoad(mask, vec2i(last.x, first.y), 0).r, textureLoad(mask, last, 0).r, share.y);
  return mix(left, right, share.x);
}

// sRGB, of values in 0..1.
fn lightOf(value: vec3f) -> vec3f {
  return select(pow((value + 0.055) / 1.055, vec3f(2.4)), value / 12.92, value <= vec3f(0.04045));
}

fn displayOf(light: vec3f) -> vec3f {
  let seen = saturate(light);
  let bright = 1.055 * pow(max(seen, vec3f(0.001)), vec3f(1 / 2.4)) - 0.055;
  return select(bright, seen * 12.92, seen <= vec3f(0.0031308));
}

// In Oklab, whose matrices multiply rows here.
fn labOf(colour: vec3f) -> vec3f {
  let cones = max(lightOf(colour) * conesOfLight, vec3f(1e-12));
  let guess = pow(cones, vec3f(1.0 / 3));
  // Some GPUs take powers to a ten-thousandth only: one turn of Newton's makes it right.
  return (guess - (guess * guess * guess - cones) / (3 * guess * guess)) * labOfRoots;
}

fn lightAt(lab: vec3f) -> vec3f {
  let roots = lab * rootsOfLab;
  return roots * roots * roots * lightOfCones;
}

fn fits(lightness: f32, chroma: vec2f) -> bool {
  let light = lightAt(vec3f(lightness, chroma));
  let least = -gamutDip * lightness * lightness * lightness;
  return all(light >= vec3f(least)) && all(light <= vec3f(1 + gamutSlack));
}

// As much of a colour's chroma as can be shown: what comes first on the way from grey.
fn fitted(lightness: f32, chroma: vec2f) -> vec2f {
  if (fits(lightness, chroma)) { return chroma; }
  var least = 0.0;
  var step = 1.0 / gamutSteps;
  while (least + step < 1 && fits(lightness, (least + step) * chroma)) { least += step; }
  for (var turn = 0; turn < gamutTurns; turn++) {
    step /= 2;
    if (fits(lightness, (least + step) * chroma)) { least += step; }
  }
  return least * chroma;
}

fn tintAt(colour: vec3f, place: vec2u) -> vec3f {
  let size = terms.tintSize;
  let at = among(place, size, vec2f(size) / terms.whole);
  let first = vec2i(at);
  let last = min(first + 1, size - 1);
  let beside = at - vec2f(first);
  let cells = mat4x4f(
    tint[first.y * size.x + first.x],
    tint[first.y * size.x + last.x],
    tint[last.y * size.x + first.x],
    tint[last.y * size.x + last.x],
  );
  let seen = transpose(cells);
  let isReached = dot(seen[2], vec4f(1)) > 0;
  if (terms.tinted == 1 && !isReached) { return colour; }
  let lab = labOf(saturate(colour));
  if (!isReached) { return displayOf(lightAt(vec3f(lab.x, 0, 0))); }
  let across = vec4f(1 - beside.x, beside.x, 1 - beside.x, beside.x);
  let down = vec4f(1 - beside.y, 1 - beside.y, beside.y, beside.y);
  let apart = lab.x - seen[3];
  let unlike = likeness + apart * apart;
  let weights = across * down / (unlike * unlike);
  let wish = cells * weights / dot(weights, vec4f(1));
  let share = max(leastShare, wish.z);
  let own = select(0, 1 - share, terms.tinted == 1);
  let dark = 1 - lab.x;
  let fullness = 1 - dark * dark * dark;
  let painted = fitted(lab.x, fullness * wish.xy / share);
  return displayOf(lightAt(vec3f(lab.x, own * lab.yz + share * painted)));
}

fn recolour(colour: vec3f) -> vec3f {
  let lab = labOf(colour);
  let faint = max(0, 1 - length(lab.yz) / strongChroma);
  let factor = terms.chroma * (1 + terms.vibrance * faint * faint);
  let dark = 1 - lab.x;
  let tone = toneShare * lab.x * dark * (terms.shadowTone * dark + terms.highlightTone * lab.x);
  return displayOf(lightAt(vec3f(lab.x, factor * lab.yz + tone * warmTone)));
}

fn grade(colour: vec3f) -> vec3f {
  let lit = saturate(colour * terms.gains);
  let curved = lit + terms.contrast * ((3 - 2 * lit) * lit * lit - lit);
  if (terms.graded == 1) { return curved; }
  return recolour(saturate(curved));
}

fn hash(value: u32) -> u32 {
  let state = value * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}

fn noiseAt(cell: vec2u) -> f32 {
  let bits = hash(cell.x + hash(cell.y + hash(terms.seed)));
  return (f32((bits & 0xffffu) + (bits >> 16u)) - 65535) / 65535 * grainDeviation;
}

fn grainAt(place: vec2u) -> f32 {
  let along = place * grainUnits;
  let cell = along / terms.spacing;
  let share = vec2f(along % terms.spacing) / f32(terms.spacing);
  let left = mix(noiseAt(cell), noiseAt(cell + vec2u(0, 1)), share.y);
  let right = mix(noiseAt(cell + vec2u(1, 0)), noiseAt(cell + 1), share.y);
  let evenness = share * share + (1 - share) * (1 - share);
  return mix(left, right, share.x) * inverseSqrt(evenness.x * evenness.y);
}

// The networks' work, before it is sharpened and graded.
fn mixAt(pixel: vec2u, place: vec2u) -> vec4f {
  let ground = straight(textureLoad(plain, pixel, 0));
  let top = straight(textureLoad(enhanced, pixel, 0));
  var amount = terms.strength;
  if (terms.maskSize.x > 0) { amount *= maskAt(place); }
  var made = top.rgb;
  if (terms.driftSize.x > 0) { made += terms.colourLock * driftAt(place); }

  let cover = top.a * amount;
  let alpha = ground.a * (1 - amount) + cover;
  var share = 0.0;
  if (alpha > 0) { share = cover / alpha; }
  var colour = ground.rgb + share * (made - ground.rgb);
  if (terms.isLuminanceOnly == 1) { colour = ground.rgb + lumaOf(colour) - lumaOf(ground.rgb); }
  return vec4f(colour, alpha);
}

fn placeOf(pixel: vec2u, size: vec2u) -> vec2u {
  return vec2u(places[pixel.x], places[size.x + pixel.y]);
}

fn weightAt(distance: i32) -> f32 {
  let i = abs(distance);
  return terms.sharpenWeights[i / 4][i % 4];
}

// What sharpening adds to luma.
fn sharpenAt(pixel: vec2u, size: vec2u) -> f32 {
  let own = lumas[pixel.y * size.x + pixel.x].x;
  let columns = i32(size.x + size.y + pixel.x * neighbourCount) + mostSharpenReach;
  let rows = i32(size.x + size.y + (size.x + pixel.y) * neighbourCount) + mostSharpenReach;
  let reach = terms.sharpenReach;
  let window = terms.sharpenWindow;
  var detail = 0.0;
  var least = own;
  var most = own;
  for (var v = -reach; v <= reach; v++) {
    let row = places[rows + v] * size.x;
    var line = 0.0;
    for (var u = -reach; u <= reach; u++) {
      let seen = lumas[row + places[columns + u]];
      line += weightAt(u) * seen.y * (own - seen.x);
      if (max(abs(u), abs(v)) > window) { continue; }
      least = min(least, seen.x + 1 - seen.y);
      most = max(most, seen.x - 1 + seen.y);
    }
    detail += weightAt(v) * line;
  }
  let allowance = haloAllowance * (most - least);
  return clamp(terms.sharpenGain * detail, least - allowance - own, most + allowance - own);
}

@compute @workgroup_size(16, 16)
fn mixAll(@builtin(global_invocation_id) id: vec3u) {
  let pixel = id.xy;
  let size = textureDimensions(enhanced);
  if (pixel.x >= size.x || pixel.y >= size.y) { return; }
  let mixed = mixAt(pixel, placeOf(pixel, size));
  lumas[pixel.y * size.x + pixel.x] = vec2f(lumaOf(mixed.rgb), mixed.a);
}

@compute @workgroup_size(16, 16)
fn finish(@builtin(global_invocation_id) id: vec3u) {
  let pixel = id.xy;
  let size = textureDimensions(enhanced);
  if (pixel.x >= size.x || pixel.y >= size.y) { return; }
  let place = placeOf(pixel, size);
  let mixed = mixAt(pixel, place);
  var colour = mixed.rgb;
  if (terms.sharpenReach > 0) {
    var share = 1.0;
    if (terms.maskSize.x > 0) { share = maskAt(place); }
    colour += share * sharpenAt(pixel, size);
  }
  if (terms.tinted > 0) { colour = tintAt(colour, place); }
  if (terms.graded > 0) { colour = grade(colour); }
  if (terms.deviation > 0) {
    let tone = saturate(lumaOf(colour));
    colour += terms.deviation * 4 * tone * (1 - tone) * grainAt(place);
  }
  // To the nearest, halves to even, as arrays of bytes are.
  let bytes = vec4u(round(saturate(vec4f(colour, mixed.a)) * 255)) << vec4u(0, 8, 16, 24);
  finished[pixel.y * size.x + pixel.x] = bytes.r | bytes.g | bytes.b | bytes.a;
}
