import { bool, type DType, float32, float64, int32, int64 } from "../../dtype/dtype.js";
import type { EluParams } from "../../ops/activation/elu.js";
import type { GeluParams } from "../../ops/activation/gelu.js";
import type { HardtanhParams } from "../../ops/activation/hardtanh.js";
import type { LeakyReluParams } from "../../ops/activation/leaky-relu.js";
import type { SoftplusParams } from "../../ops/activation/softplus.js";
import type { Operand } from "../../ops/row.js";
import { sameShape } from "../../strided/broadcast.js";
import { collapse } from "../../strided/iterate.js";
import { Strided } from "../../strided/strided.js";
import { parts, runRanges, threadsFor } from "../../threads/pool.js";
import { abandon, begin, copyNest, end, gather, give, scratch, take, takeRows, takeScalar } from "../call.js";
import { BINARY, COMPARE, type Exports, INTEGER, UNARY, UNARY64 } from "../exports.js";
import { noteFinite } from "../finite.js";
import { wasm } from "../instance.js";
import type { FastKernel } from "../registry.js";
import { finish, openTables } from "./precise.js";

/** Below so many results a call into WASM costs more than it saves. */
const LEAST = 200;

/** `false` where an elementwise kernel does not take the result. */
const fits = (y: Strided): boolean => y.size >= LEAST && y.contiguous;

/** From this size on functions that cost more than reading their arguments are shared between threads. */
const SHARED = 1 << 16;
/** Ranges of threads begin where lines of the cache do, and are worth the call. */
const LINES = [64, SHARED >> 1] as const;
const COSTLY: ReadonlySet<string> = new Set<(typeof UNARY)[number]>([
  "exp_f32",
  "log_f32",
  "tanh_f32",
  "sigmoid_f32",
  "erf_f32",
  "gelu_f32",
  "gelu_tanh_f32",
  "gelu_slope_f32",
  "mish_f32",
  "gelu_tanh_slope_f32",
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
    const threads = COSTLY.has(name) && y.size >= SHARED ? parts() : threadsFor(y.size);
    runRanges(name, y.size, threads, LINES, (i, j) => [from + i * 4, to + i * 4, j - i]);
    end();
    return true;
  };

const COSTLY64: ReadonlySet<string> = new Set(["exp", "log", "sin", "cos", "expm1", "log1p", "sigmoid"]);

const unary64 = (name: (typeof UNARY64)[number], op: number): FastKernel => {
  const costly = COSTLY64.has(name);
  const open = name === "sin" || name === "cos" ? finish(name) : null;
  return ([operand], y) => {
    const x = operand as Strided;
    if (!fits(y) || y.dtype !== float64) return false;
    const e = wasm();
    if (!e) return false;
    if (costly) openTables(e);
    begin();
    const from = takeRows(x);
    const to = from && give(y);
    if (!to) return abandon();
    const threads = costly && y.size >= SHARED ? parts() : 1;
    runRanges("unary_f64", y.size, threads, LINES, (i, j) => [op, from + i * 8, to + i * 8, j - i]);
    const known = threads === 1 && !e.unfinished();
    open?.(e, from, to, y.size);
    end();
    noteFinite(known ? y : null);
    return true;
  };
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
 * Walks two operands of a type that stretch to y: lines of the innermost axis and the axis around it in one call, axes further out in a loop here.
 * Where the export's name is given threads share arrays that lie alike.
 */
function broadcast(
  f: BinaryKernel,
  a: Operand,
  b: Operand,
  y: Strided,
  type: DType,
  name?: keyof Exports,
): boolean {
  begin();
  const x = a instanceof Strided ? a : null;
  const w = b instanceof Strided ? b : null;
  if ((x === null || alike(x, y)) && (w === null || alike(w, y))) {
    const p = x ? take(x) : takeScalar(a as number | bigint, type);
    const q = p && (w ? take(w) : takeScalar(b as number | bigint, type));
    const to = q && give(y);
    if (!to) return abandon();
    const [ai, bi] = [x ? 1 : 0, w ? 1 : 0];
    if (name) {
      const [s, r] = [type.itemsize, y.dtype.itemsize];
      runRanges(name, y.size, threadsFor(y.size), LINES, (i, j) => [
        ...[p + ai * i * s, ai, 0, q + bi * i * s, bi, 0, to + i * r, j - i, 1],
      ]);
    } else f(p, ai, 0, q, bi, 0, to, y.size, 1);
    end();
    return true;
  }
  return walk(f, a, b, x, w, y, type);
}

/** Whether x lies as the result does. */
const alike = (x: Strided, y: Strided): boolean => x.contiguous && sameShape(x.shape, y.shape);

function walk(
  f: BinaryKernel,
  a: Operand,
  b: Operand,
  x: Strided | null,
  w: Strided | null,
  y: Strided,
  type: DType,
): boolean {
  const [bytes, resultBytes] = [type.itemsize, y.dtype.itemsize];
  const scalar = (v: Operand): number => takeScalar(v as number | bigint, type);
  const same = (v: Strided): boolean => alike(v, y);
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
  } else p = x ? take(x) : scalar(a);
  if (!p) return abandon();
  if (w && (!simple(full.strides[2]![inner]!) || (short && w.size > 1 && !same(w)))) {
    q = gather(w, y.shape, sb);
    sb = [...y.strides];
  } else q = w ? take(w) : scalar(b);
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

/** Whether integer kernels take an operand: fractions are refused elsewhere. */
const isWhole = (x: Operand | undefined): boolean =>
  x instanceof Strided || typeof x === "bigint" || Number.isInteger(x);

const binary = (name: (typeof BINARY)[number] | "pow", type: "f32" | "f64"): FastKernel => {
  const dtype = type === "f32" ? float32 : float64;
  const full = `${name}_${type}` as "add_f32";
  return ([a, b], y) => {
    if (!fits(y) || y.dtype !== dtype || !isNumber(a) || !isNumber(b)) return false;
    const e = wasm();
    if (!e) return false;
    if (name === "pow") openTables(e);
    // Threads do not tell whether their results are finite, which nobody asks of a gradient.
    const named = name === "relu_grad";
    if (!broadcast(e[full], a!, b!, y, dtype, named ? full : undefined)) return false;
    noteFinite(named || e.unfinished() ? null : y);
    return true;
  };
};

const integer =
  (name: (typeof INTEGER)[number], type: "i32" | "i64"): FastKernel =>
  ([a, b], y) => {
    const dtype = type === "i32" ? int32 : int64;
    if (!fits(y) || y.dtype !== dtype || !isWhole(a) || !isWhole(b)) return false;
    const e = wasm();
    return e !== null && broadcast(e[`${name}_${type}`], a!, b!, y, dtype);
  };

const COMPARED = { f32: float32, f64: float64, i32: int32, i64: int64 } as const;

const compare = (name: (typeof COMPARE)[number], type: keyof typeof COMPARED): FastKernel => {
  const turned = name === "gt" || name === "ge";
  const full = `${name === "gt" ? "lt" : name === "ge" ? "le" : name}_${type}` as const;
  return ([a, b], y) => {
    const takes = type === "i32" || type === "i64" ? isWhole : isNumber;
    if (!fits(y) || y.dtype !== bool || !takes(a) || !takes(b)) return false;
    // A number beside float32 is compared in float64.
    if (type === "f32")
      for (const v of [a, b]) if (typeof v === "number" && Math.fround(v) !== v) return false;
    const e = wasm();
    return e !== null && broadcast(e[full], turned ? b! : a!, turned ? a! : b!, y, COMPARED[type]);
  };
};

const chosen = (x: Operand | undefined, y: Strided): boolean =>
  x instanceof Strided ? x.size === 1 || sameShape(x.shape, y.shape) : typeof x === "number";

/** a where cond, else b: arrays of y's shape without gaps, or numbers. */
const where: FastKernel = ([a, cond, b], y) => {
  const c = cond as Strided;
  const wide = y.dtype === float64;
  if (!fits(y) || (!wide && y.dtype !== float32) || !c.contiguous || !sameShape(c.shape, y.shape))
    return false;
  if (!chosen(a, y) || !chosen(b, y)) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const x = a instanceof Strided ? takeRows(a) : takeScalar(a as number, y.dtype);
  const w = x && (b instanceof Strided ? takeRows(b) : takeScalar(b as number, y.dtype));
  const flags = w && take(c);
  const to = flags && give(y);
  if (!to) return abandon();
  const ai = a instanceof Strided && a.size > 1 ? 1 : 0;
  const bi = b instanceof Strided && b.size > 1 ? 1 : 0;
  if (wide) e.where_f64(x, ai, flags, w, bi, to, y.size);
  else e.where_f32(x, ai, flags, w, bi, to, y.size);
  end();
  return true;
};

const BYTES = ["and", "or", "xor", "add", "sub", "both", "either", "one"] as const;

/** An operand as the result lies, gathered or repeated where it does not; 0 if it cannot be. */
function asResult(x: Operand, y: Strided): number {
  if (x instanceof Strided) return alike(x, y) ? take(x) : gather(x, y.shape, stretched(x, y));
  const { itemsize } = y.dtype;
  const from = itemsize < 4 ? 0 : takeScalar(x as number | bigint, y.dtype);
  const ptr = from && scratch(y.size * itemsize);
  if (ptr) copyNest([y.size], [0], from, itemsize, ptr);
  return ptr;
}

/** Bits of arrays, and sums of bytes. */
const bytewise =
  (op: number): FastKernel =>
  ([a, b], y) => {
    if (!fits(y) || !isWhole(a) || !isWhole(b)) return false;
    const e = wasm();
    if (!e) return false;
    begin();
    const byte = y.dtype.itemsize === 1 && !(b instanceof Strided);
    const p = asResult(a!, y);
    const q = p && (byte ? takeScalar(Number(b) & 255, int32) : asResult(b!, y));
    const to = q && give(y);
    if (!to) return abandon();
    e.bytes(op, p, q, byte ? 0 : 1, to, y.size * y.dtype.itemsize);
    end();
    return true;
  };

/** All bits turned, or the lowest one of each byte, or truths. */
const turned =
  (mask: number, op: "xor" | "one" = "xor"): FastKernel =>
  ([operand], y) => {
    const x = operand as Strided;
    if (!fits(y)) return false;
    const e = wasm();
    if (!e) return false;
    begin();
    const p = asResult(x, y);
    const q = p && takeScalar(mask, int32);
    const to = q && give(y);
    if (!to) return abandon();
    e.bytes(BYTES.indexOf(op), p, q, 0, to, y.size * y.dtype.itemsize);
    end();
    return true;
  };

/** Quotients or remainders of 64-bit integers; declines where a divisor is 0. */
const divide =
  (rest: 0 | 1): FastKernel =>
  ([a, b], y) => {
    if (!fits(y) || y.dtype !== int64 || !isWhole(a) || !isWhole(b)) return false;
    const e = wasm();
    if (!e) return false;
    begin();
    const [ai, bi] = [a instanceof Strided ? 1 : 0, b instanceof Strided ? 1 : 0];
    const p = ai ? asResult(a!, y) : takeScalar(a as number | bigint, int64);
    const q = p && (bi ? asResult(b!, y) : takeScalar(b as number | bigint, int64));
    const to = q && give(y);
    if (!to || !e.divide_i64(rest, p, ai, q, bi, to, y.size)) return abandon();
    end();
    return true;
  };

const isnan =
  (type: "f32" | "f64"): FastKernel =>
  ([x], y) => {
    if (!fits(y)) return false;
    const e = wasm();
    return e !== null && broadcast(e[`ne_${type}`], x!, x!, y, COMPARED[type]);
  };

const ROUND = unary64("round", UNARY64.indexOf("round"));

/** A function of one array with numbers beside it, which `of` takes from the parameters (or declines). */
const shaped =
  <P>(of: (e: Exports, x: number, y: number, n: number, params: P) => void | false): FastKernel =>
  ([operand], y, params) => {
    if (!fits(y) || y.dtype !== float32) return false;
    const e = wasm();
    if (!e) return false;
    begin();
    const from = takeRows(operand as Strided);
    const to = from && give(y);
    if (!to || of(e, from, to, y.size, params as P) === false) return abandon();
    end();
    return true;
  };

const leaky = shaped<LeakyReluParams>((e, x, y, n, { slope }) => e.bent_f32(0, x, y, n, slope, 0));
// Bounds that cross give the upper one above it and the lower one below.
const hardtanh = shaped<HardtanhParams>(
  (e, x, y, n, { min, max }) => min <= max && e.bent_f32(1, x, y, n, min, max),
);
const elu = shaped<EluParams>((e, x, y, n, { alpha, scale = 1, inputScale = 1 }) =>
  inputScale > 0 ? e.elu_f32(x, y, n, scale * alpha, scale, inputScale) : false,
);

/** x between two numbers. */
const clamp: FastKernel = ([x, low, high], y) =>
  typeof low === "number" &&
  typeof high === "number" &&
  (x as Strided).size === y.size &&
  hardtanh([x!], y, { min: low, max: high });

/** Which kernel gelu's parameters mean. */
const GELU = [unary("gelu_f32"), unary("gelu_slope_f32")] as const;
const GELU_TANH = [unary("gelu_tanh_f32"), unary("gelu_tanh_slope_f32")] as const;
const gelu: FastKernel = (inputs, y, params) => {
  const p = params as GeluParams | undefined;
  return (p?.approximate === "tanh" ? GELU_TANH : GELU)[p?.slope ? 1 : 0](inputs, y, params);
};

export const ELEMENTWISE: Readonly<Record<string, FastKernel>> = {
  ...Object.fromEntries(UNARY.filter((name) => !name.startsWith("gelu")).map((name) => [name, unary(name)])),
  ...Object.fromEntries(UNARY64.map((name, op) => [`${name}_f64`, unary64(name, op)])),
  ...Object.fromEntries(
    BINARY.flatMap((name) =>
      (["f32", "f64"] as const).map((type) => [`${name}_${type}`, binary(name, type)]),
    ),
  ),
  ...Object.fromEntries(
    INTEGER.flatMap((name) => (["i32", "i64"] as const).map((t) => [`${name}_${t}`, integer(name, t)])),
  ),
  ...Object.fromEntries(
    COMPARE.flatMap((name) =>
      (["f32", "f64", "i32", "i64"] as const).map((type) => [`${name}_${type}`, compare(name, type)]),
    ),
  ),
  clamp_f32: clamp,
  elu_f32: elu,
  // ln σ(x) = −ln(1 + e^−x)
  log_sigmoid_f32: shaped((e, x, y, n) => e.softplus_f32(x, y, n, -1, Infinity)),
  softplus_f32: shaped<SoftplusParams | undefined>((e, x, y, n, p) =>
    e.softplus_f32(x, y, n, p?.beta ?? 1, p?.threshold ?? Infinity),
  ),
  hardsigmoid_f32: shaped((e, x, y, n) => e.bent_f32(2, x, y, n, 0, 0)),
  hardswish_f32: shaped((e, x, y, n) => e.bent_f32(3, x, y, n, 0, 0)),
  hardtanh_f32: hardtanh,
  leaky_relu_f32: leaky,
  gelu_f32: gelu,
  pow_f64: binary("pow", "f64"),
  ...Object.fromEntries(BYTES.map((name, op) => [`${name}_bytes`, bytewise(op)])),
  not_bits: turned(255),
  not_bool: turned(1),
  not_truth: turned(1, "one"),
  floor_div_i64: divide(0),
  mod_i64: divide(1),
  isnan_f32: isnan("f32"),
  isnan_f64: isnan("f64"),
  round_f64: (inputs, y, params) =>
    (params as { decimals?: number } | undefined)?.decimals ? false : ROUND(inputs, y, params),
  where_f32: where,
  where_f64: where,
};
