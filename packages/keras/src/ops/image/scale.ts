import { repr, ValueError } from "@cognate/py";
import { castValue } from "../../backend/create.js";
import { Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { result_type } from "../../promotion.js";
import { op } from "../make.js";
import * as np from "../numpy/index.js";
import { chosen } from "./checks.js";

/*
 * Images scaled and moved at once.
 */

const lanczos =
  (radius: number) =>
  (x: Tensor): Tensor => {
    const t = np.multiply(x, Math.PI);
    const top = np.multiply(np.multiply(np.sin(t), np.sin(np.divide(t, radius))), radius);
    const bottom = chosen(np.not_equal(x, 0), np.multiply(np.square(x), Math.PI ** 2), 1);
    const y = chosen(np.greater(x, 1e-3), np.divide(top, bottom), 1);
    return chosen(np.greater(x, radius), 0, y);
  };
/** Σ cᵢ·xⁱ, highest power first. */
const polynomial = (x: Tensor, [first, ...rest]: readonly [number, ...number[]]): Tensor =>
  rest.reduce((y, c) => np.add(np.multiply(y, x), c), np.add(np.zeros_like(x), first));
/** What a neighbour weighs at a distance. */
const KERNELS: Readonly<Record<string, (distance: Tensor) => Tensor>> = {
  linear: (x) => np.maximum(np.subtract(1, x), 0),
  cubic: (x) => {
    const near = polynomial(x, [1.5, -2.5, 0, 1]);
    const far = chosen(np.greater_equal(x, 1), polynomial(x, [-0.5, 2.5, -4, 2]), near);
    return chosen(np.greater_equal(x, 2), 0, far);
  },
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
};
const METHODS: Readonly<Record<string, string>> = {
  linear: "linear",
  bilinear: "linear",
  trilinear: "linear",
  cubic: "cubic",
  bicubic: "cubic",
  tricubic: "cubic",
  lanczos3: "lanczos3",
  lanczos5: "lanczos5",
};

/** The share of each of n elements in each of m. */
function weightsOf(
  n: number,
  m: number,
  scale: Tensor,
  translation: Tensor,
  kernel: (x: Tensor) => Tensor,
  antialias: boolean,
): Tensor {
  const inverse = np.divide(1, scale);
  const type = scale.dtype as never;
  const centres = np.multiply(np.add(np.arange(m, null, null, type), 0.5), inverse);
  const at = np.subtract(np.subtract(centres, np.multiply(translation, inverse)), 0.5);
  const own = np.expand_dims(np.arange(n, null, null, type), 1);
  const distance = np.abs(np.subtract(np.expand_dims(at, 0), own));
  const w = kernel(antialias ? np.divide(distance, np.maximum(inverse, 1)) : distance);
  const sums = np.sum(w, 0, true);
  const safe = chosen(np.not_equal(sums, 0), sums, 1);
  const shares = chosen(np.greater(np.abs(sums), 1000 * 2 ** -23), np.divide(w, safe), 0);
  const inside = np.logical_and(np.greater_equal(at, -0.5), np.less_equal(at, n - 0.5));
  return chosen(np.expand_dims(inside, 0), shares, 0);
}

/**
 * Images whose axes are stretched by `scale` and moved by `translation`, seen in a frame of `output_shape`.
 *
 * @param spatial_dims - the axes that are stretched
 * @throws ValueError for an unknown method
 */
export const scale_and_translate = op(
  "image.ScaleAndTranslate",
  "scale_and_translate",
  "images output_shape scale translation spatial_dims method antialias",
  (
    images: TensorLike,
    output_shape: readonly number[],
    scale: TensorLike,
    translation: TensorLike,
    spatial_dims: readonly number[],
    method: string,
    antialias = true,
  ): Tensor => {
    if (!(method in METHODS))
      throw new ValueError(
        `Invalid value for argument \`method\`. Expected of one {${Object.keys(METHODS)
          .map((m) => repr(m))
          .join(", ")}}. Received: method=${method}`,
      );
    const x = images instanceof Tensor ? images : np.array(images);
    const [s, t] = [np.array(scale), np.array(translation)];
    const type = result_type(s._type.name, t._type.name) as never;
    const [scales, shifts] = [np.array(s, type), np.array(t, type)];
    const whole = x._type.kind !== "float";
    const kernel = KERNELS[METHODS[method]!]!;
    const y = spatial_dims.reduce<Tensor>(
      (own, given, i) => {
        const d = given < 0 ? given + x.ndim : given;
        const w = weightsOf(
          x.shape[d]!,
          Number(output_shape[d]),
          np.take(scales, i, 0),
          np.take(shifts, i, 0),
          kernel,
          antialias,
        );
        return np.moveaxis(np.tensordot(own, np.array(w, own.dtype as never), [[d], [0]]), -1, d);
      },
      whole ? np.array(x, "float32") : x,
    );
    const exact = whole && spatial_dims.length > 0 ? np.clip(np.round(y), np.min(x), np.max(x)) : y;
    return wrap(castValue(exact._value, x._value.dtype));
  },
  { arity: 4 },
);
