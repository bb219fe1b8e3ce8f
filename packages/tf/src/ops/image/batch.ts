import { AttributeError, TypeError, ValueError } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { as_dtype, float32, int32, type TypeLike } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { DType, Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import { cast, multiply, saturate_cast } from "../math.js";

/* `tf.image`. */

const MAX: Readonly<Record<string, number>> = {
  uint8: 255,
  int8: 127,
  uint16: 65535,
  int16: 32767,
  int32: 2147483647,
  uint32: 4294967295,
  int64: 2 ** 63,
};

/** Images of one type in another: floats lie in [0, 1], integers fill their range. */
export const convert_image_dtype = def(
  "tensorflow.image.convert_image_dtype",
  "image dtype saturate name",
  (image: Data, dtype: TypeLike, saturate = false, _name: Name = null): Tensor => {
    const x = toTensor(image);
    const to = as_dtype(dtype);
    if (!to.is_floating && !to.is_integer)
      throw new TypeError("dtype must be either floating point or integer");
    if (x.dtype === to) return one("Identity", [x]);
    if (!x.dtype.is_floating && !x.dtype.is_integer)
      throw new AttributeError("image dtype must be either floating point or integer");
    if (x.dtype.is_integer && to.is_integer) {
      const [from, into] = [MAX[x.dtype.name]!, MAX[to.name]!];
      if (from > into) {
        const y = one("FloorDiv", [x, cast(Math.floor((from + 1) / (into + 1)), x.dtype)]);
        return saturate ? saturate_cast(y, to) : cast(y, to);
      }
      const y = saturate ? saturate_cast(x, to) : cast(x, to);
      return multiply(y, cast(Math.floor((into + 1) / (from + 1)), to));
    }
    if (x.dtype.is_floating && to.is_floating) return cast(x, to);
    if (x.dtype.is_integer) return multiply(cast(x, to), toTensor(1 / MAX[x.dtype.name]!, { dtype: to }));
    const scaled = multiply(x, toTensor(MAX[to.name]! + 0.5, { dtype: x.dtype }));
    return saturate ? saturate_cast(scaled, to) : cast(scaled, to);
  },
);

/** A batch of images, and the way back to what was given. */
export function batched(image: Data, what = "'image'"): { x: Tensor; back: (y: Tensor) => Tensor } {
  const x = toTensor(image);
  const n = x.shape.length;
  if (n === 3)
    return { x: one("ExpandDims", [x, 0]), back: (y) => one("Squeeze", [y], { squeeze_dims: [0] }) };
  if (n === 4) return { x, back: (y) => y };
  throw new ValueError(`${what} (shape ${String(x.shape)}) must have either 3 or 4 dimensions.`);
}
export const ints = (list: readonly number[]): Tensor => toTensor(list, { dtype: int32 });
export const ints2 = (list: readonly (readonly number[])[]): Tensor => toTensor(list, { dtype: int32 });
/** Computed in floats, given back in the images' own type. */
export function inFloats(image: Data, f: (x: Tensor) => Tensor): Tensor {
  const x = toTensor(image);
  const own: DType = x.dtype;
  if (own.name === "float32" || own.name === "float16") return f(x);
  return convert_image_dtype(f(convert_image_dtype(x, float32)), own, true);
}
