import { type OpRow, ops } from "@cognate/kernel";
import { pyclass } from "@cognate/py";
import { call, callMany, type Value } from "@cognate/tensor";
import { type FluxArray, wrap } from "../array/array.js";
import { type Activation, identity } from "../array/functions.js";
import { DimensionMismatch } from "../errors.js";
import { glorot_uniform, type Init, zeros32 } from "../random.js";
import { keywords, Layer, nameOf } from "./layer.js";

/*
 * Convolutions and poolings of images `[width, height, channels, batch]` (fewer or more axes in front likewise). A
 * convolution turns its kernel around, as mathematics defines it; `CrossCor` does not.
 */

type Size = number | readonly number[];
const listOf = (x: Size, n: number): number[] =>
  typeof x === "number" ? new Array<number>(n).fill(x) : [...x];
/** Padding an axis: one number, one an axis, or two an axis. */
function paddings(pad: Size, n: number): (readonly [number, number])[] {
  const p = listOf(pad, n);
  return p.length === 2 * n
    ? Array.from({ length: n }, (_, i) => [p[2 * i]!, p[2 * i + 1]!] as const)
    : p.map((v) => [v, v] as const);
}
/** Padding that keeps lengths at stride 1. */
class SamePadValue {}
export const SamePad = (): SamePadValue => new SamePadValue();
const reversed = <T>(xs: readonly T[]): T[] => [...xs].reverse();
/** Axes in the kernel's order, batch first. */
const turned = (x: Value): Value =>
  call(ops.permute as OpRow<object>, [x], { axes: x.shape.map((_, i) => x.shape.length - 1 - i) });

interface ConvOptions {
  stride?: Size;
  pad?: Size | SamePadValue;
  dilation?: Size;
  groups?: number;
  bias?: boolean;
  init?: Init;
}
interface Geometry {
  readonly stride: number[];
  readonly pad: (readonly [number, number])[];
  readonly dilation: number[];
  readonly groups: number;
}
function geometry(kernel: readonly number[], o: ConvOptions): Geometry {
  const n = kernel.length;
  const dilation = listOf(o.dilation ?? 1, n);
  const pad =
    o.pad instanceof SamePadValue
      ? kernel.map((k, i) => {
          const all = dilation[i]! * (k - 1);
          return [Math.ceil(all / 2), Math.floor(all / 2)] as const;
        })
      : paddings(o.pad ?? 0, n);
  return { stride: listOf(o.stride ?? 1, n), pad, dilation, groups: o.groups ?? 1 };
}
const tuple = (xs: readonly number[]): string => (xs.length === 1 ? `(${xs[0]},)` : `(${xs.join(", ")})`);
const equal = (xs: readonly number[]): boolean => xs.every((x) => x === xs[0]);
const shown = (xs: readonly number[]): string => (equal(xs) ? String(xs[0]) : tuple(xs));

abstract class Convolution extends Layer {
  sigma: Activation;
  weight: FluxArray;
  bias: FluxArray | false;
  declare protected readonly geometry: Geometry;

  constructor(
    kernel: readonly number[],
    [from, to]: readonly [number, number],
    rest: readonly unknown[],
    turnedSizes: boolean,
  ) {
    super();
    const { args, kw } = keywords<ConvOptions>(rest);
    this.sigma = (args[0] as Activation | undefined) ?? identity;
    const groups = kw.groups ?? 1;
    const sizes = turnedSizes ? [to / groups, from] : [from / groups, to];
    this.weight = (kw.init ?? glorot_uniform)(...kernel, ...sizes);
    this.bias = kw.bias === false ? false : zeros32(to);
    Object.defineProperty(this, "geometry", { value: geometry(kernel, kw), enumerable: false });
  }
  protected get spatial(): number {
    return this.weight.ndims() - 2;
  }
  protected check(x: FluxArray): void {
    if (x.ndims() !== this.weight.ndims())
      throw new DimensionMismatch(
        `layer ${this.show()} expects ndims(input) == ${this.weight.ndims()}, but got ${x.shape.join("×")} input`,
      );
  }
  protected finish(y: Value): FluxArray {
    const out = wrap(turned(y));
    const b = this.bias;
    return this.sigma(b ? out.add(b.reshape(...new Array<number>(this.spatial).fill(1), b.length, 1)) : out);
  }
  protected details(): string {
    const { stride, pad, dilation, groups } = this.geometry;
    const flat = pad.flatMap((p) => [...p]);
    let s = this.sigma === identity ? "" : `, ${nameOf(this.sigma)}`;
    if (flat.some((p) => p !== 0))
      s += `, pad=${equal(flat) ? flat[0] : tuple(pad.every(([a, b]) => a === b) ? pad.map(([a]) => a) : flat)}`;
    if (stride.some((v) => v !== 1)) s += `, stride=${shown(stride)}`;
    if (dilation.some((v) => v !== 1)) s += `, dilation=${shown(dilation)}`;
    if (groups !== 1) s += `, groups=${groups}`;
    return s + (this.bias ? "" : ", bias=false");
  }
}

function forward(
  layer: Convolution & { weight: FluxArray },
  g: Geometry,
  x: FluxArray,
  flip: boolean,
): Value {
  const n = layer.weight.ndims() - 2;
  const w = turned(layer.weight._value);
  const kernel = flip
    ? call(ops.flip as OpRow<object>, [w], { dims: Array.from({ length: n }, (_, i) => i + 2) })
    : w;
  return call(ops.conv as OpRow<unknown>, [turned(x._value), kernel, null], {
    stride: reversed(g.stride),
    padding: reversed(g.pad),
    dilation: reversed(g.dilation),
    groups: g.groups,
  });
}

/** `Conv(kernel, in => out, σ; stride, pad, dilation, groups, bias)`; weight `[kernel…, in/groups, out]`. */
class ConvImpl extends Convolution {
  constructor(kernel: readonly number[], channels: readonly [number, number], ...rest: unknown[]) {
    super(kernel, channels, rest, false);
  }
  __call__(x: FluxArray): FluxArray {
    this.check(x);
    const from = this.weight.size(this.spatial + 1) * this.geometry.groups;
    if (x.size(this.spatial + 1) !== from)
      throw new DimensionMismatch(
        `layer ${this.show()} expects size(input, ${this.spatial + 1}) == ${from}, but got ${x.shape.join("×")} input`,
      );
    return this.finish(forward(this, this.geometry, x, true));
  }
  show(): string {
    const n = this.spatial;
    const size = this.weight.size();
    return `Conv(${tuple(size.slice(0, n))}, ${size[n]! * this.geometry.groups} => ${size[n + 1]}${this.details()})`;
  }
}
interface ConvImpl {
  (x: FluxArray): FluxArray;
}
export const Conv = pyclass(ConvImpl);
export type Conv = ConvImpl;

/** The same without turning the kernel around. */
class CrossCorImpl extends Convolution {
  constructor(kernel: readonly number[], channels: readonly [number, number], ...rest: unknown[]) {
    super(kernel, channels, rest, false);
  }
  __call__(x: FluxArray): FluxArray {
    this.check(x);
    return this.finish(forward(this, this.geometry, x, false));
  }
  show(): string {
    const n = this.spatial;
    const size = this.weight.size();
    return `CrossCor(${tuple(size.slice(0, n))}, ${size[n]} => ${size[n + 1]}${this.details()})`;
  }
}
interface CrossCorImpl {
  (x: FluxArray): FluxArray;
}
export const CrossCor = pyclass(CrossCorImpl);
export type CrossCor = CrossCorImpl;

/** The transpose of a convolution; weight `[kernel…, out, in]`. */
class ConvTransposeImpl extends Convolution {
  constructor(kernel: readonly number[], channels: readonly [number, number], ...rest: unknown[]) {
    super(kernel, channels, rest, true);
  }
  __call__(x: FluxArray): FluxArray {
    this.check(x);
    const { stride, pad, dilation, groups } = this.geometry;
    const n = this.spatial;
    const kernel = this.weight.size().slice(0, n);
    const spatial = kernel.map(
      (k, i) => (x.size(i + 1) - 1) * stride[i]! - pad[i]![0] - pad[i]![1] + dilation[i]! * (k - 1) + 1,
    );
    const w = call(ops.flip as OpRow<object>, [turned(this.weight._value)], {
      dims: kernel.map((_, i) => i + 2),
    });
    const y = call(ops.convInput as OpRow<unknown>, [turned(x._value), w, null], {
      stride: reversed(stride),
      padding: reversed(pad),
      dilation: reversed(dilation),
      groups,
      spatial: reversed(spatial),
    });
    return this.finish(y);
  }
  show(): string {
    const n = this.spatial;
    const size = this.weight.size();
    return `ConvTranspose(${tuple(size.slice(0, n))}, ${size[n + 1]} => ${size[n]! * this.geometry.groups}${this.details()})`;
  }
}
interface ConvTransposeImpl {
  (x: FluxArray): FluxArray;
}
export const ConvTranspose = pyclass(ConvTransposeImpl);
export type ConvTranspose = ConvTransposeImpl;

/** Windows without weights. */
abstract class Pool extends Layer {
  k: number[];
  declare protected readonly geometry: Geometry;
  constructor(
    k: readonly number[],
    { stride = k, pad = 0 }: { stride?: Size; pad?: Size | SamePadValue } = {},
  ) {
    super();
    this.k = [...k];
    Object.defineProperty(this, "geometry", { value: geometry(k, { stride, pad }), enumerable: false });
  }
  protected windows(x: FluxArray, run: (x: Value, p: object) => Value): FluxArray {
    const { stride, pad } = this.geometry;
    return wrap(
      turned(
        run(turned(x._value), { kernel: reversed(this.k), stride: reversed(stride), padding: reversed(pad) }),
      ),
    );
  }
  override bytes(): number {
    return 8 * this.k.length * 4;
  }
  protected text(name: string): string {
    const { stride, pad } = this.geometry;
    const flat = pad.flatMap((p) => [...p]);
    const s = flat.some((p) => p !== 0) ? `, pad=${equal(flat) ? flat[0] : tuple(flat)}` : "";
    return `${name}(${tuple(this.k)}${s}${stride.every((v, i) => v === this.k[i]) ? "" : `, stride=${shown(stride)}`})`;
  }
}
class MaxPoolImpl extends Pool {
  __call__(x: FluxArray): FluxArray {
    return this.windows(x, (v, p) => callMany(ops.maxPool as OpRow<unknown>, [v], p)[0]!);
  }
  show(): string {
    return this.text("MaxPool");
  }
}
interface MaxPoolImpl {
  (x: FluxArray): FluxArray;
}
/** `MaxPool(window; pad, stride = window)` */
export const MaxPool = pyclass(MaxPoolImpl);
export type MaxPool = MaxPoolImpl;
class MeanPoolImpl extends Pool {
  __call__(x: FluxArray): FluxArray {
    return this.windows(x, (v, p) => call(ops.avgPool as OpRow<unknown>, [v], { ...p, countPadding: true }));
  }
  show(): string {
    return this.text("MeanPool");
  }
}
interface MeanPoolImpl {
  (x: FluxArray): FluxArray;
}
/** `MeanPool(window; pad, stride = window)` */
export const MeanPool = pyclass(MeanPoolImpl);
export type MeanPool = MeanPoolImpl;

class GlobalMeanPoolImpl extends Layer {
  __call__(x: FluxArray): FluxArray {
    const dims = Array.from({ length: x.ndims() - 2 }, (_, i) => i);
    return wrap(call(ops.mean as OpRow<object>, [x._value], { dims, keepdim: true }));
  }
  show(): string {
    return "GlobalMeanPool()";
  }
}
interface GlobalMeanPoolImpl {
  (x: FluxArray): FluxArray;
}
export const GlobalMeanPool = pyclass(GlobalMeanPoolImpl);
export type GlobalMeanPool = GlobalMeanPoolImpl;
class GlobalMaxPoolImpl extends Layer {
  __call__(x: FluxArray): FluxArray {
    const dims = Array.from({ length: x.ndims() - 2 }, (_, i) => i);
    return wrap(call(ops.amax as OpRow<object>, [x._value], { dims, keepdim: true }));
  }
  show(): string {
    return "GlobalMaxPool()";
  }
}
interface GlobalMaxPoolImpl {
  (x: FluxArray): FluxArray;
}
export const GlobalMaxPool = pyclass(GlobalMaxPoolImpl);
export type GlobalMaxPool = GlobalMaxPoolImpl;
