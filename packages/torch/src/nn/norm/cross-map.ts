import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { fieldsText, optionLayer } from "../module/option-layer.js";

const FLOATS = ["alpha", "beta", "k"];

/**
 * `torch.nn.CrossMapLRN2d`: x / (k + α/size·sum of the squares of neighbouring channels)^β. The neighbours of an even
 * `size` are one fewer; the first channel is always one of them, as in PyTorch.
 */
export const CrossMapLRN2d = optionLayer(
  "normalization.CrossMapLRN2d",
  "size alpha beta k",
  (size: number, alpha = 1e-4, beta = 0.75, k = 1) => ({ size, alpha, beta, k }),
  {
    inputs: "input",
    show: (self) => `${self.size}, ${fieldsText(self, FLOATS, ["alpha", "beta"])}`,
    forward: ({ size, alpha, beta, k }, input: Tensor): Tensor => {
      const channels = input.shape[1]!;
      const reach = Math.floor((size - 1) / 2 + 1);
      const squares = input.pow(2);
      const padded = F.pad(squares, [0, 0, 0, 0, reach - 1, reach - 1]);
      let sum = padded.narrow(1, 0, channels);
      for (let i = 1; i < 2 * reach - 1; i++) sum = sum.add(padded.narrow(1, i, channels));
      // PyTorch's running sum never lets go of the first channel.
      if (channels > reach) {
        const first = squares.narrow(1, 0, 1).expand(-1, channels - reach, -1, -1);
        sum = sum.add(F.pad(first, [0, 0, 0, 0, reach, 0]));
      }
      return input.mul(
        sum
          .mul(alpha / size)
          .add(k)
          .pow(-beta),
      );
    },
  },
);
export type CrossMapLRN2d = InstanceType<typeof CrossMapLRN2d>;
