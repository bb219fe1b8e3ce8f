import { ValueError } from "@cognate/py";
import { isTensor } from "../core/convert.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import type { GraphTensor } from "../graph/tensor.js";
import { v1 } from "./make.js";
import { node } from "./random-ops.js";

/** The product of matrices, of stacks of them axis by axis. */
export const matmul = v1(
  "matmul",
  "a b transpose_a transpose_b adjoint_a adjoint_b a_is_sparse b_is_sparse name output_type",
  (
    a: unknown,
    b: unknown,
    transpose_a = false,
    transpose_b = false,
    adjoint_a = false,
    adjoint_b = false,
    _a_is_sparse = false,
    _b_is_sparse = false,
    name: string | null = null,
  ): GraphTensor => {
    if (transpose_a && adjoint_a)
      throw new ValueError(
        "Only one of `transpose_a` and `adjoint_a` can be True. Received `transpose_a`=True, `adjoint_a`=True.",
      );
    if (transpose_b && adjoint_b)
      throw new ValueError(
        "Only one of `transpose_b` and `adjoint_b` can be True. Received `transpose_b`=True, `adjoint_b`=True.",
      );
    const g = get_default_graph();
    return g.scoped(name ?? "MatMul", (scope) => {
      const early = !isTensor(a) && isTensor(b) ? toGraphTensor(g, b).dtype : undefined;
      const x = toGraphTensor(g, a, early, "a");
      const y = toGraphTensor(g, b, x.dtype, "b");
      const rank = (t: GraphTensor): number => t._dims?.length ?? 2;
      if (rank(x) > 2 || rank(y) > 2) {
        const flip = (t: GraphTensor, adjoint: boolean): GraphTensor =>
          adjoint && t.dtype.is_complex ? node(g, "Conj", [t]) : t;
        return node(
          g,
          "BatchMatMulV2",
          [flip(x, transpose_a), flip(y, transpose_b)],
          { adj_x: transpose_a || adjoint_a, adj_y: transpose_b || adjoint_b },
          scope,
        );
      }
      const conj = (t: GraphTensor, adjoint: boolean): GraphTensor =>
        adjoint && t.dtype.is_complex ? node(g, "Conj", [t]) : t;
      return node(
        g,
        "MatMul",
        [conj(x, adjoint_a), conj(y, adjoint_b)],
        { transpose_a: transpose_a || adjoint_a, transpose_b: transpose_b || adjoint_b },
        scope,
      );
    });
  },
);
