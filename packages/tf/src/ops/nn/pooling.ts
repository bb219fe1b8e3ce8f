import { ValueError } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { as_dtype, int64, type TypeLike } from "../../core/dtypes.js";
import { one, op } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { expand_dims } from "../array-index.js";
import { type Data, def, type Name } from "../make.js";
import { type Padding, padAttrs, perAxis } from "./windows.js";

const pool2d = (py: string, type: string) =>
  def(
    `tensorflow.nn.${py}`,
    "input ksize strides padding data_format name",
    (
      input: Data,
      ksize: number | readonly number[],
      strides: number | readonly number[],
      padding: Padding,
      data_format = "NHWC",
      name: Name = null,
    ): Tensor =>
      one(
        type,
        [input],
        {
          ksize: perAxis(ksize, 2, data_format, "ksize"),
          strides: perAxis(strides, 2, data_format, "strides"),
          data_format,
          ...padAttrs(padding),
        },
        name,
      ),
  );
export const max_pool2d = pool2d("max_pool2d", "MaxPool");
export const avg_pool2d = pool2d("avg_pool2d", "AvgPool");
const pool3d = (py: string, type: string) =>
  def(
    `tensorflow.nn.${py}`,
    "input ksize strides padding data_format name",
    (
      input: Data,
      ksize: number | readonly number[],
      strides: number | readonly number[],
      padding: string,
      data_format = "NDHWC",
      name: Name = null,
    ): Tensor =>
      one(
        type,
        [input],
        {
          ksize: perAxis(ksize, 3, data_format, "ksize"),
          strides: perAxis(strides, 3, data_format, "strides"),
          data_format,
          padding,
        },
        name,
      ),
  );
export const max_pool3d = pool3d("max_pool3d", "MaxPool3D");
export const avg_pool3d = pool3d("avg_pool3d", "AvgPool3D");
const pool1d = (py: string, type: string) =>
  def(
    `tensorflow.nn.${py}`,
    "input ksize strides padding data_format name",
    (
      input: Data,
      ksize: number | readonly number[],
      strides: number | readonly number[],
      padding: string,
      data_format = "NWC",
      _name: Name = null,
    ): Tensor => {
      const format = data_format === "NCW" ? "NCHW" : "NHWC";
      const at = format === "NHWC" ? 1 : 2;
      const wide = (v: number | readonly number[]): number[] => {
        const list = typeof v === "number" ? [v] : [...v];
        const n = list.length === 3 ? list[format === "NHWC" ? 1 : 2]! : list[0]!;
        return format === "NHWC" ? [1, 1, n, 1] : [1, 1, 1, n];
      };
      const y = one(type, [expand_dims(input, at)], {
        ksize: wide(ksize),
        strides: wide(strides),
        data_format: format,
        padding,
      });
      return one("Squeeze", [y], { squeeze_dims: [at] });
    },
  );
export const max_pool1d = pool1d("max_pool1d", "MaxPool");
export const avg_pool1d = pool1d("avg_pool1d", "AvgPool");
type PoolCall = (
  input: Data,
  ksize: number | readonly number[],
  strides: number | readonly number[],
  padding: string,
  data_format?: string,
  name?: Name,
) => Tensor;
const poolAny = (py: string, by: readonly unknown[]) =>
  def(
    `tensorflow.nn.${py}`,
    "input ksize strides padding data_format name",
    (
      input: Data,
      ksize: number | readonly number[],
      strides: number | readonly number[],
      padding: Padding,
      data_format: string | null = null,
      name: Name = null,
    ): Tensor => {
      const axes = toTensor(input).shape.length - 2;
      const f = by[axes - 1] as PoolCall | undefined;
      if (!f)
        throw new ValueError(
          `\`input.shape.rank\` must be 3, 4 or 5. Received: input.shape=${String(toTensor(input).shape)} of rank ${axes + 2}`,
        );
      return f(
        input,
        ksize,
        strides,
        padding as string,
        data_format ?? (["NWC", "NHWC", "NDHWC"] as const)[axes - 1]!,
        name,
      );
    },
  );
export const max_pool = poolAny("max_pool", [max_pool1d, max_pool2d, max_pool3d]);
export const avg_pool = poolAny("avg_pool", [avg_pool1d, avg_pool2d, avg_pool3d]);
export const pool = def(
  "tensorflow.nn.pool",
  "input window_shape pooling_type strides padding data_format dilations name",
  (
    input: Data,
    window_shape: readonly number[],
    pooling_type: string,
    strides: number | readonly number[] | null = null,
    padding: string = "VALID",
    data_format: string | null = null,
    _dilations: unknown = null,
    name: Name = null,
  ): Tensor =>
    (pooling_type === "MAX" ? max_pool : avg_pool)(
      input,
      window_shape as number[],
      strides ?? new Array<number>(window_shape.length).fill(1),
      padding,
      data_format,
      name,
    ),
);
export const max_pool_with_argmax = def(
  "tensorflow.nn.max_pool_with_argmax",
  "input ksize strides padding data_format output_dtype include_batch_in_index name",
  (
    input: Data,
    ksize: number | readonly number[],
    strides: number | readonly number[],
    padding: string,
    data_format = "NHWC",
    output_dtype: TypeLike = int64,
    include_batch_in_index = false,
    name: Name = null,
  ): Tensor[] =>
    op(
      "MaxPoolWithArgmax",
      [input],
      {
        ksize: perAxis(ksize, 2, data_format, "ksize"),
        strides: perAxis(strides, 2, data_format, "strides"),
        padding,
        Targmax: as_dtype(output_dtype),
        include_batch_in_index,
      },
      name,
    ),
);
