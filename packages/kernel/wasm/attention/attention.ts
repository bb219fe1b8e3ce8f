import { exponentials } from "../elementwise/functions";
import { gemm_f32, gemm_f32_room } from "../gemm/f32";
import { ADD, FRESH, gemmPacked, packAll, packedB, up } from "../gemm/product";
import { madd, storeSome, sum4 } from "../lanes";
import { largest } from "../reduce/reduce";

/** Queries whose scores are held at once, so that memory grows with the number of keys alone. */
const SPAN: i32 = 96;

/** Elements from one row of scores to the next: an odd number of cache lines, or rows of 2ⁿ keys would meet in the same few. */
// @ts-ignore: decorator
@inline
function stepOf(keys: i32): i32 {
  return (((keys + 15) >> 4) | 1) << 4;
}

/** One batch; q, k, v with strides, g, y and gradients row-major. The order is that of `src/wasm/kernels/attention.ts`. */
@unmanaged
class Call {
  queries: i32;
  keys: i32;
  width: i32;
  values: i32;
  q: usize;
  qr: i32;
  qc: i32;
  k: usize;
  kr: i32;
  kc: i32;
  v: usize;
  vr: i32;
  vc: i32;
  /** Added to the scores, and multiplied with the weights, or 0; rows lie the steps apart. */
  bias: usize;
  biasStep: i32;
  keep: usize;
  keepStep: i32;
  scale: f32;
  causal: i32;
  y: usize;
  g: usize;
  gq: usize;
  gk: usize;
  gv: usize;
  /** Gradient of what was added, or 0. */
  gm: usize;
}

// @ts-ignore: decorator
@inline
function put(p: usize, v: v128, left: i32): void {
  if (left >= 4) v128.store(p, v);
  else storeSome(p, v, left);
}

/**
 * Scores of `rows` queries from number `first` on become e to their distance from the row's largest, in place; one over
 * each row's sum goes to `shares`. A query that sees no key gets zeros.
 */
function weights(c: Call, w: usize, rows: i32, first: i32, shares: usize): void {
  const keys = c.keys;
  const step = stepOf(keys);
  const s = f32x4.splat(c.scale);
  const none = f32x4.splat(-Infinity);
  // Scores as they are can be compared before they are scaled.
  const plain = c.bias == 0 && c.causal == 0 && c.scale >= 0;
  const factor: f32 = plain ? c.scale : 1;
  let bias = c.bias + ((first * c.biasStep) << 2);
  for (let r = 0; r < rows; r++) {
    if (!plain)
      for (let j = 0; j < keys; j += 4) {
        const at = w + (<usize>j << 2);
        let v = f32x4.mul(v128.load(at), s);
        if (c.bias != 0) v = f32x4.add(v, v128.load(bias + (<usize>j << 2)));
        if (c.causal != 0) {
          const key = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(j));
          v = v128.bitselect(none, v, i32x4.gt_s(key, i32x4.splat(first + r)));
        }
        put(at, v, keys - j);
      }
    const most = largest(w, keys);
    let sum: f32 = 0;
    if (most == -Infinity) {
      // Nothing to see, or nothing but NaN, which no comparison finds.
      for (let j = 0; j < keys; j++) {
        const v = load<f32>(w + (<usize>j << 2));
        if (v != v) sum = v;
      }
      for (let j = 0; j < keys; j++) store<f32>(w + (<usize>j << 2), sum);
      store<f32>(shares, 1);
    } else {
      store<f32>(shares, 1 / exponentials(w, keys, factor, -most * factor, w));
    }
    shares += 4;
    w += <usize>step << 2;
    bias += c.biasStep << 2;
  }
}

/** Each of `rows` rows of n is multiplied by its own number. */
function scaleRows(a: usize, rows: i32, n: i32, step: i32, by: usize): void {
  for (let r = 0; r < rows; r++) {
    const s = v128.load32_splat(by);
    for (let j = 0; j < n; j += 4) {
      const at = a + (<usize>j << 2);
      put(at, f32x4.mul(v128.load(at), s), n - j);
    }
    a += <usize>step << 2;
    by += 4;
  }
}

/** a ← a·keep over rows, the second with steps between rows. */
function multiplyRows(a: usize, rows: i32, keys: i32, keep: usize, step: i32): void {
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < keys; j += 4) {
      const at = a + (<usize>j << 2);
      put(at, f32x4.mul(v128.load(at), v128.load(keep + (<usize>j << 2))), keys - j);
    }
    a += <usize>stepOf(keys) << 2;
    keep += step << 2;
  }
}

// @ts-ignore: decorator
@inline
function sideRoom(keys: i32): i32 {
  return ((SPAN * stepOf(keys)) << 2) + 64;
}

/** Room in bytes that {@link attention_f32}, or the gradient, needs. */
export function attention_f32_room(keys: i32, width: i32, values: i32, back: i32): i32 {
  const wide = max(width, values);
  const products = max(max(gemm_f32_room(SPAN, keys, wide), gemm_f32_room(SPAN, wide, keys)), gemm_f32_room(keys, wide, SPAN));
  const packed = packedB<f32>(keys, width) + max(packedB<f32>(values, keys), packedB<f32>(keys, values));
  return (
    (SPAN << 2) +
    sideRoom(keys) +
    up(packed, 16) +
    (back != 0 ? sideRoom(keys) + packedB<f32>(width, keys) : 0) +
    products +
    64
  );
}

/** y = softmax(scale·q·kᵀ + bias)·v of `count` batches. */
export function attention_f32(calls: usize, count: i32, room: usize): void {
  for (; count > 0; count--, calls += offsetof<Call>()) {
    const c = changetype<Call>(calls);
    const keys = c.keys;
    const step = stepOf(keys);
    const w = room + (SPAN << 2);
    const pk = w + sideRoom(keys);
    const pv = pk + packedB<f32>(keys, c.width);
    const rest = pv + packedB<f32>(c.values, keys);
    packAll<f32>(keys, c.width, c.k, c.kc, c.kr, pk);
    packAll<f32>(c.values, keys, c.v, c.vr, c.vc, pv);
    for (let i = 0; i < c.queries; i += SPAN) {
      const rows = min(SPAN, c.queries - i);
      const y = c.y + ((i * c.values) << 2);
      gemmPacked<f32>(rows, keys, c.width, c.q + ((i * c.qr) << 2), c.qr, c.qc, pk, w, step, 1, FRESH, 0, rest);
      weights(c, w, rows, i, room);
      if (c.keep != 0) multiplyRows(w, rows, keys, c.keep + ((i * c.keepStep) << 2), c.keepStep);
      gemmPacked<f32>(rows, c.values, keys, w, step, 1, pv, y, c.values, 1, FRESH, 0, rest);
      scaleRows(y, rows, c.values, c.values, room);
    }
  }
}

/** Gradients of {@link attention_f32} from g: gq, gk, gv, and gm (or 0) of the added mask. */
export function attention_grad_f32(calls: usize, count: i32, room: usize): void {
  for (; count > 0; count--, calls += offsetof<Call>()) back(changetype<Call>(calls), room);
}

function back(c: Call, room: usize): void {
  const keys = c.keys;
  const step = stepOf(keys);
  const width = c.width;
  const values = c.values;
  const w = room + (SPAN << 2);
  const d = w + sideRoom(keys);
  const pk = d + sideRoom(keys);
  const pv = pk + packedB<f32>(keys, width);
  const pq = pv + packedB<f32>(keys, values);
  const rest = pq + packedB<f32>(width, keys);
  packAll<f32>(keys, width, c.k, c.kc, c.kr, pk);
  packAll<f32>(keys, values, c.v, c.vc, c.vr, pv);
  packAll<f32>(width, keys, c.k, c.kr, c.kc, pq);
  const factor = f32x4.splat(c.scale);
  if (c.queries == 0) {
    memory.fill(c.gk, 0, (<usize>keys * <usize>width) << 2);
    memory.fill(c.gv, 0, (<usize>keys * <usize>values) << 2);
  }
  for (let i = 0; i < c.queries; i += SPAN) {
    const rows = min(SPAN, c.queries - i);
    const mode = i == 0 ? FRESH : ADD;
    const qs = c.q + ((i * c.qr) << 2);
    const gs = c.g + ((i * values) << 2);
    const kept = c.keep != 0 ? c.keep + ((i * c.keepStep) << 2) : 0;
    gemmPacked<f32>(rows, keys, width, qs, c.qr, c.qc, pk, w, step, 1, FRESH, 0, rest);
    weights(c, w, rows, i, room);
    scaleRows(w, rows, keys, step, room);
    let used = w;
    if (kept != 0) {
      memory.copy(d, w, (<usize>rows * <usize>step) << 2);
      multiplyRows(d, rows, keys, kept, c.keepStep);
      used = d;
    }
    gemm_f32(keys, values, rows, used, 1, step, gs, values, 1, c.gv, values, 1, mode, 0, rest);
    gemmPacked<f32>(rows, keys, values, gs, values, 1, pv, d, step, 1, FRESH, 0, rest);
    if (kept != 0) multiplyRows(d, rows, keys, kept, c.keepStep);
    for (let r = 0; r < rows; r++) {
      const a = w + ((r * step) << 2);
      const b = d + ((r * step) << 2);
      let s = f32x4.splat(0);
      let j = 0;
      for (; j + 4 <= keys; j += 4) s = madd(v128.load(a + (<usize>j << 2)), v128.load(b + (<usize>j << 2)), s);
      let sum = sum4(s);
      for (; j < keys; j++) sum += load<f32>(a + (<usize>j << 2)) * load<f32>(b + (<usize>j << 2));
      const all = f32x4.splat(sum);
      for (j = 0; j < keys; j += 4) {
        const at = b + (<usize>j << 2);
        const change = f32x4.mul(v128.load(a + (<usize>j << 2)), f32x4.sub(v128.load(at), all));
        if (c.gm != 0) put(c.gm + (((i + r) * keys + j) << 2), change, keys - j);
        put(at, f32x4.mul(change, factor), keys - j);
      }
    }
    gemmPacked<f32>(rows, width, keys, d, step, 1, pq, c.gq + ((i * width) << 2), width, 1, FRESH, 0, rest);
    gemm_f32(keys, width, rows, d, 1, step, qs, c.qr, c.qc, c.gk, width, 1, mode, 0, rest);
  }
}
