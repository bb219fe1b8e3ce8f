import { madd, storeSome, sum4 } from "../lanes";
import { total } from "../reduce/reduce";

/* Standardisation and its gradients; statistics are summed in float64 by blocks. */

// @ts-ignore: decorator
@inline
function at(p: usize, i: i32): usize {
  return p + (<usize>i << 2);
}

/** Σ (x − mean)². */
function squares(x: usize, n: i32, mean: f32): f64 {
  const m = f32x4.splat(mean);
  let sum: f64 = 0;
  let i = 0;
  while (i + 16 <= n) {
    const end = min(n - 15, i + 512);
    // Four sums hide how long each addition takes.
    let s = f32x4.splat(0);
    let t = s;
    let u = s;
    let v = s;
    for (; i < end; i += 16) {
      const p = at(x, i);
      const d = f32x4.sub(v128.load(p), m);
      s = madd(d, d, s);
      const e = f32x4.sub(v128.load(p, 16), m);
      t = madd(e, e, t);
      const f = f32x4.sub(v128.load(p, 32), m);
      u = madd(f, f, u);
      const g = f32x4.sub(v128.load(p, 48), m);
      v = madd(g, g, v);
    }
    sum += <f64>sum4(f32x4.add(f32x4.add(s, t), f32x4.add(u, v)));
  }
  for (; i < n; i++) {
    const d = load<f32>(at(x, i)) - mean;
    sum += <f64>(d * d);
  }
  return sum;
}

/** Σ a·(b − mean). */
function product(a: usize, b: usize, n: i32, mean: f32): f64 {
  const m = f32x4.splat(mean);
  let sum: f64 = 0;
  let i = 0;
  while (i + 4 <= n) {
    const end = min(n - 3, i + 256);
    let s = f32x4.splat(0);
    for (; i < end; i += 4) s = madd(v128.load(at(a, i)), f32x4.sub(v128.load(at(b, i)), m), s);
    sum += <f64>sum4(s);
  }
  for (; i < n; i++) sum += <f64>(load<f32>(at(a, i)) * (load<f32>(at(b, i)) - mean));
  return sum;
}

/** y = (x − mean)·r·w + b over rows of n with weights (or 0) along the row; mean and variance of each row. */
export function layer_norm_f32(
  x: usize,
  rows: i32,
  n: i32,
  w: usize,
  b: usize,
  eps: f64,
  center: i32,
  y: usize,
  means: usize,
  variances: usize,
): void {
  for (let k = 0; k < rows; k++) {
    const mean = center != 0 ? <f32>(total(x, n) / <f64>n) : 0;
    const variance = squares(x, n, mean) / <f64>n;
    store<f32>(at(means, k), mean);
    store<f32>(at(variances, k), <f32>variance);
    const r = f32x4.splat(<f32>(1 / Math.sqrt(variance + eps)));
    const m = f32x4.splat(mean);
    for (let i = 0; i < n; i += 4) {
      let v = f32x4.mul(f32x4.sub(v128.load(at(x, i)), m), r);
      if (w != 0) v = f32x4.mul(v, v128.load(at(w, i)));
      if (b != 0) v = f32x4.add(v, v128.load(at(b, i)));
      if (i + 4 <= n) v128.store(at(y, i), v);
      else storeSome(at(y, i), v, n - i);
    }
    x = at(x, n);
    y = at(y, n);
  }
}

/** Adds four float32 to float64 in memory. */
// @ts-ignore: decorator
@inline
function gather(sums: usize, v: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(v)));
  const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 0));
  v128.store(sums, f64x2.add(v128.load(sums, 16), high), 16);
}

/** Gradients of {@link layer_norm_f32}; gw and gb (n float64 each in `sums`) may be 0. `line` holds n float32. */
export function layer_norm_grad_f32(
  gy: usize,
  x: usize,
  rows: i32,
  n: i32,
  w: usize,
  eps: f64,
  center: i32,
  gx: usize,
  gw: usize,
  gb: usize,
  sums: usize,
  line: usize,
): void {
  memory.fill(sums, 0, <usize>n << 4);
  const biases = sums + (<usize>n << 3);
  for (let k = 0; k < rows; k++) {
    const mean = center != 0 ? <f32>(total(x, n) / <f64>n) : 0;
    const r = 1 / Math.sqrt(squares(x, n, mean) / <f64>n + eps);
    const fr = <f32>r;
    const m = f32x4.splat(mean);
    const scale = f32x4.splat(fr);
    // g = gy·w, the sums of g and g·(x − mean), and what weights and biases gather.
    let gs: f64 = 0;
    let gds: f64 = 0;
    let i = 0;
    while (i + 4 <= n) {
      const end = min(n - 3, i + 256);
      let s = f32x4.splat(0);
      let t = s;
      for (; i < end; i += 4) {
        const v = v128.load(at(gy, i));
        const d = f32x4.sub(v128.load(at(x, i)), m);
        gather(sums + (<usize>i << 3), f32x4.mul(f32x4.mul(v, d), scale));
        gather(biases + (<usize>i << 3), v);
        const g = w != 0 ? f32x4.mul(v, v128.load(at(w, i))) : v;
        v128.store(at(line, i), g);
        s = f32x4.add(s, g);
        t = madd(g, d, t);
      }
      gs += <f64>sum4(s);
      gds += <f64>sum4(t);
    }
    for (; i < n; i++) {
      const v = load<f32>(at(gy, i));
      const d = load<f32>(at(x, i)) - mean;
      const s = sums + (<usize>i << 3);
      const t = biases + (<usize>i << 3);
      store<f64>(s, load<f64>(s) + <f64>(v * d * fr));
      store<f64>(t, load<f64>(t) + <f64>v);
      const g = w != 0 ? v * load<f32>(at(w, i)) : v;
      store<f32>(at(line, i), g);
      gs += <f64>g;
      gds += <f64>(g * d);
    }
    const shift = f32x4.splat(center != 0 ? <f32>((-gs * r) / <f64>n) : 0);
    const slope = f32x4.splat(<f32>((-gds * r * r * r) / <f64>n));
    for (let i = 0; i < n; i += 4) {
      const v = madd(
        f32x4.sub(v128.load(at(x, i)), m),
        slope,
        madd(v128.load(at(line, i)), scale, shift),
      );
      if (i + 4 <= n) v128.store(at(gx, i), v);
      else storeSome(at(gx, i), v, n - i);
    }
    x = at(x, n);
    gy = at(gy, n);
    gx = at(gx, n);
  }
  for (let i = 0; i < n; i++) {
    if (gw != 0) store<f32>(at(gw, i), <f32>load<f64>(sums + (<usize>i << 3)));
    if (gb != 0) store<f32>(at(gb, i), <f32>load<f64>(biases + (<usize>i << 3)));
  }
}

/** x [outer, channels, inner] with one mean and variance, weight and bias (or 0) a channel. */
export function batch_norm_f32(
  x: usize,
  outer: i32,
  channels: i32,
  inner: i32,
  w: usize,
  b: usize,
  eps: f64,
  center: i32,
  y: usize,
  means: usize,
  variances: usize,
): void {
  const count = <f64>outer * <f64>inner;
  const step = channels * inner;
  for (let ch = 0; ch < channels; ch++) {
    const from = at(x, ch * inner);
    let sum: f64 = 0;
    if (center != 0) for (let o = 0; o < outer; o++) sum += total(at(from, o * step), inner);
    const mean = <f32>(sum / count);
    sum = 0;
    for (let o = 0; o < outer; o++) sum += squares(at(from, o * step), inner, mean);
    const variance = sum / count;
    store<f32>(at(means, ch), mean);
    store<f32>(at(variances, ch), <f32>variance);
    const scale = <f32>(1 / Math.sqrt(variance + eps)) * (w != 0 ? load<f32>(at(w, ch)) : 1);
    const shift: f32 = b != 0 ? load<f32>(at(b, ch)) : 0;
    const m = f32x4.splat(mean);
    const s = f32x4.splat(scale);
    const t = f32x4.splat(shift);
    for (let o = 0; o < outer; o++) {
      const line = at(from, o * step);
      const to = at(y, ch * inner + o * step);
      for (let i = 0; i < inner; i += 4) {
        const v = madd(f32x4.sub(v128.load(at(line, i)), m), s, t);
        if (i + 4 <= inner) v128.store(at(to, i), v);
        else storeSome(at(to, i), v, inner - i);
      }
    }
  }
}

/** Gradients of {@link batch_norm_f32}; gw and gb may be 0. */
export function batch_norm_grad_f32(
  gy: usize,
  x: usize,
  outer: i32,
  channels: i32,
  inner: i32,
  w: usize,
  eps: f64,
  center: i32,
  gx: usize,
  gw: usize,
  gb: usize,
): void {
  const count = <f64>outer * <f64>inner;
  const step = channels * inner;
  for (let ch = 0; ch < channels; ch++) {
    const from = at(x, ch * inner);
    const grads = at(gy, ch * inner);
    let sum: f64 = 0;
    if (center != 0) for (let o = 0; o < outer; o++) sum += total(at(from, o * step), inner);
    const mean = <f32>(sum / count);
    let square: f64 = 0;
    let first: f64 = 0;
    let second: f64 = 0;
    for (let o = 0; o < outer; o++) {
      const line = at(from, o * step);
      const g = at(grads, o * step);
      square += squares(line, inner, mean);
      first += total(g, inner);
      second += product(g, line, inner, mean);
    }
    const r = 1 / Math.sqrt(square / count + eps);
    if (gw != 0) store<f32>(at(gw, ch), <f32>(second * r));
    if (gb != 0) store<f32>(at(gb, ch), <f32>first);
    const weight: f64 = w != 0 ? <f64>load<f32>(at(w, ch)) : 1;
    const scale = f32x4.splat(<f32>(r * weight));
    const shift = f32x4.splat(center != 0 ? <f32>((-first * r * weight) / count) : 0);
    const slope = f32x4.splat(<f32>((-second * r * r * r * weight) / count));
    const m = f32x4.splat(mean);
    for (let o = 0; o < outer; o++) {
      const line = at(from, o * step);
      const g = at(grads, o * step);
      const to = at(gx, ch * inner + o * step);
      for (let i = 0; i < inner; i += 4) {
        const v = madd(f32x4.sub(v128.load(at(line, i)), m), slope, madd(v128.load(at(g, i)), scale, shift));
        if (i + 4 <= inner) v128.store(at(to, i), v);
        else storeSome(at(to, i), v, inner - i);
      }
    }
  }
}
