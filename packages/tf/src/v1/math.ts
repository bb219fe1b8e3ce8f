import { castValue, run } from "@cognate/keras/tensorflow";
import { ops } from "@cognate/kernel";
import { repr, TypeError, ValueError } from "@cognate/py";
import { constantDatum, eagerConstant, isTensor } from "../core/convert.js";
import { as_dtype, bool, float32, int64, type TypeLike, typeOr } from "../core/dtypes.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import { emptyInts } from "../graph/empty.js";
import type { Graph } from "../graph/graph.js";
import { GraphTensor } from "../graph/tensor.js";
import { type DType, Tensor, Value } from "../shared.js";
import { IndexedSlices } from "./indexed-slices.js";
import { v1 } from "./make.js";
import { node } from "./random-ops.js";

/* Functions whose names or parameters were others in TensorFlow 1. */

const either = (a: unknown, b: unknown, names: readonly [string, string]): unknown => {
  if (a !== null && a !== undefined && b !== null && b !== undefined)
    throw new ValueError(`Cannot specify both '${names[1]}' and '${names[0]}'`);
  return a ?? b ?? null;
};

/** The axes of a reduction, named as TensorFlow names the constant. */
function axes(x: GraphTensor, axis: unknown): unknown {
  const g = get_default_graph();
  if (axis !== null) return axis;
  if (x._dims !== null)
    return toGraphTensor(
      g,
      x._dims.length === 0 ? emptyInts() : x._dims.map((_, i) => i),
      undefined,
      "Const",
    );
  return node(g, "Range", [0, node(g, "Rank", [x]), 1], {}, "range");
}

const reduction = (name: string, type: string) =>
  v1(
    name,
    "input_tensor axis keepdims name reduction_indices keep_dims",
    (
      input_tensor: unknown,
      axis: unknown = null,
      keepdims: boolean | null = null,
      own: string | null = null,
      reduction_indices: unknown = null,
      keep_dims: boolean | null = null,
    ): GraphTensor => {
      const g = get_default_graph();
      const x = toGraphTensor(g, input_tensor, type === "All" || type === "Any" ? bool : undefined, "Const");
      const over = axes(x, either(axis, reduction_indices, ["axis", "reduction_indices"]));
      return node(g, type, [x, over], { keep_dims: keepdims ?? keep_dims ?? false }, own ?? type);
    },
  );
export const reduce_sum = reduction("reduce_sum", "Sum");
export const reduce_mean = reduction("reduce_mean", "Mean");
export const reduce_prod = reduction("reduce_prod", "Prod");
export const reduce_max = reduction("reduce_max", "Max");
export const reduce_min = reduction("reduce_min", "Min");
export const reduce_all = reduction("reduce_all", "All");
export const reduce_any = reduction("reduce_any", "Any");

export const reduce_logsumexp = v1(
  "reduce_logsumexp",
  "input_tensor axis keepdims name reduction_indices keep_dims",
  (
    input_tensor: unknown,
    axis: unknown = null,
    keepdims: boolean | null = null,
    name: string | null = null,
    reduction_indices: unknown = null,
    keep_dims: boolean | null = null,
  ): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "ReduceLogSumExp", () => {
      const x = toGraphTensor(g, input_tensor);
      const over = either(axis, reduction_indices, ["axis", "reduction_indices"]);
      const top = node(g, "StopGradient", [reduce_max(x, over, true)]);
      const finite = node(g, "SelectV2", [
        node(g, "IsFinite", [top]),
        top,
        node(g, "ZerosLike", [top], {}, "zeros_like"),
      ]);
      const sum = reduce_sum(
        node(g, "Exp", [node(g, "Sub", [x, finite])]),
        over,
        keepdims ?? keep_dims ?? false,
      ) as GraphTensor;
      const flat = (keepdims ?? keep_dims) ? finite : node(g, "Reshape", [finite, node(g, "Shape", [sum])]);
      return node(g, "AddV2", [node(g, "Log", [sum]), flat], {}, "add");
    });
  },
);

const arg = (name: string, type: string) =>
  v1(
    name,
    "input axis name dimension output_type",
    (
      input: unknown,
      axis: unknown = null,
      own: string | null = null,
      dimension: unknown = null,
      output_type: TypeLike = int64,
    ): GraphTensor =>
      node(
        get_default_graph(),
        type,
        [input, either(axis, dimension, ["axis", "dimension"]) ?? 0],
        { output_type: as_dtype(output_type) },
        own ?? type,
      ),
  );
export const argmax = arg("argmax", "ArgMax");
export const argmin = arg("argmin", "ArgMin");
export const arg_max = argmax;
export const arg_min = argmin;

export const expand_dims = v1(
  "expand_dims",
  "input axis name dim",
  (input: unknown, axis: unknown = null, name: string | null = null, dim: unknown = null): GraphTensor => {
    const at = either(axis, dim, ["axis", "dim"]);
    if (at === null) throw new ValueError("Must specify an axis argument to tf.expand_dims()");
    return node(get_default_graph(), "ExpandDims", [input, at], {}, name ?? "ExpandDims");
  },
);
export const squeeze = v1(
  "squeeze",
  "input axis name squeeze_dims",
  (
    input: unknown,
    axis: unknown = null,
    name: string | null = null,
    squeeze_dims: unknown = null,
  ): GraphTensor => {
    const at = either(axis, squeeze_dims, ["axis", "squeeze_dims"]);
    return node(
      get_default_graph(),
      "Squeeze",
      [input],
      { squeeze_dims: at === null ? [] : Array.isArray(at) ? at : [Number(at)] },
      name ?? "Squeeze",
    );
  },
);

/** Division as in Python 2: of integers, rounded down; of others, the quotient. */
export const div = v1(
  "div",
  "x y name",
  (x: unknown, y: unknown, name: string | null = null): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "div", (scope) => {
      const a = toGraphTensor(g, x, y instanceof GraphTensor ? y.dtype : undefined, "x");
      const b = toGraphTensor(g, y, a.dtype, "y");
      return node(g, a.dtype.is_integer ? "FloorDiv" : "RealDiv", [a, b], {}, scope);
    });
  },
);

const castTo = (name: string, type: string) =>
  v1(
    name,
    "x name",
    (x: unknown, own: string | null = null): GraphTensor => castNode(x, as_dtype(type), own ?? label(name)),
  );
const label = (name: string): string => `To${name.slice(3).replace(/^\w/, (c) => c.toUpperCase())}`;
function castNode(x: unknown, to: ReturnType<typeof as_dtype>, name: string | null): GraphTensor {
  const g = get_default_graph();
  return g.scoped(name ?? "Cast", (scope) => {
    if (!isTensor(x)) {
      // What is cast has a type from then on, also where it was whole numbers without one.
      const d = constantDatum(x);
      if (d instanceof Value) return g.constant(castValue(new Value(d.array), to.kernel), to, "x");
    }
    const t = toGraphTensor(g, x, undefined, "x");
    return t.dtype === to ? t : node(g, "Cast", [t], { DstT: to }, scope);
  });
}
export const cast = v1(
  "cast",
  "x dtype name",
  (x: unknown, dtype: TypeLike, name: string | null = null): unknown => {
    if (x instanceof IndexedSlices)
      return new IndexedSlices(castNode(x.values, as_dtype(dtype), name), x.indices, x.dense_shape);
    return castNode(x, as_dtype(dtype), name);
  },
);
export const to_float = castTo("to_float", "float32");
export const to_double = castTo("to_double", "float64");
export const to_int32 = castTo("to_int32", "int32");
export const to_int64 = castTo("to_int64", "int64");
export const to_bfloat16 = castTo("to_bfloat16", "bfloat16");
export const to_complex64 = castTo("to_complex64", "complex64");

const filler = (name: string, value: number) =>
  v1(
    name,
    "shape dtype name",
    (shape: unknown, dtype: TypeLike = float32, own: string | null = null): GraphTensor => {
      const g = get_default_graph();
      const type = as_dtype(dtype);
      return g.scoped(own ?? name, (scope) => {
        const unit = type.name === "string" ? "" : type.name === "bool" ? value !== 0 : value;
        const dims = shape instanceof GraphTensor ? null : knownShape(shape);
        if (dims && dims.reduce((a, b) => a * b, 1) < 1000) return constantOf(g, dims, unit, type, scope);
        const s = toGraphTensor(
          g,
          dims && dims.length === 0 ? emptyInts() : shape,
          undefined,
          "shape_as_tensor",
        );
        return node(g, "Fill", [s, toGraphTensor(g, unit, type, "Const")], {}, scope);
      });
    },
  );
const knownShape = (shape: unknown): number[] | null => {
  const list = typeof shape === "number" ? [shape] : Array.isArray(shape) ? (shape as unknown[]) : null;
  if (!list) return null;
  const dims = list.map((d) => (d instanceof GraphTensor || d === null ? Number.NaN : Number(d)));
  return dims.every((d) => Number.isInteger(d) && d >= 0) ? dims : null;
};
function constantOf(
  g: Graph,
  dims: readonly number[],
  unit: unknown,
  type: DType,
  scope: string,
): GraphTensor {
  if (type.name === "string")
    return toGraphTensor(
      g,
      dims.reduceRight<unknown>((v, n) => Array.from({ length: n }, () => v), unit),
      type,
      scope,
    );
  const one = eagerConstant(unit, type);
  return toGraphTensor(g, new Tensor(one._value.full([...dims], Number(unit)) as never), type, scope);
}
export const zeros = filler("zeros", 0);
export const ones = filler("ones", 1);

const like = (name: string, type: string, value: number) =>
  v1(
    name,
    "tensor|input dtype name optimize",
    (
      tensor: unknown,
      dtype: TypeLike | null = null,
      own: string | null = null,
      _optimize = true,
    ): GraphTensor => {
      const g = get_default_graph();
      return g.scoped(own ?? name, (scope) => {
        const t = toGraphTensor(g, tensor, undefined, "tensor");
        const to = dtype === null ? t.dtype : as_dtype(dtype);
        if (
          t._dims?.every((d) => d !== null) &&
          (t._dims as number[]).reduce((a, b) => a * b, 1) < 1000 &&
          to.name !== "string"
        )
          return constantOf(g, t._dims as number[], to.name === "bool" ? value !== 0 : value, to, scope);
        if (to === t.dtype) return node(g, type, [t], {}, scope);
        return node(g, "Cast", [node(g, type, [t])], { DstT: to }, scope);
      });
    },
  );
export const zeros_like = like("zeros_like", "ZerosLike", 0);
export const ones_like = like("ones_like", "OnesLike", 1);

/** `tf.constant`; the shape repeats the last value where there are too few. */
export const constant = v1(
  "constant",
  "value dtype shape name verify_shape",
  (
    value: unknown,
    dtype: TypeLike | null = null,
    shape: unknown = null,
    name = "Const",
    _verify_shape = false,
  ): GraphTensor => {
    const g = get_default_graph();
    const type = dtype === null ? undefined : as_dtype(dtype);
    if (shape === null) {
      const t = toGraphTensor(g, value, type, name);
      if (value instanceof GraphTensor) throw new TypeErrorOf(value);
      return t;
    }
    const dims = (typeof shape === "number" ? [shape] : [...(shape as Iterable<unknown>)]).map(Number);
    const one = eagerConstant(value, type);
    const n = dims.reduce((a, b) => a * b, 1);
    const flat = one._value.reshape({ shape: [one.size] });
    if (one.size > n)
      throw new ValueError(`Too many elements provided. Takes at most ${n}, but got ${one.size}.`);
    if (one.size === n)
      return toGraphTensor(g, new Tensor(flat.reshape({ shape: dims }) as never), type, name);
    const last = flat.slice({ dim: 0, start: one.size - 1, end: one.size, step: 1 } as never);
    const tail = last.expand({ shape: [n - one.size] });
    const whole =
      one.size === 1 ? last.expand({ shape: [n] }) : flat.full([n], 0).constant(catArrays(flat, tail));
    return toGraphTensor(g, new Tensor(whole.reshape({ shape: dims }) as never), one.dtype, name);
  },
);
const catArrays = (a: unknown, b: unknown): never =>
  run(ops.cat as never, [a, b] as never, { dim: 0 } as never).array as never;
class TypeErrorOf extends TypeError {
  constructor(x: unknown) {
    super(`Expected any non-tensor type, but got a tensor instead: ${repr(x)}`);
  }
}

export const count_nonzero = v1(
  "count_nonzero",
  "input_tensor axis keepdims dtype name reduction_indices keep_dims input",
  (
    input_tensor: unknown = null,
    axis: unknown = null,
    keepdims: boolean | null = null,
    dtype: TypeLike = int64,
    name: string | null = null,
    reduction_indices: unknown = null,
    keep_dims: boolean | null = null,
    input: unknown = null,
  ): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "count_nonzero", () => {
      const x = toGraphTensor(g, input_tensor ?? input);
      const zero = toGraphTensor(g, 0, x.dtype);
      const is = node(g, "Cast", [node(g, "NotEqual", [x, zero])], { DstT: int64 });
      return node(g, "Cast", [reduce_sum(is, axis ?? reduction_indices, keepdims ?? keep_dims)], {
        DstT: typeOr(dtype, int64),
      });
    });
  },
);

/** `tf.where` of TensorFlow 1: without x and y the places that are true; a vector of conditions picks rows. */
export const where = v1(
  "where",
  "condition x y name",
  (condition: unknown, x: unknown = null, y: unknown = null, name: string | null = null): GraphTensor => {
    const g = get_default_graph();
    if (x === null && y === null) return node(g, "Where", [toGraphTensor(g, condition)], {}, name ?? "Where");
    if (x === null || y === null) throw new ValueError("x and y must both be non-None or both be None.");
    return node(g, "Select", [condition, x, y], {}, name ?? "Select");
  },
);

export const pad = v1(
  "pad",
  "tensor paddings mode name constant_values",
  (
    tensor: unknown,
    paddings: unknown,
    mode = "CONSTANT",
    name: string | null = null,
    constant_values: unknown = 0,
  ): GraphTensor => {
    const g = get_default_graph();
    const m = mode.toUpperCase();
    if (m !== "CONSTANT") return node(g, "MirrorPad", [tensor, paddings], { mode: m }, name ?? "MirrorPad");
    if (Number(constant_values) === 0 && !(constant_values instanceof GraphTensor))
      return node(g, "Pad", [tensor, paddings], {}, name ?? "Pad");
    const t = toGraphTensor(g, tensor);
    return node(g, "PadV2", [t, paddings, toGraphTensor(g, constant_values, t.dtype)], {}, name ?? "PadV2");
  },
);
