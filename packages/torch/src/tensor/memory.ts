import { resized } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { gradEnabled, type Value } from "@cognate/tensor";
import { type Int, type Ints, int, ints } from "../ops/args.js";
import { checkStorage } from "../ops/geometry.js";
import type { Tensor } from "./tensor.js";

// Methods that change which memory a tensor looks at.

function relocate(self: Tensor, array: Value["array"]): Tensor {
  self._value.array = array;
  return self;
}

function resize(self: Tensor, shape: readonly number[]): Tensor {
  const x = self._value;
  const same = shape.length === x.shape.length && shape.every((n, i) => n === x.shape[i]);
  if (same) return self;
  if (gradEnabled() && x.requiresGrad) throw new RuntimeError("cannot resize variables that require grad");
  return relocate(self, resized(x.array, shape));
}

/** Other lengths for the same memory, which grows if need be. */
export const resize_ = def(
  "resize_",
  "self ...size * memory_format",
  (self: Tensor, size: readonly Ints[], memory_format: unknown = null): Tensor => {
    void memory_format;
    return resize(self, ints(size));
  },
);

/** {@link resize_} to the lengths of another tensor. */
export const resize_as_ = def(
  "resize_as_",
  "self the_template * memory_format",
  (self: Tensor, the_template: Tensor, memory_format: unknown = null): Tensor => {
    void memory_format;
    return resize(self, the_template._value.shape);
  },
);

/** Looks at the memory of another tensor from now on, as that does or under other lengths; at none without a source. */
export const set_ = def(
  "set_",
  "self source storage_offset size stride",
  (
    self: Tensor,
    source: Tensor | null = null,
    storage_offset: Int = 0,
    size: readonly Int[] | null = null,
    stride: readonly Int[] | null = null,
  ): Tensor => {
    const x = self._value;
    if (source === null) return relocate(self, resized(x.array, [0]).view([0], [1], 0));
    const { array } = source._value;
    if (array.dtype !== x.dtype)
      throw new RuntimeError(
        `Could not set tensor of type ${array.dtype.name} to a tensor of type ${x.dtype.name}`,
      );
    if (size === null) return relocate(self, array);
    const shape = ints([size]);
    const offset = int(storage_offset);
    const plain = resized(array, [0]).view(shape, [], offset);
    const strides = stride === null ? rowMajor(shape) : ints([stride]);
    checkStorage(source._value, shape, strides, offset);
    return relocate(self, plain.view(shape, strides, offset));
  },
);

const rowMajor = (shape: readonly number[]): number[] =>
  shape.map((_, i) => shape.slice(i + 1).reduce((n, len) => n * Math.max(len, 1), 1));
