import {
  bfloat16,
  bool,
  type Data,
  type DType,
  float16,
  type NumericData,
  float32 as REAL32,
  float64 as REAL64,
} from "../dtype/dtype.js";
import { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from "../dtype/half.js";
import { broadcastTo } from "./broadcast.js";
import { collapse, forEachRun } from "./iterate.js";
import { Strided } from "./strided.js";

type Encode = (x: number) => number;
type Decode = (bits: number) => number;

/** How a half float's bits become a number; `undefined` for every other type. */
export const decoderOf = (d: DType): Decode | undefined =>
  d === float16 ? fromFloat16 : d === bfloat16 ? fromBfloat16 : undefined;
/** How a number becomes a half float's bits; `undefined` for every other type. */
export const encoderOf = (d: DType): Encode | undefined =>
  d === float16 ? toFloat16 : d === bfloat16 ? toBfloat16 : undefined;

/** Float to integer as x86 does it: truncation, and the smallest value for NaN and for what does not fit. */
function toInt64(x: number): bigint {
  return x >= -(2 ** 63) && x < 2 ** 63 ? BigInt(Math.trunc(x)) : -(1n << 63n);
}

/** Writes one line of `n` elements, converting from `src`'s type to `dst`'s. */
function copyRun(
  dst: Data,
  dt: DType,
  di: number,
  ds: number,
  src: Data,
  st: DType,
  si: number,
  ss: number,
  n: number,
): void {
  if (dt.lanes === 2 || st.lanes === 2) return copyComplexRun(dst, dt, di, ds, src, st, si, ss, n);
  if (dt === st || (dt.big && st.big)) {
    if (ds === 1 && ss === 1 && n > 16) {
      (dst as Uint8Array).set((src as Uint8Array).subarray(si, si + n), di);
      return;
    }
    for (let i = 0; i < n; i++) dst[di + i * ds] = src[si + i * ss]!;
    return;
  }
  if (st.big) {
    const from = src as BigInt64Array;
    if (dt === bool) {
      for (let i = 0; i < n; i++) dst[di + i * ds] = from[si + i * ss] === 0n ? 0 : 1;
    } else if (dt.kind === "float") {
      const encode = encoderOf(dt);
      for (let i = 0; i < n; i++) {
        const v = Number(from[si + i * ss]);
        dst[di + i * ds] = encode ? encode(v) : v;
      }
    } else {
      for (let i = 0; i < n; i++) dst[di + i * ds] = Number(BigInt.asIntN(32, from[si + i * ss]!));
    }
    return;
  }
  const from = src as NumericData;
  const decode = decoderOf(st);
  if (dt.big) {
    const to = dst as BigInt64Array;
    if (st.kind === "float") {
      for (let i = 0; i < n; i++) {
        const v = from[si + i * ss]!;
        to[di + i * ds] = toInt64(decode ? decode(v) : v);
      }
    } else {
      for (let i = 0; i < n; i++) to[di + i * ds] = BigInt(from[si + i * ss]!);
    }
    return;
  }
  const to = dst as NumericData;
  const encode = encoderOf(dt);
  if (dt === bool) {
    for (let i = 0; i < n; i++) {
      const v = from[si + i * ss]!;
      to[di + i * ds] = (decode ? decode(v) : v) === 0 ? 0 : 1;
    }
  } else if (decode || encode) {
    for (let i = 0; i < n; i++) {
      const v = from[si + i * ss]!;
      const x = decode ? decode(v) : v;
      to[di + i * ds] = encode ? encode(x) : x;
    }
  } else if (st.kind === "float" && dt.kind !== "float") {
    // Typed arrays wrap modulo 2^n; the hardware converts through 32 or 64 bits and gives INT_MIN for NaN.
    const wide = dt.itemsize === 4;
    for (let i = 0; i < n; i++) {
      const v = from[si + i * ss]!;
      to[di + i * ds] = Math.abs(v) < 2147483648 ? v : narrow(v, wide && dt.kind === "int");
    }
  } else {
    for (let i = 0; i < n; i++) to[di + i * ds] = from[si + i * ss]!;
  }
}

function narrow(v: number, signed32: boolean): number {
  if (signed32) return -2147483648;
  return Number(BigInt.asIntN(32, toInt64(v)));
}

function copyComplexRun(
  dst: Data,
  dt: DType,
  di: number,
  ds: number,
  src: Data,
  st: DType,
  si: number,
  ss: number,
  n: number,
): void {
  if (dt.lanes === 1) {
    // The real part converts like any float.
    const parts = st.Data as unknown as { BYTES_PER_ELEMENT: number };
    const real = parts.BYTES_PER_ELEMENT === 4 ? REAL32 : REAL64;
    if (dt === bool) {
      const from = src as NumericData;
      for (let i = 0; i < n; i++) {
        const k = 2 * (si + i * ss);
        dst[di + i * ds] = from[k] === 0 && from[k + 1] === 0 ? 0 : 1;
      }
      return;
    }
    copyRun(dst, dt, di, ds, src, real, 2 * si, 2 * ss, n);
    return;
  }
  const to = dst as NumericData;
  if (st.lanes === 1) {
    const real = to.BYTES_PER_ELEMENT === 4 ? REAL32 : REAL64;
    copyRun(dst, real, 2 * di, 2 * ds, src, st, si, ss, n);
    for (let i = 0; i < n; i++) to[2 * (di + i * ds) + 1] = 0;
    return;
  }
  const from = src as NumericData;
  for (let i = 0; i < n; i++) {
    const t = 2 * (di + i * ds);
    const f = 2 * (si + i * ss);
    to[t] = from[f]!;
    to[t + 1] = from[f + 1]!;
  }
}

type FastCopy = (dst: Strided, src: Strided) => boolean;
let fast: FastCopy | undefined;

/** Sets what may do large copies and conversions (to an array without gaps) in place of the loops here; it declines by `false`. */
export function setFastCopy(copy: FastCopy): void {
  fast = copy;
}

/** From this size on it is asked. */
const LARGE = 200;

/** Writes `src` (stretched to `dst`'s shape, converted to its type) into `dst`. Overlap is allowed. */
export function copyInto(dst: Strided, src: Strided): Strided {
  if (dst.size === 0) return dst;
  const from = broadcastTo(src, dst.shape);
  const overlaps = from.storage.sameMemory(dst.storage) && !sameView(from, dst);
  return copyApart(dst, overlaps ? cloneContiguous(from) : from);
}

/** {@link copyInto} for arrays of one shape with memory of their own. */
function copyApart(dst: Strided, from: Strided): Strided {
  if (dst.size === 0) return dst;
  if (dst.size >= LARGE && dst.contiguous && fast?.(dst, from)) return dst;
  if (dst.contiguous && from.contiguous) {
    copyRun(dst.peek, dst.dtype, dst.offset, 1, from.peek, from.dtype, from.offset, 1, dst.size);
    return dst;
  }
  const nest = collapse(dst.shape, [dst.strides, from.strides]);
  const last = nest.shape.length - 1;
  const n = nest.shape[last]!;
  const ds = nest.strides[0]![last]!;
  const ss = nest.strides[1]![last]!;
  const to = dst.peek;
  const data = from.peek;
  forEachRun(nest, [dst.offset, from.offset], (at) =>
    copyRun(to, dst.dtype, at[0]!, ds, data, from.dtype, at[1]!, ss, n),
  );
  return dst;
}

const sameView = (a: Strided, b: Strided): boolean =>
  a.offset === b.offset &&
  a.dtype === b.dtype &&
  a.strides.every((s, i) => s === b.strides[i] || a.shape[i] === 1);

/** A row-major copy with memory of its own. */
export const cloneContiguous = (x: Strided): Strided => copyApart(Strided.zeros(x.dtype, x.shape), x);

/** `x` itself if it is row-major, else a row-major copy. */
export const contiguous = (x: Strided): Strided => (x.contiguous ? x : cloneContiguous(x));

/** A row-major copy with elements of type `dtype`; `x` itself if it has that type already. */
export const castTo = (x: Strided, dtype: DType): Strided =>
  x.dtype === dtype ? x : copyApart(Strided.zeros(dtype, x.shape), x);
