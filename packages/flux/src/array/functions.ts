import { castTo, float64, type OpRow, ops, type Strided } from "@cognate/kernel";
import { call, callMany } from "@cognate/tensor";
import { ArgumentError } from "../errors.js";
import { type ArrayLike, array, arrayLike, elementwise, FluxArray, wrap } from "./array.js";

/* Functions of arrays. Those of one number work element by element, as Julia's `f.(x)`. */

const row = (r: object): OpRow<unknown> => r as OpRow<unknown>;
const each =
  (r: object, params?: object) =>
  (x: ArrayLike): FluxArray =>
    wrap(call(row(r), [arrayLike(x)], params));
const two =
  (r: object) =>
  (x: ArrayLike, y: ArrayLike): FluxArray =>
    elementwise(r, x, y);

export const exp = each(ops.exp);
export const log = each(ops.log);
export const log1p = each(ops.log1p);
export const sqrt = each(ops.sqrt);
export const abs = each(ops.abs);
export const abs2 = each(ops.square);
export const sin = each(ops.sin);
export const cos = each(ops.cos);
export const add = two(ops.add);
export const sub = two(ops.sub);
export const mul = two(ops.mul);
export const div = two(ops.div);
export const pow = two(ops.pow);
export const max = two(ops.maximum);
export const min = two(ops.minimum);

/** An activation function by its name in Flux, which printing shows. */
export type Activation = ((x: ArrayLike) => FluxArray) & { readonly __name__: string };
const named = (name: string, f: (x: ArrayLike, ...more: number[]) => FluxArray): Activation =>
  Object.defineProperty(f, "__name__", { value: name }) as unknown as Activation;
const activation = (name: string, r: object, params?: object): Activation => named(name, each(r, params));

export const identity = named("identity", (x) => (x instanceof FluxArray ? x : array(x)));
export const tanh = activation("tanh", ops.tanh);
/** 1/(1 + e⁻ˣ), Flux's σ. */
export const sigmoid = activation("σ", ops.sigmoid);
export const relu = activation("relu", ops.relu);
export const leakyrelu = named("leakyrelu", (x, a = 0.01) => each(ops.leakyRelu, { slope: a })(x));
export const relu6 = activation("relu6", ops.hardtanh, { min: 0, max: 6 });
export const elu = named("elu", (x, alpha = 1) => each(ops.elu, { alpha })(x));
export const selu = activation("selu", ops.elu, { alpha: 1.6732632423543772, scale: 1.0507009873554805 });
/** The tanh form, as Flux has it. */
export const gelu = activation("gelu_tanh", ops.gelu, { approximate: "tanh" });
export const swish = activation("swish", ops.silu);
export const mish = activation("mish", ops.mish);
export const softplus = activation("softplus", ops.softplus, {});
export const softsign = activation("softsign", ops.softsign);
export const hardtanh = activation("hardtanh", ops.hardtanh, { min: -1, max: 1 });
export const hardsigmoid = activation("hardσ", ops.hardsigmoid);
export const logsigmoid = activation("logσ", ops.logSigmoid);
export const tanhshrink = activation("tanhshrink", ops.tanhshrink);
export const softshrink = named("softshrink", (x, lambda = 0.5) => each(ops.softshrink, { lambda })(x));

interface Dims {
  /** The axis (or axes) from 1; all if left out. */
  readonly dims?: number | readonly number[];
}
const axesOf = ({ dims }: Dims): readonly number[] | undefined =>
  dims === undefined ? undefined : (typeof dims === "number" ? [dims] : dims).map((d) => d - 1);
/** Of everything a number (an array without axes), along an axis an array in which it has length 1. */
const fold =
  (r: object, more: object = {}) =>
  (x: ArrayLike, d: Dims = {}): FluxArray =>
    wrap(call(row(r), [arrayLike(x)], { ...more, dims: axesOf(d), keepdim: d.dims !== undefined }));
export const sum = fold(ops.sum);
export const prod = fold(ops.prod);
export const mean = fold(ops.mean);
export const std = (
  x: ArrayLike,
  { corrected = true, ...d }: Dims & { corrected?: boolean } = {},
): FluxArray => fold(ops.std, { correction: corrected ? 1 : 0 })(x, d);
export const variance = (
  x: ArrayLike,
  { corrected = true, ...d }: Dims & { corrected?: boolean } = {},
): FluxArray => fold(ops.variance, { correction: corrected ? 1 : 0 })(x, d);
export const maximum = fold(ops.amax);
export const minimum = fold(ops.amin);
export const norm = (x: ArrayLike, p = 2): FluxArray => wrap(call(row(ops.norm), [arrayLike(x)], { p }));

const along =
  (r: object) =>
  (x: ArrayLike, { dims = 1 }: { dims?: number } = {}): FluxArray =>
    wrap(call(row(r), [arrayLike(x)], { dim: dims - 1 }));
/** Over the features (`dims = 1`) of each sample. */
export const softmax = named(
  "softmax",
  along(ops.softmax) as unknown as (x: ArrayLike) => FluxArray,
) as unknown as Activation & ReturnType<typeof along>;
export const logsoftmax = named(
  "logsoftmax",
  along(ops.logSoftmax) as unknown as (x: ArrayLike) => FluxArray,
) as unknown as Activation & ReturnType<typeof along>;
export const logsumexp = (x: ArrayLike, d: Dims = {}): FluxArray => fold(ops.logsumexp)(x, d);

const arraysOf = (xs: Iterable<ArrayLike>): FluxArray[] =>
  [...xs].map((x) => (x instanceof FluxArray ? x : array(x)));
/** `cat(xs...; dims)`: laid end to end along an axis. */
export function cat(...args: readonly (ArrayLike | { dims: number })[]): FluxArray {
  const { dims } = args[args.length - 1] as { dims: number };
  const parts = arraysOf(args.slice(0, -1) as ArrayLike[]);
  const rank = Math.max(dims, ...parts.map((p) => p.ndims()));
  const padded = parts.map((p) => p.reshape(...Array.from({ length: rank }, (_, i) => p.size(i + 1)))._value);
  return wrap(call(row(ops.cat), padded, { dim: dims - 1 }));
}
export const hcat = (...xs: readonly ArrayLike[]): FluxArray =>
  cat(...arraysOf(xs).map((x) => (x.ndims() < 2 ? x.reshape(x.length, 1) : x)), { dims: 2 });
export const vcat = (...xs: readonly ArrayLike[]): FluxArray =>
  cat(...arraysOf(xs).map((x) => (x.ndims() === 0 ? x.reshape(1) : x)), { dims: 1 });

/** `Flux.stack(xs, dims)`: arrays of one size along a new axis. */
export const stack = (xs: Iterable<ArrayLike>, dims: number | { dims: number }): FluxArray => {
  const parts = arraysOf(xs).map((x) => x._value);
  if (parts.length === 0) throw new ArgumentError("reducing over an empty collection is not allowed");
  return wrap(call(row(ops.stack), parts, { dim: (typeof dims === "number" ? dims : dims.dims) - 1 }));
};
/** `Flux.unstack(x, dims)`: the slices along an axis, without it. */
export function unstack(x: ArrayLike, dims: number | { dims: number }): FluxArray[] {
  const a = x instanceof FluxArray ? x : array(x);
  const dim = typeof dims === "number" ? dims : dims.dims;
  return Array.from({ length: a.size(dim) }, (_, i) =>
    a.at(...a.shape.map((_n, d) => (d === dim - 1 ? i + 1 : (":" as const)))),
  );
}
/** `Flux.batch(xs)`: along a new last axis. */
export const batch = (xs: Iterable<ArrayLike>): FluxArray => {
  const list = arraysOf(xs);
  return stack(list, (list[0]?.ndims() ?? 0) + 1);
};
export const unbatch = (x: ArrayLike): FluxArray[] =>
  unstack(x, (x instanceof FluxArray ? x : array(x)).ndims());

/** `f.(xs)`: f of each element, in order. Of an array of Flux: of its elements; of a list: of its entries. */
export function broadcast<T, R>(f: (x: T) => R, xs: Iterable<T>): R[] {
  return [...xs].map((x) => f(x));
}

/** The row of the largest element of each column, from 1. */
export function argmaxColumns(x: FluxArray): number[] {
  const [, index] = callMany(row(ops.maxAlong), [x._value], { dim: 0 }) as unknown as [
    unknown,
    { array: Strided },
  ];
  const places = castTo(index.array, float64);
  return Array.from(places.flat() as Float64Array, (i) => i + 1);
}
