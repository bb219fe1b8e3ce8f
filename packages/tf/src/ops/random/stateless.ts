import { repr, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../../core/convert.js";
import { as_dtype, float32, int32, int64, type TypeLike, uint64 } from "../../core/dtypes.js";
import { one, op } from "../../core/execute.js";
import type { DType, Tensor } from "../../shared.js";
import { stack } from "../array.js";
import { Assert } from "../debugging.js";
import { type Data, def, type Name } from "../make.js";
import { add, cast, multiply, subtract } from "../math.js";
import { reduce_all } from "../reduce.js";
import { algorithm, unsupported } from "./algorithm.js";
import { scaled } from "./scaled.js";
import { type Shape, shapeArg } from "./seeds.js";

const seedTensor = (seed: Data): Tensor => {
  const s = toTensor(seed, isTensor(seed) ? {} : { hint: int32 });
  if (s.shape.length !== 1 || s.shape[0] !== 2)
    throw new ValueError(`seed must have shape [2], not [${[...s.shape].join(",")}]`);
  return s;
};
/** A draw of an operation by a seed; an algorithm that processors do not have is asked for by its key, which raises. */
function drawn(
  operation: string,
  shape: Shape,
  seed: Data,
  alg: unknown,
  dtype: DType,
  more: readonly unknown[] = [],
): Tensor {
  const n = algorithm(alg);
  const s = seedTensor(seed);
  if (n === 1 || n === 3) return one(operation, [shapeArg(shape), s, ...more], { dtype });
  if (n !== 2) throw unsupported(n);
  const key = cast(one("Slice", [s, [0], [1]]), uint64);
  return one(`${operation}V2`, [shapeArg(shape), key, toTensor([0], { dtype: uint64 }), n, ...more], {
    dtype,
  });
}
/** Normal numbers by the operation that draws them around 0. */
const normal =
  (operation: string) =>
  (
    shape: Shape,
    seed: Data,
    mean: Data = 0,
    stddev: Data = 1,
    dtype: TypeLike = float32,
    _name: Name = null,
    alg: unknown = "auto_select",
  ): Tensor => {
    const type = as_dtype(dtype);
    const z = drawn(operation, shape, seed, alg, type);
    return scaled(z, mean, stddev, type);
  };
export const stateless_normal = def(
  "tensorflow.random.stateless_normal",
  "shape seed mean stddev dtype name alg",
  normal("StatelessRandomNormal"),
);
export const stateless_truncated_normal = def(
  "tensorflow.random.stateless_truncated_normal",
  "shape seed mean stddev dtype name alg",
  normal("StatelessTruncatedNormal"),
);
export const stateless_uniform = def(
  "tensorflow.random.stateless_uniform",
  "shape seed minval maxval dtype name alg",
  (
    shape: Shape,
    seed: Data,
    minval: Data | null = 0,
    maxval: Data | null = null,
    dtype: TypeLike = float32,
    _name: Name = null,
    alg: unknown = "auto_select",
  ): Tensor => {
    const type = as_dtype(dtype);
    if (type.is_integer) {
      if ((minval === null) !== (maxval === null))
        throw new ValueError(
          `For integer \`dtype\` argument ${repr(type)}, argument \`minval\` and \`maxval\` must be both None or not None. Got \`minval\`=${repr(minval)} and \`maxval\`=${repr(maxval)}.`,
        );
      if (minval === null) return drawn("StatelessRandomUniformFullInt", shape, seed, alg, type);
      const limits = [minval, maxval].map((v) => toTensor(v, { dtype: type }));
      return drawn("StatelessRandomUniformInt", shape, seed, alg, type, limits);
    }
    const z = drawn("StatelessRandomUniform", shape, seed, alg, type);
    const [low, high] = [toTensor(minval ?? 0, { dtype: type }), toTensor(maxval ?? 1, { dtype: type })];
    return add(multiply(z, subtract(high, low)), low);
  },
);
export const stateless_categorical = def(
  "tensorflow.random.stateless_categorical",
  "logits num_samples seed dtype name",
  (
    logits: Data,
    num_samples: number | Tensor,
    seed: Data,
    dtype: TypeLike = int64,
    name: Name = null,
  ): Tensor =>
    one(
      "StatelessMultinomial",
      [toTensor(logits), num_samples, seedTensor(seed)],
      { output_dtype: as_dtype(dtype) },
      name,
    ),
);
export const stateless_gamma = def(
  "tensorflow.random.stateless_gamma",
  "shape seed alpha beta dtype name",
  (
    shape: Shape,
    seed: Data,
    alpha: Data,
    beta: Data | null = null,
    dtype: TypeLike = float32,
    _name: Name = null,
  ): Tensor => {
    const type = as_dtype(dtype);
    const a = toTensor(alpha, { dtype: type });
    const b = toTensor(beta ?? 1, { dtype: type });
    const wide = one("BroadcastTo", [a, one("BroadcastArgs", [one("Shape", [a]), one("Shape", [b])])]);
    const z = one("StatelessRandomGammaV2", [shapeArg(shape), seedTensor(seed), wide], { dtype: type });
    const tiny = type.name === "float64" ? 2.2250738585072014e-308 : 1.1754943508222875e-38;
    return one("Maximum", [toTensor(tiny, { dtype: type }), one("RealDiv", [z, b])]);
  },
);
export const stateless_poisson = def(
  "tensorflow.random.stateless_poisson",
  "shape seed lam dtype name",
  (shape: Shape, seed: Data, lam: Data, dtype: TypeLike = int32, name: Name = null): Tensor => {
    const rate = toTensor(lam, { hint: float32 });
    return one(
      "StatelessRandomPoisson",
      [shapeArg(shape), seedTensor(seed), rate._value?.weak ? cast(rate, float32) : rate],
      { dtype: as_dtype(dtype) },
      name,
    );
  },
);
/** Numbers of successes. */
export const stateless_binomial = def(
  "tensorflow.random.stateless_binomial",
  "shape seed counts probs output_dtype name",
  (
    shape: Shape,
    seed: Data,
    counts: Data,
    probs: Data,
    output_dtype: TypeLike = int32,
    name: Name = null,
  ): Tensor => {
    const p = toTensor(probs);
    const n = toTensor(counts, isTensor(counts) ? {} : { dtype: p.dtype });
    return one(
      "StatelessRandomBinomial",
      [shapeArg(shape), seedTensor(seed), n, p.dtype === n.dtype ? p : cast(p, n.dtype)],
      { dtype: as_dtype(output_dtype) },
      name,
    );
  },
);
/** So many new seeds of one. */
export const split = def(
  "tensorflow.random.split",
  "seed num alg",
  (seed: Data, num = 2, alg: unknown = "auto_select"): Tensor =>
    stateless_uniform([num, 2], seed, null, null, seedTensor(seed).dtype, null, alg),
);
/** A seed and a number as a new seed. */
export const fold_in = def(
  "tensorflow.random.fold_in",
  "seed data alg",
  (seed: Data, data: Data, alg: unknown = "auto_select"): Tensor => {
    const d = toTensor(data);
    const first = stateless_uniform([], seed, null, null, d.dtype, null, alg);
    return stack([first, d] as Data[]);
  },
);
export const stateless_shuffle = def(
  "tensorflow.random.experimental.stateless_shuffle",
  "value seed alg name",
  (value: Data, seed: Data, _alg: unknown = "auto_select", _name: Name = null): Tensor => {
    const [key, counter] = op("StatelessRandomGetKeyCounter", [seedTensor(seed)]);
    return one("StatelessShuffle", [value, key, counter, 1]);
  },
);
/** A part of a tensor, of that size, from the place that a seed draws. */
export const stateless_random_crop = def(
  "tensorflow.image.stateless_random_crop",
  "value size seed name",
  (value: Data, size: readonly number[], seed: Data, _name: Name = null): Tensor => {
    const x = toTensor(value);
    const own = [...x.shape] as number[];
    const fits = reduce_all(one("GreaterEqual", [one("Shape", [x]), toTensor(size, { dtype: int32 })]));
    Assert(fits, ["Need value.shape >= size, got ", own, size], 1000);
    const limit = add(subtract(one("Shape", [x]), toTensor(size, { dtype: int32 })), 1);
    const draw = stateless_uniform([own.length], seed, 0, 2147483647, int32);
    return one("Slice", [x, one("FloorMod", [draw, limit]), toTensor(size, { dtype: int32 })]);
  },
);
