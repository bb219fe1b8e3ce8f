import { float, repr, TypeError, ValueError } from "@cognate/py";
import { isTensor } from "../core/convert.js";
import { as_dtype, int32, type TypeLike } from "../core/dtypes.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import { emptyInts } from "../graph/empty.js";
import type { Graph } from "../graph/graph.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { DType } from "../shared.js";
import { get_seed } from "./graph.js";
import { v1 } from "./make.js";

/** One node by its type, for library code. */
export const node = (
  g: Graph,
  type: string,
  inputs: readonly unknown[],
  attrs: Readonly<Record<string, unknown>> = {},
  name: string | null = null,
): GraphTensor => g.createOp(type, inputs, attrs, name)[0] as GraphTensor;

const seeded = (seed: number | null): { seed: number; seed2: number } => {
  const [a, b] = get_seed(seed) as readonly (number | null)[];
  return { seed: a ?? 0, seed2: b ?? 0 };
};

const shapeTensor = (g: Graph, shape: unknown): GraphTensor =>
  Array.isArray(shape) && shape.length === 0
    ? toGraphTensor(g, emptyInts(), int32, "shape")
    : toGraphTensor(g, shape, undefined, "shape", int32);

/** Standard draws scaled and moved, as TensorFlow's Python functions build them. */
const scaled =
  (type: string) =>
  (
    name: string,
    shape: unknown,
    mean: unknown,
    stddev: unknown,
    dtype: DType,
    seed: number | null,
  ): GraphTensor => {
    const g = get_default_graph();
    if (dtype.is_integer && typeof mean === "number")
      throw new TypeError(`Expected ${dtype.name}, but got ${repr(float(mean))} of type 'float'.`);
    return g.scoped(name, (scope) => {
      const s = shapeTensor(g, shape);
      const m = toGraphTensor(g, mean, dtype, "mean");
      const d = toGraphTensor(g, stddev, dtype, "stddev");
      const raw = node(g, type, [s], { dtype, ...seeded(seed) });
      return node(g, "AddV2", [node(g, "Mul", [raw, d], {}, "mul"), m], {}, scope);
    });
  };
const normalOp = scaled("RandomStandardNormal");
const truncatedOp = scaled("TruncatedNormal");

export const random_normal = v1(
  "random_normal",
  "shape mean stddev dtype seed name",
  (
    shape: unknown,
    mean: unknown = 0,
    stddev: unknown = 1,
    dtype: TypeLike = "float32",
    seed: number | null = null,
    name: string | null = null,
  ) => normalOp(name ?? "random_normal", shape, mean, stddev, as_dtype(dtype), seed),
);
export const truncated_normal = v1(
  "truncated_normal",
  "shape mean stddev dtype seed name",
  (
    shape: unknown,
    mean: unknown = 0,
    stddev: unknown = 1,
    dtype: TypeLike = "float32",
    seed: number | null = null,
    name: string | null = null,
  ) => truncatedOp(name ?? "truncated_normal", shape, mean, stddev, as_dtype(dtype), seed),
);
export const random_uniform = v1(
  "random_uniform",
  "shape minval maxval dtype seed name",
  (
    shape: unknown,
    minval: unknown = 0,
    maxval: unknown = null,
    dtype: TypeLike = "float32",
    seed: number | null = null,
    name: string | null = null,
  ) => {
    const type = as_dtype(dtype);
    const g = get_default_graph();
    if (maxval === null && type.is_integer) throw new ValueErrorOf(type);
    return g.scoped(name ?? "random_uniform", (scope) => {
      const s = shapeTensor(g, shape);
      if (type.is_integer) {
        const low = toGraphTensor(g, minval, type, "min");
        const high = toGraphTensor(g, maxval, type, "max");
        return node(g, "RandomUniformInt", [s, low, high], seeded(seed), scope);
      }
      const is = (x: unknown, v: number): boolean => !isTensor(x) && Number(x) === v;
      const plain = is(minval, 0) && (maxval === null || is(maxval, 1));
      if (plain) return node(g, "RandomUniform", [s], { dtype: type, ...seeded(seed) });
      const low = toGraphTensor(g, minval, type, "min");
      const high = toGraphTensor(g, maxval ?? 1, type, "max");
      const raw = node(g, "RandomUniform", [s], { dtype: type, ...seeded(seed) });
      const range = node(g, "Sub", [high, low], {}, "sub");
      return node(g, "AddV2", [node(g, "Mul", [raw, range], {}, "mul"), low], {}, scope);
    });
  },
);
class ValueErrorOf extends ValueError {
  constructor(type: DType) {
    super(`Must specify maxval for integer dtype ${type.__repr__()}`);
  }
}
export const random_shuffle = v1(
  "random_shuffle",
  "value seed name",
  (value: unknown, seed: number | null = null, name: string | null = null) =>
    node(get_default_graph(), "RandomShuffle", [value], seeded(seed), name ?? "RandomShuffle"),
);
export const multinomial = v1(
  "multinomial",
  "logits num_samples seed name output_dtype",
  (
    logits: unknown,
    num_samples: unknown,
    seed: number | null = null,
    name: string | null = null,
    output_dtype: TypeLike | null = null,
  ) => {
    const g = get_default_graph();
    return g.scoped(name ?? "multinomial", () =>
      node(
        g,
        "Multinomial",
        [logits, num_samples],
        { ...seeded(seed), output_dtype: as_dtype(output_dtype ?? "int64") },
        "Multinomial",
      ),
    );
  },
);
export const random_poisson = v1(
  "random_poisson",
  "lam shape dtype seed name",
  (
    lam: unknown,
    shape: unknown,
    dtype: TypeLike = "float32",
    seed: number | null = null,
    name: string | null = null,
  ) => {
    const g = get_default_graph();
    return g.scoped(name ?? "random_poisson", () =>
      node(
        g,
        "RandomPoissonV2",
        [shapeTensor(g, shape), lam],
        { dtype: as_dtype(dtype), ...seeded(seed) },
        "RandomPoissonV2",
      ),
    );
  },
);
export const random_gamma = v1(
  "random_gamma",
  "shape alpha beta dtype seed name",
  (
    shape: unknown,
    alpha: unknown,
    beta: unknown = null,
    dtype: TypeLike = "float32",
    seed: number | null = null,
    name: string | null = null,
  ) => {
    const g = get_default_graph();
    const type = as_dtype(dtype);
    return g.scoped(name ?? "random_gamma", (scope) => {
      const a = toGraphTensor(g, alpha, type, "alpha");
      const b = toGraphTensor(g, beta ?? 1, type, "beta");
      const raw = node(g, "RandomGamma", [shapeTensor(g, shape), a], seeded(seed));
      return node(g, "RealDiv", [raw, b], {}, scope);
    });
  },
);
export { seeded };
