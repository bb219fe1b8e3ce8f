import { gradientTensors } from "../graph/gradients.js";
import type { Graph } from "../graph/graph.js";
import type { GraphTensor } from "../graph/tensor.js";
import { node } from "./random-ops.js";

/**
 * Second derivatives: the gradient's elements one by one, each differentiated. As many gradients are recorded as it has
 * elements, so its shape must be known.
 */
export function addLoopScan(g: Graph, gradient: GraphTensor, x: GraphTensor): GraphTensor {
  return g.scoped("hessian", () => {
    const dims = x._dims as readonly number[];
    const n = dims.reduce((a, b) => a * b, 1);
    const flat = node(g, "Reshape", [gradient, [-1]]);
    const rows = Array.from({ length: n }, (_, i) => {
      const part = node(g, "GatherV2", [flat, i, 0], {}, "GatherV2");
      const [row] = gradientTensors(g, [part], [x], { name: "gradients" });
      return row ?? node(g, "ZerosLike", [x]);
    });
    return node(
      g,
      "Reshape",
      [node(g, "Pack", [rows], { axis: 0 }, "TensorArrayStack"), [...dims, ...dims]],
      {},
      "Reshape",
    );
  });
}
