import { type OpRow, ops } from "@cognate/kernel";
import { def, NotImplementedError, warn } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import type { DTypeLike } from "../../dtype.js";
import { axis, type Int, named, typeOf } from "../../ops/args.js";
import { castValue } from "../../ops/make.js";
import { scalarName } from "../../promotion.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { alike } from "./args.js";

/** A softmax-like row along an axis; integers are refused unless they were meant as floats or `dtype` says so. */
export function along(
  name: "softmax" | "log_softmax",
  input: TensorLike,
  dim: Int,
  dtype: DTypeLike | null,
): Value {
  const [given] = alike<[Value]>(input);
  const type = typeOf(dtype, name);
  const x = type ? castValue(given, type) : given;
  const d = axis(dim, x.shape.length);
  if (x.dtype.kind !== "float") {
    const last = d === Math.max(x.shape.length - 1, 0) ? "_lastdim" : "";
    throw new NotImplementedError(
      `"${name}${last}_kernel_impl" not implemented for '${scalarName(x.dtype)}'`,
    );
  }
  const row: OpRow<{ dim: number }> = name === "softmax" ? ops.softmax : ops.logSoftmax;
  return named(call(row, [x], { dim: d }), name === "softmax" ? "SoftmaxBackward0" : "LogSoftmaxBackward0");
}

/** The axis that old code left to PyTorch. */
function implicitDim(name: string, rank: number): number {
  warn(
    `Implicit dimension choice for ${name} has been deprecated. Change the call to include dim=X as an argument.`,
  );
  return rank === 0 || rank === 1 || rank === 3 ? 0 : 1;
}

const dimOf = (name: string, input: TensorLike, dim: Int | null): Int =>
  dim ?? implicitDim(name, alike<[Value]>(input)[0].shape.length);

const SIGNATURE = "input dim _stacklevel dtype";

/**
 * exp(xᵢ)/Σ exp(xⱼ) along `dim`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * print(F.softmax(torch.tensor([0.5, 1.5, 2.5]), { dim: 0 })); // prints tensor([0.0900, 0.2447, 0.6652])
 * ```
 */
export const softmax = def(
  "torch.nn.functional.softmax",
  SIGNATURE,
  (input: TensorLike, dim: Int | null = null, _stacklevel: Int = 3, dtype: DTypeLike | null = null): Tensor =>
    wrap(along("softmax", input, dimOf("softmax", input, dim), dtype)),
);

/** {@link softmax} of −input. */
export const softmin = def(
  "torch.nn.functional.softmin",
  SIGNATURE,
  (
    input: TensorLike,
    dim: Int | null = null,
    _stacklevel: Int = 3,
    dtype: DTypeLike | null = null,
  ): Tensor => {
    const [x] = alike<[Value]>(input);
    return wrap(along("softmax", wrap(x.neg() as Value), dimOf("softmin", input, dim), dtype));
  },
);

/** xᵢ − log Σ exp(xⱼ) along `dim`. */
export const log_softmax = def(
  "torch.nn.functional.log_softmax",
  SIGNATURE,
  (input: TensorLike, dim: Int | null = null, _stacklevel: Int = 3, dtype: DTypeLike | null = null): Tensor =>
    wrap(along("log_softmax", input, dimOf("log_softmax", input, dim), dtype)),
);
