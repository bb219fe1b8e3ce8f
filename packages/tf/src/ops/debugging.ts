import { repr, str, Tuple, TypeError, type, ValueError } from "@cognate/py";
import { currentGraph } from "../core/context.js";
import { isTensor, toTensor } from "../core/convert.js";
import { as_dtype, float32, type TypeLike } from "../core/dtypes.js";
import { InvalidArgumentError } from "../core/errors.js";
import { one, op } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { type Data, def, type Name } from "./make.js";
import { reduce_all } from "./reduce.js";

/* `tf.debugging`. */

const text = (t: Tensor): string => String(t.numpy());
const head = (t: Tensor, n: number): string => {
  const flat = one("Reshape", [t, [-1]]);
  const k = Math.min(n < 0 ? flat.size : n, flat.size);
  return `First ${k} elements of ${"x"}:\n${text(one("Slice", [flat, [0], [k]]))}`;
};

const comparison = (py: string, type: string, sign: string, places: boolean) =>
  def(
    `tensorflow.debugging.${py}`,
    "x y message summarize name",
    (
      x: Data,
      y: Data,
      message: string | null = null,
      summarize: number | null = null,
      _name: Name = null,
    ): unknown => {
      const a = toTensor(x);
      const b = toTensor(y, isTensor(y) ? {} : { hint: a.dtype });
      const holds = one(type, [a, b]);
      const all = reduce_all(holds);
      if (currentGraph())
        return op("Assert", [all, [toTensor(`${message ?? ""}Condition x ${sign} y did not hold.`), a, b]]);
      if (all.__bool__()) return null;
      const n = summarize ?? 3;
      let words = `${message ? `${message}\n` : ""}Condition x ${sign} y did not hold.\n`;
      if (places && a.shape.length > 0 && b.shape.length > 0) {
        const mask = one("LogicalNot", [holds]);
        const where = one("Where", [mask]);
        const k = Math.min(n, where.shape[0]!);
        const pick = (t: Tensor): string => text(one("Slice", [one("GatherNd", [t, where]), [0], [k]]));
        words += `Indices of first ${k} different values:\n${text(one("Slice", [where, [0, 0], [k, -1]]))}\nCorresponding x values:\n${pick(a)}\nCorresponding y values:\n${pick(b)}\n`;
      }
      words += `${head(a, n)}\n${head(b, n).replace(" of x:", " of y:")}`;
      throw new InvalidArgumentError(words);
    },
  );
export const assert_equal = comparison("assert_equal", "Equal", "==", true);
export const assert_none_equal = comparison("assert_none_equal", "NotEqual", "!=", true);
export const assert_less = comparison("assert_less", "Less", "<", false);
export const assert_less_equal = comparison("assert_less_equal", "LessEqual", "<=", false);
export const assert_greater = comparison("assert_greater", "Greater", ">", false);
export const assert_greater_equal = comparison("assert_greater_equal", "GreaterEqual", ">=", false);

const signed = (py: string, type: string, sign: string, flip: boolean) =>
  def(
    `tensorflow.debugging.${py}`,
    "x message summarize name",
    (x: Data, message: string | null = null, _n: number | null = null, _name: Name = null): unknown => {
      const t = toTensor(x);
      const zero = toTensor(0, { dtype: t.dtype });
      const all = reduce_all(one(type, flip ? [zero, t] : [t, zero]));
      if (currentGraph())
        return op("Assert", [
          all,
          [toTensor(`${message ?? ""}Condition x ${sign} 0 did not hold element-wise:`), t],
        ]);
      if (all.__bool__()) return null;
      const n = _n ?? 3;
      const shown = [...(one("Reshape", [t, [-1]]).numpy() as unknown as Iterable<unknown>)].map((v) =>
        str(v),
      );
      const flat =
        t.shape.length === 0 ? text(t) : repr(shown.length > n ? [...shown.slice(0, n), "..."] : shown);
      throw new InvalidArgumentError(
        `${message ? `${message}.  ` : ""}\nCondition x ${sign} 0 did not hold element-wise:\nx (shape=${String(t.shape)} dtype=${t.dtype.name}) = \n${flat}`,
      );
    },
  );
export const assert_positive = signed("assert_positive", "Less", ">", true);
export const assert_negative = signed("assert_negative", "Less", "<", false);
export const assert_non_negative = signed("assert_non_negative", "LessEqual", ">=", true);
export const assert_non_positive = signed("assert_non_positive", "LessEqual", "<=", false);

export const assert_near = def(
  "tensorflow.debugging.assert_near",
  "x y rtol atol message summarize name",
  (
    x: Data,
    y: Data,
    rtol: Data | null = null,
    atol: Data | null = null,
    message: string | null = null,
    _n: number | null = null,
    _name: Name = null,
  ): unknown => {
    const a = toTensor(x, { hint: float32 });
    const b = toTensor(y, { dtype: a.dtype });
    const eps = a.dtype.name === "float64" ? 2.220446049250313e-16 : 1.1920928955078125e-7;
    const r = toTensor(rtol ?? 10 * eps, { dtype: a.dtype });
    const t = toTensor(atol ?? 10 * eps, { dtype: a.dtype });
    const tol = one("AddV2", [t, one("Mul", [r, one("Abs", [b])])]);
    const diff = one("Abs", [one("Sub", [a, b])]);
    const all = reduce_all(one("Less", [diff, tol]));
    if (all.__bool__()) return null;
    const bytes = (s: string): string => `b'${s}'`;
    throw new InvalidArgumentError(
      `Expected '${String(all)}' to be true. Summarized data: ${bytes(message ?? "")}\n${bytes(`x and y not equal to tolerance rtol = ${String(r)}, atol = ${String(t)}`)}\n${bytes(`x (shape=${String(a.shape)} dtype=${a.dtype.name}) = `)}\n${text(a)}\n${bytes(`y (shape=${String(b.shape)} dtype=${b.dtype.name}) = `)}\n${text(b)}`,
    );
  },
);
const prefixed = (message: string | null): string => (message ? `${message}. ` : "");
const ranked = (py: string, test: (rank: number, want: number) => boolean, words: string) =>
  def(
    `tensorflow.debugging.${py}`,
    "x rank message name",
    (x: Data, rank: number, message: string | null = null, _name: Name = null): unknown => {
      const t = toTensor(x);
      if (test(t.shape.length, Number(rank))) return null;
      throw new ValueError(
        `${prefixed(message)}Tensor  must have rank ${words}${rank}.  Received rank ${t.shape.length}, shape ${String(t.shape)}`,
      );
    },
  );
export const assert_rank = ranked("assert_rank", (r, w) => r === w, "");
export const assert_rank_at_least = ranked("assert_rank_at_least", (r, w) => r >= w, "at least ");
export const assert_rank_in = def(
  "tensorflow.debugging.assert_rank_in",
  "x ranks message name",
  (x: Data, ranks: readonly number[], message: string | null = null, _name: Name = null): unknown => {
    const t = toTensor(x);
    if (ranks.includes(t.shape.length)) return null;
    throw new ValueError(
      `${prefixed(message)}Tensor  must have rank in ${repr(Tuple.of_([...ranks]))}.  Received rank ${t.shape.length}, shape ${String(t.shape)}`,
    );
  },
);
export const assert_scalar = def(
  "tensorflow.debugging.assert_scalar",
  "tensor message name",
  (tensor: Data, message: string | null = null, _name: Name = null): Tensor => {
    const t = toTensor(tensor);
    if (t.shape.length !== 0)
      throw new ValueError(`${message ?? ""}Expected scalar shape, saw shape: ${String(t.shape)}.`);
    return t;
  },
);
export const assert_type = def(
  "tensorflow.debugging.assert_type",
  "tensor tf_type message name",
  (tensor: Data, tf_type: TypeLike, message: string | null = null, _name: Name = null): unknown => {
    const t = toTensor(tensor);
    const want = as_dtype(tf_type);
    if (t.dtype === want) return null;
    throw new TypeError(
      `${message ? `${message} ` : ""}tensor must be of type ${repr(want)}; got ${repr(t.dtype)}`,
    );
  },
);
export const assert_integer = def(
  "tensorflow.debugging.assert_integer",
  "x message name",
  (x: Data, message: string | null = null, _name: Name = null): unknown => {
    const t = toTensor(x);
    if (t.dtype.is_integer) return null;
    throw new TypeError(
      `${message ? `${message} ` : ""}Expected "x" to be integer type.  Found: tensor of dtype ${String(t.dtype)}`,
    );
  },
);
export const assert_proper_iterable = def(
  "tensorflow.debugging.assert_proper_iterable",
  "values",
  (values: unknown): unknown => {
    const bad =
      isTensor(values) ||
      typeof values === "string" ||
      (typeof values === "object" && values !== null && "dtype" in values);
    if (bad)
      throw new TypeError(`Expected argument "values" to be a "proper" iterable.  Found: ${classOf(values)}`);
    if (typeof values !== "object" || values === null || !(Symbol.iterator in values))
      throw new TypeError(`Expected argument "values" to be iterable.  Found: ${classOf(values)}`);
    return null;
  },
);
const classOf = (x: unknown): string => repr(type(x));
export const assert_same_float_dtype = def(
  "tensorflow.debugging.assert_same_float_dtype",
  "tensors dtype",
  (tensors: readonly Data[] | null = null, dtype: TypeLike | null = null): unknown => {
    const list = (tensors ?? []).map((t) => toTensor(t));
    const want = dtype === null ? (list[0]?.dtype ?? float32) : as_dtype(dtype);
    for (const t of list)
      if (t.dtype !== want)
        throw new ValueError(
          `${String(t)}, type=${String(t.dtype)}, must be of the same type (${String(want)})${dtype === null ? ` as ${String(list[0])}` : ""}.`,
        );
    if (!want.is_floating) throw new ValueError(`Expected floating point type, got ${String(want)}.`);
    return want;
  },
);
export const assert_all_finite = def(
  "tensorflow.debugging.assert_all_finite",
  "x message name",
  (x: Data, message: string, name: Name = null): Tensor => {
    const t = toTensor(x);
    return one("Identity", [one("CheckNumerics", [t], { message }, name ?? "")]);
  },
);
export const check_numerics = def(
  "tensorflow.debugging.check_numerics",
  "tensor message name",
  (tensor: Data, message: string, name: Name = null): Tensor =>
    one("CheckNumerics", [tensor], { message }, name),
);
export const is_numeric_tensor = def(
  "tensorflow.debugging.is_numeric_tensor",
  "tensor",
  (tensor: unknown): boolean =>
    isTensor(tensor) && toTensor(tensor).dtype.name !== "string" && toTensor(tensor).dtype.name !== "bool",
);
export const Assert = def(
  "tensorflow.debugging.Assert",
  "condition data summarize name",
  (
    condition: unknown,
    data: readonly unknown[],
    summarize: number | null = null,
    _name: Name = null,
  ): unknown => {
    if (currentGraph())
      return op("Assert", [condition, data.map((d) => toTensor(d))], { summarize: summarize ?? 3 });
    const holds = isTensor(condition) ? toTensor(condition).__bool__() : Boolean(condition);
    if (holds) return null;
    const shown = data.map((d) => {
      if (typeof d === "string") return `b'${d}'`;
      const t = toTensor(d);
      if (t.shape.length === 0) return text(t);
      const flat = (one("Reshape", [t, [-1]]).tolist() as unknown[]).map(String);
      const n = summarize ?? 3;
      return flat.length > n && n >= 0 ? `${flat.slice(0, n).join(", ")}, ...` : flat.join(", ");
    });
    throw new InvalidArgumentError(
      `Expected '${isTensor(condition) ? String(toTensor(condition)) : holds ? "True" : "False"}' to be true. Summarized data: ${shown.join("\n")}`,
    );
  },
);
/** Shapes by letters that must agree. */
export const assert_shapes = def(
  "tensorflow.debugging.assert_shapes",
  "shapes data summarize message name",
  (
    shapes: unknown,
    _data: unknown = null,
    _n: unknown = null,
    message: string | null = null,
    _name: Name = null,
  ): unknown => {
    const pairs =
      shapes instanceof Map ? [...shapes] : [...(shapes as Iterable<readonly [unknown, unknown]>)];
    const known = new Map<string, { size: number; from: string }>();
    for (const [x, want] of pairs as [Data, unknown][]) {
      const t = toTensor(x);
      const list: unknown[] =
        typeof want === "string" ? [...want] : want === null ? [] : [...(want as Iterable<unknown>)];
      const own = `Tensor shape=${String(t.shape)} dtype=${t.dtype.name}`;
      if (want !== null && list.length !== t.shape.length && !list.includes("...") && !list.includes("*"))
        throw new ValueError(
          `${prefixed(message)}${own} must have rank ${list.length}.  Received rank ${t.shape.length}, shape ${String(t.shape)}`,
        );
      list.forEach((s, i) => {
        if (s === null || s === "." || s === "...") return;
        const size = t.shape[i]!;
        const n = typeof s === "number" ? s : null;
        const before = n === null ? known.get(String(s)) : { size: n, from: "" };
        if (!before) known.set(String(s), { size, from: `${own} dimension ${i}` });
        else if (before.size !== size)
          throw new ValueError(
            `${prefixed(message)}${n !== null ? "Specified explicitly." : `Specified by ${before.from}.`}  ${own} dimension ${i} must have size ${before.size}.  Received size ${size}, shape ${String(t.shape)}`,
          );
      });
    }
    return null;
  },
);
