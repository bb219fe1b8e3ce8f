import { def } from "@cognate/py";
import type { DTypeLike } from "../dtype.js";
import { along } from "../nn/functional/softmax.js";
import type { Tensor, TensorLike } from "../tensor/tensor.js";
import { deliver, type Int } from "./args.js";

const SIGNATURE = "input dim * dtype out";

/**
 * exp(xᵢ)/Σ exp(xⱼ) along `dim`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([[0.5, 1.5], [2, 2]]);
 * print(torch.softmax(x, 1), x.softmax(-1).sum(-1));
 * // prints
 * // tensor([[0.2689, 0.7311],
 * //         [0.5000, 0.5000]]) tensor([1., 1.])
 * ```
 */
export const softmax = def(
  "torch.softmax",
  SIGNATURE,
  (input: TensorLike, dim: Int, dtype: DTypeLike | null = null, out: Tensor | null = null): Tensor =>
    deliver(along("softmax", input, dim, dtype), out),
);

/** xᵢ − log Σ exp(xⱼ) along `dim`. */
export const log_softmax = def(
  "torch.log_softmax",
  SIGNATURE,
  (input: TensorLike, dim: Int, dtype: DTypeLike | null = null, out: Tensor | null = null): Tensor =>
    deliver(along("log_softmax", input, dim, dtype), out),
);
