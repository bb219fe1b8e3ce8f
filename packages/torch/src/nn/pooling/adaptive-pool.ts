import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";

/** Lengths of the result; `null` keeps an axis as it is. */
type OutputSize = number | null | readonly (number | null)[];

const AVG = [F.adaptive_avg_pool1d, F.adaptive_avg_pool2d, F.adaptive_avg_pool3d] as const;
const MAX = [F.adaptive_max_pool1d, F.adaptive_max_pool2d, F.adaptive_max_pool3d] as const;

const adaptiveAvg = (axes: 1 | 2 | 3) =>
  optionLayer(
    `pooling.AdaptiveAvgPool${axes}d`,
    "output_size",
    (output_size: OutputSize) => ({ output_size }),
    {
      inputs: "input",
      show: ["output_size"],
      forward: (self, input: Tensor): Tensor => AVG[axes - 1]!(input, self.output_size as never),
    },
  );

const adaptiveMax = (axes: 1 | 2 | 3) =>
  optionLayer(
    `pooling.AdaptiveMaxPool${axes}d`,
    "output_size return_indices",
    (output_size: OutputSize, return_indices = false) => ({ output_size, return_indices }),
    {
      inputs: "input",
      show: ["output_size"],
      forward: (self, input: Tensor): Tensor =>
        MAX[axes - 1]!(input, self.output_size as never, self.return_indices) as Tensor,
    },
  );

/** `torch.nn.AdaptiveAvgPool1d`: means of as many windows as asked for, along one axis. */
export const AdaptiveAvgPool1d = adaptiveAvg(1);
export type AdaptiveAvgPool1d = InstanceType<typeof AdaptiveAvgPool1d>;
/** `torch.nn.AdaptiveAvgPool2d`: means of as many windows as asked for, along two axes. */
export const AdaptiveAvgPool2d = adaptiveAvg(2);
export type AdaptiveAvgPool2d = InstanceType<typeof AdaptiveAvgPool2d>;
/** `torch.nn.AdaptiveAvgPool3d`: means of as many windows as asked for, along three axes. */
export const AdaptiveAvgPool3d = adaptiveAvg(3);
export type AdaptiveAvgPool3d = InstanceType<typeof AdaptiveAvgPool3d>;

/** `torch.nn.AdaptiveMaxPool1d`: greatest elements of as many windows as asked for, along one axis. */
export const AdaptiveMaxPool1d = adaptiveMax(1);
export type AdaptiveMaxPool1d = InstanceType<typeof AdaptiveMaxPool1d>;
/** `torch.nn.AdaptiveMaxPool2d`: greatest elements of as many windows as asked for, along two axes. */
export const AdaptiveMaxPool2d = adaptiveMax(2);
export type AdaptiveMaxPool2d = InstanceType<typeof AdaptiveMaxPool2d>;
/** `torch.nn.AdaptiveMaxPool3d`: greatest elements of as many windows as asked for, along three axes. */
export const AdaptiveMaxPool3d = adaptiveMax(3);
export type AdaptiveMaxPool3d = InstanceType<typeof AdaptiveMaxPool3d>;
