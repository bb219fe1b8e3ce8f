import { ops, type Shape, sizeOf } from "@cognate/kernel";
import { IndexError, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { scalarName } from "../promotion.js";
import { wrap } from "../tensor/tensor.js";
import { axes, type Dims, type Int, int, named, shown } from "./args.js";

/** Lengths with the one −1 among them worked out. @throws RuntimeError in PyTorch's words */
export function inferShape(size: readonly number[], elements: number): number[] {
  const open = size.indexOf(-1);
  if (open >= 0 && size.indexOf(-1, open + 1) >= 0)
    throw new RuntimeError("only one dimension can be inferred");
  size.forEach((n, i) => {
    if (n < -1) throw new RuntimeError(`invalid shape dimension ${n} at index ${i} of shape ${shown(size)}`);
  });
  const rest = sizeOf(size.filter((n) => n !== -1));
  if (open < 0) {
    if (rest !== elements)
      throw new RuntimeError(`shape '${shown(size)}' is invalid for input of size ${elements}`);
    return [...size];
  }
  if (rest === 0 && elements === 0)
    throw new RuntimeError(
      `cannot reshape tensor of 0 elements into shape ${shown(size)} because the unspecified dimension size -1 can be any value and is ambiguous`,
    );
  if (rest === 0 || elements % rest !== 0)
    throw new RuntimeError(`shape '${shown(size)}' is invalid for input of size ${elements}`);
  return size.map((n) => (n === -1 ? elements / rest : n));
}

/** The shape without axes of length 1: all of them, or those among `dim`. */
export function squeezedShape(shape: Shape, dim: Dims | undefined): number[] {
  const dims = axes(dim, shape.length);
  if (Array.isArray(dim) && dim.length === 0) return [...shape];
  return shape.filter((n, i) => n !== 1 || (dims !== undefined && !dims.includes(i)));
}

/** @throws RuntimeError past two axes */
export function requireMatrix(name: string, x: Value): void {
  if (x.shape.length > 2)
    throw new RuntimeError(`${name}() expects a tensor with <= 2 dimensions, but self is ${x.shape.length}D`);
}

/** The shape that `expand` makes of sizes that may be −1. @throws RuntimeError in PyTorch's words */
export function expandedShape(x: Value, size: readonly number[]): number[] {
  const { shape } = x;
  const lead = size.length - shape.length;
  if (lead < 0)
    throw new RuntimeError(
      `expand(torch.${scalarName(x.dtype)}Tensor{${shown(shape)}}, size=${shown(size)}): the number of sizes provided (${size.length}) must be greater or equal to the number of dimensions in the tensor (${shape.length})`,
    );
  const out = [...size];
  for (let i = size.length - 1; i >= 0; i--) {
    const own = i >= lead ? shape[i - lead]! : 1;
    if (size[i] === -1) {
      if (i < lead)
        throw new RuntimeError(
          `The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension ${i}`,
        );
      out[i] = own;
    } else if (own !== size[i] && own !== 1)
      throw new RuntimeError(
        `The expanded size of the tensor (${size[i]}) must match the existing size (${own}) at non-singleton dimension ${i}.  Target sizes: ${shown(size)}.  Tensor sizes: ${shown(shape)}`,
      );
  }
  return out;
}

/** A place along an axis, counted from the front. @throws IndexError */
export function place(x: Value, dim: number, index: Int): number {
  const [i, n] = [int(index), x.shape[dim]!];
  if (i < -n || i >= n)
    throw new IndexError(
      `select(): index ${i} out of range for tensor of size ${shown(x.shape)} at dimension ${dim}`,
    );
  return i < 0 ? i + n : i;
}

/** @throws RuntimeError where the view would reach past the storage */
export function checkStorage(x: Value, shape: Shape, strides: readonly number[], offset: number): void {
  const { itemsize } = x.dtype;
  const last = shape.includes(0)
    ? 0
    : offset + 1 + shape.reduce((n, len, i) => n + (len - 1) * strides[i]!, 0);
  const bytes = x.array.storage.byteLength;
  if (last * itemsize > bytes)
    throw new RuntimeError(
      `setStorage: sizes ${shown(shape)}, strides ${shown(strides)}, storage offset ${offset}, and itemsize ${itemsize} requiring a storage size of ${last * itemsize} are out of bounds for storage of size ${bytes}`,
    );
}

/** A row-major copy of the elements' places as PyTorch's `contiguous` makes it; the tensor itself if it is so already. */
export const contiguousOf = (x: Value): Value =>
  x.array.contiguous ? x : named(call(ops.cast, [x], { dtype: x.dtype }), "CloneBackward0");

/** A tensor of one element as a truth value. @throws RuntimeError in PyTorch's words */
export function truth(x: Value): boolean {
  if (x.size === 0) throw new RuntimeError("Boolean value of Tensor with no values is ambiguous");
  if (x.size > 1) throw new RuntimeError("Boolean value of Tensor with more than one value is ambiguous");
  return Boolean(wrap(call(ops.any, [x], {})).item());
}
