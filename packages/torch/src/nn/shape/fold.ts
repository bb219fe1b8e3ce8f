import type { Tensor } from "../../tensor/tensor.js";
import type { PerAxis } from "../conv/conv.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";

/** `torch.nn.Fold`: the sum of overlapping blocks, `[N, C·kernel, blocks]` → `[N, C, H, W]`. */
export const Fold = optionLayer(
  "fold.Fold",
  "output_size kernel_size dilation padding stride",
  (
    output_size: PerAxis,
    kernel_size: PerAxis,
    dilation: PerAxis = 1,
    padding: PerAxis = 0,
    stride: PerAxis = 1,
  ) => ({ output_size, kernel_size, dilation, padding, stride }),
  {
    inputs: "input",
    show: ["output_size", "kernel_size", "dilation", "padding", "stride"],
    forward: (self, input: Tensor): Tensor =>
      F.fold(input, self.output_size, self.kernel_size, self.dilation, self.padding, self.stride),
  },
);
export type Fold = InstanceType<typeof Fold>;

/** `torch.nn.Unfold`: the sliding blocks of an image as columns, `[N, C, H, W]` → `[N, C·kernel, blocks]`. */
export const Unfold = optionLayer(
  "fold.Unfold",
  "kernel_size dilation padding stride",
  (kernel_size: PerAxis, dilation: PerAxis = 1, padding: PerAxis = 0, stride: PerAxis = 1) => ({
    kernel_size,
    dilation,
    padding,
    stride,
  }),
  {
    inputs: "input",
    show: ["kernel_size", "dilation", "padding", "stride"],
    forward: (self, input: Tensor): Tensor =>
      F.unfold(input, self.kernel_size, self.dilation, self.padding, self.stride),
  },
);
export type Unfold = InstanceType<typeof Unfold>;
