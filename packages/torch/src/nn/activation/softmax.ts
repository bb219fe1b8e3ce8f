import { ValueError } from "@cognate/py";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";

const along = (dim: number | null = null) => ({ dim });

/**
 * `torch.nn.Softmax`: eˣ / Σeˣ along `dim`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.nn.Softmax({ dim: 0 })(torch.tensor([0.5, 0.5]))); // prints tensor([0.5000, 0.5000])
 * ```
 */
export const Softmax = optionLayer("activation.Softmax", "dim", along, {
  inputs: "input",
  show: ["dim"],
  forward: (self, input: Tensor): Tensor => F.softmax(input, self.dim),
});
export type Softmax = InstanceType<typeof Softmax>;

/** `torch.nn.LogSoftmax`: x − log Σeˣ along `dim`. */
export const LogSoftmax = optionLayer("activation.LogSoftmax", "dim", along, {
  inputs: "input",
  show: ["dim"],
  forward: (self, input: Tensor): Tensor => F.log_softmax(input, self.dim),
});
export type LogSoftmax = InstanceType<typeof LogSoftmax>;

/** `torch.nn.Softmin`: the softmax of −x along `dim`. */
export const Softmin = optionLayer("activation.Softmin", "dim", along, {
  inputs: "input",
  show: ["dim"],
  forward: (self, input: Tensor): Tensor => F.softmin(input, self.dim),
});
export type Softmin = InstanceType<typeof Softmin>;

/** `torch.nn.Softmax2d`: the softmax over channels at each place of `[N, C, H, W]` or `[C, H, W]`. */
export const Softmax2d = optionLayer("activation.Softmax2d", "", () => ({}), {
  inputs: "input",
  forward: (_self, input: Tensor): Tensor => {
    if (input.ndim !== 3 && input.ndim !== 4)
      throw new ValueError(`Softmax2d: expected input to be 3D or 4D, got ${input.ndim}D instead`);
    return F.softmax(input, -3);
  },
});
export type Softmax2d = InstanceType<typeof Softmax2d>;
