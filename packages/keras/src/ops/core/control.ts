import { int32, ops } from "@cognate/kernel";
import { def, Tuple, TypeError, ValueError } from "@cognate/py";
import { CustomNode, Value } from "@cognate/tensor";
import { valueOf } from "../../backend/create.js";
import { anySymbolic } from "../../backend/keras-tensor.js";
import { recording, unrecorded } from "../../backend/record.js";
import { Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { Variable } from "../../backend/variable.js";
import * as tree from "../../tree.js";
import { anyRow, apply } from "../make.js";

/*
 * Loops and branches. Eager code runs them as JavaScript does; tapes see what runs.
 */

type Structure = unknown;

const tensors = (xs: Structure): Structure => tree.map((x: TensorLike) => wrap(valueOf(x)), xs);
const truth = (x: unknown): boolean =>
  typeof x === "boolean" ? x : x instanceof Tensor || x instanceof Variable ? x.__bool__() : Boolean(x);
const lengthOf = (xs: Structure): number => {
  const [first] = tree.flatten(xs) as Tensor[];
  return first!._value.shape[0]!;
};
/** Slices of a structure's tensors along the first axis. */
const sliceAt = (xs: Structure, i: number): Structure => tree.map((x: Tensor) => x.at(i), xs);
/** Structures stacked along a new first axis. */
const stacked = (items: readonly Structure[]): Structure =>
  items.length === 0
    ? items
    : tree.map(
        (...parts: TensorLike[]) =>
          wrap(
            apply(
              anyRow(ops.stack),
              parts.map((p) => valueOf(p)),
              { dim: 0 },
            ),
          ),
        items[0],
        ...items.slice(1),
      );

/** The value of one of two functions. */
export const cond = def(
  "keras.ops.cond",
  "pred true_fn false_fn",
  <R>(pred: unknown, true_fn: () => R, false_fn: () => R): R => (truth(pred) ? true_fn() : false_fn()),
);
/** The value of the branch that an index names; indices outside take the nearest. */
export const switch_ = def(
  "keras.ops.switch",
  "index branches ...operands",
  (
    index: TensorLike,
    branches: readonly ((...xs: never[]) => unknown)[],
    operands: readonly unknown[] = [],
  ) => {
    const i = Math.min(Math.max(Number(wrap(valueOf(index)).item()), 0), branches.length - 1);
    return branches[i]!(...(operands as never[]));
  },
);

/** `body` again and again while `cond` holds. */
export const while_loop = def(
  "keras.ops.while_loop",
  "cond body loop_vars maximum_iterations",
  (
    cond: (...vars: never[]) => unknown,
    body: (...vars: never[]) => unknown,
    loop_vars: unknown,
    maximum_iterations: number | null = null,
  ): unknown => {
    const several = Array.isArray(loop_vars);
    let vars = (tensors(several ? [...(loop_vars as unknown[])] : [loop_vars]) as unknown[]) ?? [];
    for (let i = 0; maximum_iterations === null || i < maximum_iterations; i++) {
      if (!truth(cond(...(vars as never[])))) break;
      const next = body(...(vars as never[]));
      vars = tensors(several && Array.isArray(next) ? [...next] : [next]) as unknown[];
    }
    return several ? Tuple.of_(vars) : vars[0];
  },
);
/** `body_fun(i, value)` for i from `lower` to before `upper`. */
export const fori_loop = def(
  "keras.ops.fori_loop",
  "lower upper body_fun init_val",
  (
    lower: number,
    upper: number,
    body_fun: (i: Tensor, value: never) => unknown,
    init_val: unknown,
  ): unknown => {
    let value = init_val;
    for (let i = Number(lower); i < Number(upper); i++)
      value = body_fun(wrap(valueOf(i, int32)), value as never);
    return value;
  },
);

/** `f` of every slice along the first axis, the results stacked. */
export const map = def("keras.ops.map", "f xs", (f: (x: never) => unknown, xs: Structure): Structure => {
  const all = tensors(xs);
  return stacked(Array.from({ length: lengthOf(all) }, (_, i) => f(sliceAt(all, i) as never)));
});
export const vectorized_map = def(
  "keras.ops.vectorized_map",
  "function elements",
  (f: (x: never) => unknown, elements: Structure): Structure => map.impl(f, elements),
);
/** A function of arrays without the first axis, of arrays with it. */
export const vectorize = def(
  "keras.ops.vectorize",
  "pyfunc * excluded signature",
  (
    pyfunc: (...xs: never[]) => unknown,
    _excluded: readonly number[] | null = null,
    _signature: string | null = null,
  ) =>
    (...args: readonly TensorLike[]): Structure => {
      const values = args.map((a) => valueOf(a));
      const rank = Math.max(...values.map((v) => v.shape.length));
      if (rank === 0) return pyfunc(...(values.map((v) => wrap(v)) as never[]));
      const n = Math.max(...values.filter((v) => v.shape.length === rank).map((v) => v.shape[0]!));
      const inner = vectorize.impl(pyfunc, null, null);
      return stacked(
        Array.from({ length: n }, (_, i) =>
          inner(
            ...values.map((v) => (v.shape.length === rank ? wrap(v).at(v.shape[0] === 1 ? 0 : i) : wrap(v))),
          ),
        ),
      );
    },
);

/** A loop that carries a state along slices: the last state, and the stacked results. */
export const scan = def(
  "keras.ops.scan",
  "f init xs length reverse unroll",
  (
    f: (carry: never, x: never) => readonly unknown[],
    init: Structure,
    xs: Structure = null,
    length: number | null = null,
    reverse = false,
    unroll: number | boolean = 1,
  ): Tuple<unknown> => {
    if (typeof f !== "function") throw new TypeError(`\`f\` should be a callable. Received: f=${f}`);
    if (typeof unroll !== "boolean" && !(Number.isInteger(unroll) && unroll >= 1))
      throw new ValueError(`\`unroll\` must be an positive integer or boolean. Received: unroll=${unroll}`);
    if (xs === null && length === null)
      throw new ValueError("Got no `xs` to scan over and `length` not provided.");
    const all = xs === null ? null : tensors(xs);
    const n = length === null ? lengthOf(all) : Number(length);
    let carry: unknown = tensors(init);
    const ys: unknown[] = new Array(n);
    for (let k = 0; k < n; k++) {
      const i = reverse ? n - 1 - k : k;
      const [next, y] = f(carry as never, (all === null ? null : sliceAt(all, i)) as never);
      carry = next;
      ys[i] = y;
    }
    return Tuple.of_([carry, ys.every((y) => y === null) ? null : stacked(ys)]);
  },
);
/** All prefixes of a sequence combined by an associative function. */
export const associative_scan = def(
  "keras.ops.associative_scan",
  "f elems reverse axis",
  (f: (a: never, b: never) => unknown, elems: Structure, reverse = false, axis = 0): Structure => {
    if (typeof f !== "function") throw new TypeError(`\`f\` should be a callable. Received: f=${f}`);
    const all = tensors(elems);
    const flat = tree.flatten(all) as Tensor[];
    const dimOf = (x: Tensor): number => (axis < 0 ? axis + x._value.shape.length : axis);
    const n = flat[0]!._value.shape[dimOf(flat[0]!)]!;
    const part = (i: number): Structure =>
      tree.map(
        (x: Tensor) => wrap(apply(ops.slice, [x._value], { dim: dimOf(x), start: i, step: 1, length: 1 })),
        all,
      );
    const out: unknown[] = new Array(n);
    let last: unknown;
    for (let k = 0; k < n; k++) {
      const i = reverse ? n - 1 - k : k;
      last = k === 0 ? part(i) : f(last as never, part(i) as never);
      out[i] = last;
    }
    return tree.map(
      (...parts: Tensor[]) =>
        wrap(
          apply(
            anyRow(ops.cat),
            parts.map((p) => p._value),
            { dim: dimOf(parts[0]!) },
          ),
        ),
      out[0],
      ...out.slice(1),
    );
  },
);

/** A function with a gradient of its own: it returns its value and the function that takes gradients back. */
export const custom_gradient = def(
  "keras.ops.custom_gradient",
  "f",
  (f: (...args: never[]) => readonly [unknown, (...upstream: never[]) => unknown]) =>
    (...args: readonly unknown[]): unknown => {
      if (!recording() || anySymbolic(args)) return f(...(args as never[]))[0];
      const inputs = args.map((a) => (a instanceof Tensor || a instanceof Variable ? a._value : null));
      const [y, back] = unrecorded(() => f(...(args as never[])));
      const outs = (tree.flatten(y) as TensorLike[]).map((t) => valueOf(t));
      const node = new CustomNode("custom_gradient", inputs, outs, (gys) => {
        const upstream = gys.map((g, i) => wrap(g ?? (outs[i]!.full(outs[i]!.shape, 0) as Value)));
        const grads = back(...(upstream as never[]));
        const list = Array.isArray(grads) ? grads : [grads];
        return inputs.map((x, i) => (x === null || !list[i] ? null : valueOf(list[i], x.dtype)));
      });
      let at = 0;
      return tree.map(() => {
        const v = outs[at]!;
        return wrap(new Value(v.array, node, at++));
      }, y);
    },
);
