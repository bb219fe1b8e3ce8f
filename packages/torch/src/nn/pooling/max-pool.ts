import type { Tensor } from "../../tensor/tensor.js";
import type { PerAxis } from "../conv/conv.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";
import { perAxis } from "../module/weights.js";

const POOL = [F.max_pool1d, F.max_pool2d, F.max_pool3d] as const;

const maxPool = (axes: 1 | 2 | 3) =>
  optionLayer(
    `pooling.MaxPool${axes}d`,
    "kernel_size stride padding dilation return_indices ceil_mode",
    (
      kernel_size: PerAxis,
      stride: PerAxis | null = null,
      padding: PerAxis = 0,
      dilation: PerAxis = 1,
      return_indices = false,
      ceil_mode = false,
    ) => ({
      kernel_size,
      stride: stride ?? kernel_size,
      padding,
      dilation,
      return_indices,
      ceil_mode,
    }),
    {
      inputs: "input",
      show: ["kernel_size", "stride", "padding", "dilation", "ceil_mode"],
      forward: (self, input: Tensor): Tensor =>
        POOL[axes - 1]!(
          input,
          self.kernel_size,
          self.stride,
          self.padding,
          self.dilation,
          self.ceil_mode,
          self.return_indices,
        ) as Tensor,
    },
  );

/** `torch.nn.MaxPool1d`: {@link MaxPool2d} along one axis. */
export const MaxPool1d = maxPool(1);
export type MaxPool1d = InstanceType<typeof MaxPool1d>;
/**
 * `torch.nn.MaxPool2d`: the greatest element of each window of `[N, C, H, W]`; windows step by their own size if `stride` is
 * left out.
 *
 * @param return_indices - give where the elements stood, too, for {@link MaxUnpool2d}
 * @param ceil_mode - round the number of windows up
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.nn.MaxPool2d(2)(torch.arange(16, { dtype: torch.float32 }).view(1, 4, 4)));
 * // prints
 * // tensor([[[ 5.,  7.],
 * //          [13., 15.]]])
 * ```
 */
export const MaxPool2d = maxPool(2);
export type MaxPool2d = InstanceType<typeof MaxPool2d>;
/** `torch.nn.MaxPool3d`: {@link MaxPool2d} along three axes. */
export const MaxPool3d = maxPool(3);
export type MaxPool3d = InstanceType<typeof MaxPool3d>;

const UNPOOL = [F.max_unpool1d, F.max_unpool2d, F.max_unpool3d] as const;

const maxUnpool = (axes: 1 | 2 | 3) =>
  optionLayer(
    `pooling.MaxUnpool${axes}d`,
    "kernel_size stride padding",
    (kernel_size: PerAxis, stride: PerAxis | null = null, padding: PerAxis = 0) => ({
      kernel_size: perAxis(axes, kernel_size),
      stride: perAxis(axes, stride ?? kernel_size),
      padding: perAxis(axes, padding),
    }),
    {
      inputs: "input indices output_size",
      show: ["kernel_size", "stride", "padding"],
      forward: (self, input: Tensor, indices: Tensor, output_size: readonly number[] | null = null): Tensor =>
        UNPOOL[axes - 1]!(input, indices, self.kernel_size, self.stride, self.padding, output_size),
    },
  );

/** `torch.nn.MaxUnpool1d`: {@link MaxUnpool2d} along one axis. */
export const MaxUnpool1d = maxUnpool(1);
export type MaxUnpool1d = InstanceType<typeof MaxUnpool1d>;
/** `torch.nn.MaxUnpool2d`: the greatest elements back at their places, zeros elsewhere. */
export const MaxUnpool2d = maxUnpool(2);
export type MaxUnpool2d = InstanceType<typeof MaxUnpool2d>;
/** `torch.nn.MaxUnpool3d`: {@link MaxUnpool2d} along three axes. */
export const MaxUnpool3d = maxUnpool(3);
export type MaxUnpool3d = InstanceType<typeof MaxUnpool3d>;
