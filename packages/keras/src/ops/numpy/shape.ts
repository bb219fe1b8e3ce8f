import { bool, int32, ops, Strided } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import { type Input, Value } from "@cognate/tensor";
import { arrayFrom, castValue, valueOf } from "../../backend/create.js";
import { unnamed } from "../../backend/eager-errors.js";
import { KerasTensor } from "../../backend/keras-tensor.js";
import { run } from "../../backend/record.js";
import type { Shape } from "../../backend/shape.js";
import { Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { anyRow, compute, op, promoted } from "../make.js";

/** An axis counted from the front. @throws ValueError */
export function axisOf(axis: number, rank: number): number {
  const at = Number(axis);
  if (!Number.isInteger(at) || at < -rank || at >= rank)
    throw new ValueError(`axis ${axis} is out of bounds for an array with dimension ${rank}.`);
  return at < 0 ? at + rank : at;
}

/** Lengths as numbers; tensors of a shape are read. */
const lengthsOf = (shape: unknown): number[] => {
  const given =
    typeof shape === "number" ? [shape] : shape instanceof Tensor ? (shape.tolist() as number[]) : shape;
  return [...(given as Iterable<unknown>)].map((d) => (d === null ? -1 : Number(d)));
};

/** A shape for `size` elements in which one length may be −1. */
function completed(size: number, wanted: readonly number[]): number[] {
  const known = wanted.reduce((n, d) => (d === -1 ? n : n * d), 1);
  const rest = known === 0 ? 0 : size / known;
  const shape = wanted.map((d) => (d === -1 ? rest : d));
  if (!shape.every(Number.isInteger) || shape.reduce((n, d) => n * d, 1) !== size)
    throw unnamed(
      "Reshape",
      `Input to reshape is a tensor with ${size} values, but the requested shape has ${Math.abs(known)}`,
    );
  return shape;
}

/** The same elements, row-major, in another shape; one length may be −1. */
export const reshape = op(
  "numpy.Reshape",
  "reshape",
  "x newshape",
  (x: TensorLike, newshape: Shape | number): Tensor => {
    const v = valueOf(x);
    return compute(ops.reshape, [v], { shape: completed(v.size, lengthsOf(newshape)) });
  },
);
export const ravel = op("numpy.Ravel", "ravel", "x", (x: TensorLike): Tensor => {
  const v = valueOf(x);
  return compute(ops.reshape, [v], { shape: [v.size] });
});
/** The axes in another order, reversed by default. */
export const transpose = op(
  "numpy.Transpose",
  "transpose",
  "x axes",
  (x: TensorLike, axes: readonly number[] | null = null): Tensor => {
    const v = valueOf(x);
    const rank = v.shape.length;
    const wrong = axes?.find((a) => a < -rank || a >= rank);
    if (wrong !== undefined)
      throw new ValueError(`axis ${wrong} is out of bounds for an array with dimension ${rank}.`);
    const order = axes ? axes.map((a) => axisOf(a, rank)) : v.shape.map((_, i) => rank - 1 - i);
    return compute(ops.permute, [v], { axes: order });
  },
);
export const swapaxes = op(
  "numpy.SwapAxes",
  "swapaxes",
  "x axis1 axis2",
  (x: TensorLike, axis1: number, axis2: number): Tensor => {
    const v = valueOf(x);
    const axes = v.shape.map((_, i) => i);
    const [a, b] = [axisOf(axis1, axes.length), axisOf(axis2, axes.length)];
    [axes[a], axes[b]] = [axes[b]!, axes[a]!];
    return compute(ops.permute, [v], { axes });
  },
);
/** Axes moved to other places, the others staying in order. */
export const moveaxis = op(
  "numpy.Moveaxis",
  "moveaxis",
  "x source destination",
  (x: TensorLike, source: number | readonly number[], destination: number | readonly number[]): Tensor => {
    const v = valueOf(x);
    const rank = v.shape.length;
    const list = (a: number | readonly number[]) =>
      (Array.isArray(a) ? a : [a]).map((i: number) => axisOf(i, rank));
    const [from, to] = [list(source), list(destination)];
    const rest = v.shape.map((_, i) => i).filter((i) => !from.includes(i));
    const axes: number[] = [];
    for (let i = 0; i < rank; i++) axes.push(to.includes(i) ? from[to.indexOf(i)]! : rest.shift()!);
    return compute(ops.permute, [v], { axes });
  },
);
/** New axes of length 1. */
export const expand_dims = op(
  "numpy.ExpandDims",
  "expand_dims",
  "x axis",
  (x: TensorLike, axis: number | readonly number[]): Tensor => {
    const v = valueOf(x);
    const list = Array.isArray(axis) ? (axis as readonly number[]) : [axis as number];
    const rank = v.shape.length + list.length;
    const places = list.map((a) => axisOf(a, rank));
    const lengths = [...v.shape];
    const shape = Array.from({ length: rank }, (_, i) => (places.includes(i) ? 1 : lengths.shift()!));
    return compute(ops.reshape, [v], { shape });
  },
);
/** Axes of length 1 left out. */
export const squeeze = op(
  "numpy.Squeeze",
  "squeeze",
  "x axis",
  (x: TensorLike, axis: number | readonly number[] | null = null): Tensor => {
    const v = valueOf(x);
    const rank = v.shape.length;
    const named =
      axis === null
        ? null
        : (Array.isArray(axis) ? (axis as number[]) : [axis as number]).map((a) => axisOf(a, rank));
    named?.forEach((a) => {
      if (v.shape[a] !== 1) throw new ValueError(`Cannot squeeze axis=${a}, because the dimension is not 1.`);
    });
    return compute(ops.reshape, [v], {
      shape: v.shape.filter((n, i) => !(named ? named.includes(i) : n === 1)),
    });
  },
);
export const broadcast_to = op(
  "numpy.BroadcastTo",
  "broadcast_to",
  "x shape",
  (x: TensorLike, shape: Shape): Tensor => compute(ops.expand, [valueOf(x)], { shape: lengthsOf(shape) }),
);
/** The array repeated along its axes. */
export const tile = op(
  "numpy.Tile",
  "tile",
  "x repeats",
  (x: TensorLike, repeats: number | readonly number[]): Tensor => {
    const v = valueOf(x);
    const reps = lengthsOf(repeats);
    while (reps.length < v.shape.length) reps.unshift(1);
    return compute(ops.tile, [v], { reps });
  },
);
/** Each element repeated. */
export const repeat = op(
  "numpy.Repeat",
  "repeat",
  "x repeats axis",
  (x: TensorLike, repeats: number | readonly number[], axis: number | null = null): Tensor => {
    const given = valueOf(x);
    const v = axis === null ? run(ops.reshape, [given], { shape: [given.size] }) : given;
    return compute(ops.repeatInterleave, [v], { dim: axis ?? 0, repeats: arrayFrom(repeats, int32) });
  },
);
/** Elements in reverse order along axes, all by default. */
export const flip = op(
  "numpy.Flip",
  "flip",
  "x axis",
  (x: TensorLike, axis: number | readonly number[] | null = null): Tensor => {
    const v = valueOf(x);
    const rank = v.shape.length;
    const dims =
      axis === null
        ? v.shape.map((_, i) => i)
        : (Array.isArray(axis) ? (axis as number[]) : [axis as number]).map((a) => axisOf(a, rank));
    return compute(ops.flip, [v], { dims });
  },
);
export const fliplr = op(
  "numpy.Fliplr",
  "fliplr",
  "x",
  (x: TensorLike): Tensor => compute(ops.flip, [valueOf(x)], { dims: [1] }),
);
export const flipud = op(
  "numpy.Flipud",
  "flipud",
  "x",
  (x: TensorLike): Tensor => compute(ops.flip, [valueOf(x)], { dims: [0] }),
);
/** Elements moved along an axis, what leaves at one end coming in at the other. */
export const roll = op(
  "numpy.Roll",
  "roll",
  "x shift axis",
  (
    x: TensorLike,
    shift: number | readonly number[],
    axis: number | readonly number[] | null = null,
  ): Tensor => {
    const v = valueOf(x);
    if (axis === null) {
      const flat = run(ops.reshape, [v], { shape: [v.size] });
      return compute(ops.reshape, [run(ops.roll, [flat], { shifts: lengthsOf(shift), dims: [0] })], {
        shape: v.shape,
      });
    }
    const dims = lengthsOf(axis).map((a) => axisOf(a, v.shape.length));
    const shifts = lengthsOf(shift);
    return compute(ops.roll, [v], { shifts: dims.map((_, i) => shifts[i] ?? shifts[0]!), dims });
  },
);
/** A quarter turn, several times, in the plane of two axes. */
export const rot90 = op(
  "numpy.Rot90",
  "rot90",
  "array k axes",
  (array: TensorLike, k = 1, axes: readonly number[] = [0, 1]): Tensor => {
    const v = valueOf(array);
    const [a, b] = axes.map((i) => axisOf(i, v.shape.length)) as [number, number];
    const turns = ((k % 4) + 4) % 4;
    if (turns === 0) return wrap(v);
    if (turns === 2) return compute(ops.flip, [v], { dims: [a, b] });
    const order = v.shape.map((_, i) => (i === a ? b : i === b ? a : i));
    if (turns === 1) return compute(ops.permute, [run(ops.flip, [v], { dims: [b] })], { axes: order });
    return compute(ops.flip, [run(ops.permute, [v], { axes: order })], { dims: [b] });
  },
);

/** Tensors in one type, for joining. */
const joined = (xs: Iterable<TensorLike>): Value[] => promoted([...xs].map((x) => valueOf(x))).values;

/** Tensors one behind the other along an axis. */
export const concatenate = op(
  "numpy.Concatenate",
  "concatenate",
  "xs axis",
  (xs: Iterable<TensorLike>, axis = 0): Tensor => {
    const values = joined(xs);
    return compute(ops.cat, values as Input[], { dim: axisOf(axis, values[0]!.shape.length) }, "ConcatV2");
  },
);
/** Tensors of one shape side by side along a new axis. */
export const stack = op("numpy.Stack", "stack", "x axis", (x: Iterable<TensorLike>, axis = 0): Tensor => {
  const values = joined(x);
  return compute(ops.stack, values as Input[], { dim: axisOf(axis, values[0]!.shape.length + 1) }, "Pack");
});
const atLeast = (rank: number, v: Value): Value => {
  if (v.shape.length >= rank) return v;
  const shape = rank === 2 ? [1, ...v.shape] : [...v.shape];
  while (shape.length < rank) shape.push(1);
  return run(ops.reshape, [v], {
    shape:
      rank === 2 && v.shape.length === 0
        ? [1, 1]
        : rank === 3 && v.shape.length === 1
          ? [1, v.shape[0]!, 1]
          : shape,
  });
};
export const vstack = op(
  "numpy.Vstack",
  "vstack",
  "xs",
  (xs: Iterable<TensorLike>): Tensor =>
    compute(
      ops.cat,
      joined(xs).map((v) => atLeast(2, v)),
      { dim: 0 },
    ),
);
export const hstack = op("numpy.Hstack", "hstack", "xs", (xs: Iterable<TensorLike>): Tensor => {
  const values = joined(xs).map((v) => atLeast(1, v));
  return compute(ops.cat, values, { dim: values[0]!.shape.length === 1 ? 0 : 1 });
});
export const dstack = op(
  "numpy.Dstack",
  "dstack",
  "xs",
  (xs: Iterable<TensorLike>): Tensor =>
    compute(
      ops.cat,
      joined(xs).map((v) => atLeast(3, v)),
      { dim: 2 },
    ),
);
export const append = op(
  "numpy.Append",
  "append",
  "x1 x2 axis",
  (x1: TensorLike, x2: TensorLike, axis: number | null = null): Tensor => {
    const [a, b] = joined([x1, x2]) as [Value, Value];
    const flat = (v: Value): Value => (axis === null ? run(ops.reshape, [v], { shape: [v.size] }) : v);
    return compute(ops.cat, [flat(a), flat(b)], { dim: axis === null ? 0 : axisOf(axis, a.shape.length) });
  },
  { arity: 2 },
);

function pieces(
  x: Value,
  indices_or_sections: number | readonly number[],
  axis: number,
  equal: boolean,
): Tensor[] {
  const dim = axisOf(axis, x.shape.length);
  const n = x.shape[dim]!;
  let cuts: number[];
  if (typeof indices_or_sections === "number") {
    const k = indices_or_sections;
    if (equal && n % k !== 0) throw new ValueError(`array split does not result in an equal division`);
    const [base, more] = [Math.floor(n / k), n % k];
    cuts = [];
    for (let i = 0, at = 0; i < k - 1; i++) cuts.push((at += base + (i < more ? 1 : 0)));
  } else cuts = lengthsOf(indices_or_sections).map((c) => Math.min(Math.max(c < 0 ? c + n : c, 0), n));
  return [...cuts, n].map((end, i) => {
    const start = i === 0 ? 0 : cuts[i - 1]!;
    return compute(ops.slice, [x], { dim, start, step: 1, length: Math.max(end - start, 0) });
  });
}
const splitter = (cls: string, name: string, equal: boolean) =>
  op(
    `numpy.${cls}`,
    name,
    "x indices_or_sections axis",
    (x: TensorLike, indices_or_sections: number | readonly number[], axis = 0): Tensor[] =>
      pieces(valueOf(x), indices_or_sections, axis, equal),
  );
/** Parts along an axis: so many equal ones, or cut at the given places. */
export const split = splitter("Split", "split", true);
export const array_split = splitter("ArraySplit", "array_split", false);
const splitAlong = (cls: string, name: string, axis: number) =>
  op(
    `numpy.${cls}`,
    name,
    "x indices_or_sections",
    (x: TensorLike, indices_or_sections: number | readonly number[]): Tensor[] => {
      const v = valueOf(x);
      return pieces(v, indices_or_sections, axis === 1 && v.shape.length === 1 ? 0 : axis, true);
    },
  );
export const vsplit = splitAlong("Vsplit", "vsplit", 0);
export const hsplit = splitAlong("Hsplit", "hsplit", 1);
export const dsplit = splitAlong("Dsplit", "dsplit", 2);
/** The slices along an axis, without that axis. */
export const unstack = op(
  "core.Unstack",
  "unstack",
  "x num axis",
  (x: TensorLike, _num: number | null = null, axis = 0): Tensor[] => {
    const v = valueOf(x);
    const dim = axisOf(axis, v.shape.length);
    return Array.from({ length: v.shape[dim]! }, (_, index) =>
      compute(ops.indexView, [v], {
        items: [
          ...v.shape.slice(0, dim).map((length) => ({ kind: "slice", start: 0, step: 1, length }) as const),
          { kind: "select", index } as const,
        ],
      }),
    );
  },
);

const MODES = {
  constant: "constant",
  reflect: "reflect",
  symmetric: "symmetric",
  edge: "replicate",
  wrap: "circular",
} as const;
/** Elements added around: constants, mirrored ones, the edges, or those of the other end. */
export const pad = op(
  "numpy.Pad",
  "pad",
  "x pad_width mode constant_values",
  (
    x: TensorLike,
    pad_width: number | readonly number[] | readonly (readonly number[])[],
    mode: keyof typeof MODES = "constant",
    constant_values: number | null = null,
  ): Tensor => {
    const v = valueOf(x);
    const pairOf = (w: number | readonly number[]): readonly [number, number] =>
      typeof w === "number" ? [w, w] : w.length === 1 ? [w[0]!, w[0]!] : [w[0]!, w[1]!];
    const nested = Array.isArray(pad_width) && Array.isArray((pad_width as unknown[])[0]);
    const list = (nested ? pad_width : [pad_width]) as readonly (number | readonly number[])[];
    const pads = v.shape.map((_, i) => pairOf(list[i] ?? list[0]!));
    return compute(ops.pad, [v], { pads, mode: MODES[mode], value: Number(constant_values ?? 0) });
  },
);

const triangle = (cls: string, name: string, row: unknown) =>
  op(
    `numpy.${cls}`,
    name,
    "x k",
    (x: TensorLike, k = 0): Tensor => compute(anyRow(row), [valueOf(x)], { k }),
  );
export const tril = triangle("Tril", "tril", ops.tril);
export const triu = triangle("Triu", "triu", ops.triu);
export const diagonal = op(
  "numpy.Diagonal",
  "diagonal",
  "x offset axis1 axis2",
  (x: TensorLike, offset = 0, axis1 = 0, axis2 = 1): Tensor =>
    compute(ops.diagonal, [valueOf(x)], { offset, dim1: axis1, dim2: axis2 }),
);
export const trace = op(
  "numpy.Trace",
  "trace",
  "x offset axis1 axis2",
  (x: TensorLike, offset = 0, axis1 = 0, axis2 = 1): Tensor => {
    const line = run(ops.diagonal, [valueOf(x)], { offset, dim1: axis1, dim2: axis2 });
    const summed = line.dtype === bool ? castValue(line, int32) : line;
    return compute(ops.sum, [summed], { dims: [-1], dtype: summed.dtype });
  },
);
/** A matrix with a vector on a diagonal, or a matrix's diagonal. */
export const diag = op("numpy.Diag", "diag", "x k", (x: TensorLike, k = 0): Tensor => {
  const v = valueOf(x);
  if (v.shape.length === 2) return compute(ops.diagonal, [v], { offset: k, dim1: 0, dim2: 1 });
  return onDiagonal(v, k);
});
export const diagflat = op("numpy.Diagflat", "diagflat", "x k", (x: TensorLike, k = 0): Tensor => {
  const v = valueOf(x);
  return onDiagonal(run(ops.reshape, [v], { shape: [v.size] }), k);
});
function onDiagonal(v: Value, k: number): Tensor {
  const n = v.shape[0]! + Math.abs(k);
  const base = new Value(Strided.zeros(v.dtype, [n, n]));
  return compute(ops.viewScatter, [base, v], {
    chain: [{ op: "diagonal", params: { offset: k, dim1: 0, dim2: 1 } }],
  });
}
/** Differences of neighbours along an axis, n times. */
export const diff = op("numpy.Diff", "diff", "a n axis", (a: TensorLike, n = 1, axis = -1): Tensor => {
  let v = valueOf(a);
  const dim = axisOf(axis, v.shape.length);
  for (let i = 0; i < n; i++) {
    const length = Math.max(v.shape[dim]! - 1, 0);
    const part = (start: number): Value => run(ops.slice, [v], { dim, start, step: 1, length });
    v = run(anyRow(v.dtype === bool ? ops.ne : ops.sub), [part(1), part(0)], undefined);
  }
  return wrap(v);
});
export const meshgrid = op(
  "numpy.Meshgrid",
  "meshgrid",
  "...x * indexing",
  (x: readonly TensorLike[] = [], indexing: "xy" | "ij" = "xy"): Tensor[] => {
    const lines = x.map((v) => valueOf(v)).map((v) => run(ops.reshape, [v], { shape: [v.size] }));
    const order = lines.map((_, i) => (indexing === "xy" && i < 2 && lines.length > 1 ? 1 - i : i));
    const shape = order.map((i) => lines[i]!.size);
    return lines.map((v, i) => {
      const own = shape.map((_, k) => (order[k] === i ? v.size : 1));
      return compute(ops.expand, [run(ops.reshape, [v], { shape: own })], { shape });
    });
  },
);

/** Number of axes. */
export const ndim = (x: TensorLike | KerasTensor): number =>
  x instanceof KerasTensor ? x.ndim : valueOf(x).shape.length;
/** Number of elements: int32. */
export const size = op(
  "numpy.Size",
  "size",
  "x",
  (x: TensorLike): Tensor => wrap(valueOf(valueOf(x).size, int32)),
);
/** Lengths of the axes, as a tuple. */
export const shape = (x: TensorLike | KerasTensor): Tuple<number | null> =>
  x instanceof KerasTensor ? x.shape : Tuple.of_<number | null>(valueOf(x).shape);
