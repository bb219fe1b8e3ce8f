import { bool, dtypeNamed, int64, ops, Strided } from "@cognate/kernel";
import type { ndarray } from "@cognate/ndarray";
import { def, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { type DTypeLike, kernelType, standardizeDType } from "../../backend/dtype.js";
import { kernelError } from "../../backend/errors.js";
import { getItem, type Index } from "../../backend/indexing.js";
import { KerasTensor } from "../../backend/keras-tensor.js";
import { Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { Variable } from "../../backend/variable.js";
import { apply, compute, op, shapes } from "../make.js";

/*
 * Making, casting, cutting and writing tensors.
 */

const convert = (x: TensorLike, dtype: DTypeLike | null = null): Tensor => {
  const v = valueOf(x, dtype === null ? undefined : kernelType(dtype));
  return x instanceof Tensor && x._value === v ? x : wrap(v);
};
/** A tensor of numbers, lists, arrays of any package. */
export const convert_to_tensor = op(
  "core.ConvertToTensor",
  "convert_to_tensor",
  "x dtype sparse ragged",
  (x: TensorLike, dtype: DTypeLike | null = null, _sparse = false, _ragged = false): Tensor =>
    convert(x, dtype),
);
/** The numbers as a NumPy array. */
export const convert_to_numpy = (x: TensorLike): ndarray => convert(x).numpy();
/** Whether a thing is a tensor with numbers. */
export const is_tensor = (x: unknown): boolean => x instanceof Tensor;
/** The name of a tensor's element type. */
export const dtype = (x: TensorLike | KerasTensor): string =>
  x instanceof KerasTensor ? x.dtype : x instanceof Variable ? x.dtype : valueOf(x).dtype.name;

/** x in another element type. */
export const cast = op(
  "core.Cast",
  "cast",
  "x dtype",
  (x: TensorLike, dtype: DTypeLike): Tensor => {
    const v = valueOf(x);
    const type = kernelType(standardizeDType(dtype));
    return v.dtype === type ? convert(x) : wrap(castValue(v, type));
  },
  { shape: shapes.same },
);

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  bool: [0, 1],
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2 ** 63), 2 ** 63 - 2 ** 10],
  uint64: [0, 2 ** 64 - 2 ** 11],
  float16: [-65504, 65504],
  bfloat16: [-3.3895313892515355e38, 3.3895313892515355e38],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
};
/** {@link cast} with what lies outside of the type's range brought to its ends. */
export const saturate_cast = op(
  "core.SaturateCast",
  "saturate_cast",
  "x dtype",
  (x: TensorLike, dtype: DTypeLike): Tensor => {
    const v = valueOf(x);
    const type = kernelType(standardizeDType(dtype));
    const [a, b] = [RANGES[v.dtype.name]!, RANGES[type.name]!];
    const wide = v.dtype === bool || v.dtype.half ? castValue(v, dtypeNamed("float32")!) : v;
    // The largest float32 not above an integer bound lies below it.
    const narrow = wide.dtype.name === "float32" ? nearestBelow(b) : b;
    const low = Math.max(a[0], narrow[0]);
    const high = Math.min(a[1], narrow[1]);
    return wrap(
      castValue(apply(ops.clamp, [wide, wide.full([], low), wide.full([], high)], undefined), type),
    );
  },
  { shape: shapes.same },
);
const nearestBelow = ([low, high]: readonly [number, number]): readonly [number, number] => {
  const f = Math.fround(high);
  return [
    low,
    f <= high ? f : high === 2 ** 31 - 1 ? 2 ** 31 - 128 : high === 2 ** 32 - 1 ? 2 ** 32 - 256 : high,
  ];
};

/** x with no way back for gradients. */
export const stop_gradient = op(
  "core.StopGradient",
  "stop_gradient",
  "variable",
  (variable: TensorLike): Tensor => wrap(valueOf(variable).detach() as Value),
  { shape: shapes.same },
);

/** `x[key]` as an operation. */
export const get_item = op(
  "numpy.GetItem",
  "get_item",
  "x key",
  (x: TensorLike, key: Index | readonly Index[]): Tensor =>
    wrap(getItem(valueOf(x), Array.isArray(key) ? (key as readonly Index[]) : [key as Index])),
  { arity: 2 },
);

const numbersOf = (x: unknown): number[] =>
  (x instanceof Tensor ? (x.tolist() as number[]) : [...(x as Iterable<unknown>)]).map(Number);

/** The block of a shape that begins at the given places. */
export const slice = op(
  "core.Slice",
  "slice",
  "inputs start_indices shape",
  (inputs: TensorLike, start_indices: TensorLike, shape: readonly number[]): Tensor => {
    const v = valueOf(inputs);
    const start = numbersOf(start_indices);
    const size = numbersOf(shape);
    const items = v.shape.map((n, i) => {
      const from = start[i]!;
      const length = size[i] === -1 ? n - from : size[i]!;
      if (from < 0 || length < 0 || from + length > n)
        throw kernelError("Slice", `Expected size[${i}] in [0, ${n - from}], but got ${length}`);
      return { kind: "slice", start: from, step: 1, length } as const;
    });
    return compute(ops.indexView, [v], { items });
  },
  { arity: 2 },
);
/** x with a block written over at the given places. */
export const slice_update = op(
  "core.SliceUpdate",
  "slice_update",
  "inputs start_indices updates",
  (inputs: TensorLike, start_indices: TensorLike, updates: TensorLike): Tensor => {
    const v = valueOf(inputs);
    const u = valueOf(updates, v.dtype);
    const start = numbersOf(start_indices);
    const items = u.shape.map((length, i) => ({
      kind: "slice" as const,
      start: Math.min(Math.max(start[i]! < 0 ? start[i]! + v.shape[i]! : start[i]!, 0), v.shape[i]! - length),
      step: 1,
      length,
    }));
    return compute(ops.viewScatter, [v, u], { chain: [{ op: "indexView", params: { items } }] });
  },
  { arity: 3 },
);

/** The last axis of indices as one array an axis. */
function coordinates(indices: TensorLike): Strided[] {
  const ix = valueOf(indices, int64);
  const depth = ix.shape.at(-1)!;
  return Array.from({ length: depth }, (_, k) => {
    const column = apply(ops.slice, [ix], { dim: -1, start: k, step: 1, length: 1 });
    return apply(ops.reshape, [column], { shape: ix.shape.slice(0, -1) }).array;
  });
}
/** Zeros of a shape with values added at the positions. */
export const scatter = op(
  "core.Scatter",
  "scatter",
  "indices values shape",
  (indices: TensorLike, values: TensorLike, shape: readonly number[]): Tensor => {
    const v = valueOf(values);
    const zeros = new Value(Strided.zeros(v.dtype, numbersOf(shape)));
    return compute(ops.indexPut, [zeros, v], { indices: coordinates(indices), accumulate: true });
  },
  { arity: 2 },
);

const REDUCTIONS = { max: "amax", min: "amin", mul: "prod" } as const;
/** x with updates written, added, multiplied or compared at the positions. */
export const scatter_update = op(
  "core.ScatterUpdate",
  "scatter_update",
  "inputs indices updates reduction",
  (inputs: TensorLike, indices: TensorLike, updates: TensorLike, reduction: string | null = null): Tensor => {
    const how = reduction?.toLowerCase() ?? null;
    if (how !== null && how !== "add" && !(how in REDUCTIONS))
      throw new ValueError(
        `Invalid reduction: ${how}. Supported values are: None, 'add', 'max', 'min', 'mul'.`,
      );
    const v = valueOf(inputs);
    const u = valueOf(updates, v.dtype);
    const at = coordinates(indices);
    if (how === null || how === "add")
      return compute(ops.indexPut, [v, u], { indices: at, accumulate: how === "add" });
    // Slabs as rows of one axis, which the row of reductions walks along.
    const depth = at.length;
    const lead = v.shape.slice(0, depth);
    const rows = lead.reduce((n, d) => n * d, 1);
    const width = v.size / rows;
    const place = lead.reduce<Value | null>((p, n, k) => {
      const i = new Value(at[k]!);
      return p === null ? i : (p.mul(n).add(i) as Value);
    }, null)!;
    const count = place.size;
    const index = apply(ops.expand, [apply(ops.reshape, [place], { shape: [count, 1] })], {
      shape: [count, width],
    });
    const y = apply(
      ops.scatterReduce,
      [v.reshape({ shape: [rows, width] }), index, u.reshape({ shape: [count, width] })],
      { dim: 0, reduce: REDUCTIONS[how as keyof typeof REDUCTIONS], includeSelf: true },
    );
    return compute(ops.reshape, [y], { shape: v.shape });
  },
  { arity: 3 },
);

/** The letters of one side of a pattern, groups in lists. */
const patternSide = (side: string): string[][] =>
  (side.match(/\w+|\(.*?\)/g) ?? []).map((word) => word.match(/\w+/g) ?? []);
/** Axes split, moved and joined as a pattern says: `"b (h h1) c -> b h (h1 c)"`. */
export const rearrange = def(
  "keras.ops.rearrange",
  "tensor pattern **axes_lengths",
  (tensor: TensorLike, pattern: string, axes_lengths: Readonly<Record<string, number>> = {}): Tensor => {
    const [from, to] = pattern.split(/\s*->\s*/).map((s) => patternSide(s)) as [string[][], string[][]];
    const v = valueOf(tensor);
    const lengths = new Map<string, number>(Object.entries(axes_lengths));
    from.forEach((group, i) => {
      const known = group.reduce((n, a) => n * (lengths.get(a) ?? 1), 1);
      for (const a of group) if (!lengths.has(a)) lengths.set(a, v.shape[i]! / known);
    });
    const [before, after] = [from.flat(), to.flat()];
    const cut = apply(ops.reshape, [v], { shape: before.map((a) => lengths.get(a)!) });
    const moved = apply(ops.permute, [cut], { axes: after.map((a) => before.indexOf(a)) });
    return compute(ops.reshape, [moved], {
      shape: to.map((group) => group.reduce((n, a) => n * lengths.get(a)!, 1)),
    });
  },
);
