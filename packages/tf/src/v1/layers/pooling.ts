import { pyClass } from "@cognate/py";
import { get_default_graph } from "../../graph/current.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import { LayerImpl } from "./base.js";

type Sizes = number | readonly number[];
const sizesOf = (x: Sizes, n: number): number[] =>
  Array.isArray(x) ? x.map(Number) : Array<number>(n).fill(Number(x));

class PoolingImpl extends LayerImpl {
  constructor(
    kind: string,
    readonly rank: number,
    readonly max: boolean,
    readonly pool_size: Sizes,
    readonly strides: Sizes,
    readonly padding: string,
    readonly data_format: string,
    name: string | null,
  ) {
    super(kind, { name });
  }
  build(): void {}
  call(x: GraphTensor): GraphTensor {
    const g = get_default_graph();
    const first = this.data_format === "channels_first";
    const op = `${this.max ? "Max" : "Avg"}Pool${this.rank === 3 ? "3D" : ""}`;
    const full = (s: readonly number[]): number[] => (first ? [1, 1, ...s] : [1, ...s, 1]);
    const line = this.rank === 1;
    const sizes = (s: Sizes): number[] => (line ? [1, ...sizesOf(s, 1)] : sizesOf(s, this.rank));
    const format = this.rank === 3 ? (first ? "NCDHW" : "NDHWC") : first ? "NCHW" : "NHWC";
    const at = first ? 2 : 1;
    const t = line ? node(g, "ExpandDims", [x, at]) : x;
    const y = node(g, op, [t], {
      ksize: full(sizes(this.pool_size)),
      strides: full(sizes(this.strides)),
      padding: this.padding.toUpperCase(),
      data_format: format,
    });
    return line ? node(g, "Squeeze", [y], { squeeze_dims: [at] }) : y;
  }
}

const SIGNATURE = "pool_size strides padding data_format name" as const;
function pooling(kind: string, name: string, rank: number, max: boolean) {
  class Layer extends PoolingImpl {
    constructor(
      pool_size: Sizes,
      strides: Sizes,
      padding = "valid",
      data_format = "channels_last",
      own: string | null = null,
    ) {
      super(kind, rank, max, pool_size, strides, padding, data_format, own);
    }
  }
  const layer = pyClass(
    `tf_keras.legacy_tf_layers.pooling.${kind}`,
    SIGNATURE,
    Layer as unknown as new (
      pool_size: Sizes,
      strides: Sizes,
    ) => LayerImpl,
  );
  const call = v1(
    name,
    `inputs ${SIGNATURE}` as const,
    (
      inputs: unknown,
      pool_size: Sizes,
      strides: Sizes,
      padding = "valid",
      data_format = "channels_last",
      own: string | null = null,
    ): GraphTensor => new Layer(pool_size, strides, padding, data_format, own).__call__(inputs),
  );
  return { layer, call };
}
const max1 = pooling("MaxPooling1D", "max_pooling1d", 1, true);
const max2 = pooling("MaxPooling2D", "max_pooling2d", 2, true);
const max3 = pooling("MaxPooling3D", "max_pooling3d", 3, true);
const mean1 = pooling("AveragePooling1D", "average_pooling1d", 1, false);
const mean2 = pooling("AveragePooling2D", "average_pooling2d", 2, false);
const mean3 = pooling("AveragePooling3D", "average_pooling3d", 3, false);
export const MaxPooling1D = max1.layer;
export const MaxPooling2D = max2.layer;
export const MaxPooling3D = max3.layer;
export const AveragePooling1D = mean1.layer;
export const AveragePooling2D = mean2.layer;
export const AveragePooling3D = mean3.layer;
export const max_pooling1d = max1.call;
export const max_pooling2d = max2.call;
export const max_pooling3d = max3.call;
export const average_pooling1d = mean1.call;
export const average_pooling2d = mean2.call;
export const average_pooling3d = mean3.call;
