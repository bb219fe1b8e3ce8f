import { def, ValueError } from "@cognate/py";
import { isTensor, toTensor, typeOf } from "../core/convert.js";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import type { Data, Name } from "./make.js";

/** Products of matrices in the last two axes; those before stretch. */
export const matmul = def(
  "tensorflow.linalg.matmul",
  "a b transpose_a transpose_b adjoint_a adjoint_b a_is_sparse b_is_sparse output_type grad_a grad_b name",
  (
    a: Data,
    b: Data,
    transpose_a = false,
    transpose_b = false,
    adjoint_a = false,
    adjoint_b = false,
    _a_sparse = false,
    _b_sparse = false,
    output_type: TypeLike | null = null,
    _grad_a = false,
    _grad_b = false,
    name: Name = null,
  ): Tensor => {
    if (transpose_a && adjoint_a)
      throw new ValueError(
        "Only one of `transpose_a` and `adjoint_a` can be True. Received `transpose_a`=True, `adjoint_a`=True.",
      );
    if (transpose_b && adjoint_b)
      throw new ValueError(
        "Only one of `transpose_b` and `adjoint_b` can be True. Received `transpose_b`=True, `adjoint_b`=True.",
      );
    const x = isTensor(a) ? toTensor(a) : toTensor(a, isTensor(b) ? { hint: typeOf(b) } : {});
    const y = toTensor(b, { hint: x.dtype });
    const [m, n] = [rankOf(x), rankOf(y)];
    const batched = (m === null || m > 2) && (n === null || n > 2);
    const mixed = (m !== null && m > 2) || (n !== null && n > 2);
    const out = output_type === null ? null : as_dtype(output_type);
    if (batched || mixed || (out !== null && out !== x.dtype)) {
      const turn = (t: Tensor, transposed: boolean, adjoint: boolean): [Tensor, boolean] =>
        transposed && t.dtype.is_complex ? [one("Conj", [t]), true] : [t, adjoint || transposed];
      const [p, adjX] = turn(x, transpose_a, adjoint_a);
      const [q, adjY] = turn(y, transpose_b, adjoint_b);
      if (out === null) return one("BatchMatMulV2", [p, q], { adj_x: adjX, adj_y: adjY }, name);
      return one("BatchMatMulV3", [p, q], { Tout: out, adj_x: adjX, adj_y: adjY }, name);
    }
    const conj = (t: Tensor, adjoint: boolean): Tensor =>
      adjoint && t.dtype.is_complex ? one("Conj", [t]) : t;
    return one(
      "MatMul",
      [conj(x, adjoint_a), conj(y, adjoint_b)],
      { transpose_a: transpose_a || adjoint_a, transpose_b: transpose_b || adjoint_b },
      name,
    );
  },
);
const rankOf = (t: Tensor): number | null => {
  const { rank } = t.shape as { rank: number | null };
  return rank === undefined ? t.shape.length : rank;
};
