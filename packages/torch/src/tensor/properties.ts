import { isComplex, ops } from "@cognate/kernel";
import { RuntimeError, UserWarning, warn } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { named } from "../ops/args.js";
import { imag as imagOf, real as realOf } from "../ops/parts.js";
import { transposeOf } from "../ops/views.js";
import { type Tensor, wrap } from "./tensor.js";

// Properties of tensors that need functions which the class itself must not import.
export * from "./flags.js";

const conjugated = (x: Value): Value => (isComplex(x.dtype) ? call(ops.conj, [x], undefined) : x);

/** The last two axes exchanged. @throws RuntimeError for vectors */
function lastTwo(name: string, x: Value): Value {
  const rank = x.shape.length;
  if (rank === 1)
    throw new RuntimeError(
      `tensor.${name} is only supported on matrices or batches of matrices. Got 1-D tensor.`,
    );
  if (rank === 0) {
    warn(
      `Tensor.${name} is deprecated on 0-D tensors. This function is the identity in these cases.`,
      UserWarning,
    );
    return x;
  }
  return transposeOf(x, rank - 2, rank - 1);
}

/** The axes in reverse order. */
export function T(self: Tensor): Tensor {
  const x = self._value;
  const rank = x.shape.length;
  if (rank !== 2)
    warn(
      "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated and it will throw an error in a future release. Consider `x.mT` to transpose batches of matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a tensor.",
      UserWarning,
    );
  const axes = x.shape.map((_, i) => rank - 1 - i);
  return wrap(call(ops.permute, [x], { axes }));
}

/** The last two axes exchanged. */
export const mT = (self: Tensor): Tensor => wrap(lastTwo("mT", self._value));

/** A matrix transposed and conjugated. */
export function H(self: Tensor): Tensor {
  const x = self._value;
  const rank = x.shape.length;
  if (rank !== 0 && rank !== 2)
    throw new RuntimeError(
      `tensor.H is only supported on matrices (2-D tensors). Got ${rank}-D tensor.${rank > 2 ? " For batches of matrices, consider using tensor.mH" : ""}`,
    );
  return wrap(conjugated(rank === 0 ? x : named(transposeOf(x, 0, 1), "TransposeBackward0")));
}

/** The last two axes exchanged and the elements conjugated. */
export const mH = (self: Tensor): Tensor => wrap(conjugated(lastTwo("mH", self._value)));

/** The real parts. */
export const real = (self: Tensor): Tensor => realOf(self);
/** The imaginary parts. */
export const imag = (self: Tensor): Tensor => imagOf(self);
