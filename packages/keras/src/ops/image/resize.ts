import { type DType, float32, isInteger, ops, type ResampleAxis } from "@cognate/kernel";
import { repr, Tuple, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { TensorShape } from "../../backend/tensor-shape.js";
import { saturate_cast } from "../core/tensors.js";
import { apply, op } from "../make.js";
import { type DataFormat, isLast } from "../nn/windows.js";

const KERNELS: Readonly<Record<string, Omit<ResampleAxis, "dim" | "size" | "coordinates">>> = {
  bilinear: { kernel: "linear" },
  nearest: { kernel: "nearest" },
  bicubic: { kernel: "cubic", a: -0.5, renormalize: true, table: 1024 },
  lanczos3: { kernel: "lanczos" },
  lanczos5: { kernel: "lanczos", radius: 5 },
};
const METHODS = ["bilinear", "nearest", "lanczos3", "lanczos5", "bicubic", "area"];

/** The mean of what lies under each element of another length: the overlaps of n intervals with m longer or shorter ones. */
function averaged(v: Value, dim: number, m: number): Value {
  const n = v.shape[dim]!;
  const scale = n / m;
  const places = (count: number): Value =>
    apply(ops.cumsum, [v.full([count], 1)], { dim: 0, exclusive: true });
  const from = places(n).reshape({ shape: [n, 1] });
  const to = places(m).mul(scale);
  const overlap = from.add(1).minimum(to.add(scale)).sub(from.maximum(to)).clampMin(0);
  const axes = v.shape.map((_, i) => i).filter((i) => i !== dim);
  const y = v.permute({ axes: [...axes, dim] }).matmul(overlap.div(scale));
  const back = v.shape.map((_, i) => (i === dim ? axes.length : axes.indexOf(i)));
  return y.permute({ axes: back }) as Value;
}

/** Images with their channels last brought to a size. */
function resized(v: Value, size: readonly number[], interpolation: string, antialias: boolean): Value {
  const rank = v.shape.length;
  if (interpolation === "area") return size.reduce((x, n, i) => averaged(x, rank - 3 + i, n), v);
  const kernel = KERNELS[interpolation]!;
  const smooth = antialias && interpolation !== "nearest";
  const axes = size.map(
    (n, i): ResampleAxis => ({
      ...kernel,
      ...(smooth ? { antialias: true, table: undefined } : {}),
      dim: rank - 3 + i,
      size: n,
      coordinates: "halfPixel",
    }),
  );
  return apply(ops.resample, [v], { axes });
}

/** The part of images that has another aspect ratio, from the middle. */
function cropped(v: Value, [height, width]: readonly number[]): Value {
  const rank = v.shape.length;
  const [h, w] = [v.shape[rank - 3]!, v.shape[rank - 2]!];
  const rows = Math.max(Math.min(h, Math.floor((w * height!) / width!)), 1);
  const columns = Math.max(Math.min(w, Math.floor((h * width!) / height!)), 1);
  const cut = (x: Value, dim: number, from: number, length: number): Value =>
    apply(ops.slice, [x], { dim, start: Math.floor((from - length) / 2), step: 1, length });
  return cut(cut(v, rank - 3, h, rows), rank - 2, w, columns);
}

/** Images with bars at two sides, so that they have another aspect ratio. */
function padded(v: Value, [height, width]: readonly number[], value: number): Value {
  const rank = v.shape.length;
  const [h, w] = [v.shape[rank - 3]!, v.shape[rank - 2]!];
  const rows = Math.floor((Math.max(h, Math.floor((w * height!) / width!)) - h) / 2);
  const columns = Math.floor((Math.max(w, Math.floor((h * width!) / height!)) - w) / 2);
  const pads = v.shape.map((_, i): [number, number] =>
    i === rank - 3 ? [rows, rows] : i === rank - 2 ? [columns, columns] : [0, 0],
  );
  return apply(ops.pad, [v], { pads, mode: "constant", value });
}

/** Floats as the integers that the images were of, rounded and kept within the type's range. */
const fitted = (v: Value, type: DType): Value =>
  (saturate_cast.impl(wrap(v.dtype === type ? v : apply(ops.round, [v], undefined as never)), type) as Tensor)
    ._value;

/** Images brought to a height and a width. @throws ValueError */
export const resize = op(
  "image.Resize",
  "resize",
  "images size interpolation antialias crop_to_aspect_ratio pad_to_aspect_ratio fill_mode fill_value data_format",
  (
    images: TensorLike,
    size: readonly number[],
    interpolation = "bilinear",
    antialias = false,
    crop_to_aspect_ratio = false,
    pad_to_aspect_ratio = false,
    fill_mode = "constant",
    fill_value = 0,
    data_format: DataFormat = null,
  ): Tensor => {
    if (size.length !== 2)
      throw new ValueError(`Expected \`size\` to be a tuple of 2 integers. Received: size=${repr(size)}`);
    if (!METHODS.includes(interpolation))
      throw new ValueError(
        `Invalid value for argument \`interpolation\`. Expected of one ${repr(Tuple.of_(METHODS))}. Received: interpolation=${interpolation}`,
      );
    if (fill_mode !== "constant")
      throw new ValueError(
        `Invalid value for argument \`fill_mode\`. Only \`'constant'\` is supported. Received: fill_mode=${fill_mode}`,
      );
    if (pad_to_aspect_ratio && crop_to_aspect_ratio)
      throw new ValueError("Only one of `pad_to_aspect_ratio` & `crop_to_aspect_ratio` can be `True`.");
    const given = valueOf(images);
    const rank = given.shape.length;
    if (rank !== 3 && rank !== 4)
      throw new ValueError(
        `Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). Received input with shape: images.shape=${new TensorShape(given.shape)}`,
      );
    const last = isLast(data_format);
    const lead = rank === 4 ? [0] : [];
    const [a, b, c] = [rank - 3, rank - 2, rank - 1];
    let v = last ? given : apply(ops.permute, [given], { axes: [...lead, b, c, a] });
    if (crop_to_aspect_ratio) v = cropped(v, size);
    else if (pad_to_aspect_ratio) v = padded(v, size, Number(fill_value));
    const exact = interpolation === "nearest" || !isInteger(v.dtype);
    const y = resized(exact ? v : castValue(v, float32), size.map(Number), interpolation, antialias);
    const own = exact ? y : fitted(y, given.dtype);
    return wrap(last ? own : apply(ops.permute, [own], { axes: [...lead, c, a, b] }));
  },
);
