import { Tuple, ValueError } from "@cognate/py";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";

/** Normalization by the batch's own mean and variance, or by given ones: y, mean and (unbiased) variance. */
export const fused_batch_norm = v1(
  "fused_batch_norm",
  "x scale offset mean variance epsilon data_format is_training name exponential_avg_factor",
  (
    x: unknown,
    scale: unknown,
    offset: unknown,
    mean: unknown = null,
    variance: unknown = null,
    epsilon = 0.001,
    data_format = "NHWC",
    is_training = true,
    name: string | null = null,
    exponential_avg_factor = 1,
  ): Tuple<GraphTensor> => {
    if ((!is_training || exponential_avg_factor !== 1) && (mean === null || variance === null))
      throw new ValueError(
        `Both \`mean\` and \`variance\` must be a 1D tensor when \`is_training\` is False or \`exponential_avg_factor\` != 1.0. Received: \`mean\` ${String(mean)} and \`variance\` ${String(variance)}`,
      );
    const g = get_default_graph();
    return g.scoped(name ?? "FusedBatchNorm", (scope) => {
      const own = toGraphTensor(g, scale);
      const none = (): GraphTensor => node(g, "Slice", [own, [0], [0]]);
      const [y, m, v] = g.createOp(
        "FusedBatchNormV3",
        [x, own, offset, mean ?? none(), variance ?? none()],
        {
          epsilon: Math.max(epsilon, 1.001e-5),
          data_format,
          is_training,
          exponential_avg_factor,
        },
        scope,
      ) as GraphTensor[];
      return Tuple.of_([y!, m!, v!]);
    });
  },
);
