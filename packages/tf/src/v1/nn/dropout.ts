import { repr, ValueError } from "@cognate/py";
import { isTensor } from "../../core/convert.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { v1 } from "../make.js";
import { node, seeded } from "../random-ops.js";

const plain = (x: unknown): boolean => typeof x === "number" || x instanceof Number;

/**
 * Keeps each element with probability `keep_prob` and divides what is kept by it; where `noise_shape` has a 1, elements along
 * that axis are kept or dropped together.
 *
 * @throws ValueError for a probability out of range, for integers, and where keep_prob and rate are both given
 */
export const dropout = v1(
  "dropout",
  "x keep_prob noise_shape seed name rate",
  (
    x: unknown,
    keep_prob: unknown = null,
    noise_shape: unknown = null,
    seed: number | null = null,
    name: string | null = null,
    rate: unknown = null,
  ): GraphTensor => {
    const g = get_default_graph();
    if (keep_prob !== null && rate !== null)
      throw new ValueError("Only one of keep_prob and rate may be set");
    if (keep_prob === null && rate === null) throw new ValueError("rate must be provided");
    const numeric = plain(keep_prob) ? 1 - Number(keep_prob) : rate;
    if (plain(numeric) && !(Number(numeric) >= 0 && Number(numeric) < 1))
      throw new ValueError(
        `\`rate\` must be a scalar tensor or a float in the range [0, 1). Received: rate=${repr(numeric)}`,
      );
    return g.scoped(name ?? "dropout", (scope) => {
      const t = toGraphTensor(g, x, undefined, "x");
      if (!t.dtype.is_floating)
        throw new ValueError(
          `\`x.dtype\` must be a floating point tensor as \`x\` will be scaled. Received: x.dtype=${repr(t.dtype)}`,
        );
      const r: unknown = plain(numeric)
        ? Number(numeric)
        : keep_prob !== null
          ? node(g, "Sub", [1, keep_prob], {}, "sub")
          : rate;
      if (plain(r) && Number(r) === 0) return node(g, "Identity", [t], {}, scope);
      const drop = isTensor(r) ? r : toGraphTensor(g, r, t.dtype, "rate");
      const scale = plain(r)
        ? toGraphTensor(g, 1 / (1 - Number(r)), t.dtype, "Const")
        : node(g, "RealDiv", [1, node(g, "Sub", [1, drop], {}, "sub_1")], {}, "truediv");
      const kept = node(g, "Mul", [t, scale], {}, "Mul");
      const shape = noiseShape(t, noise_shape) ?? node(g, "Shape", [t]);
      const noise = g.scoped("random_uniform", () =>
        node(g, "RandomUniform", [shape], { dtype: t.dtype, ...seeded(seed) }, "RandomUniform"),
      );
      const keep = node(g, "GreaterEqual", [noise, drop], {}, "GreaterEqual");
      const out = node(g, "SelectV2", [keep, kept, toGraphTensor(g, 0, t.dtype, "Const")], {}, "SelectV2");
      if (t._dims !== null) out.set_shape(t._dims);
      return out;
    });
  },
);

/** The noise's shape; unknown lengths are those of the tensor. */
function noiseShape(t: GraphTensor, given: unknown): unknown {
  if (given === null || given === undefined) return undefined;
  if (isTensor(given)) return given;
  const dims = [...(given as Iterable<unknown>)];
  if (t._dims !== null && dims.length === t._dims.length) {
    const filled = dims.map((d, i) => (d === null || d === undefined ? t._dims![i] : d));
    if (!filled.includes(null as never)) return filled;
    const g = get_default_graph();
    const shape = node(g, "Shape", [t]);
    return filled.map(
      (d, i) =>
        d ?? node(g, "StridedSlice", [shape, [i], [i + 1], [1]], { shrink_axis_mask: 1 }, "strided_slice"),
    );
  }
  return dims;
}
