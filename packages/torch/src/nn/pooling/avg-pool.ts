import type { Tensor } from "../../tensor/tensor.js";
import type { PerAxis } from "../conv/conv.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";
import { perAxis } from "../module/weights.js";

const shown = { inputs: "input", show: ["kernel_size", "stride", "padding"] } as const;

/** `torch.nn.AvgPool1d`: the mean of each window of `[N, C, L]`. */
export const AvgPool1d = optionLayer(
  "pooling.AvgPool1d",
  "kernel_size stride padding ceil_mode count_include_pad",
  (
    kernel_size: PerAxis,
    stride: PerAxis | null = null,
    padding: PerAxis = 0,
    ceil_mode = false,
    count_include_pad = true,
  ) => ({
    kernel_size: perAxis(1, kernel_size),
    stride: perAxis(1, stride ?? kernel_size),
    padding: perAxis(1, padding),
    ceil_mode,
    count_include_pad,
  }),
  {
    ...shown,
    forward: (self, input: Tensor): Tensor =>
      F.avg_pool1d(
        input,
        self.kernel_size,
        self.stride,
        self.padding,
        self.ceil_mode,
        self.count_include_pad,
      ),
  },
);
export type AvgPool1d = InstanceType<typeof AvgPool1d>;

const POOL = { 2: F.avg_pool2d, 3: F.avg_pool3d } as const;

const avgPool = (axes: 2 | 3) =>
  optionLayer(
    `pooling.AvgPool${axes}d`,
    "kernel_size stride padding ceil_mode count_include_pad divisor_override",
    (
      kernel_size: PerAxis,
      stride: PerAxis | null = null,
      padding: PerAxis = 0,
      ceil_mode = false,
      count_include_pad = true,
      divisor_override: number | null = null,
    ) => ({
      kernel_size,
      stride: stride ?? kernel_size,
      padding,
      ceil_mode,
      count_include_pad,
      divisor_override,
    }),
    {
      ...shown,
      forward: (self, input: Tensor): Tensor =>
        POOL[axes](
          input,
          self.kernel_size,
          self.stride,
          self.padding,
          self.ceil_mode,
          self.count_include_pad,
          self.divisor_override,
        ),
    },
  );

/** `torch.nn.AvgPool2d`: the mean of each window of `[N, C, H, W]`. */
export const AvgPool2d = avgPool(2);
export type AvgPool2d = InstanceType<typeof AvgPool2d>;
/** `torch.nn.AvgPool3d`: the mean of each window of `[N, C, D, H, W]`. */
export const AvgPool3d = avgPool(3);
export type AvgPool3d = InstanceType<typeof AvgPool3d>;

const LP = [F.lp_pool1d, F.lp_pool2d, F.lp_pool3d] as const;

const lpPool = (axes: 1 | 2 | 3) =>
  optionLayer(
    `pooling.LPPool${axes}d`,
    "norm_type kernel_size stride ceil_mode",
    (norm_type: number, kernel_size: PerAxis, stride: PerAxis | null = null, ceil_mode = false) => ({
      norm_type,
      kernel_size,
      stride,
      ceil_mode,
    }),
    {
      inputs: "input",
      show: ["norm_type", "kernel_size", "stride", "ceil_mode"],
      forward: (self, input: Tensor): Tensor =>
        LP[axes - 1]!(input, self.norm_type, self.kernel_size, self.stride, self.ceil_mode),
    },
  );

/** `torch.nn.LPPool1d`: the p-norm of each window of `[N, C, L]`. */
export const LPPool1d = lpPool(1);
export type LPPool1d = InstanceType<typeof LPPool1d>;
/** `torch.nn.LPPool2d`: the p-norm of each window of `[N, C, H, W]`. */
export const LPPool2d = lpPool(2);
export type LPPool2d = InstanceType<typeof LPPool2d>;
/** `torch.nn.LPPool3d`: the p-norm of each window of `[N, C, D, H, W]`. */
export const LPPool3d = lpPool(3);
export type LPPool3d = InstanceType<typeof LPPool3d>;
