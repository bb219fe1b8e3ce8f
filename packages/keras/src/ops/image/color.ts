import { ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { TensorShape } from "../../backend/tensor-shape.js";
import { apply, floating, op } from "../make.js";
import { type DataFormat, isLast } from "../nn/windows.js";

/** The share of each colour in what the eye takes for brightness (Rec. 601). */
const LUMA = [0.2989, 0.587, 0.114];

const checkRank = (v: Value): void => {
  if (v.shape.length === 3 || v.shape.length === 4) return;
  throw new ValueError(
    `Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). Received: images.shape=${new TensorShape(v.shape)}`,
  );
};
const channel = (v: Value, dim: number, i: number): Value =>
  apply(ops.slice, [v], { dim, start: i, step: 1, length: 1 });

/** Colours as grey. */
export const rgb_to_grayscale = op(
  "image.RGBToGrayscale",
  "rgb_to_grayscale",
  "images data_format",
  (images: TensorLike, data_format: DataFormat = null): Tensor => {
    const given = valueOf(images);
    checkRank(given);
    const dim = isLast(data_format) ? given.shape.length - 1 : given.shape.length - 3;
    if (given.shape[dim] === 1) return wrap(given);
    const v = floating(given);
    const parts = LUMA.map((w, i) => channel(v, dim, i).mul(w));
    return wrap(castValue(parts[0]!.add(parts[1]!).add(parts[2]!) as Value, given.dtype));
  },
);

/** Red, green, blue as hue, saturation, value: all between 0 and 1. */
export const rgb_to_hsv = op(
  "image.RGBToHSV",
  "rgb_to_hsv",
  "images data_format",
  (images: TensorLike, data_format: DataFormat = null): Tensor => {
    const v = valueOf(images);
    checkRank(v);
    if (v.dtype.kind !== "float")
      throw new ValueError(
        `Invalid images dtype: expected float dtype. Received: images.dtype=${v.dtype.name}`,
      );
    const dim = isLast(data_format) ? v.shape.length - 1 : v.shape.length - 3;
    const [r, g, b] = [0, 1, 2].map((i) => channel(v, dim, i)) as [Value, Value, Value];
    const top = r.maximum(g).maximum(b);
    const range = top.sub(r.minimum(g).minimum(b));
    const safe = (x: typeof top): typeof top => x.full([], 1).where(x.eq(0), x);
    const saturation = range.div(safe(top)).where(top.gt(0), 0);
    const unit = safe(range).reciprocal().div(6);
    const onRed = unit.mul(g.sub(b));
    const onGreen = unit.mul(b.sub(r)).add(2 / 6);
    const onBlue = unit.mul(r.sub(g)).add(4 / 6);
    const hue = onRed.where(r.eq(top), onGreen.where(g.eq(top), onBlue)).where(range.gt(0), 0);
    const turned = hue.add(1).where(hue.lt(0), hue);
    return wrap(apply(ops.cat, [turned, saturation, top], { dim }));
  },
);
/** Hue, saturation, value as red, green, blue; without a gradient, as TensorFlow has none. */
export const hsv_to_rgb = op(
  "image.HSVToRGB",
  "hsv_to_rgb",
  "images data_format",
  (images: TensorLike, data_format: DataFormat = null): Tensor => {
    const v = valueOf(images);
    checkRank(v);
    if (v.dtype.kind !== "float")
      throw new ValueError(
        `Invalid images dtype: expected float dtype. Received: images.dtype=${v.dtype.name}`,
      );
    const dim = isLast(data_format) ? v.shape.length - 1 : v.shape.length - 3;
    const [hue, saturation, value] = [0, 1, 2].map((i) => channel(v, dim, i)) as [Value, Value, Value];
    const sixth = hue.mul(6);
    const parts = [sixth.sub(3).abs().sub(1), sixth.sub(2).abs().rsub(2), sixth.sub(4).abs().rsub(2)].map(
      (d) => d.clampMin(0).clampMax(1).mul(saturation).add(saturation.rsub(1)).mul(value),
    );
    return wrap(apply(ops.cat, parts as Value[], { dim }).detach() as Value);
  },
);
