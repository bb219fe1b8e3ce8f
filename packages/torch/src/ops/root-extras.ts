// Norms that PyTorch keeps beside torch.linalg.

import { Strided } from "@cognate/kernel";
import { def, RuntimeError, Tuple } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type DeviceLike, requireCpu } from "../device.js";
import type { DTypeLike } from "../dtype.js";
import { getDefault } from "../dtype.js";
import { matrix_norm, vector_norm } from "../linalg/norms.js";
import type { Tensor } from "../tensor/tensor.js";
import { wanting, wrap } from "../tensor/tensor.js";
import { type Dims, type Int, type Ints, int, ints, typeOf } from "./args.js";
import { split_with_sizes } from "./split.js";

/** The square root of the sum of squares along axes. */
export const frobenius_norm = def(
  "torch.frobenius_norm",
  "input dim keepdim",
  (input: Tensor, dim: Dims, keepdim = false): Tensor => vector_norm(input, 2, dim as never, keepdim),
);

/** The sum of the singular values. */
export const nuclear_norm = def(
  "torch.nuclear_norm",
  "input dim keepdim",
  (input: Tensor, dim: Dims | boolean = null, keepdim = false): Tensor =>
    matrix_norm(
      input,
      "nuc",
      (dim === null || typeof dim === "boolean" ? [-2, -1] : dim) as never,
      keepdim || dim === true,
    ),
);

/** The norm along all axes but one, whose length 1 axes are kept; of everything for −1. */
export const norm_except_dim = def(
  "torch.norm_except_dim",
  "v pow dim",
  (v: Tensor, pow: Int = 2, dim: Int = 0): Tensor => {
    const d = int(dim);
    if (d === -1) return v.norm(int(pow));
    const kept = d < 0 ? d + v.ndim : d;
    const others = [...v.shape.keys()].filter((i) => i !== kept);
    return others.length === 0 ? v.abs() : vector_norm(v, int(pow), others as never, true);
  },
);

/** A tensor whose axes lie in memory in another order. @throws RuntimeError unless the order names every axis once */
export const empty_permuted = def(
  "torch.empty_permuted",
  "size physical_layout * dtype layout device requires_grad pin_memory",
  (
    size: Ints,
    physical_layout: readonly Int[],
    dtype: DTypeLike | null = null,
    _layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    _pin_memory = false,
  ): Tensor => {
    requireCpu(device);
    const [shape, order] = [ints([size]), ints([physical_layout])];
    if (shape.length !== order.length)
      throw new RuntimeError(
        `Number of dimensions in size does not match the length of the physical_layout; i.e. len(size) = ${shape.length} is not equal to len(physical_layout) = ${order.length}`,
      );
    order.forEach((d, i) => {
      if (d < 0 || d >= shape.length)
        throw new RuntimeError(
          `Dimension out of range (expected to be between 0 and ${shape.length - 1}, but got ${d} at index ${i}).  NB: negative dims not currently supported; file an issue if you want it.`,
        );
      if (order.indexOf(d) < i) throw new RuntimeError("Duplicate dim not allowed");
    });
    const type = typeOf(dtype, "empty_permuted") ?? getDefault();
    const laid = Strided.zeros(
      type,
      order.map((d) => shape[d]!),
    );
    const strides = shape.map((_, d) => laid.strides[order.indexOf(d)]!);
    return wanting(wrap(new Value(laid.view(shape, strides, 0))), requires_grad);
  },
);

/** `split` by sizes. */
export const unsafe_split_with_sizes = def(
  "torch.unsafe_split_with_sizes",
  "input split_sizes dim",
  (input: Tensor, split_sizes: readonly Int[], dim: Int = 0): Tuple<Tensor> =>
    Tuple.of_([...split_with_sizes(input, split_sizes as never, int(dim))].map((part) => part.clone())),
);
