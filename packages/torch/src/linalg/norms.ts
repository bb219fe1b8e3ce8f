import { int64, isComplex, ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import type { DTypeLike } from "../dtype.js";
import { axes, axis, type Dims, deliver, ints, named, typeOf, valueOf } from "../ops/args.js";
import { castValue } from "../ops/operands.js";
import { scalarName } from "../promotion.js";
import type { Tensor, TensorLike } from "../tensor/tensor.js";
import { LinAlgError } from "./errors.js";
import { checkMatrix, factor, inFloat, matrixOf } from "./matrix.js";
import { rtolOf, type Tolerance, toleranceOf } from "./solve.js";

type Out = Tensor | null;
/** The order of a norm: a number, `"fro"` or `"nuc"`. */
export type Order = number | Number | string | null;

const inType = (op: string, x: Value, dtype: DTypeLike | null): Value => {
  const type = typeOf(dtype, op);
  if (!type || type === x.dtype) return x;
  if (isComplex(x.dtype) && !isComplex(type))
    throw new RuntimeError(
      `${op}: the dtype of the input (${scalarName(x.dtype)}) should be convertible without narrowing to the specified dtype (${scalarName(type)})`,
    );
  return castValue(x, type);
};

/** (Σ |x|ᵖ)^(1/p) over axes. */
export function vectorNorm(
  x: Value,
  ord: number,
  dims: readonly number[] | undefined,
  keepdim: boolean,
  label = "LinalgVectorNormBackward0",
): Value {
  return named(call(ops.norm, [x], { p: ord, dims, keepdim }), label);
}

/** (Σ |x|ᵖ)^(1/p) over the axes `dim` (all by default). */
export const vector_norm = def(
  "torch.linalg.vector_norm",
  "x|input ord dim keepdim * dtype out",
  (
    x: TensorLike,
    ord: number | Number = 2,
    dim: Dims = null,
    keepdim = false,
    dtype: DTypeLike | null = null,
    out: Out = null,
  ): Tensor => {
    const op = "linalg.vector_norm";
    const v = inType(op, inFloat(op, valueOf(x), true), dtype);
    const p = Number(ord);
    const dims = axes(dim, v.shape.length);
    if (
      (p < 0 || p === Number.POSITIVE_INFINITY) &&
      (dims ?? [...v.shape.keys()]).some((d) => v.shape[d] === 0)
    )
      throw new RuntimeError(
        `${op} cannot compute the ${Number.isFinite(p) ? p : p > 0 ? "inf" : "-inf"} norm on an empty tensor because the operation does not have an identity`,
      );
    return deliver(vectorNorm(v, p, dims, keepdim), out);
  },
);

/** Two axes moved to the end. */
function toEnd(x: Value, dims: readonly [number, number]): Value {
  const rest = [...x.shape.keys()].filter((i) => !dims.includes(i));
  const order = [...rest, ...dims];
  return order.every((d, i) => d === i) ? x : call(ops.permute, [x], { axes: order });
}

/** A norm of matrices over two axes. */
export function matrixNorm(x: Value, ord: Order, dims: readonly [number, number], keepdim: boolean): Value {
  const kept = (y: Value): Value =>
    keepdim
      ? named(
          y.reshape({ shape: x.shape.map((n, i) => (dims.includes(i) ? 1 : n)) }) as Value,
          "PermuteBackward0",
        )
      : y;
  if (ord === "fro" || ord === null) return vectorNorm(x, 2, dims, keepdim);
  if (typeof ord === "string" && ord !== "nuc")
    throw new RuntimeError(`linalg.matrix_norm: Order ${ord} not supported.`);
  const p = ord === "nuc" ? 0 : Number(ord);
  if (ord === "nuc" || Math.abs(p) === 2) {
    const s = named(factor("linalg.svd", ops.svdvals, [toEnd(x, dims)], undefined), "LinalgSvdBackward0");
    const last = [s.shape.length - 1];
    if (ord === "nuc") return kept(named(s.sum({ dims: last }) as Value, "SumBackward1"));
    const y = call(p > 0 ? ops.amax : ops.amin, [s], { dims: last });
    return kept(named(y, p > 0 ? "AmaxBackward0" : "AminBackward0"));
  }
  if (Math.abs(p) !== 1 && Number.isFinite(p))
    throw new RuntimeError(`linalg.matrix_norm: Order ${p} not supported.`);
  // Column sums for ±1, row sums for ±∞.
  const [sum, over] = Math.abs(p) === 1 ? dims : [dims[1], dims[0]];
  const sums = vectorNorm(x, 1, [sum], true);
  const y = call(p > 0 ? ops.amax : ops.amin, [sums], { dims: [over], keepdim: true });
  const shape = keepdim ? y.shape : y.shape.filter((_, i) => !dims.includes(i));
  return named(
    shape === y.shape ? y : (y.reshape({ shape }) as Value),
    p > 0 ? "AmaxBackward0" : "AminBackward0",
  );
}

/** @throws RuntimeError where there are not two different axes */
function twoAxes(op: string, x: Value, dim: Dims): [number, number] {
  const dims = ints([dim!]).map((d) => axis(d, x.shape.length));
  if (dims.length !== 2) throw new RuntimeError(`${op}: dim must be a 2-tuple. Got ${dims.join(" ")}`);
  if (dims[0] === dims[1])
    throw new RuntimeError(`${op}: dims must be different. Got (${ints([dim!]).join(", ")})`);
  return dims as [number, number];
}

/** A norm of matrices: `"fro"`, `"nuc"`, ±1 (column sums), ±2 (singular values), ±inf (row sums). */
export const matrix_norm = def(
  "torch.linalg.matrix_norm",
  "A|input ord dim keepdim * dtype out",
  (
    A: TensorLike,
    ord: Order = "fro",
    dim: Dims = [-2, -1],
    keepdim = false,
    dtype: DTypeLike | null = null,
    out: Out = null,
  ): Tensor => {
    const op = "linalg.matrix_norm";
    const given = valueOf(A);
    checkMatrix(op, given);
    const x = inType(op, inFloat(op, given, true), dtype);
    return deliver(matrixNorm(x, ord, twoAxes(op, x, dim), keepdim), out);
  },
);

/** A norm of vectors or matrices, whichever `ord` and `dim` say. */
export const norm = def(
  "torch.linalg.norm",
  "input|A ord dim keepdim * out dtype",
  (
    input: TensorLike,
    ord: Order = null,
    dim: Dims = null,
    keepdim = false,
    out: Out = null,
    dtype: DTypeLike | null = null,
  ): Tensor => {
    const given = valueOf(input);
    const rank = given.shape.length;
    if (ord !== null) {
      const count = dim === null ? rank : ints([dim]).length;
      if (dim !== null && count !== 1 && count !== 2)
        throw new RuntimeError(
          `linalg.norm: If dim is specified, it must be of length 1 or 2. Got [${ints([dim]).join(", ")}]`,
        );
      if (dim === null && rank !== 1 && rank !== 2)
        throw new RuntimeError(
          `linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got ${rank}D.`,
        );
      if (count === 2 || typeof ord === "string") {
        checkMatrix("linalg.matrix_norm", given);
        const x = inType("linalg.matrix_norm", inFloat("linalg.matrix_norm", given, true), dtype);
        return deliver(matrixNorm(x, ord, twoAxes("linalg.matrix_norm", x, dim ?? [-2, -1]), keepdim), out);
      }
    }
    const x = inType("linalg.vector_norm", inFloat("linalg.vector_norm", given, true), dtype);
    return deliver(vectorNorm(x, ord === null ? 2 : Number(ord), axes(dim, rank), keepdim), out);
  },
);

/** ‖A‖·‖A⁻¹‖, how much solving with A magnifies errors; infinite for singular matrices. */
export const cond = def(
  "torch.linalg.cond",
  "input|A p * out",
  (input: TensorLike, p: Order = null, out: Out = null): Tensor => {
    const x = matrixOf("linalg.cond", input);
    const order = p === null ? 2 : p;
    if (Math.abs(Number(order)) === 2) {
      const s = named(factor("linalg.svd", ops.svdvals, [x], undefined), "LinalgSvdBackward0");
      const last = [s.shape.length - 1];
      const [top, least] = [call(ops.amax, [s], { dims: last }), call(ops.amin, [s], { dims: last })];
      const y = Number(order) > 0 ? top.div(least) : least.div(top);
      return deliver(named(y as Value, "SqueezeBackward1"), out);
    }
    checkMatrix("linalg.cond", x, { square: true });
    const rank = x.shape.length;
    const dims = [rank - 2, rank - 1] as const;
    const size = matrixNorm(x, order, dims, false);
    try {
      const inverse = factor("linalg.inv", ops.inv, [x], undefined);
      return deliver(named(size.mul(matrixNorm(inverse, order, dims, false)) as Value, "MulBackward0"), out);
    } catch (e) {
      if (!(e instanceof LinAlgError) || rank > 2) throw e;
      return deliver(size.full([], Number.POSITIVE_INFINITY) as Value, out);
    }
  },
);

/** How many singular values exceed max(atol, rtol·σ₁). */
export const matrix_rank = def(
  "torch.linalg.matrix_rank",
  "input|A tol hermitian * atol rtol out",
  (
    input: TensorLike,
    tol: Tolerance = null,
    hermitian = false,
    atol: Tolerance = null,
    rtol: Tolerance = null,
    out: Out = null,
  ): Tensor => {
    const op = "linalg.matrix_rank";
    const x = matrixOf(op, input, { square: hermitian }).detach() as Value;
    const absolute = toleranceOf(tol ?? atol);
    const relative = tol !== null ? 0 : rtolOf(x, atol, rtol);
    const s = hermitian
      ? (factor("linalg.eigh", ops.eigvalsh, [x], {}).abs() as Value)
      : factor("linalg.svd", ops.svdvals, [x], undefined);
    const last = s.shape.length - 1;
    if (s.shape[last] === 0) {
      const none = s.sum({ dims: [last] }) as Value;
      return deliver((isComplex(none.dtype) ? none.real() : none).cast({ dtype: int64 }) as Value, out);
    }
    const top = call(ops.amax, [s], { dims: [last] });
    const real = (t: Value | number | null): Value | number =>
      t === null ? 0 : typeof t === "number" ? t : castValue(t, s.dtype);
    const scaled = top.mul(real(relative)) as Value;
    const low = real(absolute);
    const cut = typeof low === "number" ? scaled.maximum(low) : scaled.maximum(low);
    const above = s.gt(cut.reshape({ shape: [...cut.shape, 1] }));
    return deliver(above.sum({ dims: [last] }) as Value, out);
  },
);

/** Σ conj(x)·y along an axis; the others stretch. */
export const vecdot = def(
  "torch.linalg.vecdot",
  "x|input y|other * dim out",
  (x: TensorLike, y: TensorLike, dim = -1, out: Out = null): Tensor => {
    const [a, b] = [valueOf(x), valueOf(y)];
    const left = isComplex(a.dtype) ? call(ops.conj, [a], undefined) : a;
    const product = call(ops.mul, [left, b], undefined);
    const d = axis(dim, product.shape.length);
    const sum = product.sum({ dims: [d], dtype: product.dtype });
    const label = a.shape.length === 1 ? "VdotBackward0" : "SumBackward1";
    return deliver(named(sum as Value, label), out);
  },
);
