import { Tuple, TypeError } from "@cognate/py";
import { isTensor } from "../core/convert.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import { emptyFloats, emptyInts } from "../graph/empty.js";
import type { Graph } from "../graph/graph.js";
import type { GraphTensor } from "../graph/tensor.js";
import { IndexedSlices } from "./indexed-slices.js";
import { v1 } from "./make.js";
import { node } from "./random-ops.js";

type Item = GraphTensor | IndexedSlices | null;
const valuesOf = (x: unknown): unknown => (x instanceof IndexedSlices ? x.values : x);

/** √Σ‖t‖² over a list; what is `null` counts nothing. */
export const global_norm = v1(
  "global_norm",
  "t_list name",
  (t_list: readonly unknown[], name: string | null = null): GraphTensor => {
    if (!Array.isArray(t_list)) throw new TypeError("t_list should be a sequence");
    const g = get_default_graph();
    return g.scoped(name ?? "global_norm", () => {
      const halves = t_list.filter((t) => t !== null).map((t) => node(g, "L2Loss", [valuesOf(t)]));
      // A list of nothing has the norm 0.
      const sum =
        halves.length === 0
          ? toGraphTensor(g, emptyFloats())
          : node(g, "Pack", [halves], { axis: 0 }, "stack");
      const half = node(g, "Sum", [sum, [0]]);
      return node(
        g,
        "Sqrt",
        [node(g, "Mul", [half, toGraphTensor(g, 2, half.dtype, "Const_1")], {}, "mul")],
        {},
        "global_norm",
      );
    });
  },
);

/** The list scaled down together where its norm is past the limit, and the norm. */
export const clip_by_global_norm = v1(
  "clip_by_global_norm",
  "t_list clip_norm use_norm name",
  (
    t_list: Iterable<unknown>,
    clip_norm: unknown,
    use_norm: unknown = null,
    name: string | null = null,
  ): Tuple<unknown> => {
    const list = [...t_list] as Item[];
    const g = get_default_graph();
    const norm = (use_norm ?? global_norm(list as never)) as GraphTensor;
    return g.scoped(name ?? "clip_by_global_norm", (scope) => {
      const one = toGraphTensor(g, 1, norm.dtype, "Const");
      const inverse = node(g, "RealDiv", [one, norm], {}, "truediv");
      const ratio = node(g, "RealDiv", [one, clip_norm], {}, "truediv_1");
      const scale = node(g, "Mul", [clip_norm, node(g, "Minimum", [inverse, ratio])], {}, "mul");
      const finite = node(g, "IsFinite", [norm]);
      const nan = toGraphTensor(g, Number.NaN, norm.dtype, "Const_1");
      const safe = node(g, "SelectV2", [finite, scale, nan]);
      let k = 0;
      const out = list.map((t, i) => {
        if (t === null || t === undefined) return null;
        const scaled = node(g, "Mul", [valuesOf(t), safe], {}, `mul_${++k}`);
        const value = node(g, "Identity", [scaled], {}, `${scope}_${i}`);
        return t instanceof IndexedSlices ? new IndexedSlices(value, t.indices, t.dense_shape) : value;
      });
      return Tuple.of_([out, norm]);
    });
  },
);

export const clip_by_norm = v1(
  "clip_by_norm",
  "t clip_norm axes name",
  (t: unknown, clip_norm: unknown, axes: unknown = null, name: string | null = null): unknown => {
    const g = get_default_graph();
    return g.scoped(name ?? "clip_by_norm", (scope) => {
      const x = toGraphTensor(g, valuesOf(t), undefined, "t");
      const over = axes ?? Array.from({ length: x._dims?.length ?? 0 }, (_, i) => i);
      const out = clipped(
        g,
        x,
        toGraphTensor(g, clip_norm, x.dtype),
        Array.isArray(over) && over.length === 0 ? emptyInts() : over,
        scope,
      );
      return t instanceof IndexedSlices ? new IndexedSlices(out, t.indices, t.dense_shape) : out;
    });
  },
);

export const clip_by_value = v1(
  "clip_by_value",
  "t clip_value_min clip_value_max name",
  (t: unknown, low: unknown, high: unknown, name: string | null = null): unknown => {
    const g = get_default_graph();
    return g.scoped(name ?? "clip_by_value", (scope) => {
      const x = toGraphTensor(g, valuesOf(t), undefined, "t");
      const bound = (b: unknown): unknown => (isTensor(b) ? b : toGraphTensor(g, b, x.dtype, "y"));
      const out = node(g, "Maximum", [node(g, "Minimum", [x, bound(high)]), bound(low)], {}, scope);
      return t instanceof IndexedSlices ? new IndexedSlices(out, t.indices, t.dense_shape) : out;
    });
  },
);
/** x scaled down where the root of the mean of its squares is past the limit. */
export const clip_by_average_norm = v1(
  "clip_by_average_norm",
  "t clip_norm name",
  (t: unknown, clip_norm: unknown, name: string | null = null): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "clip_by_average_norm", () => {
      const x = toGraphTensor(g, t);
      const all = Array.from({ length: x._dims?.length ?? 0 }, (_, i) => i);
      const n = node(g, "Cast", [node(g, "Size", [x])], { DstT: x.dtype });
      const inverse = node(g, "Mul", [
        node(g, "Rsqrt", [node(g, "Sum", [node(g, "Mul", [x, x]), all], { keep_dims: true })]),
        n,
      ]);
      return node(g, "Mul", [
        node(g, "Mul", [x, clip_norm]),
        node(g, "Minimum", [inverse, node(g, "RealDiv", [1, clip_norm])]),
      ]);
    });
  },
);

/** x scaled down where its norm over the axes is past the limit. */
export function clipped(
  g: Graph,
  x: GraphTensor,
  limit: unknown,
  over: unknown,
  scope: string | null = null,
): GraphTensor {
  const sums = node(g, "Sum", [node(g, "Mul", [x, x]), over], { keep_dims: true });
  const positive = node(g, "Greater", [sums, 0]);
  const safe = node(g, "SelectV2", [positive, sums, node(g, "OnesLike", [sums])]);
  const norm = node(g, "SelectV2", [positive, node(g, "Sqrt", [safe]), sums]);
  const out = node(
    g,
    "RealDiv",
    [node(g, "Mul", [x, limit]), node(g, "Maximum", [norm, limit])],
    {},
    "truediv",
  );
  return scope === null ? out : node(g, "Identity", [out], {}, scope);
}
