import { arrayOf } from "@cognate/kernel";
import { toTensor } from "../core/convert.js";
import { as_dtype, float32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { matrix_transpose } from "../ops/linalg.js";
import { conj } from "../ops/math.js";
import { matmul } from "../ops/matmul.js";
import { type DType, Tensor } from "../shared.js";
import { VariableImpl } from "../variable/variable.js";

/* Arguments of linear operators, and the few products that all of them use. */

/** A tensor or variable, whose value is read when it is needed. */
export type Held = Tensor | VariableImpl;

/** Data as a tensor; variables stay what they are. Whole numbers of JavaScript are floats here. */
export function held(x: unknown, name: string, whole = false): Held {
  if (x instanceof VariableImpl) return x;
  const plain =
    !whole && (typeof x === "number" || Array.isArray(x)) && arrayOf(x) === undefined
      ? { hint: float32 }
      : {};
  const t = toTensor(x, { ...plain, name });
  const weak = !whole && t instanceof Tensor && t._value?.weak === true && t.dtype.is_integer;
  return weak ? toTensor(t, { dtype: float32 }) : t;
}
/** The value as it is now. */
export const now = (x: Held): Tensor => toTensor(x);
export const dtypeOf = (x: Held): DType => as_dtype(x.dtype as never);
/** A number over a tensor. */
export const over = (a: number, x: Held): Tensor =>
  one("RealDiv", [toTensor(a, { dtype: dtypeOf(x) }), now(x)]);
export const add = (a: Held, b: Held): Tensor => one("AddV2", [now(a), now(b)]);
export const sub = (a: Held, b: Held): Tensor => one("Sub", [now(a), now(b)]);
export const mul = (a: Held, b: Held): Tensor => one("Mul", [now(a), now(b)]);
export const div = (a: Held, b: Held): Tensor => one("RealDiv", [now(a), now(b)]);
export const scaled = (a: number, x: Tensor): Tensor => one("Mul", [toTensor(a, { dtype: x.dtype }), x]);
export const column = (x: Held): Tensor => one("ExpandDims", [now(x), -1]);
export const uncolumn = (x: Tensor): Tensor => one("Squeeze", [x], { squeeze_dims: [-1] });
export const castTo = (x: Tensor, dtype: DType): Tensor =>
  x.dtype === dtype ? x : one("Cast", [x], { DstT: dtype });
/** The magnitude, real. */
export const magnitude = (x: Tensor): Tensor =>
  x.dtype.is_complex ? one("ComplexAbs", [x], { Tout: x.dtype.real_dtype }) : one("Abs", [x]);
export const conjugate = (x: Tensor): Tensor => (x.dtype.is_complex ? conj(x) : x);
export const adjointOf = (x: Tensor): Tensor => conjugate(matrix_transpose(x));
export const adjointIf = (x: Tensor, yes: boolean): Tensor => (yes ? adjointOf(x) : x);
/** A product of matrices, each of them conjugated and turned where asked. */
export const product = (a: Held, b: Held, adjointA = false, adjointB = false): Tensor =>
  matmul(now(a), now(b), false, false, adjointA, adjointB);
