import { ops, sizeOf } from "@cognate/kernel";
import { anyRow } from "../any-row.js";
import { LuaError } from "../errors.js";
import { LongStorage } from "../tensor/storage.js";
import { defineModule, type Module } from "./module.js";
import * as r from "./rows.js";

/* Modules that look at memory another way, and those that reduce an axis. */

const sizesOf = (args: readonly unknown[]): { sizes: number[]; rest: unknown } => {
  if (Array.isArray(args[0])) return { sizes: [...(args[0] as number[])], rest: args[1] };
  const last = args[args.length - 1];
  return typeof last === "boolean"
    ? { sizes: args.slice(0, -1).map(Number), rest: last }
    : { sizes: args.map(Number), rest: undefined };
};
/** −1 replaced by what is left of `size`. */
function completed(sizes: readonly number[], size: number): number[] {
  const known = sizes.reduce((n, s) => (s < 0 ? n : n * s), 1);
  return sizes.map((s) => (s < 0 ? size / known : s));
}

/** `nn.Reshape(sizes… [, batchMode])`: a batch axis in front stays where the input has more elements than the sizes. */
defineModule("nn.Reshape", {
  init(this: Module, ...args: readonly unknown[]) {
    const { sizes, rest } = sizesOf(args);
    this.size = LongStorage.from_(sizes);
    this.nelement = sizeOf(sizes);
    this.batchMode = rest;
  },
  forward(this, x: r.V) {
    const sizes = [...(this.size as LongStorage)];
    const one =
      this.batchMode === false ||
      (this.batchMode === undefined && x.size === this.nelement && x.shape[0] !== 1);
    return r.reshape(x, one ? sizes : [x.shape[0]!, ...sizes]);
  },
  text() {
    return `${this.__typename}(${[...(this.size as LongStorage)].join("x")})`;
  },
});
/** The length of the batch axis that a view has in front, or `undefined` where it has none. */
function batchOf(
  shape: readonly number[],
  sizes: readonly number[],
  inputDims: number | undefined,
  elements: number,
): number | undefined {
  const inner = shape.slice(Math.max(shape.length - (inputDims ?? shape.length), 0));
  const size = sizeOf(inner);
  if (size % elements !== 0)
    throw new LuaError(`input view (${shape.join("x")}) and desired view (${sizes.join("x")}) do not match`);
  const outer = sizeOf(shape.slice(0, shape.length - inner.length));
  const batch = (sizes.includes(-1) ? 1 : size / elements) * outer;
  return batch === 1 && (inputDims === undefined || shape.length <= inputDims) ? undefined : batch;
}
/** `nn.View(sizes…)`, one of them may be −1; a batch axis stays where the elements are a multiple of the sizes'. */
defineModule("nn.View", {
  init(this: Module, ...args: readonly unknown[]) {
    const { sizes } = sizesOf(args);
    this.size = LongStorage.from_(sizes);
    this.numElements = sizes.reduce((n, s) => (s < 0 ? n : n * s), 1);
    this.numInputDims = undefined;
  },
  forward(this, x: r.V) {
    const sizes = [...(this.size as LongStorage)];
    const batch = batchOf(
      x.shape,
      sizes,
      this.numInputDims as number | undefined,
      this.numElements as number,
    );
    const shape = batch === undefined ? sizes : [batch, ...sizes];
    return r.reshape(x, completed(shape, x.size));
  },
  methods: {
    setNumInputDims(this: Module, n: number) {
      this.numInputDims = n;
      return this;
    },
    resetSize(this: Module, ...args: readonly unknown[]) {
      const { sizes } = sizesOf(args);
      this.size = LongStorage.from_(sizes);
      this.numElements = sizes.reduce((n, s) => (s < 0 ? n : n * s), 1);
      return this;
    },
  },
  text() {
    return `${this.__typename}(${[...(this.size as LongStorage)].join(", ")})`;
  },
});
/** Swaps pairs of axes, one after the other. */
defineModule("nn.Transpose", {
  init(this: Module, ...permutations: readonly (readonly [number, number])[]) {
    this.permutations = permutations;
    this.numInputDims = undefined;
  },
  forward(this, x: r.V) {
    const inputs = this.numInputDims as number | undefined;
    const shift = inputs !== undefined && x.shape.length > inputs ? 1 : 0;
    return (this.permutations as readonly (readonly [number, number])[]).reduce(
      (y, [a, b]) => r.transpose(y, a - 1 + shift, b - 1 + shift),
      x,
    );
  },
  methods: {
    setNumInputDims(this: Module, n: number) {
      this.numInputDims = n;
      return this;
    },
  },
});
defineModule("nn.Squeeze", {
  init(this: Module, dim?: number, numInputDims?: number) {
    this.dim = dim;
    this.numInputDims = numInputDims;
  },
  forward(this, x: r.V) {
    const inputs = this.numInputDims as number | undefined;
    const batch = inputs !== undefined && x.shape.length > inputs ? 1 : 0;
    const dim = this.dim as number | undefined;
    const keep = x.shape.filter((n, i) =>
      dim === undefined ? n !== 1 || i < batch : n !== 1 || i !== dim - 1 + batch,
    );
    return r.reshape(x, keep.length > 0 ? keep : [1]);
  },
});
defineModule("nn.Unsqueeze", {
  init(this: Module, pos: number, numInputDims?: number) {
    this.pos = pos;
    this.numInputDims = numInputDims;
  },
  forward(this, x: r.V) {
    const inputs = this.numInputDims as number | undefined;
    const at = (this.pos as number) - 1 + (inputs !== undefined ? x.shape.length - inputs : 0);
    return r.reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
  },
  text() {
    return `${this.__typename}(dim ${this.pos as number})`;
  },
});
/** The input `nf` times along a new axis, without copying. */
defineModule("nn.Replicate", {
  init(this: Module, nf: number, dim = 1, ndim?: number) {
    this.nfeatures = nf;
    this.dim = dim;
    this.ndim = ndim;
  },
  forward(this, x: r.V) {
    const inputs = this.ndim as number | undefined;
    const at = (this.dim as number) - 1 + (inputs !== undefined ? x.shape.length - inputs : 0);
    const [before, after] = [x.shape.slice(0, at), x.shape.slice(at)];
    return r.expand(r.reshape(x, [...before, 1, ...after]), [...before, this.nfeatures as number, ...after]);
  },
});
defineModule("nn.Narrow", {
  init(this: Module, dimension: number, offset: number, length = 1) {
    Object.assign(this, { dimension, index: offset });
    this.len = length;
  },
  forward(this, x: r.V) {
    const dim = r.axisOf(this.dimension as number, x.shape.length);
    const start = this.index as number;
    const n = this.len as number;
    const from = start < 0 ? x.shape[dim]! + start : start - 1;
    return r.narrow(x, dim, from, n < 0 ? x.shape[dim]! - from + n + 1 : n);
  },
});
defineModule("nn.Select", {
  init(this: Module, dimension: number, index: number) {
    Object.assign(this, { dimension, index });
  },
  forward(this, x: r.V) {
    const dim = r.axisOf(this.dimension as number, x.shape.length);
    const i = this.index as number;
    return r.select(x, dim, i < 0 ? x.shape[dim]! + i : i - 1);
  },
});
/** The slices of the first input that the second names. */
defineModule("nn.Index", {
  init(this: Module, dimension: number) {
    this.dimension = dimension;
  },
  forward(this, [x, places]: readonly [r.V, r.V]) {
    const dim = r.axisOf(this.dimension as number, x.shape.length);
    return r.index(
      x,
      Array.from({ length: dim + 1 }, (_, i) => (i === dim ? r.fromOne(places.array) : null)),
    );
  },
});
defineModule("nn.MaskedSelect", {
  init() {},
  forward([x, mask]: readonly [r.V, r.V]) {
    const flat = r.reshape(x, [x.size]);
    const found = ops.nonzero.run([r.reshape(mask, [mask.size]).array], undefined as never) as typeof x.array;
    return r.index(flat, [r.reshape(r.constantArray(found), [found.size]).array]);
  },
});

/** Sums (means) along an axis, which goes away unless `squeeze` is false. */
function folding(name: string, average: boolean): void {
  defineModule(name, {
    init(this: Module, dimension = 1, nInputDims = -1, sizeAverage = average, squeeze = true) {
      Object.assign(this, { dimension, nInputDims, sizeAverage, squeeze });
    },
    forward(this, x: r.V) {
      const dim = r.axisOf(this.dimension as number, x.shape.length, this.nInputDims as number);
      const keep = this.squeeze === false;
      const y = this.sizeAverage === true ? r.mean(x, [dim], keep) : r.sum(x, [dim], keep);
      return y.shape.length === 0 ? r.reshape(y, [1]) : y;
    },
  });
}
folding("nn.Sum", false);
folding("nn.Mean", true);
for (const [name, row] of [
  ["nn.Max", ops.maxAlong],
  ["nn.Min", ops.minAlong],
] as const)
  defineModule(name, {
    init(this: Module, dimension = 1, nInputDims = -1) {
      Object.assign(this, { dimension, nInputDims });
    },
    forward(this, x: r.V) {
      const y = r.extreme(
        anyRow(row),
        x,
        r.axisOf(this.dimension as number, x.shape.length, this.nInputDims as number),
      );
      return y.shape.length === 0 ? r.reshape(y, [1]) : y;
    },
  });
/** `nn.Padding(dim, pad [, nInputDim [, value]])`: so many values before (negative) or after an axis. */
defineModule("nn.Padding", {
  init(this: Module, dim: number, pad: number, nInputDim?: number, value = 0) {
    Object.assign(this, { dim, pad, nInputDim, value });
  },
  forward(this, x: r.V) {
    const inputs = this.nInputDim as number | undefined;
    const dim = (this.dim as number) - 1 + (inputs !== undefined && x.shape.length !== inputs ? 1 : 0);
    const n = this.pad as number;
    const pads = x.shape.map((_, i): [number, number] => (i !== dim ? [0, 0] : n < 0 ? [-n, 0] : [0, n]));
    return r.pad(x, pads, "constant", this.value as number);
  },
});
for (const [name, mode] of [
  ["nn.SpatialZeroPadding", "constant"],
  ["nn.SpatialReflectionPadding", "reflect"],
  ["nn.SpatialReplicationPadding", "replicate"],
] as const)
  defineModule(name, {
    init(this: Module, pad_l: number, pad_r = pad_l, pad_t = pad_l, pad_b = pad_l) {
      Object.assign(this, { pad_l, pad_r, pad_t, pad_b });
    },
    forward(this, x: r.V) {
      const { pad_l, pad_r, pad_t, pad_b } = this as unknown as Record<string, number>;
      const pads = x.shape.map((_, i): [number, number] =>
        i === x.shape.length - 1 ? [pad_l!, pad_r!] : i === x.shape.length - 2 ? [pad_t!, pad_b!] : [0, 0],
      );
      return r.pad(x, pads, mode);
    },
    text() {
      return `${this.__typename}(l=${this.pad_l as number}, r=${this.pad_r as number}, t=${this.pad_t as number}, b=${this.pad_b as number})`;
    },
  });
/** x/(‖x‖ₚ + ε) along the last axis. */
defineModule("nn.Normalize", {
  init(this: Module, p: number, eps = 1e-10) {
    this.p = p;
    this.eps = eps;
  },
  forward(this, x: r.V) {
    return r.div(x, r.add(r.norm(x, this.p as number, [x.shape.length - 1], true), this.eps as number));
  },
  text() {
    return `${this.__typename}(${this.p as number})`;
  },
});
