import { def, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import * as K from "../ops/index.js";

const EIGHT = new Set(["int8", "uint8"]);
const refuse = (dtype: string): void => {
  if (!EIGHT.has(dtype)) throw new ValueError(`Expected dtype to be 'int8' or 'uint8', but got '${dtype}'.`);
};

/**
 * `keras.quantizers.pack_int4`: two neighbours along an axis in one byte, the first in the lower half; with the packed shape
 * and the axis's length before.
 */
export const pack_int4 = def(
  "keras.quantizers.pack_int4",
  "arr axis dtype",
  (arr: TensorLike, axis = 0, dtype = "int8"): Tuple<unknown> => {
    refuse(dtype);
    const given = K.convert_to_tensor(arr) as Tensor;
    if (K.dtype(given) !== dtype)
      throw new TypeError(`Expected ${dtype} tensor for packing, got ${K.dtype(given)}.`);
    const front = K.moveaxis(K.cast(given, "int32"), axis, 0) as Tensor;
    const n = front.shape[0] as number;
    const rest = front.shape.slice(1) as number[];
    const even = n % 2 === 1 ? K.concatenate([front, K.zeros([1, ...rest], "int32")], 0) : front;
    const pairs = K.bitwise_and(K.reshape(even, [Math.ceil(n / 2), 2, ...rest]), 15) as Tensor;
    const bytes = K.bitwise_or(pairs.at(":", 0), K.left_shift(pairs.at(":", 1), 4));
    const packed = K.moveaxis(K.cast(bytes, dtype), 0, axis) as Tensor;
    return Tuple.of_<unknown>([packed, Tuple.of_([...packed.shape]), n]);
  },
);

/** `keras.quantizers.unpack_int4`: what {@link pack_int4} packed, −8 to 7 (or 0 to 15 for `uint8`). */
export const unpack_int4 = def(
  "keras.quantizers.unpack_int4",
  "packed orig_len axis dtype",
  (packed: TensorLike, orig_len: number, axis = 0, dtype = "int8"): Tensor => {
    refuse(dtype);
    const given = K.convert_to_tensor(packed) as Tensor;
    if (!EIGHT.has(K.dtype(given)))
      throw new TypeError(`Expected int8 or uint8 tensor for unpacking, got ${repr(given.dtype)}`);
    const front = K.moveaxis(K.cast(given, "int32"), axis, 0) as Tensor;
    const halves = K.stack([K.bitwise_and(front, 15), K.bitwise_and(K.right_shift(front, 4), 15)], 1);
    const signed = dtype === "int8" ? K.subtract(K.bitwise_xor(halves, 8), 8) : halves;
    const flat = K.reshape(K.cast(signed, dtype), [-1, ...(front.shape.slice(1) as number[])]) as Tensor;
    return K.moveaxis(flat.at(`:${orig_len}`), 0, axis) as Tensor;
  },
);
