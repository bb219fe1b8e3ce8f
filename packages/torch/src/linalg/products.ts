import { isComplex, ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, callMany, type Value } from "@cognate/tensor";
import { axis, deliver, deliverAll, type Int, int, named, valueOf } from "../ops/args.js";
import { cross as crossOf, matrix_power as powerOf } from "../ops/contraction.js";
import { diagonal as diagonalOf } from "../ops/diagonal.js";
import { matmulOf } from "../ops/matmul.js";
import { reshapeOf } from "../ops/views.js";
import * as returned from "../return-types.js";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { matrixOf } from "./matrix.js";

type Outs = readonly Tensor[] | null;
type Out = Tensor | null;

/** The matrix product; see `torch.matmul`. */
export const matmul = def(
  "torch.linalg.matmul",
  "input other * out",
  (input: TensorLike, other: TensorLike, out: Out = null): Tensor =>
    deliver(matmulOf(valueOf(input), valueOf(other)), out),
);

/** The cross product of vectors of three along an axis (the last by default). */
export const cross = def(
  "torch.linalg.cross",
  "input other * dim out",
  (input: TensorLike, other: TensorLike, dim: Int = -1, out: Out = null): Tensor => {
    const [a, b] = [valueOf(input), valueOf(other)];
    if (a.shape.length !== b.shape.length)
      throw new RuntimeError("linalg.cross: inputs must have the same number of dimensions.");
    axis(dim, a.shape.length);
    const d = int(dim);
    const at = (v: Value): number | undefined => v.shape[d < 0 ? d + v.shape.length : d];
    if (at(a) !== 3 || at(b) !== 3)
      throw new RuntimeError(
        `linalg.cross: inputs dimension ${d} must have length 3. Got ${at(a)} and ${at(b)}`,
      );
    return crossOf.impl(input, other, dim, out);
  },
);

/** A square matrix multiplied with itself n times. */
export const matrix_power = def(
  "torch.linalg.matrix_power",
  "input|A n * out",
  (input: TensorLike, n: Int, out: Out = null): Tensor => powerOf.impl(input, n, out),
);

/** A diagonal of the last two axes. */
export const diagonal = def(
  "torch.linalg.diagonal",
  "input|A * offset dim1 dim2",
  (input: TensorLike, offset: Int = 0, dim1: Int = -2, dim2: Int = -1): Tensor =>
    diagonalOf.impl(input, offset, dim1, dim2),
);

/** e^A of square matrices. */
export const matrix_exp = def("torch.linalg.matrix_exp", "input|A", (input: TensorLike): Tensor => {
  const x = matrixOf("linalg.matrix_exp", input, { square: true, half: true });
  return wrap(named(call(ops.matrixExp, [x], undefined), "LinalgMatrixExpBackward0"));
});

/** The order of products that costs least: where to split a chain of matrices. */
function splits(sizes: readonly number[]): (i: number, j: number) => number {
  const costs = new Map<string, [number, number]>();
  const best = (i: number, j: number): [number, number] => {
    if (i === j) return [0, i];
    const key = `${i},${j}`;
    const known = costs.get(key);
    if (known) return known;
    let found: [number, number] = [Number.POSITIVE_INFINITY, i];
    for (let k = i; k < j; k++) {
      const cost = best(i, k)[0] + best(k + 1, j)[0] + sizes[i]! * sizes[k + 1]! * sizes[j + 1]!;
      if (cost < found[0]) found = [cost, k];
    }
    costs.set(key, found);
    return found;
  };
  return (i, j) => best(i, j)[1];
}

/** The product of a chain of matrices (the first and last may be vectors), in the order that costs least. */
export const multi_dot = def(
  "torch.linalg.multi_dot",
  "tensors * out",
  (tensors: readonly TensorLike[], out: Out = null): Tensor => {
    const given = Array.from(tensors, valueOf);
    if (given.length < 2)
      throw new RuntimeError(`multi_dot(): expected at least 2 tensors but got ${given.length}`);
    const last = given.length - 1;
    const vector = (v: Value): boolean => v.shape.length === 1;
    given.forEach((v, i) => {
      const end = i === 0 || i === last;
      if (end && v.shape.length !== 1 && v.shape.length !== 2)
        throw new RuntimeError(
          `multi_dot(): the ${i === 0 ? "first" : "last"} tensor must be 1D or 2D but got ${v.shape.length}D`,
        );
      if (!end && v.shape.length !== 2)
        throw new RuntimeError(`multi_dot(): tensor ${i} must be 2D but got ${v.shape.length}D`);
    });
    const chain = given.map((v, i) => (vector(v) ? reshapeOf(v, i === 0 ? [1, v.size] : [v.size, 1]) : v));
    chain.forEach((v, i) => {
      const before = chain[i - 1];
      if (before && before.shape[1] !== v.shape[0])
        throw new RuntimeError(
          `multi_dot(): tensors ${i - 1} and ${i} with shapes [${given[i - 1]!.shape.join(", ")}] and [${given[i]!.shape.join(", ")}] cannot be multiplied`,
        );
    });
    const split = splits([chain[0]!.shape[0]!, ...chain.map((v) => v.shape[1]!)]);
    const product = (i: number, j: number): Value =>
      i === j ? chain[i]! : matmulOf(product(i, split(i, j)), product(split(i, j) + 1, j));
    const y = product(0, last);
    const shape = [
      ...(vector(given[0]!) ? [] : [y.shape[0]!]),
      ...(vector(given[last]!) ? [] : [y.shape[1]!]),
    ];
    return deliver(named(y.reshape({ shape }) as Value, "ViewBackward0"), out);
  },
);

/** Rows 1, x, x², … of vectors. */
export const vander = def(
  "torch.linalg.vander",
  "x|input * N",
  (x: TensorLike, N: Int | null = null): Tensor => {
    const given = valueOf(x);
    const v = given.shape.length === 0 ? reshapeOf(given, [1]) : given;
    const rank = v.shape.length;
    const n = N === null ? v.shape[rank - 1]! : int(N);
    if (n <= 1) throw new RuntimeError("N must be greater than 1.");
    const column = reshapeOf(v, [...v.shape, 1]);
    const wide = call(ops.expand, [column], { shape: [...v.shape, n - 1] });
    const powers = call(ops.cumprod, [wide], { dim: rank });
    const ones = powers.full([...v.shape, 1], 1) as Value;
    return wrap(named(ones.cat([powers], { dim: rank }) as Value, "CatBackward0"));
  },
);

/** The determinants of square matrices. */
export const det = def("torch.linalg.det", "A|input * out", (A: TensorLike, out: Out = null): Tensor => {
  const x = matrixOf("linalg.det", A, { square: true });
  return deliver(named(call(ops.det, [x], undefined), "LinalgDetBackward0"), out);
});

const slog = (input: TensorLike): Value[] => {
  const x = matrixOf("linalg.slogdet", input, { square: true });
  const ys = callMany(ops.slogdet, [x], undefined);
  named(ys[0]!, "LinalgSlogdetBackward0");
  return ys;
};

/** Signs of determinants and logarithms of their sizes. */
export const slogdet = def(
  "torch.linalg.slogdet",
  "A|input * out",
  (A: TensorLike, out: Outs = null): returned.Slogdet =>
    returned.linalg_slogdet.make(deliverAll(slog(A), out)),
);

/** {@link slogdet} on the root of torch. */
export const oldSlogdet = def(
  "torch.slogdet",
  "input",
  (input: TensorLike): returned.Slogdet => returned.slogdet.make(deliverAll(slog(input), null)),
);

/** The logarithms of determinants; NaN where they are negative. */
export const logdet = def("torch.logdet", "input", (input: TensorLike): Tensor => {
  const [sign, log] = slog(input) as [Value, Value];
  const y = isComplex(sign.dtype)
    ? (sign.log().add(log.cast({ dtype: sign.dtype })) as Value)
    : // NaN times a negative sign; a zero sign keeps the infinity.
      (log.where(sign.lt(0).logicalNot(), Number.NaN) as Value);
  return wrap(named(y, isComplex(sign.dtype) ? "AddBackward0" : "WhereBackward0"));
});
