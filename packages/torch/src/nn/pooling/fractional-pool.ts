import { ValueError } from "@cognate/py";
import type { Tensor } from "../../tensor/tensor.js";
import type { PerAxis } from "../conv/conv.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";
import { perAxis } from "../module/weights.js";

const POOL = { 2: F.fractional_max_pool2d, 3: F.fractional_max_pool3d } as const;

const fractional = (axes: 2 | 3) =>
  optionLayer(
    `pooling.FractionalMaxPool${axes}d`,
    "kernel_size output_size output_ratio return_indices _random_samples",
    (
      kernel_size: PerAxis,
      output_size: PerAxis | null = null,
      output_ratio: PerAxis | null = null,
      return_indices = false,
      _random_samples: Tensor | null = null,
    ) => {
      const name = `FractionalMaxPool${axes}d`;
      if (output_size === null && output_ratio === null)
        throw new ValueError(`${name} requires specifying either an output size, or a pooling ratio`);
      if (output_size !== null && output_ratio !== null)
        throw new ValueError("only one of output_size and output_ratio may be specified");
      const ratio = output_ratio === null ? null : perAxis(axes, output_ratio);
      if (ratio?.some((r) => !(r > 0 && r < 1)))
        throw new ValueError(`output_ratio must be between 0 and 1 (got ${String(output_ratio)})`);
      return {
        kernel_size: perAxis(axes, kernel_size),
        return_indices,
        _random_samples,
        output_size: output_size === null ? null : perAxis(axes, output_size),
        output_ratio: ratio,
      };
    },
    {
      inputs: "input",
      buffers: ["_random_samples"],
      forward: (self, input: Tensor): Tensor =>
        POOL[axes](
          input,
          self.kernel_size,
          self.output_size,
          self.output_ratio,
          self.return_indices,
          self._random_samples,
        ) as Tensor,
    },
  );

/** `torch.nn.FractionalMaxPool2d`: the greatest elements of windows at random places, to a size or by a ratio. */
export const FractionalMaxPool2d = fractional(2);
export type FractionalMaxPool2d = InstanceType<typeof FractionalMaxPool2d>;
/** `torch.nn.FractionalMaxPool3d`: {@link FractionalMaxPool2d} along three axes. */
export const FractionalMaxPool3d = fractional(3);
export type FractionalMaxPool3d = InstanceType<typeof FractionalMaxPool3d>;
