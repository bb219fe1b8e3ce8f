import { integerRange } from "@cognate/kernel";
import { repr, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { int32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { type Data, def, type Name } from "./make.js";
import { add, multiply, negative } from "./math.js";
import { top_k } from "./nn.js";
import { reduce_all } from "./reduce.js";

/* Order along an axis, polynomials, and the like. */

/** Values and places in order: the largest first, of equal ones the first. */
function ordered(values: Data, axis: number, direction: string, pick: 0 | 1): Tensor {
  if (direction !== "ASCENDING" && direction !== "DESCENDING")
    throw new ValueError(
      `${direction} should be one of ASCENDING, DESCENDING. Received: direction=${repr(direction)}`,
    );
  const x = toTensor(values);
  const n = x.shape.length;
  const d = axis < 0 ? axis + n : axis;
  const swap = Array.from({ length: n }, (_, i) => (i === d ? n - 1 : i === n - 1 ? d : i));
  const perm = toTensor(swap, { dtype: int32 });
  const moved = d === n - 1 ? x : one("Transpose", [x, perm]);
  const up = direction === "ASCENDING";
  const turn = flipOf(x);
  const found = top_k(up ? turn(moved) : moved, moved.shape.at(-1) as unknown as number)[pick]!;
  const own = up && pick === 0 ? turn(found) : found;
  return d === n - 1 ? own : one("Transpose", [own, perm]);
}
/** A function that turns the order around, without overflow of integers. */
function flipOf(x: Tensor): (v: Tensor) => Tensor {
  if (!x.dtype.is_integer || x._value?.weak) return negative;
  const unsigned = x.dtype.name.startsWith("u");
  const edge = toTensor(unsigned ? integerRange(x.dtype.kernel)[1] : -1, { dtype: x.dtype });
  return (v) => one("Sub", [edge, v]);
}
export const sort = def(
  "tensorflow.sort",
  "values axis direction name",
  (values: Data, axis = -1, direction = "ASCENDING", _name: Name = null): Tensor =>
    ordered(values, axis, direction, 0),
);
export const argsort = def(
  "tensorflow.argsort",
  "values axis direction stable name",
  (values: Data, axis = -1, direction = "ASCENDING", _stable = false, _name: Name = null): Tensor =>
    ordered(values, axis, direction, 1),
);
export const scalar_mul = def(
  "tensorflow.math.scalar_mul",
  "scalar x name",
  (scalar: Data, x: Data, _name: Name = null): Tensor => {
    const t = toTensor(x);
    return multiply(toTensor(scalar, { dtype: t.dtype }), t);
  },
);
/** Horner's rule, highest power first. */
export const polyval = def(
  "tensorflow.math.polyval",
  "coeffs x name",
  (coeffs: readonly Data[], x: Data, _name: Name = null): Tensor => {
    if (!Array.isArray(coeffs))
      throw new ValueError(`Argument coeffs must be list type. Received type ${repr(typeof coeffs)}.`);
    const t = toTensor(x);
    const [first, ...rest] = coeffs.map((c) => toTensor(c, { dtype: t.dtype }));
    if (!first) return one("ZerosLike", [t]);
    return rest.reduce((p, c) => add(multiply(p, t), c), first);
  },
);
/** Each element but the first, and each but the last. */
const steps = (x: Data): [Tensor, Tensor] => {
  const flat = one("Reshape", [toTensor(x), [-1]]);
  const n = flat.shape[0];
  if (n === 0) return [flat, flat];
  const last = n ?? one("Sub", [one("Size", [flat]), 1]);
  return [
    one("Slice", [flat, [1], [-1]]),
    one("Slice", [flat, [0], n ? [n - 1] : one("Reshape", [last, [1]])]),
  ];
};
export const is_non_decreasing = def(
  "tensorflow.math.is_non_decreasing",
  "x name",
  (x: Data, _name: Name = null): Tensor => reduce_all(one("GreaterEqual", steps(x))),
);
export const is_strictly_increasing = def(
  "tensorflow.math.is_strictly_increasing",
  "x name",
  (x: Data, _name: Name = null): Tensor => reduce_all(one("Greater", steps(x))),
);
