import { IndexError, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import { unnamed, wrapped } from "../../backend/eager-errors.js";
import { kernelError } from "../../backend/errors.js";
import { type Check, kindOf, notWhole, outside, shapeOf, tupleText, typeText } from "./facts.js";
import { dimensions, hot, joined, joins, ordered, range, splits, stacked, strided } from "./joining.js";
import {
  dtypeOf,
  length1d,
  pooled,
  products,
  scaled,
  scatters,
  segments,
  size,
  sliced,
  square,
  wholeNumbers,
} from "./values.js";

/** Before the arithmetic. */
export const BEFORE: Readonly<Record<string, Check>> = {
  concatenate: joins,
  append: (a: unknown, b: unknown, axis: unknown = null) => joined([shapeOf(a), shapeOf(b)], axis),
  stack: stacked(1),
  unstack: ((x: unknown, _num: unknown, axis: unknown = 0) => (stacked(0) as Function)(x, axis)) as Check,
  split: (x: unknown, n: unknown, axis: number = 0) => splits(x, n, axis),
  hsplit: (x: unknown, n: unknown) => splits(x, n, shapeOf(x)?.length === 1 ? 0 : 1),
  vsplit: (x: unknown, n: unknown) => splits(x, n, 0),
  dsplit: (x: unknown, n: unknown) => splits(x, n, 2),
  array_split: (_x: unknown, n: unknown) =>
    typeof n === "number" &&
    (Number.isInteger(n)
      ? n < 1 &&
        new ValueError(
          `Argument \`indices_or_sections\` must be a positive integer. Received: indices_or_sections=${n}`,
        )
      : new TypeError(
          `Argument \`indices_or_sections\` must be of type \`int\`. Received: indices_or_sections=${n}`,
        )),
  sort: ordered,
  argsort: ordered,
  one_hot: hot,
  multi_hot: hot,
  zeros: dimensions("Fill", true),
  ones: dimensions("Fill", true),
  full: dimensions("BroadcastTo", false),
  identity: wholeNumbers,
  eye: (n: unknown) =>
    (typeof n === "number" &&
      !Number.isInteger(n) &&
      new TypeError("Argument `N` must be an integer or an integer tensor.")) ||
    (wholeNumbers as Function)(n),
  arange: (start: unknown, stop: unknown = null, step: unknown = 1) =>
    typeof start === "number" && (stop === null || typeof stop === "number") && typeof step === "number"
      ? stop === null
        ? range(0, start, step)
        : range(start, stop, step)
      : null,
  flip: (_x: unknown, axis: unknown) => {
    const twice = Array.isArray(axis) ? axis.find((a, i) => axis.indexOf(a) !== i) : undefined;
    return twice !== undefined && unnamed("ReverseV2", `axis ${twice} specified more than once.`);
  },
  roll: (_x: unknown, shift: unknown, axis: unknown = null) =>
    Array.isArray(shift) &&
    shift.length !== (Array.isArray(axis) ? axis.length : 1) &&
    unnamed("Roll", "shift and axis must have the same size"),
  tile: (x: unknown, repeats: unknown) => {
    const list = Array.isArray(repeats) ? (repeats as number[]) : [];
    const at = list.findIndex((n) => n < 0);
    return (
      (typeof repeats === "number" &&
        !Number.isInteger(repeats) &&
        new TypeError("'float' object is not iterable")) ||
      (typeof repeats === "number" &&
        repeats < 0 &&
        unnamed("Tile", `Expected multiples[${(shapeOf(x)?.length ?? 1) - 1}] >= 0, but got ${repeats}`)) ||
      (at >= 0 && unnamed("Tile", `Expected multiples[${at}] >= 0, but got ${list[at]}`))
    );
  },
  repeat: (x: unknown, repeats: unknown, axis: unknown = null) => {
    const rank = shapeOf(x)?.length;
    if (typeof repeats === "number" && !Number.isInteger(repeats))
      return new TypeError(
        `Argument \`tensor\` (name: repeats) must be of type integer. Received \`tensor\` = ${repeats} of dtype: <dtype: 'float32'>`,
      );
    if (Array.isArray(axis))
      return new TypeError(
        `Argument \`axis\` must be an int. Received \`axis\` = ${repr(axis)} of type ${typeText(axis)}`,
      );
    return (
      rank !== undefined &&
      outside(axis, rank) &&
      new ValueError(`axis=${axis} out of bounds: expected ${-rank}<=axis<${rank}`)
    );
  },
  moveaxis: (_x: unknown, source: unknown, destination: unknown) => {
    const odd = [source, destination].find(
      (a) => typeof a === "string" || (typeof a === "number" && !Number.isInteger(a)),
    );
    if (odd !== undefined)
      return new ValueError(`\`value\` must be an integer, tuple or list. Received: value=${odd}`);
    const count = (a: unknown): number => (Array.isArray(a) ? a.length : 1);
    return (
      count(source) !== count(destination) &&
      new ValueError(
        `Inconsistent number of \`source\` and \`destination\`. Received: source=${repr(source)}, destination=${repr(destination)}`,
      )
    );
  },
  rot90: (array: unknown, k: unknown = 1, axes: unknown = Tuple.of_([0, 1])) => {
    const rank = shapeOf(array)?.length;
    if (rank !== undefined && rank < 2)
      return new ValueError(`Input array must have at least 2 dimensions. Received: array.ndim=${rank}`);
    if (typeof k === "number" && !Number.isInteger(k))
      return new TypeError("'float' object cannot be interpreted as an integer");
    const list = Array.isArray(axes) ? (axes as number[]) : null;
    return (
      list &&
      (list.length !== 2 ||
        list[0] === list[1] ||
        (rank !== undefined && Math.abs(list[0]! - list[1]!) === rank) ||
        (rank !== undefined && list.some((a) => outside(a, rank)))) &&
      new ValueError(`Invalid axes: ${repr(axes)}. Axes must be a tuple of two different dimensions.`)
    );
  },
  reshape: (_x: unknown, newshape: unknown) =>
    Array.isArray(newshape) &&
    newshape.filter((n) => n === -1).length > 1 &&
    new ValueError(
      `There must be at most one unknown dimension (-1) in \`newshape\`. Received: newshape=${repr(newshape)}.`,
    ),
  meshgrid: (_x: unknown, indexing: unknown = "xy") =>
    indexing !== "xy" &&
    indexing !== "ij" &&
    new ValueError(`Argument \`indexing\` parameter must be either 'xy' or 'ij', got '${indexing}'`),
  squeeze: (x: unknown, axis: unknown = null) => {
    const rank = shapeOf(x)?.length;
    return rank !== undefined && outside(axis, rank) && new IndexError("list index out of range");
  },
  searchsorted: (_s: unknown, _v: unknown, side: unknown = "left") =>
    side !== "left" &&
    side !== "right" &&
    new ValueError(`Argument \`side\` must be either 'right' or 'left'. Received: \`side\` = '${side}'.`),
  where: (_c: unknown, x1: unknown = null, x2: unknown = null) =>
    (x1 === null) !== (x2 === null) &&
    new ValueError("`x1` and `x2` either both should be `None` or both should have non-None value."),
  histogram: length1d("input.shape"),
  vander: length1d("input.shape"),
  diag: (x: unknown) => {
    const shape = shapeOf(x);
    return (
      shape &&
      shape.length !== 1 &&
      shape.length !== 2 &&
      new ValueError(`\`x\` must be 1d or 2d. Received: x.shape=${tupleText(shape)}`)
    );
  },
  power: (x1: unknown, x2: unknown) =>
    kindOf(x1) === "int" &&
    typeof x2 === "number" &&
    Number.isInteger(x2) &&
    x2 < 0 &&
    kernelError("Pow", "Integers to negative integer powers are not allowed"),
  tensordot: (_a: unknown, _b: unknown, axes: unknown = 2) =>
    typeof axes === "number"
      ? axes < 0 && new ValueError(`\`axes\` must be at least 0. Received: ${axes}.`)
      : Array.isArray(axes) &&
        axes.length !== 2 &&
        new ValueError(`\`axes\` must be an integer or have length 2. Received ${repr(axes)}.`),
  dot: products((a, b) =>
    a.length < 2 || b.length < 2
      ? null
      : [
          [size(a.slice(0, -1)), a.at(-1)!],
          [b.at(-2)!, size(b) / b.at(-2)!],
        ],
  ),
  inner: products((a, b) =>
    a.length < 2 || b.length < 2
      ? null
      : [
          [size(a.slice(0, -1)), a.at(-1)!],
          [b.at(-1)!, size(b) / b.at(-1)!],
        ],
  ),
  vdot: products((a, b) => [
    [1, size(a)],
    [size(b), 1],
  ]),
  segment_sum: segments("UnsortedSegmentSum"),
  segment_max: segments("UnsortedSegmentMax"),
  segment_min: segments("UnsortedSegmentMin"),
  segment_prod: segments("UnsortedSegmentProd"),
  scatter: ((i: unknown, v: unknown, s: unknown) => (scatters("ScatterNd") as Function)(i, v, s)) as Check,
  scatter_update: ((x: unknown, i: unknown, u: unknown) =>
    (scatters("TensorScatterUpdate") as Function)(i, u, x)) as Check,
  slice: sliced,
  top_k: (x: unknown, k: unknown) => {
    const shape = shapeOf(x);
    if (!shape) return null;
    if (shape.length === 0) return kernelError("TopKV2", "input must be >= 1-D, got shape []");
    if (Array.isArray(k)) return unnamed("TopKV2", `k must be scalar, got shape [${k.length}]`);
    const wrong = notWhole(k);
    if (wrong || typeof k !== "number") return wrong;
    if (k < 0) return kernelError("TopKV2", `Need k >= 0, got ${k}`);
    const n = shape.at(-1)!;
    return n < k && kernelError("TopKV2", `input must have at least k columns. Had ${n}, needed ${k}`);
  },
  extract_patches: ((x: unknown, n: unknown) =>
    (pooled as Function)(x, 1) ||
    ((Array.isArray(n) ? n.includes(0) : n === 0) &&
      wrapped(
        "__MklNativeConv2D",
        "Conv2D",
        "filter must not have zero elements (i.e. all dimensions must be non-zero)",
      ))) as Check,
  max_pool: pooled,
  average_pool: pooled,
  gelu: (x: unknown) =>
    kindOf(x) === "int" &&
    new ValueError(
      `\`features.dtype\` must be a floating point tensor.Received:features.dtype=<dtype: '${dtypeOf(x)}'>`,
    ),
  sparse_sigmoid: scaled(0),
  hard_sigmoid: scaled(3),
  hard_silu: scaled(3),
  hard_swish: scaled(3),
  celu: scaled(0),
  hard_tanh: scaled(1),
  take: (x: unknown, _i: unknown, axis: unknown = null) => {
    const rank = shapeOf(x)?.length;
    return rank !== undefined && outside(axis, rank) && strided(axis, rank);
  },
  take_along_axis: (x: unknown, indices: unknown, axis: unknown = null) => {
    const [a, b] = [shapeOf(x), shapeOf(indices)];
    if (!a || !b || axis === null) return null;
    return (
      a.length !== b.length &&
      new ValueError(
        `\`x\` and \`indices\` must have the same number of dimensions, but receive shape [${a.join(", ")}] and [${b.join(", ")}].`,
      )
    );
  },
  det: square,
  inv: square,
  cholesky: square,
  svd: square,
  lu_factor: square,
};
