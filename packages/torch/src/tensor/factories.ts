import { def, UserWarning, warn } from "@cognate/py";
import { type DeviceLike, requireCpu } from "../device.js";
import { type DTypeLike, toKernel } from "../dtype.js";
import { inTorchWords } from "../errors.js";
import { tensorOf } from "./create.js";
import { type Nested, Tensor, wanting, wrap } from "./tensor.js";

/**
 * A fresh leaf from numbers, nested lists, typed arrays or arrays of any package.
 *
 * @throws ValueError for lists of unequal lengths, RuntimeError for what is no number
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.tensor([[1, 2.5], [3, 4]]), torch.tensor([1, 2]).dtype);
 * // prints
 * // tensor([[1.0000, 2.5000],
 * //         [3.0000, 4.0000]]) torch.int64
 * ```
 */
export const tensor = def(
  "torch.tensor",
  "data * dtype device requires_grad pin_memory",
  (
    data: Nested,
    dtype: DTypeLike | null = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void pin_memory;
    requireCpu(device);
    if (data instanceof Tensor)
      warn(
        "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or sourceTensor.detach().clone().requires_grad_(True), rather than torch.tensor(sourceTensor).",
        UserWarning,
      );
    return inTorchWords("tensor", () => {
      const t = wrap(tensorOf(data, dtype ? toKernel(dtype, "tensor") : undefined));
      return wanting(t, requires_grad);
    });
  },
);

/** Whether something is a tensor. */
export const is_tensor = (obj: unknown): obj is Tensor => obj instanceof Tensor;
