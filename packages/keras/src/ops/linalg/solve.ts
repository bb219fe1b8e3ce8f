import { ops, SingularError } from "@cognate/kernel";
import type { Value } from "@cognate/tensor";
import { kernelError } from "../../backend/errors.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, floating, op, promoted, shapes } from "../make.js";

function inverse(v: Value, name: string): Value {
  try {
    return apply(ops.inv, [v], undefined);
  } catch (e) {
    if (e instanceof SingularError) throw kernelError(name, "Input is not invertible.");
    throw e;
  }
}

/** The inverse of matrices. */
export const inv = op(
  "linalg.Inv",
  "inv",
  "x",
  (x: TensorLike): Tensor => wrap(inverse(floating(x), "MatrixInverse")),
  { shape: shapes.same },
);
/** The x with a·x = b. */
export const solve = op(
  "linalg.Solve",
  "solve",
  "a b",
  (a: TensorLike, b: TensorLike): Tensor => {
    const [m, r] = promoted([a, b], "float").values as [Value, Value];
    const line = r.shape.length === m.shape.length - 1;
    const right = line ? apply(ops.reshape, [r], { shape: [...r.shape, 1] }) : r;
    const y = inverse(m, "MatrixSolve").matmul(right) as Value;
    return wrap(line ? apply(ops.reshape, [y], { shape: y.shape.slice(0, -1) }) : y);
  },
  { arity: 2, shape: ([, b]) => b },
);
