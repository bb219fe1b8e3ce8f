import { Tuple, TypeError, type_name } from "@cognate/py";
import type { Tensor } from "../../tensor/tensor.js";
import { optionLayer } from "../module/option-layer.js";

/**
 * `torch.nn.Flatten`: the axes from `start_dim` to `end_dim` as one.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.nn.Flatten()(torch.zeros(2, 3, 4)).shape); // prints torch.Size([2, 12])
 * ```
 */
export const Flatten = optionLayer(
  "flatten.Flatten",
  "start_dim end_dim",
  (start_dim = 1, end_dim = -1) => ({ start_dim, end_dim }),
  {
    inputs: "input",
    show: ["start_dim", "end_dim"],
    forward: (self, input: Tensor): Tensor => input.flatten(self.start_dim, self.end_dim),
  },
);
export type Flatten = InstanceType<typeof Flatten>;

/** @throws TypeError unless the size is a list of integers */
function requireSizes(size: unknown): Tuple<number> {
  if (!Array.isArray(size))
    throw new TypeError(`unflattened_size must be a tuple of ints, but found type ${type_name(size)}`);
  size.forEach((n, i) => {
    if (!Number.isInteger(n))
      throw new TypeError(
        `unflattened_size must be tuple of ints, but found element of type ${type_name(n)} at pos ${i}`,
      );
  });
  return Tuple.of_(size as number[]);
}

/** `torch.nn.Unflatten`: one axis as several of the lengths `unflattened_size`. */
export const Unflatten = optionLayer(
  "flatten.Unflatten",
  "dim unflattened_size",
  (dim: number, unflattened_size: readonly number[]) => ({
    dim,
    unflattened_size: requireSizes(unflattened_size),
  }),
  {
    inputs: "input",
    show: ["dim", "unflattened_size"],
    forward: (self, input: Tensor): Tensor => input.unflatten(self.dim, self.unflattened_size),
  },
);
export type Unflatten = InstanceType<typeof Unflatten>;
