import { bool, float32, float64 } from "../../dtype/dtype.js";
import type { Operand } from "../../ops/row.js";
import { sameShape } from "../../strided/broadcast.js";
import { collapse } from "../../strided/iterate.js";
import { Strided } from "../../strided/strided.js";
import { parts, runParts } from "../../threads/pool.js";
import { split } from "../../threads/split.js";
import { abandon, begin, end, gather, give, take, takeRows, takeScalar, takeScalar64 } from "../call.js";
import { BINARY, COMPARE, type Exports, UNARY } from "../exports.js";
import { wasm } from "../instance.js";
import type { FastKernel } from "../registry.js";

/** Below so many results a call into WASM costs more than it saves. */
const LEAST = 200;

/** `false` where an elementwise kernel does not take the result. */
const fits = (y: Strided): boolean => y.size >= LEAST && y.contiguous;

/** From this size on functions that cost more than reading their arguments are shared between threads. */
const SHARED = 1 << 16;
const COSTLY: ReadonlySet<string> = new Set<(typeof UNARY)[number]>([
  "exp_f32",
  "log_f32",
  "tanh_f32",
  "sigmoid_f32",
  "erf_f32",
  "gelu_f32",
  "gelu_tanh_f32",
  "silu_f32",
]);

const unary =
  (name: (typeof UNARY)[number]): FastKernel =>
  ([operand], y) => {
    const x = operand as Strided;
    if (!fits(y) || y.dtype !== float32) return false;
    const e = wasm();
    if (!e) return false;
    begin();
    const from = takeRows(x);
    const to = from && give(y);
    if (!to) return abandon();
    if (y.size >= SHARED && COSTLY.has(name))
      runParts(
        name,
        split(y.size, parts(), 64, SHARED >> 1).map(([i, j]) => [from + i * 4, to + i * 4, j - i]),
      );
    else e[name](from, to, y.size);
    end();
    return true;
  };

/** The strides of an operand along the axes of a result that it is stretched to; all 0 for a scalar. */
function stretched(x: Operand, y: Strided): number[] {
  const out = new Array<number>(y.rank).fill(0);
  if (!(x instanceof Strided)) return out;
  const lead = y.rank - x.rank;
  for (let i = 0; i < x.rank; i++) out[lead + i] = x.shape[i] === 1 ? 0 : x.strides[i]!;
  return out;
}

type BinaryKernel = Exports["add_f32"];

/** Whether lines of the innermost axis go step by step through an operand, or stay on one element. */
const simple = (step: number): boolean => step === 0 || step === 1;

/**
 * Walks two operands that stretch to y, whose elements take `itemsize` and results `resultSize` bytes: lines of the
 * innermost axis and the axis around it in one call, axes further out in a loop here.
 */
function broadcast(
  f: BinaryKernel,
  a: Operand,
  b: Operand,
  y: Strided,
  bytes: number,
  resultBytes: number,
): boolean {
  begin();
  const scalar = bytes === 4 ? takeScalar : takeScalar64;
  const [x, w] = [a instanceof Strided ? a : null, b instanceof Strided ? b : null];
  const same = (v: Strided | null): boolean => v === null || (v.contiguous && sameShape(v.shape, y.shape));
  if (same(x) && same(w)) {
    const p = x ? take(x) : scalar(a as number);
    const q = p && (w ? take(w) : scalar(b as number));
    const to = q && give(y);
    if (!to) return abandon();
    f(p, x ? 1 : 0, 0, q, w ? 1 : 0, 0, to, y.size, 1);
    end();
    return true;
  }
  let [sa, sb] = [stretched(a, y), stretched(b, y)];
  const full = collapse(y.shape, [y.strides, sa, sb]);
  const inner = full.shape.length - 1;
  let p: number;
  let q: number;
  // Lines too short to be worth a call, or elements that do not lie side by side, are gathered first.
  const short = full.shape[inner]! < 16;
  if (x && (!simple(full.strides[1]![inner]!) || (short && x.size > 1 && !same(x)))) {
    p = gather(x, y.shape, sa);
    sa = [...y.strides];
  } else p = x ? take(x) : scalar(a as number);
  if (!p) return abandon();
  if (w && (!simple(full.strides[2]![inner]!) || (short && w.size > 1 && !same(w)))) {
    q = gather(w, y.shape, sb);
    sb = [...y.strides];
  } else q = w ? take(w) : scalar(b as number);
  const to = q && give(y);
  if (!to) return abandon();
  const { shape, strides } = collapse(y.shape, [y.strides, sa, sb]);
  const last = shape.length - 1;
  const n = shape[last]!;
  const lines = last > 0 ? shape[last - 1]! : 1;
  const [ai, bi] = [strides[1]![last]!, strides[2]![last]!];
  const [ao, bo] = last > 0 ? [strides[1]![last - 1]!, strides[2]![last - 1]!] : [0, 0];
  let outer = 1;
  for (let i = 0; i < last - 1; i++) outer *= shape[i]!;
  for (let k = 0; k < outer; k++) {
    let rest = k;
    let [pk, qk] = [p, q];
    for (let i = last - 2; i >= 0; i--) {
      const c = rest % shape[i]!;
      rest = (rest - c) / shape[i]!;
      pk += c * strides[1]![i]! * bytes;
      qk += c * strides[2]![i]! * bytes;
    }
    f(pk, ai, ao, qk, bi, bo, to + k * n * lines * resultBytes, n, lines);
  }
  end();
  return true;
}

const isNumber = (x: Operand | undefined): boolean => x instanceof Strided || typeof x === "number";

const binary =
  (name: (typeof BINARY)[number], width: 32 | 64): FastKernel =>
  ([a, b], y) => {
    if (!fits(y) || y.dtype !== (width === 32 ? float32 : float64) || !isNumber(a) || !isNumber(b))
      return false;
    const e = wasm();
    return e !== null && broadcast(e[`${name}_f${width}`], a!, b!, y, width / 8, width / 8);
  };

const compare =
  (name: (typeof COMPARE)[number]): FastKernel =>
  ([a, b], y) => {
    if (!fits(y) || y.dtype !== bool || !isNumber(a) || !isNumber(b)) return false;
    // A number beside float32 is compared in float64.
    if ((typeof a === "number" && Math.fround(a) !== a) || (typeof b === "number" && Math.fround(b) !== b))
      return false;
    const e = wasm();
    return e !== null && broadcast(e[name], a!, b!, y, 4, 1);
  };

/** a where cond, else b: arrays of y's shape without gaps, or numbers. */
const where: FastKernel = ([a, cond, b], y) => {
  const c = cond as Strided;
  if (!fits(y) || y.dtype !== float32 || !c.contiguous || !sameShape(c.shape, y.shape)) return false;
  for (const x of [a, b])
    if (x instanceof Strided ? x.size !== 1 && !sameShape(x.shape, y.shape) : typeof x !== "number")
      return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const [x, w] = [a, b].map((v) => (v instanceof Strided ? takeRows(v) : takeScalar(v as number)));
  const step = (v: Operand): number => (v instanceof Strided && v.size > 1 ? 1 : 0);
  const flags = x && w && take(c);
  const to = flags && give(y);
  if (!to) return abandon();
  e.where_f32(x!, step(a!), flags, w!, step(b!), to, y.size);
  end();
  return true;
};

const GELU = unary("gelu_f32");
const GELU_TANH = unary("gelu_tanh_f32");

export const ELEMENTWISE: Readonly<Record<string, FastKernel>> = {
  ...Object.fromEntries(UNARY.map((name) => [name, unary(name)])),
  ...Object.fromEntries(BINARY.map((name) => [`${name}_f32`, binary(name, 32)])),
  ...Object.fromEntries(BINARY.map((name) => [`${name}_f64`, binary(name, 64)])),
  ...Object.fromEntries(COMPARE.map((name) => [name, compare(name)])),
  gelu_f32: (inputs, y, params) =>
    ((params as { approximate?: string } | undefined)?.approximate === "tanh" ? GELU_TANH : GELU)(
      inputs,
      y,
      params,
    ),
  where_f32: where,
};
