import type { Shape } from "../../../backend/shape.js";
import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import { type Boxes, ImageLayer } from "./image-layer.js";

export class MaxNumBoundingBoxesImpl extends ImageLayer<null> {
  declare readonly max_number: number;
  declare readonly fill_value: number;

  constructor(
    max_number: number,
    fill_value = -1,
    { data_format = null, ...options }: LayerOptions & { data_format?: DataFormat } = {},
  ) {
    super(data_format, undefined, options);
    this._take({ max_number: Math.trunc(max_number), fill_value: Math.trunc(fill_value) });
  }
  override _draw(): null {
    return null;
  }
  override _apply(batch: Tensor): Tensor {
    return batch;
  }
  override _rest(batch: Tensor): Tensor {
    return batch;
  }
  override get _boxesAlways(): boolean {
    return true;
  }
  override _applyBoxes({ boxes, labels, ...rest }: Boxes): Boxes {
    const n = this.max_number;
    const cut = (x: Tensor): Tensor => {
      const [batch, count, ...more] = x.shape as unknown as number[];
      const kept = Math.min(count!, n);
      const first = K.slice(x, [0, 0, ...more.map(() => 0)], [batch!, kept, ...more]);
      const room = [[0, 0], [0, n - kept], ...more.map(() => [0, 0])];
      return K.pad(first, room as never, "constant", this.fill_value);
    };
    return { ...rest, boxes: cut(boxes), labels: cut(labels) };
  }
  override compute_output_shape(input_shape: Shape): Shape {
    const { bounding_boxes, ...rest } = input_shape as unknown as { bounding_boxes?: Record<string, Shape> };
    if (bounding_boxes === undefined) return input_shape;
    const cut = (name: string): Shape =>
      bounding_boxes[name]!.map((n, i) => (i === 1 ? this.max_number : n)) as unknown as Shape;
    return { ...rest, bounding_boxes: { boxes: cut("boxes"), labels: cut("labels") } } as never;
  }
}

/** `keras.layers.MaxNumBoundingBoxes`: the boxes of every image cut or filled up to one number. */
export const MaxNumBoundingBoxes = stock(
  "preprocessing.image_preprocessing.max_num_bounding_box.MaxNumBoundingBoxes",
  "max_number fill_value **kwargs",
  MaxNumBoundingBoxesImpl,
  { call: "data training=true", config: "data_format max_number" },
);
export type MaxNumBoundingBoxes = MaxNumBoundingBoxesImpl;
