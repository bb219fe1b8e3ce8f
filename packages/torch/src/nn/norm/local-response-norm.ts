import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { fieldsText, optionLayer } from "../module/option-layer.js";

const FLOATS = ["alpha", "beta", "k"];

/** `torch.nn.LocalResponseNorm`: x / (k + α·mean of the squares of `size` neighbouring channels)^β. */
export const LocalResponseNorm = optionLayer(
  "normalization.LocalResponseNorm",
  "size alpha beta k",
  (size: number, alpha = 1e-4, beta = 0.75, k = 1) => ({ size, alpha, beta, k }),
  {
    inputs: "input",
    show: (self) => `${self.size}, ${fieldsText(self, FLOATS, FLOATS)}`,
    forward: (self, input: Tensor): Tensor =>
      F.local_response_norm(input, self.size, self.alpha, self.beta, self.k),
  },
);
export type LocalResponseNorm = InstanceType<typeof LocalResponseNorm>;
