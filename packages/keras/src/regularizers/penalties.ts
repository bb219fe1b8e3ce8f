import { asFloat, pyClass, repr, ValueError } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { normalize } from "../ops/nn/norm.js";
import { eye } from "../ops/numpy/creation.js";
import { absolute, add, multiply, square, subtract } from "../ops/numpy/elementwise.js";
import { sum } from "../ops/numpy/reduction.js";
import { transpose } from "../ops/numpy/shape.js";
import { RegularizerImpl } from "./regularizer.js";

const PATH = "keras.src.regularizers.regularizers";

/** A factor that is no negative number. @throws ValueError */
function factorOf(value: unknown, name: string): number {
  const v = typeof value === "number" || value instanceof Number ? Number(value) : Number.NaN;
  if (!Number.isFinite(v) || v < 0)
    throw new ValueError(
      `Invalid value for argument ${name}: expected a non-negative float.Received: ${name}=${typeof value === "string" ? value : repr(value)}`,
    );
  return v;
}

const tensorOf = (x: TensorLike): Tensor => wrap(valueOf(x));
/** A factor in the type of x. */
const like = (factor: number, x: Tensor): Tensor => wrap(valueOf(factor, x._type));

const absoluteSum = (x: Tensor, factor: number): Tensor =>
  multiply.impl(like(factor, x), sum.impl(absolute.impl(x)));
const squareSum = (x: Tensor, factor: number): Tensor =>
  multiply.impl(like(factor, x), sum.impl(square.impl(x)));

class L1L2Impl extends RegularizerImpl {
  readonly l1: number;
  readonly l2: number;
  constructor(l1: number | null = 0, l2: number | null = 0) {
    super();
    this.l1 = factorOf(l1 ?? 0, "l1");
    this.l2 = factorOf(l2 ?? 0, "l2");
  }
  override __call__(given: TensorLike): Tensor {
    const x = tensorOf(given);
    let penalty = like(0, x);
    if (this.l1 !== 0) penalty = add.impl(penalty, absoluteSum(x, this.l1));
    if (this.l2 !== 0) penalty = add.impl(penalty, squareSum(x, this.l2));
    return penalty;
  }
  override get_config(): Record<string, unknown> {
    return { l1: asFloat(this.l1), l2: asFloat(this.l2) };
  }
}
/** `keras.regularizers.L1L2`: l1·Σ|x| + l2·Σx². */
export const L1L2 = pyClass(`${PATH}.L1L2`, "l1 l2", L1L2Impl);
export type L1L2 = L1L2Impl;

class L1Impl extends RegularizerImpl {
  readonly l1: number;
  constructor(l1: number | null = 0.01) {
    super();
    this.l1 = factorOf(l1 ?? 0.01, "l1");
  }
  override __call__(x: TensorLike): Tensor {
    return absoluteSum(tensorOf(x), this.l1);
  }
  override get_config(): Record<string, unknown> {
    return { l1: asFloat(Math.fround(this.l1)) };
  }
}
/** `keras.regularizers.L1`: l1·Σ|x|. */
export const L1 = pyClass(`${PATH}.L1`, "l1", L1Impl);
export type L1 = L1Impl;

class L2Impl extends RegularizerImpl {
  readonly l2: number;
  constructor(l2: number | null = 0.01) {
    super();
    this.l2 = factorOf(l2 ?? 0.01, "l2");
  }
  override __call__(x: TensorLike): Tensor {
    return squareSum(tensorOf(x), this.l2);
  }
  override get_config(): Record<string, unknown> {
    return { l2: asFloat(this.l2) };
  }
}
/**
 * `keras.regularizers.L2`: l2·Σx².
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.regularizers.L2(0.5)(keras.ops.array([1.5, 2]))); // prints tf.Tensor(3.125, shape=(), dtype=float32)
 * ```
 */
export const L2 = pyClass(`${PATH}.L2`, "l2", L2Impl);
export type L2 = L2Impl;

class OrthogonalRegularizerImpl extends RegularizerImpl {
  readonly factor: number;
  readonly mode: "rows" | "columns";
  constructor(factor = 0.01, mode: "rows" | "columns" = "rows") {
    super();
    this.factor = factorOf(factor, "factor");
    if (mode !== "rows" && mode !== "columns")
      throw new ValueError(
        `Invalid value for argument \`mode\`. Expected one of {"rows", "columns"}. Received: mode=${String(mode)}`,
      );
    this.mode = mode;
  }
  override __call__(inputs: TensorLike): Tensor {
    const x = tensorOf(inputs);
    if (x.ndim !== 2)
      throw new ValueError(
        `Inputs to OrthogonalRegularizer must have rank 2. Received: inputs.shape=${x.shape}`,
      );
    const rows = this.mode === "rows";
    const unit = normalize.impl(x, rows ? 1 : 0);
    const product = rows ? unit.matmul(transpose.impl(unit)) : transpose.impl(unit).matmul(unit);
    const size = product._value.shape[0]!;
    const apart = subtract.impl(1, eye.impl(size, null, 0, x._type.name));
    const total = sum.impl(absolute.impl(multiply.impl(product, apart)));
    const scaled = multiply.impl(multiply.impl(like(this.factor, x), 0.5), total);
    return scaled.div(like((size * (size - 1)) / 2, x));
  }
  override get_config(): Record<string, unknown> {
    return { factor: asFloat(Math.fround(this.factor)), mode: this.mode };
  }
}
/** `keras.regularizers.OrthogonalRegularizer`: the mean of |cos| between the rows (or columns) of a matrix, times `factor`. */
export const OrthogonalRegularizer = pyClass(
  `${PATH}.OrthogonalRegularizer`,
  "factor mode",
  OrthogonalRegularizerImpl,
);
export type OrthogonalRegularizer = OrthogonalRegularizerImpl;
