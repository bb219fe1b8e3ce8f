import { repr, TypeError, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../../core/convert.js";
import { as_dtype, float32, int32, int64, type TypeLike } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import { add, multiply, subtract } from "../math.js";
import { scaled } from "./scaled.js";
import { type Shape, seedAttrs, shapeArg } from "./seeds.js";

export const normal = def(
  "tensorflow.random.normal",
  "shape mean stddev dtype seed name",
  (
    shape: Shape,
    mean: Data = 0,
    stddev: Data = 1,
    dtype: TypeLike = float32,
    seed: number | null = null,
    _name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    const m = parameter(mean, type);
    const s = parameter(stddev, type);
    const z = one("RandomStandardNormal", [shapeArg(shape)], { dtype: type, ...seedAttrs(seed) });
    return add(multiply(z, s), m);
  },
);
/** A parameter that Python writes as a float. @throws TypeError for integer types */
function parameter(x: Data, type: ReturnType<typeof as_dtype>): Tensor {
  if (!type.is_floating && !isTensor(x))
    throw new TypeError(`Cannot convert ${Number(x).toFixed(1)} to EagerTensor of dtype ${type.name}`);
  return toTensor(x, { dtype: type });
}
export const truncated_normal = def(
  "tensorflow.random.truncated_normal",
  "shape mean stddev dtype seed name",
  (
    shape: Shape,
    mean: Data = 0,
    stddev: Data = 1,
    dtype: TypeLike = float32,
    seed: number | null = null,
    _name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    const z = one("TruncatedNormal", [shapeArg(shape)], { dtype: type, ...seedAttrs(seed) });
    return scaled(z, mean, stddev, type);
  },
);
const ACCEPTED = ["float16", "bfloat16", "float32", "float64", "int32", "int64"];
export const uniform = def(
  "tensorflow.random.uniform",
  "shape minval maxval dtype seed name",
  (
    shape: Shape,
    minval: Data | null = 0,
    maxval: Data | null = null,
    dtype: TypeLike = float32,
    seed: number | null = null,
    name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    if (!ACCEPTED.includes(type.name))
      throw new ValueError(
        `Argument \`dtype\` got invalid value ${repr(type)}. Accepted dtypes are (tf.float16, tf.bfloat16, tf.float32, tf.float64, tf.int32, tf.int64).`,
      );
    if (type.is_integer) {
      if (maxval === null) throw new ValueError(`Must specify maxval for integer dtype ${repr(type)}`);
      return one(
        "RandomUniformInt",
        [shapeArg(shape), toTensor(minval, { dtype: type }), toTensor(maxval, { dtype: type })],
        seedAttrs(seed),
        name,
      );
    }
    const z = one("RandomUniform", [shapeArg(shape)], { dtype: type, ...seedAttrs(seed) });
    if (minval === 0 && (maxval === null || maxval === 1)) return z;
    const [low, high] = [toTensor(minval, { dtype: type }), toTensor(maxval ?? 1, { dtype: type })];
    return add(multiply(z, subtract(high, low)), low);
  },
);
export const shuffle = def(
  "tensorflow.random.shuffle",
  "value seed name",
  (value: Data, seed: number | null = null, name: Name = null): Tensor =>
    one("RandomShuffle", [value], seedAttrs(seed), name),
);
export const categorical = def(
  "tensorflow.random.categorical",
  "logits num_samples dtype seed name",
  (
    logits: Data,
    num_samples: number | Tensor,
    dtype: TypeLike | null = null,
    seed: number | null = null,
    name: Name = null,
  ): Tensor =>
    one(
      "Multinomial",
      [toTensor(logits), num_samples],
      { output_dtype: dtype === null ? int64 : as_dtype(dtype), ...seedAttrs(seed) },
      name,
    ),
);
export const gamma = def(
  "tensorflow.random.gamma",
  "shape alpha beta dtype seed name",
  (
    shape: Shape,
    alpha: Data,
    beta: Data | null = null,
    dtype: TypeLike = float32,
    seed: number | null = null,
    _name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    const a = toTensor(alpha, { dtype: type });
    const b = toTensor(beta ?? 1, { dtype: type });
    const wide = one("BroadcastTo", [a, one("BroadcastArgs", [one("Shape", [a]), one("Shape", [b])])]);
    const z = one("RandomGamma", [shapeArg(shape), wide], seedAttrs(seed));
    const tiny = type.name === "float64" ? 2.2250738585072014e-308 : 1.1754943508222875e-38;
    return one("Maximum", [toTensor(tiny, { dtype: type }), one("RealDiv", [z, b])]);
  },
);
export const poisson = def(
  "tensorflow.random.poisson",
  "shape lam dtype seed name",
  (
    shape: Shape,
    lam: Data,
    dtype: TypeLike = float32,
    seed: number | null = null,
    name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    return one(
      "RandomPoissonV2",
      [shapeArg(shape), toTensor(lam, { hint: float32 })],
      { dtype: type, ...seedAttrs(seed) },
      name,
    );
  },
);
/** A part of a tensor, of that size, from a random place. */
export const random_crop = def(
  "tensorflow.image.random_crop",
  "value size seed name",
  (value: Data, size: readonly number[], seed: number | null = null, _name: Name = null): Tensor => {
    const x = toTensor(value);
    const limit = add(subtract(one("Shape", [x]), toTensor(size, { dtype: int32 })), 1);
    const draw = uniform([x.shape.length], 0, 2147483647, int32, seed);
    return one("Slice", [x, one("FloorMod", [draw, limit]), toTensor(size, { dtype: int32 })]);
  },
);
