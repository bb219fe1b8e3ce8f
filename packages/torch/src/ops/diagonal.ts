import { ops, type ViewStep } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { axis, deliver, type Int, int, ints, named, shown, valueOf } from "./args.js";
import { checkStorage, place } from "./geometry.js";
import { reshapeOf, whole } from "./views.js";

const triangle = (name: "tril" | "triu", row: typeof ops.tril) =>
  def(
    `torch.${name}`,
    "input diagonal * out",
    (input: TensorLike, diagonal: Int = 0, out: Tensor | null = null): Tensor => {
      const x = valueOf(input);
      if (x.shape.length < 2) throw new RuntimeError(`${name}: input tensor must have at least 2 dimensions`);
      return deliver(call(row, [x], { k: int(diagonal) }), out);
    },
  );

/** The lower triangle of the last two axes, zeros elsewhere. */
export const tril = triangle("tril", ops.tril);
/** The upper triangle of the last two axes, zeros elsewhere. */
export const triu = triangle("triu", ops.triu);

function diagonalOf(x: Value, offset: number, a: Int, b: Int): Value {
  const rank = x.shape.length;
  const [dim1, dim2] = [axis(a, rank), axis(b, rank)];
  if (dim1 === dim2) throw new RuntimeError(`diagonal dimensions cannot be identical ${int(a)}, ${int(b)}`);
  return call(ops.diagonal, [x], { offset, dim1, dim2 });
}

/** A diagonal of two axes as a new last axis, a view. */
export const diagonal = def(
  "torch.diagonal",
  "input offset dim1|axis1 dim2|axis2",
  (input: TensorLike, offset: Int = 0, dim1: Int = 0, dim2: Int = 1): Tensor =>
    wrap(diagonalOf(valueOf(input), int(offset), dim1, dim2)),
);

/** The last axis laid on a diagonal of two new axes of zeros. */
function embedded(x: Value, offset: number, a: number, b: number): Value {
  const rank = x.shape.length + 1;
  const [dim1, dim2] = [axis(a, rank), axis(b, rank)];
  if (dim1 === dim2) throw new RuntimeError(`diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
  const n = x.shape[x.shape.length - 1]! + Math.abs(offset);
  const rest = [...x.shape.slice(0, -1)];
  const shape = Array.from({ length: rank }, (_, i) => (i === dim1 || i === dim2 ? n : rest.shift()!));
  return scattered(
    x.full(shape, 0) as Value,
    x,
    { op: "diagonal", params: { offset, dim1, dim2 } },
    "DiagEmbed",
  );
}

/** A copy of base in which a view holds src. */
const scattered = (base: Value, src: Value, step: ViewStep, name: string): Value =>
  named(call(ops.viewScatter, [base, src], { chain: [step] }), `${name}Backward0`);

/** The last axis laid on a diagonal of two new axes, zeros elsewhere. */
export const diag_embed = def(
  "torch.diag_embed",
  "input offset dim1 dim2",
  (input: TensorLike, offset: Int = 0, dim1: Int = -2, dim2: Int = -1): Tensor =>
    wrap(embedded(valueOf(input), int(offset), int(dim1), int(dim2))),
);

/** A vector as the diagonal of a matrix, or the diagonal of a matrix as a vector. */
export const diag = def(
  "torch.diag",
  "input diagonal * out",
  (input: TensorLike, diagonal: Int = 0, out: Tensor | null = null): Tensor => {
    const x = valueOf(input);
    const rank = x.shape.length;
    if (rank !== 1 && rank !== 2) throw new RuntimeError(`diag(): Supports 1D or 2D tensors. Got ${rank}D`);
    if (rank === 1) return deliver(embedded(x, int(diagonal), 0, 1), out);
    const view = diagonalOf(x, int(diagonal), 0, 1);
    return deliver(named(call(ops.cast, [view], { dtype: x.dtype }), "DiagonalBackward0_copy"), out);
  },
);

/** All elements as the diagonal of a matrix. */
export const diagflat = def(
  "torch.diagflat",
  "input offset",
  (input: TensorLike, offset: Int = 0): Tensor => {
    const x = valueOf(input);
    return wrap(embedded(reshapeOf(x, [x.size]), int(offset), 0, 1));
  },
);

/** @throws RuntimeError where src is not what the view of base holds */
function requireShape(src: Value, want: readonly number[]): void {
  if (src.shape.length !== want.length || src.shape.some((n, i) => n !== want[i]))
    throw new RuntimeError(
      `expected src to have a size equal to the slice of self. src size = ${shown(src.shape)}, slice size = ${shown(want)}`,
    );
}

/** A copy in which one place along an axis holds `src`. */
export const select_scatter = def(
  "torch.select_scatter",
  "input src dim index",
  (input: TensorLike, src: TensorLike, dim: Int, index: Int): Tensor => {
    const [x, v] = [valueOf(input), valueOf(src)];
    const d = axis(dim, x.shape.length);
    const i = place(x, d, index);
    requireShape(
      v,
      x.shape.filter((_, k) => k !== d),
    );
    const items = [...whole(x.shape.slice(0, d)), { kind: "select", index: i } as const];
    return wrap(scattered(x, v, { op: "indexView", params: { items } }, "SelectScatter"));
  },
);

/** A copy in which a slice along an axis holds `src`. */
export const slice_scatter = def(
  "torch.slice_scatter",
  "input src dim start end step",
  (
    input: TensorLike,
    src: TensorLike,
    dim: Int = 0,
    start: Int | null = null,
    end: Int | null = null,
    step: Int = 1,
  ): Tensor => {
    const [x, v] = [valueOf(input), valueOf(src)];
    const d = axis(dim, x.shape.length);
    const n = x.shape[d]!;
    const bound = (i: number): number => Math.min(Math.max(i < 0 ? i + n : i, 0), n);
    const from = start === null ? 0 : bound(int(start));
    const to = end === null ? n : bound(int(end));
    const length = Math.max(Math.ceil((to - from) / int(step)), 0);
    requireShape(
      v,
      x.shape.map((m, i) => (i === d ? length : m)),
    );
    const params = { dim: d, start: from, step: int(step), length };
    return wrap(scattered(x, v, { op: "slice", params }, "SliceScatter"));
  },
);

/** A copy in which a diagonal holds `src`. */
export const diagonal_scatter = def(
  "torch.diagonal_scatter",
  "input src offset dim1 dim2",
  (input: TensorLike, src: TensorLike, offset: Int = 0, dim1: Int = 0, dim2: Int = 1): Tensor => {
    const [x, v] = [valueOf(input), valueOf(src)];
    requireShape(v, diagonalOf(x, int(offset), dim1, dim2).shape);
    const params = { offset: int(offset), dim1: int(dim1), dim2: int(dim2) };
    return wrap(scattered(x, v, { op: "diagonal", params }, "DiagonalScatter"));
  },
);

/** A copy in which a strided view of the storage holds `src`. */
export const as_strided_scatter = def(
  "torch.as_strided_scatter",
  "input src size stride storage_offset",
  (
    input: TensorLike,
    src: TensorLike,
    size: readonly Int[],
    stride: readonly Int[],
    storage_offset: Int | null = null,
  ): Tensor => {
    const [x, v] = [valueOf(input), valueOf(src)];
    const params = {
      shape: ints([size]),
      strides: ints([stride]),
      offset: storage_offset === null ? x.array.offset : int(storage_offset),
    };
    checkStorage(x, params.shape, params.strides, params.offset);
    requireShape(v, params.shape);
    return wrap(scattered(x, v, { op: "asStrided", params }, "AsStridedScatter"));
  },
);
