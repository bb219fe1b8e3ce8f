import { type OpRow, ops } from "@cognate/kernel";
import { pyclass } from "@cognate/py";
import { call } from "@cognate/tensor";
import { type ArrayLike, array, FluxArray, matmul, wrap } from "../array/array.js";
import { type Activation, identity, mul, stack } from "../array/functions.js";
import { DimensionMismatch } from "../errors.js";
import { isTraining } from "../mode.js";
import { draw, filled, glorot_uniform, type Init, ones32, randn32, zeros32 } from "../random.js";
import { keywords, Layer, type LayerLike, nameOf, sizesOf } from "./layer.js";

interface DenseOptions {
  bias?: boolean | FluxArray;
  init?: Init;
}
const withActivation = (sigma: Activation): string => (sigma === identity ? "" : `, ${nameOf(sigma)}`);

/**
 * `Dense(in => out, σ; bias, init)`: σ.(W·x .+ b); W `[out, in]`, b `[out]`. Called on `[in]` or `[in, batch]`.
 *
 * @example
 * ```ts
 * import { Dense, tanh } from "@cognate/flux";
 * import { print } from "@cognate/py";
 * const d = Dense([2, 3], tanh);
 * print(d, d.weight.size(), d([1, 2]).size()); // prints Dense(2 => 3, tanh) [3, 2] [3]
 * ```
 */
class DenseImpl extends Layer {
  weight: FluxArray;
  bias: FluxArray | false;
  sigma: Activation;
  constructor(...given: unknown[]) {
    super();
    const { args, kw } = keywords<DenseOptions>(given);
    if (args[0] instanceof FluxArray) {
      this.weight = args[0];
      const b = args[1];
      this.bias = b instanceof FluxArray ? b : b === false ? false : zeros32(this.weight.size(1));
      this.sigma =
        (args.find((a) => typeof a === "function" && !(a instanceof FluxArray)) as Activation | undefined) ??
        identity;
      return;
    }
    const { in: n, out, rest } = sizesOf(args);
    this.weight = (kw.init ?? glorot_uniform)(out, n);
    this.bias = kw.bias instanceof FluxArray ? kw.bias : kw.bias === false ? false : zeros32(out);
    this.sigma = (rest[0] as Activation | undefined) ?? identity;
  }
  __call__(x: ArrayLike): FluxArray {
    const a = x instanceof FluxArray ? x : array(x);
    if (a.size(1) !== this.weight.size(2) && a.ndims() > 0)
      throw new DimensionMismatch(
        `layer ${this.show()} expects size(input, 1) == ${this.weight.size(2)}, but got ${a.shape.join("×")} input`,
      );
    const flat = a.ndims() > 2 ? a.reshape(a.size(1), ":") : a;
    const y = this.weight.matmul(flat);
    const z = this.sigma(this.bias ? y.add(this.bias) : y);
    return a.ndims() > 2 ? z.reshape(z.size(1), ...a.shape.slice(1)) : z;
  }
  show(): string {
    const [out, n] = this.weight.size();
    return `Dense(${n} => ${out}${withActivation(this.sigma)}${this.bias ? "" : "; bias=false"})`;
  }
}
interface DenseImpl {
  (x: ArrayLike): FluxArray;
}
export const Dense = pyclass(DenseImpl);
export type Dense = DenseImpl;

/** `Scale(sizes…, σ; bias)`: σ.(scale .* x .+ bias). */
class ScaleImpl extends Layer {
  scale: FluxArray;
  bias: FluxArray | false;
  sigma: Activation;
  constructor(...given: unknown[]) {
    super();
    const { args, kw } = keywords<DenseOptions>(given);
    const sizes = args.filter((a): a is number => typeof a === "number");
    this.scale = (kw.init ?? ones32)(...sizes);
    this.bias = kw.bias === false ? false : zeros32(...sizes);
    this.sigma = (args.find((a) => typeof a === "function") as Activation | undefined) ?? identity;
  }
  __call__(x: ArrayLike): FluxArray {
    const y = mul(this.scale, x);
    return this.sigma(this.bias ? y.add(this.bias) : y);
  }
  show(): string {
    return `Scale(${this.scale.size().join(", ")}${withActivation(this.sigma)}${this.bias ? "" : "; bias=false"})`;
  }
}
interface ScaleImpl {
  (x: ArrayLike): FluxArray;
}
export const Scale = pyclass(ScaleImpl);
export type Scale = ScaleImpl;

/** `Bilinear((in1, in2) => out, σ)`: σ.(xᵀ·W_k·y .+ b_k); W `[out, in1, in2]`. */
class BilinearImpl extends Layer {
  weight: FluxArray;
  bias: FluxArray | false;
  sigma: Activation;
  constructor(
    ins: readonly [number, number],
    out: number,
    sigma: Activation = identity,
    { bias = true }: { bias?: boolean } = {},
  ) {
    super();
    this.weight = glorot_uniform(out, ...ins);
    this.bias = bias ? zeros32(out) : false;
    this.sigma = sigma;
  }
  __call__(x: ArrayLike, y: ArrayLike = x): FluxArray {
    const [a, b] = [x, y].map((v) => (v instanceof FluxArray ? v : array(v))) as [FluxArray, FluxArray];
    const [out, n1, n2] = this.weight.size() as [number, number, number];
    const batch = a.ndims() > 1 ? a.size(2) : 1;
    const left = matmul(
      this.weight.permutedims([1, 3, 2]).reshape(out * n2, n1),
      a.reshape(n1, batch),
    ).reshape(out, n2, batch);
    const z = wrap(call(ops.sum as OpRow<object>, [left.mul(b.reshape(1, n2, batch))._value], { dims: [1] }));
    const s = this.sigma(this.bias ? z.add(this.bias) : z);
    return a.ndims() > 1 ? s : s.reshape(out);
  }
  show(): string {
    const [out, n1, n2] = this.weight.size();
    return `Bilinear(${n1 === n2 ? n1 : `(${n1}, ${n2})`} => ${out}${withActivation(this.sigma)}${this.bias ? "" : "; bias=false"})`;
  }
}
interface BilinearImpl {
  (x: ArrayLike, y?: ArrayLike): FluxArray;
}
export const Bilinear = pyclass(BilinearImpl);
export type Bilinear = BilinearImpl;

/** `Embedding(in => out)`: columns of W `[out, in]` by their numbers (from 1). */
class EmbeddingImpl extends Layer {
  weight: FluxArray;
  constructor(...given: unknown[]) {
    super();
    const { args, kw } = keywords<DenseOptions>(given);
    const { in: n, out } = sizesOf(args);
    this.weight = (kw.init ?? randn32)(out, n);
  }
  __call__(x: number | readonly number[] | FluxArray): FluxArray {
    if (x instanceof FluxArray && x.dtype.kind === "bool") return matmul(this.weight, x);
    if (typeof x === "number") return this.weight.at(":", x);
    const list = x instanceof FluxArray ? (x.vec().tolist() as number[]) : x;
    return stack(
      list.map((i) => this.weight.at(":", i)),
      2,
    );
  }
  show(): string {
    const [out, n] = this.weight.size();
    return `Embedding(${n} => ${out})`;
  }
}
interface EmbeddingImpl {
  (x: number | readonly number[] | FluxArray): FluxArray;
}
export const Embedding = pyclass(EmbeddingImpl);
export type Embedding = EmbeddingImpl;

/** `Dropout(p; dims)`: elements set to 0 with probability p and the others divided by 1 − p, while a gradient is taken. */
class DropoutImpl extends Layer {
  p: number;
  dims: number | readonly number[] | null;
  active: boolean | null = null;
  constructor(p: number, { dims = null }: { dims?: number | readonly number[] | null } = {}) {
    super();
    this.p = p;
    this.dims = dims;
  }
  __call__(x: ArrayLike): FluxArray {
    const a = x instanceof FluxArray ? x : array(x);
    if (!(this.active ?? isTraining()) || this.p === 0) return a;
    const kept = this.dims === null ? null : new Set([this.dims].flat());
    const sizes = a.size().map((n, i) => (kept === null || kept.has(i + 1) ? n : 1));
    return a.mul(filled(sizes, () => (draw() > this.p ? 1 / (1 - this.p) : 0)));
  }
  show(): string {
    return `Dropout(${Number.isInteger(this.p) ? `${this.p}.0` : this.p}${this.dims === null ? "" : `, dims=${String(this.dims)}`})`;
  }
}
interface DropoutImpl {
  (x: ArrayLike): FluxArray;
}
export const Dropout = pyclass(DropoutImpl);
export type Dropout = DropoutImpl;

const apply = (f: unknown, ...xs: unknown[]): unknown => (f as (...a: unknown[]) => unknown)(...xs);

/** `Chain(layers…)`, or `Chain({ name: layer, … })`: one after the other. */
class ChainImpl extends Layer {
  layers: Record<string, unknown> | unknown[];
  constructor(...layers: (LayerLike | Readonly<Record<string, LayerLike>>)[]) {
    super();
    const { args, kw } = keywords<Record<string, LayerLike>>(layers);
    this.layers = args.length === 0 && Object.keys(kw).length > 0 ? { ...kw } : [...args];
  }
  __call__(x: unknown): FluxArray {
    return Object.values(this.layers).reduce((y: unknown, f) => apply(f, y), x) as FluxArray;
  }
  /** The layer at a place (from 1) or of a name; `"2:3"` gives a Chain. */
  at(place: number | string): unknown {
    const all = Object.values(this.layers);
    if (typeof place === "number") return all[place - 1];
    const m = /^(\d+):(\d+|end)$/.exec(place);
    if (!m) return (this.layers as Record<string, unknown>)[place];
    return Chain(...(all.slice(Number(m[1]) - 1, m[2] === "end" ? undefined : Number(m[2])) as LayerLike[]));
  }
  get length(): number {
    return Object.keys(this.layers).length;
  }
  *[Symbol.iterator](): Generator<unknown> {
    yield* Object.values(this.layers);
  }
  override children() {
    return Array.isArray(this.layers)
      ? this.layers.map((l) => [null, l] as const)
      : Object.entries(this.layers);
  }
  show(): string {
    return "Chain";
  }
}
interface ChainImpl {
  (x: unknown): FluxArray;
}
export const Chain = pyclass(ChainImpl);
export type Chain = ChainImpl;

/** `SkipConnection(layer, connection)`: connection(layer(x), x). */
class SkipConnectionImpl extends Layer {
  layers: unknown;
  connection: (mx: FluxArray, x: FluxArray) => FluxArray;
  constructor(layer: LayerLike, connection: (mx: FluxArray, x: FluxArray) => FluxArray) {
    super();
    this.layers = layer;
    this.connection = connection;
  }
  __call__(x: FluxArray): FluxArray {
    return this.connection(apply(this.layers, x) as FluxArray, x);
  }
  override children() {
    return [
      [null, this.layers],
      [null, this.connection],
    ] as const;
  }
  show(): string {
    return "SkipConnection";
  }
}
interface SkipConnectionImpl {
  (x: FluxArray): FluxArray;
}
export const SkipConnection = pyclass(SkipConnectionImpl);
export type SkipConnection = SkipConnectionImpl;

/** `Parallel(connection, layers…)`: all on one input, or on one input each; results joined by the connection. */
class ParallelImpl extends Layer {
  connection: (...ys: FluxArray[]) => unknown;
  layers: Record<string, unknown> | unknown[];
  constructor(
    connection: (...ys: FluxArray[]) => unknown,
    ...layers: (LayerLike | Readonly<Record<string, LayerLike>>)[]
  ) {
    super();
    this.connection = connection;
    const { args, kw } = keywords<Record<string, LayerLike>>(layers);
    this.layers = args.length === 0 && Object.keys(kw).length > 0 ? { ...kw } : [...args];
  }
  __call__(...xs: unknown[]): unknown {
    const inputs =
      xs.length === 1 && Array.isArray(xs[0]) && typeof xs[0][0] !== "number" ? (xs[0] as unknown[]) : xs;
    const ys = Object.values(this.layers).map((f, i) =>
      apply(f, inputs.length === 1 ? inputs[0] : inputs[i]),
    );
    return this.connection(...(ys as FluxArray[]));
  }
  override children() {
    return [
      [null, this.connection] as const,
      ...(Array.isArray(this.layers)
        ? this.layers.map((l) => [null, l] as const)
        : Object.entries(this.layers)),
    ];
  }
  show(): string {
    return "Parallel";
  }
}
interface ParallelImpl {
  (...xs: unknown[]): FluxArray;
}
export const Parallel = pyclass(ParallelImpl);
export type Parallel = ParallelImpl;

/** `Maxout(layers…)`: the largest of what several layers give, place by place. */
class MaxoutImpl extends Layer {
  layers: unknown[];
  constructor(...layers: LayerLike[]) {
    super();
    this.layers = [...layers];
  }
  __call__(x: ArrayLike): FluxArray {
    const ys = this.layers.map((f) => apply(f, x) as FluxArray);
    return ys
      .slice(1)
      .reduce((a, b) => wrap(call(ops.maximum as OpRow<unknown>, [a._value, b._value], undefined)), ys[0]!);
  }
  override children() {
    return this.layers.map((l) => [null, l] as const);
  }
  show(): string {
    return "Maxout";
  }
}
interface MaxoutImpl {
  (x: ArrayLike): FluxArray;
}
export const Maxout = pyclass(MaxoutImpl);
export type Maxout = MaxoutImpl;

/** All axes but the last (the batch) as one. */
export const flatten = Object.assign(
  (x: FluxArray): FluxArray =>
    x.reshape(
      x.shape.slice(0, -1).reduce((a, b) => a * b, 1),
      x.size(x.ndims()),
    ),
  { __name__: "Flux.flatten" },
);
