import { arange, bool, broadcastTwo, type DType, int64, ops, type Shape } from "@cognate/kernel";
import { def, RuntimeError, Tuple, TypeError, ValueError } from "@cognate/py";
import { call, Value } from "@cognate/tensor";
import { promoteTypes } from "../promotion.js";
import { Size } from "../size.js";
import { Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { sizesDiffer } from "../words.js";
import { axis, deliver, type Int, int, ints, named, shown, valueOf, weakLike } from "./args.js";
import { castValue } from "./operands.js";
import { argumentType } from "./signatures.js";
import { expandOf, reshapeOf, unsqueezeOf } from "./views.js";

/** A list of tensors as any iterable. */
export type Tensors = Iterable<TensorLike>;

/** Tensors in the type that all go to; whole numbers that were only written as such follow the others. */
function alike(tensors: Tensors, name: string): Value[] {
  if ((tensors as unknown) instanceof Tensor)
    throw new TypeError(`${name}(): argument 'tensors' (position 1) must be tuple of Tensors, not Tensor`);
  const xs = Array.from(tensors, (x: unknown, i) => {
    if (x === null || x === undefined || typeof x === "number" || typeof x === "string")
      throw new TypeError(`expected Tensor as element ${i} in argument 0, but got ${argumentType(x)}`);
    return valueOf(x as TensorLike);
  });
  const strong = xs.filter((x) => !x.weak);
  // Whole numbers beside bools alone are int64, as they would be in Python.
  const type = (strong.some((x) => x.dtype !== bool) ? strong : xs).reduce<DType | undefined>(
    (d, x) => (d ? promoteTypes(d, x.dtype) : x.dtype),
    undefined,
  );
  return xs.map((x) => (type ? castValue(x, type) : x));
}

/** PyTorch's old empty tensors of shape [0] join anything. */
const isLegacyEmpty = (x: Value): boolean => x.shape.length === 1 && x.shape[0] === 0;

function joined(xs: readonly Value[], dim: number, name = "CatBackward0"): Value {
  if (xs.length === 0) throw new ValueError("torch.cat(): expected a non-empty list of Tensors");
  xs.forEach((x, i) => {
    if (x.shape.length === 0)
      throw new RuntimeError(`zero-dimensional tensor (at position ${i}) cannot be concatenated`);
  });
  const kept = xs.filter((x) => !isLegacyEmpty(x));
  if (kept.length === 0) return call(ops.cat, xs, { dim: axis(dim, 1) });
  const first = kept[0]!;
  const d = axis(dim, first.shape.length);
  xs.forEach((x, i) => {
    if (isLegacyEmpty(x)) return;
    if (x.shape.length !== first.shape.length)
      throw new RuntimeError(
        `Tensors must have same number of dimensions: got ${first.shape.length} and ${x.shape.length}`,
      );
    x.shape.forEach((n, k) => {
      if (k !== d && n !== first.shape[k])
        throw new RuntimeError(
          `Sizes of tensors must match except in dimension ${d}. Expected size ${first.shape[k]} but got size ${n} for tensor number ${i} in the list.`,
        );
    });
  });
  return weakLike(named(call(ops.cat, kept, { dim: d }), name), ...xs);
}

const concatenation = (name: string) =>
  def(
    `torch.${name}`,
    "tensors dim|axis * out",
    (tensors: Tensors, dim: Int = 0, out: Tensor | null = null): Tensor =>
      deliver(joined(alike(tensors, name), int(dim)), out),
  );

/** Tensors laid end to end along an axis. */
export const cat = concatenation("cat");
/** {@link cat}. */
export const concat = concatenation("concat");
/** {@link cat}. */
export const concatenate = concatenation("concatenate");

/** Tensors of one shape side by side along a new axis. */
export const stack = def(
  "torch.stack",
  "tensors dim|axis * out",
  (tensors: Tensors, dim: Int = 0, out: Tensor | null = null): Tensor => {
    const xs = alike(tensors, "stack");
    if (xs.length === 0) throw new RuntimeError("stack expects a non-empty TensorList");
    const first = xs[0]!;
    const d = axis(dim, first.shape.length + 1);
    xs.forEach((x, i) => {
      if (x.shape.length !== first.shape.length || x.shape.some((n, k) => n !== first.shape[k]))
        throw new RuntimeError(
          `stack expects each tensor to be equal size, but got ${shown(first.shape)} at entry 0 and ${shown(x.shape)} at entry ${i}`,
        );
    });
    return deliver(weakLike(call(ops.stack, xs, { dim: d }), ...xs), out);
  },
);

/** x with at least one, two or three axes, as `torch.atleast_nd` adds them. */
function atLeast(x: Value, n: 1 | 2 | 3): Value {
  const { shape } = x;
  if (shape.length >= n) return x;
  if (shape.length === 0) return reshapeOf(x, new Array<number>(n).fill(1));
  const rows = shape.length === 1 ? unsqueezeOf(x, 0) : x;
  return n === 3 ? unsqueezeOf(rows, 2) : rows;
}

const atleast = (n: 1 | 2 | 3) =>
  def(
    `torch.atleast_${n}d`,
    "...tensors",
    (tensors: readonly (TensorLike | Tensors)[]): Tensor | Tuple<Tensor> => {
      const [first] = tensors;
      const list = tensors.length === 1 && (Array.isArray(first) || tensors[0] instanceof Tuple);
      if (tensors.length === 1 && !list) return wrap(atLeast(valueOf(first as TensorLike), n));
      return Tuple.of_(Array.from((list ? first : tensors) as Tensors, (x) => wrap(atLeast(valueOf(x), n))));
    },
  );

/** At least one axis. */
export const atleast_1d = atleast(1);
/** At least two axes. */
export const atleast_2d = atleast(2);
/** At least three axes. */
export const atleast_3d = atleast(3);

const stacking = (name: string, prepare: (x: Value) => Value, dim: (rank: number) => number) =>
  def(`torch.${name}`, "tensors * out", (tensors: Tensors, out: Tensor | null = null): Tensor => {
    const xs = alike(tensors, name).map(prepare);
    if (xs.length === 0) throw new RuntimeError(`${name} expects a non-empty TensorList`);
    return deliver(joined(xs, dim(xs[0]!.shape.length)), out);
  });

/** Side by side: along axis 1, of vectors along axis 0. */
export const hstack = stacking(
  "hstack",
  (x) => atLeast(x, 1),
  (rank) => (rank === 1 ? 0 : 1),
);
/** One below the other: along axis 0. */
export const vstack = stacking(
  "vstack",
  (x) => atLeast(x, 2),
  () => 0,
);
/** {@link vstack}. */
export const row_stack = stacking(
  "row_stack",
  (x) => atLeast(x, 2),
  () => 0,
);
/** One behind the other: along axis 2. */
export const dstack = stacking(
  "dstack",
  (x) => atLeast(x, 3),
  () => 2,
);
/** Vectors as columns, matrices side by side. */
export const column_stack = stacking(
  "column_stack",
  (x) => (x.shape.length < 2 ? reshapeOf(x, [x.size, 1]) : x),
  () => 1,
);

/** Matrices along the diagonal of one, zeros elsewhere. */
export const block_diag = def("torch.block_diag", "...tensors", (tensors: readonly TensorLike[]): Tensor => {
  const xs = alike(tensors, "block_diag").map((x, i) => {
    if (x.shape.length > 2)
      throw new RuntimeError(
        `torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ${i} has ${x.shape.length} dimensions`,
      );
    return atLeast(x, 2);
  });
  if (xs.length === 0) return wrap(valueOf([[]]));
  const width = xs.reduce((n, x) => n + x.shape[1]!, 0);
  let left = 0;
  const rows = xs.map((x) => {
    const before = left;
    left += x.shape[1]!;
    return call(ops.pad, [x], {
      pads: [
        [0, 0],
        [before, width - left],
      ],
    });
  });
  return wrap(joined(rows, 0, "BlockDiagBackward0"));
});

/** A common shape, as PyTorch words its refusal. */
function commonShape(shapes: readonly Shape[]): number[] {
  return shapes.reduce<number[]>((a, b) => {
    const both = broadcastTwo(a, b);
    if (both) return both;
    throw sizesDiffer(a, b);
  }, []);
}

/** The tensors stretched to one shape without copying. */
export const broadcast_tensors = def(
  "torch.broadcast_tensors",
  "...tensors",
  (tensors: readonly TensorLike[]): Tuple<Tensor> => {
    const xs = listOf(tensors).map(valueOf);
    const shape = commonShape(xs.map((x) => x.shape));
    return Tuple.of_(xs.map((x) => wrap(expandOf(x, shape))));
  },
);

/** `f(a, b)` and `f([a, b])` alike. */
const listOf = (args: readonly (TensorLike | Tensors)[]): TensorLike[] =>
  args.length === 1 && (Array.isArray(args[0]) || args[0] instanceof Tuple)
    ? Array.from(args[0] as Tensors)
    : (args as TensorLike[]);

/** The shape that shapes stretch to. */
export const broadcast_shapes = def(
  "torch.broadcast_shapes",
  "...shapes",
  (shapes: readonly (Int | readonly Int[])[]): Size => {
    let out: number[] = [];
    shapes.forEach((s, index) => {
      const shape = ints([s]);
      const next = broadcastTwo(out, shape);
      if (!next) {
        const at = shape.findIndex((n, i) => {
          const m = out[i - shape.length + out.length] ?? 1;
          return n !== m && n !== 1 && m !== 1;
        });
        throw new RuntimeError(
          `Attempting to broadcast a dimension of length ${shape[at]} at ${at - shape.length}! Mismatching argument at index ${index} had (${shape.length === 1 ? `${shape[0]},` : shape.join(", ")}); but expected shape should be broadcastable to ${shown(out)}`,
        );
      }
      out = next;
    });
    return new Size(out);
  },
);

/** Vectors as the axes of a grid: for each, its coordinate at every point. */
export const meshgrid = def(
  "torch.meshgrid",
  "...tensors * indexing",
  (tensors: readonly (TensorLike | Tensors)[], indexing: string | null = null): Tuple<Tensor> => {
    const xs = listOf(tensors).map(valueOf);
    for (const x of xs)
      if (x.dtype !== xs[0]!.dtype)
        throw new RuntimeError("meshgrid expects all tensors to have the same dtype");
    if (indexing !== null && indexing !== "ij" && indexing !== "xy")
      throw new RuntimeError(
        `torch.meshgrid: indexing must be one of "xy" or "ij", but received: ${indexing}`,
      );
    for (const x of xs)
      if (x.shape.length > 1)
        throw new RuntimeError(
          `torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: ${wrap(x)}`,
        );
    // "xy" exchanges the first two vectors, and their grids back.
    const swap = indexing === "xy" && xs.length >= 2;
    const exchanged = <T>(list: readonly T[]): readonly T[] =>
      swap ? [list[1]!, list[0]!, ...list.slice(2)] : list;
    const order = exchanged(xs);
    const shape = order.map((x) => x.size);
    const grids = order.map((x, i) =>
      expandOf(
        reshapeOf(
          x,
          shape.map((n, k) => (k === i ? n : 1)),
        ),
        shape,
      ),
    );
    return Tuple.of_(exchanged(grids).map(wrap));
  },
);

/** All ways to take one element of each vector, as rows. */
export const cartesian_prod = def(
  "torch.cartesian_prod",
  "...tensors",
  (tensors: readonly (TensorLike | Tensors)[]): Tensor => {
    const xs = listOf(tensors).map(valueOf);
    for (const x of xs)
      if (x.shape.length !== 1) throw new RuntimeError(`Expect a 1D vector, but got shape ${shown(x.shape)}`);
    if (xs.length === 1) return wrap(xs[0]!);
    const shape = xs.map((x) => x.size);
    const columns = xs.map((x, i) => {
      const line = reshapeOf(
        x,
        shape.map((n, k) => (k === i ? n : 1)),
      );
      return expandOf(line, shape).reshape({ shape: [shape.reduce((n, m) => n * m, 1)] }) as Value;
    });
    return wrap(call(ops.stack, columns, { dim: 1 }));
  },
);

/** All ways to take `r` elements of a vector, in order and without (or with) repetition, as rows. */
export const combinations = def(
  "torch.combinations",
  "input r with_replacement",
  (input: TensorLike, r: Int = 2, with_replacement = false): Tensor => {
    const x = valueOf(input);
    if (x.shape.length !== 1) throw new RuntimeError(`Expect a 1D vector, but got shape ${shown(x.shape)}`);
    const [n, k] = [x.size, int(r)];
    if (k < 0) throw new RuntimeError(`Expect a non-negative number, but got ${k}`);
    if (k === 0) return wrap(x.full([0], 0) as Value);
    // Of all k-fold places those whose coordinates rise.
    const places = new Value(arange(int64, n));
    const along = (i: number): Value =>
      places.reshape({ shape: Array.from({ length: k }, (_, j) => (j === i ? n : 1)) }) as Value;
    let rising = call(ops.ge, [along(0), 0], undefined);
    for (let i = 1; i < k; i++) {
      const step = call(with_replacement ? ops.le : ops.lt, [along(i - 1), along(i)], undefined);
      rising = call(ops.logicalAnd, [rising, step], undefined);
    }
    const shape = new Array<number>(k).fill(n);
    const found = call(ops.nonzero, [rising.expand({ shape }) as Value], undefined);
    return wrap(named(call(ops.index, [x], { indices: [found.array] }), "StackBackward0"));
  },
);
