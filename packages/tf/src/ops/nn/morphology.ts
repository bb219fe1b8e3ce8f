import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import { negative } from "../math.js";

export const dilation2d = def(
  "tensorflow.nn.dilation2d",
  "input filters strides padding data_format dilations name",
  (
    input: Data,
    filters: Data,
    strides: readonly number[],
    padding: string,
    _format: string,
    dilations: readonly number[],
    name: Name = null,
  ): Tensor =>
    one("Dilation2D", [input, filters], { strides: [...strides], rates: [...dilations], padding }, name),
);
export const erosion2d = def(
  "tensorflow.nn.erosion2d",
  "value filters strides padding data_format dilations name",
  (
    value: Data,
    filters: Data,
    strides: readonly number[],
    padding: string,
    _format: string,
    dilations: readonly number[],
    name: Name = null,
  ): Tensor =>
    negative(
      one(
        "Dilation2D",
        [negative(value), one("ReverseV2", [filters, [0, 1]])],
        { strides: [...strides], rates: [...dilations], padding },
        name,
      ),
    ),
);
export const space_to_depth = def(
  "tensorflow.nn.space_to_depth",
  "input block_size data_format name",
  (input: Data, block_size: number, data_format = "NHWC", name: Name = null): Tensor =>
    one("SpaceToDepth", [input], { block_size, data_format }, name),
);
export const depth_to_space = def(
  "tensorflow.nn.depth_to_space",
  "input block_size data_format name",
  (input: Data, block_size: number, data_format = "NHWC", name: Name = null): Tensor =>
    one("DepthToSpace", [input], { block_size, data_format }, name),
);
