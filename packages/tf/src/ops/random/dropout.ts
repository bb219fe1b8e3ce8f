import { ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../../core/convert.js";
import { float32, type TypeLike } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import { cast, multiply, subtract } from "../math.js";
import { uniform } from "./draws.js";
import { get_seed, type Shape } from "./seeds.js";
import { stateless_uniform } from "./stateless.js";

const noiseShape = (x: Tensor, noise: readonly (number | null)[] | Tensor | null): unknown => {
  if (noise === null)
    return (x.shape as unknown as (number | null)[]).includes(null) ? one("Shape", [x]) : [...x.shape];
  if (isTensor(noise)) return noise;
  return (noise as readonly (number | null)[]).map((d, i) => d ?? x.shape[i]!);
};
function dropped(
  x: Tensor,
  rate: number | Tensor,
  draw: (shape: Shape, type: TypeLike) => Tensor,
  noise: readonly (number | null)[] | Tensor | null,
  passOver: () => void = () => {},
): Tensor {
  if (!x.dtype.is_floating && !x._value?.weak)
    throw new ValueError(
      `\`x.dtype\` must be a floating point tensor as \`x\` will be scaled. Received: x.dtype=${String(x.dtype)}`,
    );
  const own = x._value?.weak ? cast(x, float32) : x;
  if (typeof rate === "number") {
    if (rate < 0 || rate >= 1)
      throw new ValueError(
        `\`rate\` must be a scalar tensor or a float in the range [0, 1). Received: rate=${rate}`,
      );
    if (rate === 0) {
      passOver();
      return own;
    }
  }
  const r = toTensor(rate, { dtype: own.dtype });
  const y =
    typeof rate === "number"
      ? multiply(own, toTensor(1 / (1 - rate), { dtype: own.dtype }))
      : one("RealDiv", [own, subtract(toTensor(1, { dtype: own.dtype }), r)]);
  const z = draw(noiseShape(own, noise) as Shape, own.dtype);
  const kept = one("GreaterEqual", [z, r]);
  return one("SelectV2", [kept, y, toTensor(0, { dtype: own.dtype })]);
}
/** Elements zeroed at a rate; those that are kept grow by 1 / (1 − rate). */
export const dropout = def(
  "tensorflow.nn.dropout",
  "x rate noise_shape seed name",
  (
    x: Data,
    rate: number | Tensor,
    noise_shape: readonly (number | null)[] | Tensor | null = null,
    seed: number | null = null,
    _name: Name = null,
  ): Tensor =>
    dropped(
      toTensor(x),
      rate,
      (shape, type) => uniform(shape, 0, null, type, seed),
      noise_shape,
      // Operations without seeds are counted, also where nothing is drawn.
      () => void get_seed(seed),
    ),
);
export const stateless_dropout = def(
  "tensorflow.nn.experimental.stateless_dropout",
  "x rate seed rng_alg noise_shape name",
  (
    x: Data,
    rate: number | Tensor,
    seed: Data,
    _alg: unknown = null,
    noise_shape: readonly (number | null)[] | Tensor | null = null,
    _name: Name = null,
  ): Tensor =>
    dropped(toTensor(x), rate, (shape, type) => stateless_uniform(shape, seed, 0, null, type), noise_shape),
);
