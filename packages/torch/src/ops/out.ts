import { isDifferentiable, ops, Strided } from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import { applyInPlace, gradEnabled, type Input, Value } from "@cognate/tensor";
import { canCast } from "../promotion.js";
import type { Tensor } from "../tensor/tensor.js";
import { cannotCast } from "../words.js";

/**
 * Writes a result to an `out=` tensor: its type must be able to hold it, its shape follows.
 *
 * @param name - the function, for the error where a gradient is wanted
 */
export function writeOut(out: Tensor, y: Value, name = "out", inputs: readonly Input[] = [y]): Tensor {
  const target = out._value;
  if (gradEnabled() && [target, ...inputs].some(wantsGradient))
    throw new RuntimeError(
      `${name}(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.`,
    );
  if (!canCast(y.dtype, target.dtype)) throw new RuntimeError(cannotCast(y.dtype, target.dtype));
  return resizeAndCopy(out, y);
}

const wantsGradient = (x: Input): boolean =>
  x instanceof Value && x.requiresGrad && isDifferentiable(x.dtype);

/** Gives `out` the shape of `y` (PyTorch resizes, and warns where elements were there) and its numbers. */
export function resizeAndCopy(out: Tensor, y: Value): Tensor {
  const target = out._value;
  const same = target.shape.length === y.shape.length && y.shape.every((n, i) => n === target.shape[i]);
  if (!same) target.array = Strided.zeros(target.dtype, y.shape);
  applyInPlace(ops.assign, [target, y], undefined);
  return out;
}
