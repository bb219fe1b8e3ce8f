/*
 * One sorted column against all nodes of a level. A node is 80 bytes: its sums (float64 at 0, 8), what the scan has met (16, 24), the
 * best candidate's sums of that side (32, 40), then float32: gain unsplit (48), last value met (52), best loss change (56) and
 * value (60), and int32: best feature (64), direction (68), whether the feature is allowed (72).
 */

// @ts-ignore: decorator
@inline
function shrink(g: f64, alpha: f64): f64 {
  return g > alpha ? g - alpha : g < -alpha ? g + alpha : 0;
}

// @ts-ignore: decorator
@inline
function gainOf(g: f64, h: f64, lambda: f64, alpha: f64): f32 {
  const t = alpha == 0 ? g : shrink(g, alpha);
  return h <= 0 ? 0 : <f32>(t * t) / <f32>(h + lambda);
}

// @ts-ignore: decorator
@inline
function keep(node: usize, loss: f32, value: f32, feature: i32, step: i32): void {
  store<f64>(node, load<f64>(node, 16), 32);
  store<f64>(node, load<f64>(node, 24), 40);
  store<f32>(node, loss, 56);
  store<f32>(node, value, 60);
  store<i32>(node, feature, 64);
  store<i32>(node, step, 68);
}

/** Scans entries `from … to` (step 1 upwards, −1 downwards from to − 1) of a column; `list` are the level's nodes. */
export function scan_column(
  rows: usize,
  values: usize,
  from: i32,
  to: i32,
  step: i32,
  position: usize,
  gpair: usize,
  nodes: usize,
  list: usize,
  count: i32,
  feature: i32,
  lambda: f64,
  alpha: f64,
  least: f64,
  eps: f32,
): void {
  for (let i = 0; i < count; i++) {
    const node = nodes + <usize>load<i32>(list + ((<usize>i) << 2)) * 80;
    store<f64>(node, 0, 16);
    store<f64>(node, 0, 24);
  }
  let k = step > 0 ? from : to - 1;
  for (let left = to - from; left > 0; left--, k += step) {
    const row = <usize>load<u32>(rows + ((<usize>k) << 2));
    const n = load<i32>(position + (row << 2));
    if (n < 0) continue;
    const node = nodes + <usize>n * 80;
    if (load<i32>(node, 72) == 0) continue;
    const v = load<f32>(values + ((<usize>k) << 2));
    const g = load<f64>(node, 16);
    const h = load<f64>(node, 24);
    const last = load<f32>(node, 52);
    if (h != 0 && v != last && h >= least) {
      const rest = load<f64>(node, 8) - h;
      if (rest >= least) {
        const loss =
          gainOf(g, h, lambda, alpha) + gainOf(load<f64>(node) - g, rest, lambda, alpha) - load<f32>(node, 48);
        if (loss > load<f32>(node, 56) && loss != Infinity) {
          const middle: f32 = (v + last) * 0.5;
          keep(node, loss, middle == v ? last : middle, feature, step);
        }
      }
    }
    store<f64>(node, g + <f64>load<f32>(gpair + (row << 3)), 16);
    store<f64>(node, h + <f64>load<f32>(gpair + (row << 3), 4), 24);
    store<f32>(node, v, 52);
  }
  // All present values against the missing ones.
  for (let i = 0; i < count; i++) {
    const node = nodes + <usize>load<i32>(list + ((<usize>i) << 2)) * 80;
    const g = load<f64>(node, 16);
    const h = load<f64>(node, 24);
    const rest = load<f64>(node, 8) - h;
    if (!(h >= least && rest >= least)) continue;
    const loss =
      gainOf(g, h, lambda, alpha) + gainOf(load<f64>(node) - g, rest, lambda, alpha) - load<f32>(node, 48);
    if (!(loss > load<f32>(node, 56) && loss != Infinity)) continue;
    const last = load<f32>(node, 52);
    const gap: f32 = abs(last) + eps;
    keep(node, loss, step > 0 ? last + gap : last - gap, feature, step);
  }
}
