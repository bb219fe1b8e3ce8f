import { def as pyDef, repr, TypeError, ValueError } from "@cognate/py";
import { currentGraph } from "../core/context.js";
import { eagerConstant, isTensor, toTensor } from "../core/convert.js";
import { as_dtype, float32, float64, int32, int64, string, type TypeLike, typeOr } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { type Tensor, TensorShape } from "../shared.js";
import { asShape, type ShapeLike } from "./array.js";
import { type Data, def, type Name } from "./make.js";
import { cast } from "./math.js";

/* Functions that make tensors of numbers. */

/** A constant tensor of data. */
export const constant = pyDef(
  "tensorflow.constant",
  "value dtype shape name",
  (
    value: unknown,
    dtype: TypeLike | null = null,
    shape: readonly number[] | number | null = null,
    name: Name = "Const",
  ): Tensor => {
    const type = dtype === null ? undefined : as_dtype(dtype);
    const graph = currentGraph();
    if (graph) {
      if (shape === null) return graph.asTensor(value, type, name);
      return graph.asTensor(shaped(eagerConstant(value, type), shape, value), type, name);
    }
    if (isTensor(value)) {
      const t = toTensor(value);
      if (type && t.dtype !== type) {
        if (t._value?.weak) return toTensor(t, { dtype: type });
        throw new TypeError(
          `Expected tensor ${String(t.numpy())} with dtype ${repr(type)}, but got dtype ${repr(t.dtype)}.`,
        );
      }
      return t;
    }
    const t = toTensor(value, { dtype: type });
    return shape === null ? t : shaped(t, shape, value);
  },
);

function shaped(t: Tensor, shape: readonly number[] | number, value: unknown): Tensor {
  const wanted = typeof shape === "number" ? [shape] : [...shape];
  const n = wanted.reduce((a, b) => a * b, 1);
  if (t.size === n) return one("Reshape", [t, asShape(wanted)]);
  if (t.size === 1)
    return one("Fill", [asShape(wanted), one("Reshape", [t, toTensor([], { dtype: int32 })])]);
  throw new TypeError(
    `Eager execution of tf.constant with unsupported shape. Tensor ${String(t.numpy())} (converted from ${repr(value)}) has ${t.size} elements, but got \`shape\` ${String(new TensorShape(wanted))} with ${n} elements).`,
  );
}

export const convert_to_tensor = def(
  "tensorflow.convert_to_tensor",
  "value dtype dtype_hint name",
  (
    value: unknown,
    dtype: TypeLike | null = null,
    dtype_hint: TypeLike | null = null,
    name: Name = null,
  ): Tensor =>
    toTensor(value, {
      dtype: dtype === null ? undefined : as_dtype(dtype),
      hint: dtype_hint === null ? undefined : as_dtype(dtype_hint),
      name,
    }),
);

const filler = (py: string, value: number) =>
  def(
    `tensorflow.${py}`,
    "shape dtype name layout",
    (shape: ShapeLike, dtype: TypeLike = float32, name: Name = null, _layout: unknown = null): Tensor => {
      const type = as_dtype(dtype);
      const unit = type === string ? toTensor(value === 0 ? "" : String(value)) : cast(value, type);
      const to = isTensor(shape)
        ? toTensor(shape)
        : toTensor(typeof shape === "number" ? (shape < 0 ? [shape] : [shape]) : asShape(shape), {
            dtype: int32,
          });
      return one(
        "Fill",
        [to.shape.length === 0 ? one("Reshape", [to, [1]]) : to, unit],
        {},
        name ?? (currentGraph() ? py : null),
      );
    },
  );
export const zeros = filler("zeros", 0);
export const ones = filler("ones", 1);

const likeFiller = (py: string, type: string, value: number) =>
  def(
    `tensorflow.${py}`,
    "input dtype name layout",
    (input: Data, dtype: TypeLike | null = null, name: Name = null, _layout: unknown = null): Tensor => {
      const t = toTensor(input);
      const want = dtype === null ? t.dtype : as_dtype(dtype);
      if (want === t.dtype) return one(type, [t], {}, name);
      return one("Fill", [one("Shape", [t]), want === string ? toTensor("") : cast(value, want)], {}, name);
    },
  );
export const zeros_like = likeFiller("zeros_like", "ZerosLike", 0);
export const ones_like = likeFiller("ones_like", "OnesLike", 1);

export const fill = def(
  "tensorflow.fill",
  "dims value name",
  (dims: ShapeLike, value: Data, name: Name = null): Tensor =>
    one("Fill", [isTensor(dims) ? dims : toTensor(asShape(dims), { dtype: int32 }), value], {}, name),
);
export const eye = def(
  "tensorflow.eye",
  "num_rows num_columns batch_shape dtype name",
  (
    num_rows: number,
    num_columns: number | null = null,
    batch_shape: readonly number[] | null = null,
    dtype: TypeLike = float32,
    _name: Name = null,
  ): Tensor => {
    const columns = num_columns ?? num_rows;
    const type = as_dtype(dtype);
    const diagonal = ones([...(batch_shape ?? []), Math.min(num_rows, columns)], type);
    return one("MatrixDiagV3", [diagonal, 0, num_rows, columns, cast(0, type)], { align: "RIGHT_LEFT" });
  },
);

const kinds = [int32, int64, float32, float64] as const;
export const range = def(
  "tensorflow.range",
  "start limit delta dtype name",
  (
    start: Data,
    limit: Data | null = null,
    delta: Data = 1,
    dtype: TypeLike | null = null,
    name: Name = "range",
  ): Tensor => {
    const [from, to] = limit === null ? [0, start] : [start, limit];
    const given = dtype === null ? null : as_dtype(dtype);
    const parts = [from, to, delta].map((x) => toTensor(x, given ? { hint: given } : {}));
    const type =
      given ??
      kinds[
        Math.max(
          ...parts.map((t) => {
            const k = kinds.indexOf(t.dtype as (typeof kinds)[number]);
            if (k < 0)
              throw new ValueError(
                `Value for attr 'Tidx' of ${t.dtype.name} is not in the list of allowed values`,
              );
            return k;
          }),
        )
      ]!;
    return one(
      "Range",
      parts.map((t) => cast(t, type)),
      {},
      name,
    );
  },
);
/** Numbers at even steps, both ends included. */
export const linspace = def(
  "tensorflow.linspace",
  "start stop num name axis",
  (start: Data, stop: Data, num: number | Tensor, _name: Name = null, axis = 0): Tensor => {
    let from = toTensor(start);
    let to = toTensor(stop, { hint: from.dtype });
    if (from.dtype.is_integer)
      from = cast(from, from._value?.weak && to.dtype.is_floating ? to.dtype : float64);
    to = cast(to, from.dtype);
    const n = Number(isTensor(num) ? (num as Tensor).item() : num);
    const type = from.dtype;
    const shape = one("BroadcastArgs", [one("Shape", [from]), one("Shape", [to])]);
    const [a, b] = [one("BroadcastTo", [from, shape]), one("BroadcastTo", [to, shape])];
    const rank = [...a.shape].length;
    const at = axis < 0 ? rank + 1 + axis : axis;
    const [x, y] = [one("ExpandDims", [a, at]), one("ExpandDims", [b, at])];
    if (n === 1) return x;
    const steps = Math.max(n - 1, 1);
    const delta = one("RealDiv", [one("Sub", [y, x]), cast(steps, type)]);
    const inner = one("Range", [cast(1, int64), cast(steps, int64), cast(1, int64)]);
    const lines = one("Reshape", [
      cast(inner, type),
      Array.from({ length: rank + 1 }, (_, i) => (i === at ? -1 : 1)),
    ]);
    const middle = one("AddV2", [x, one("Mul", [delta, lines])]);
    const parts = n <= 0 ? [] : n === 1 ? [x] : [x, middle, y];
    if (n < 0) throw new ValueError("Argument `num` must be positive.");
    if (parts.length === 0) {
      const none = one("Shape", [x]);
      const kept = toTensor(
        Array.from({ length: rank + 1 }, (_, i) => Number(i !== at)),
        { dtype: int32 },
      );
      return one("Slice", [x, one("ZerosLike", [none]), one("Mul", [none, kept])]);
    }
    return one("ConcatV2", [parts, at]);
  },
);
/** The element type `None` stands for, `float32`, unless a type is given. */
export const orFloat = (dtype: TypeLike | null) => typeOr(dtype, float32);
