import { ops, Strided } from "@cognate/kernel";
import { format } from "@cognate/py";
import { applyInPlace, call, checkWritable, gradEnabled, Value } from "@cognate/tensor";
import { getDefault } from "../dtype.js";
import { inTorchWords } from "../errors.js";
import { castValue } from "../ops/operands.js";
import { type Tensor, wrap } from "../tensor/tensor.js";

/** Makes whole numbers that JavaScript could not write as floats what they were meant to be. */
export function settleFloat(self: Tensor): void {
  const v = self._value;
  if (!v.weak || v.view || !v.isLeaf) return;
  v.array = castValue(v, getDefault()).array;
  v.weak = false;
}

/**
 * Writes random numbers over a tensor; its history becomes that of a result that depends on nothing.
 *
 * @param gradFn - PyTorch's name of the recorded call
 */
export function overwriteBy(
  self: Tensor,
  name: string,
  gradFn: string,
  draw: (x: Strided) => unknown,
): Tensor {
  const v = self._value;
  inTorchWords(name, () => {
    checkWritable(v);
    if (v.size === 0) return;
    draw(v.array);
    if (!gradEnabled() || !v.requiresGrad) {
      v.array.storage.version++;
      return;
    }
    const drawn = ops.cast.run([v.array], { dtype: v.dtype, copy: true }) as Strided;
    applyInPlace(ops.assign, [v, new Value(drawn)], undefined);
    const node = v.ownNode;
    if (node && !v.view) node.label = gradFn;
  });
  return self;
}

/**
 * A fresh result that was drawn with parameters that may want gradients: they get zeros, because the numbers do not
 * depend on them smoothly.
 */
export function drawnWith(array: Strided, parameters: readonly Value[], gradFn: string): Tensor {
  const wants = parameters.filter((p) => p.requiresGrad && p.dtype.kind === "float");
  if (wants.length === 0 || !gradEnabled()) return wrap(new Value(array));
  const sum = wants.map((p) => castValue(p, array.dtype)).reduce((a, b) => call(ops.add, [a, b], undefined));
  const y = call(ops.mul, [sum, new Value(Strided.zeros(array.dtype, array.shape))], undefined);
  applyInPlace(ops.assign, [y, new Value(array)], undefined);
  const node = y.ownNode;
  if (node) node.label = gradFn;
  return wrap(y);
}

/** A number as C++ writes it in messages. */
export const cNumber = (x: number): string => format(x, "g");

/** A 0-dimensional bool as a truth value. */
export const isTrue = (x: Value): boolean => wrap(x).item() === true;
