import { get_default_graph } from "../../../graph/current.js";
import type { GraphTensor } from "../../../graph/tensor.js";
import { node } from "../../random-ops.js";
import { ConvImpl, first, full, letters } from "./base.js";

/** The length of a transposed convolution along an axis. */
const longer = (n: number, kernel: number, stride: number, padding: string): number =>
  padding === "SAME" ? n * stride : n * stride + Math.max(kernel - stride, 0);

export class Transposed extends ConvImpl {
  protected override kernelShape(channels: number): number[] {
    return [...this._kernel_size, this.o.filters, channels];
  }
  call(x: GraphTensor): GraphTensor {
    const g = get_default_graph();
    const { o } = this;
    const padding = o.padding.toUpperCase();
    const space = first(o.data_format) ? 2 : 1;
    const shape = node(g, "Shape", [x]);
    const at = (i: number): unknown =>
      node(g, "StridedSlice", [shape, [i], [i + 1], [1]], { shrink_axis_mask: 1 }, "strided_slice");
    const known = this._kernel_size.map((k, i) => {
      const n = x._dims![space + i];
      return n == null ? null : longer(n, k, this._strides[i]!, padding);
    });
    const lengths = known.map((n, i) => {
      if (n !== null) return n;
      const scaled = node(g, "Mul", [at(space + i), this._strides[i]], {}, "mul");
      const extra = padding === "SAME" ? 0 : Math.max(this._kernel_size[i]! - this._strides[i]!, 0);
      return extra === 0 ? scaled : node(g, "AddV2", [scaled, extra], {}, "add");
    });
    const out = first(o.data_format) ? [at(0), o.filters, ...lengths] : [at(0), ...lengths, o.filters];
    const packed = node(g, "Pack", [out], { axis: 0 }, "stack");
    const y = node(
      g,
      o.rank === 3 ? "Conv3DBackpropInputV2" : "Conv2DBackpropInput",
      [packed, this.kernel, x],
      {
        strides: full(this._strides, o.data_format),
        padding,
        data_format: letters(o.rank, o.data_format),
      },
      o.rank === 3 ? "conv3d_transpose" : "conv2d_transpose",
    );
    const batch = x._dims![0]!;
    y.set_shape(first(o.data_format) ? [batch, o.filters, ...known] : [batch, ...known, o.filters]);
    return this.finish(g, y);
  }
}
