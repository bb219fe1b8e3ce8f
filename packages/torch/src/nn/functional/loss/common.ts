import { elementAt, type Value as KernelValue } from "@cognate/kernel";
import { NotImplementedError, warn } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { operandOf, promote } from "../../../ops/make.js";
import { scalarName } from "../../../promotion.js";
import { Size } from "../../../size.js";
import type { TensorLike } from "../../../tensor/tensor.js";

/** A shape as Python prints it: torch.Size([2, 3]). */
export const size = (x: KernelValue): string => new Size(x.shape).__repr__();

export const sameSize = (a: KernelValue, b: KernelValue): boolean =>
  a.shape.length === b.shape.length && a.shape.every((n, i) => n === b.shape[i]);

/** Tensors in the type that PyTorch's promotion gives them; whole numbers without a decimal point become floats. */
export function promoted(...args: readonly TensorLike[]): Value[] {
  return promote(args.map(operandOf), "floating").inputs as Value[];
}

/** @throws NotImplementedError in the words of a C++ kernel that has floats only */
export function refuse(
  kernel: string,
  x: Value,
  kinds: readonly string[] = ["bool", "int", "uint", "complex"],
): void {
  if (kinds.includes(x.dtype.kind))
    throw new NotImplementedError(`"${kernel}" not implemented for '${scalarName(x.dtype)}'`);
}

/** Warns where the target will be stretched, which is seldom meant. */
export function warnSizes(x: Value, target: Value): void {
  if (!sameSize(x, target))
    warn(
      `Using a target size (${size(target)}) that is different to the input size (${size(x)}). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.`,
    );
}

/** Whether any element of a bool array is true. */
export function someOf(x: KernelValue): boolean {
  const { array } = x.any();
  return Boolean(elementAt(array, array.offset));
}
