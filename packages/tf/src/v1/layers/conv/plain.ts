import { get_default_graph } from "../../../graph/current.js";
import type { GraphTensor } from "../../../graph/tensor.js";
import { node } from "../../random-ops.js";
import { ConvImpl, first, full, letters, narrowed, widened } from "./base.js";

export class Convolution extends ConvImpl {
  call(x: GraphTensor): GraphTensor {
    const g = get_default_graph();
    const { o } = this;
    const op = (
      t: GraphTensor,
      k: unknown,
      sizes: { strides: number[]; dilations: number[] },
      padding: string,
    ): GraphTensor =>
      node(g, o.rank === 3 ? "Conv3D" : "Conv2D", [t, k], {
        strides: full(sizes.strides, o.data_format),
        dilations: full(sizes.dilations, o.data_format),
        padding,
        data_format: letters(o.rank, o.data_format),
      });
    const padding = o.padding.toUpperCase();
    if (o.rank > 1)
      return this.finish(
        g,
        op(x, this.kernel, { strides: this._strides, dilations: this._dilation }, padding),
      );
    let t = x;
    if (padding === "CAUSAL") {
      const left = this._dilation[0]! * (this._kernel_size[0]! - 1);
      t = node(g, "Pad", [
        t,
        first(o.data_format)
          ? [
              [0, 0],
              [0, 0],
              [left, 0],
            ]
          : [
              [0, 0],
              [left, 0],
              [0, 0],
            ],
      ]);
    }
    const wide = widened(g, t, o.data_format);
    const kernel = node(g, "ExpandDims", [this.kernel, 0], {}, "ExpandDims_1");
    const y = op(
      wide,
      kernel,
      { strides: [1, ...this._strides], dilations: [1, ...this._dilation] },
      padding === "CAUSAL" ? "VALID" : padding,
    );
    return this.finish(g, narrowed(g, y, o.data_format));
  }
}
