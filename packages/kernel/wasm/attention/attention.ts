import { exp4 } from "../elementwise/functions";
import { gemm_f32 } from "../gemm/f32";
import { madd, storeSome, sum4 } from "../lanes";
import { amax_f32 } from "../reduce/reduce";

/** Queries whose scores are held at once, so that memory grows with the number of keys alone. */
const TILE: i32 = 64;

// @ts-ignore: decorator
@inline
function put(p: usize, v: v128, left: i32): void {
  if (left >= 4) v128.store(p, v);
  else storeSome(p, v, left);
}

/** Scores of `rows` queries from number `first` on into weights, in place; a query that sees no key gets zeros. */
function weights(
  w: usize,
  rows: i32,
  keys: i32,
  first: i32,
  scale: f32,
  bias: usize,
  step: i32,
  causal: i32,
): void {
  const s = f32x4.splat(scale);
  const none = f32x4.splat(-Infinity);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < keys; j += 4) {
      const at = w + (<usize>j << 2);
      let v = f32x4.mul(v128.load(at), s);
      if (bias != 0) v = f32x4.add(v, v128.load(bias + (<usize>j << 2)));
      if (causal != 0) {
        const key = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(j));
        v = v128.bitselect(none, v, i32x4.gt_s(key, i32x4.splat(first + r)));
      }
      put(at, v, keys - j);
    }
    // The largest goes behind the row for a moment; there is room for it.
    const spot = w + (<usize>keys << 2);
    const behind = load<f32>(spot);
    amax_f32(w, 1, keys, 1, spot);
    const max = load<f32>(spot);
    store<f32>(spot, behind);
    if (max == -Infinity) memory.fill(w, 0, <usize>keys << 2);
    else {
      const m = f32x4.splat(max);
      let sums = f32x4.splat(0);
      let j = 0;
      for (; j + 4 <= keys; j += 4) {
        const e = exp4(f32x4.sub(v128.load(w + (<usize>j << 2)), m));
        v128.store(w + (<usize>j << 2), e);
        sums = f32x4.add(sums, e);
      }
      let sum = sum4(sums);
      if (j < keys) {
        const e = exp4(f32x4.sub(v128.load(w + (<usize>j << 2)), m));
        storeSome(w + (<usize>j << 2), e, keys - j);
        for (let k = j; k < keys; k++) sum += load<f32>(w + (<usize>k << 2));
      }
      const scaled = f32x4.splat(1 / sum);
      for (j = 0; j < keys; j += 4) {
        const at = w + (<usize>j << 2);
        put(at, f32x4.mul(v128.load(at), scaled), keys - j);
      }
    }
    w += <usize>keys << 2;
    bias += step << 2;
  }
}

/** a ← a·keep over rows, the second with steps between rows. */
function multiplyRows(a: usize, rows: i32, keys: i32, keep: usize, step: i32): void {
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < keys; j += 4) {
      const at = a + (<usize>j << 2);
      put(at, f32x4.mul(v128.load(at), v128.load(keep + (<usize>j << 2))), keys - j);
    }
    a += <usize>keys << 2;
    keep += step << 2;
  }
}

/**
 * y = softmax(scale·q·kᵀ + bias)·v of one batch; q, k, v with strides, y row-major, bias and keep (or 0) with `step` between
 * rows. `w` holds 64 rows of keys and 16 bytes.
 */
export function attention_f32(
  queries: i32,
  keys: i32,
  width: i32,
  values: i32,
  q: usize,
  qr: i32,
  qc: i32,
  k: usize,
  kr: i32,
  kc: i32,
  v: usize,
  vr: i32,
  vc: i32,
  bias: usize,
  biasStep: i32,
  keep: usize,
  keepStep: i32,
  scale: f32,
  causal: i32,
  y: usize,
  w: usize,
  room: usize,
): void {
  for (let i = 0; i < queries; i += TILE) {
    const rows = min(TILE, queries - i);
    gemm_f32(rows, keys, width, q + ((i * qr) << 2), qr, qc, k, kc, kr, w, keys, 1, 0, 0, room);
    weights(w, rows, keys, i, scale, bias != 0 ? bias + ((i * biasStep) << 2) : 0, bias != 0 ? biasStep : 0, causal);
    if (keep != 0) multiplyRows(w, rows, keys, keep + ((i * keepStep) << 2), keepStep);
    gemm_f32(rows, values, keys, w, keys, 1, v, vr, vc, y + ((i * values) << 2), values, 1, 0, 0, room);
  }
}

/**
 * Gradients of {@link attention_f32} from g (row-major): gq, gk, gv row-major, and gm (or 0) of the added mask. `w` and
 * `d` hold 64 rows of keys and 16 bytes each.
 */
export function attention_grad_f32(
  queries: i32,
  keys: i32,
  width: i32,
  values: i32,
  q: usize,
  qr: i32,
  qc: i32,
  k: usize,
  kr: i32,
  kc: i32,
  v: usize,
  vr: i32,
  vc: i32,
  bias: usize,
  biasStep: i32,
  keep: usize,
  keepStep: i32,
  scale: f32,
  causal: i32,
  g: usize,
  gq: usize,
  gk: usize,
  gv: usize,
  gm: usize,
  w: usize,
  d: usize,
  room: usize,
): void {
  memory.fill(gk, 0, (<usize>keys * <usize>width) << 2);
  memory.fill(gv, 0, (<usize>keys * <usize>values) << 2);
  const factor = f32x4.splat(scale);
  for (let i = 0; i < queries; i += TILE) {
    const rows = min(TILE, queries - i);
    const qs = q + ((i * qr) << 2);
    const gs = g + ((i * values) << 2);
    const kept = keep != 0 ? keep + ((i * keepStep) << 2) : 0;
    gemm_f32(rows, keys, width, qs, qr, qc, k, kc, kr, w, keys, 1, 0, 0, room);
    weights(w, rows, keys, i, scale, bias != 0 ? bias + ((i * biasStep) << 2) : 0, bias != 0 ? biasStep : 0, causal);
    if (kept != 0) {
      memory.copy(d, w, (<usize>rows * <usize>keys) << 2);
      multiplyRows(d, rows, keys, kept, keepStep);
      gemm_f32(keys, values, rows, d, 1, keys, gs, values, 1, gv, values, 1, 1, 0, room);
    } else gemm_f32(keys, values, rows, w, 1, keys, gs, values, 1, gv, values, 1, 1, 0, room);
    gemm_f32(rows, keys, values, gs, values, 1, v, vc, vr, d, keys, 1, 0, 0, room);
    if (kept != 0) multiplyRows(d, rows, keys, kept, keepStep);
    for (let r = 0; r < rows; r++) {
      const a = w + ((r * keys) << 2);
      const b = d + ((r * keys) << 2);
      let s = f32x4.splat(0);
      let j = 0;
      for (; j + 4 <= keys; j += 4) s = madd(v128.load(a + (<usize>j << 2)), v128.load(b + (<usize>j << 2)), s);
      let sum = sum4(s);
      for (; j < keys; j++) sum += load<f32>(a + (<usize>j << 2)) * load<f32>(b + (<usize>j << 2));
      const all = f32x4.splat(sum);
      for (j = 0; j < keys; j += 4) {
        const at = b + (<usize>j << 2);
        const change = f32x4.mul(v128.load(a + (<usize>j << 2)), f32x4.sub(v128.load(at), all));
        if (gm != 0) put(gm + (((i + r) * keys + j) << 2), change, keys - j);
        put(at, f32x4.mul(change, factor), keys - j);
      }
    }
    gemm_f32(rows, width, keys, d, keys, 1, k, kr, kc, gq + ((i * width) << 2), width, 1, 0, 0, room);
    gemm_f32(keys, width, rows, d, 1, keys, qs, qr, qc, gk, width, 1, 1, 0, room);
  }
}
