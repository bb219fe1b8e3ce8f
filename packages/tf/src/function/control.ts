import { nest } from "@cognate/keras/tensorflow";
import { def, bool as pyBool, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import { currentGraph, isGraphTensor, withGraph } from "../core/context.js";
import { isTensor, toTensor } from "../core/convert.js";
import { as_dtype, int32, type TypeLike } from "../core/dtypes.js";
import { InvalidArgumentError } from "../core/errors.js";
import { one, op } from "../core/execute.js";
import { addBranch, addLoop, leavesOf, trace } from "../graph/control.js";
import type { Graph } from "../graph/graph.js";
import { dimsOf } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import { stack } from "../ops/array.js";
import type { Data, Name } from "../ops/make.js";
import type { Tensor } from "../shared.js";

/* Branches, loops and maps: eager ones are JavaScript's, those in functions are recorded. */

type Thunk = () => unknown;
const graphNow = (x: unknown): Graph | null =>
  (isGraphTensor(x) ? (x.graph as unknown as Graph) : null) ?? (currentGraph() as unknown as Graph | null);

/** One of two functions, by a condition. @throws TypeError for what cannot be called */
export const cond = def(
  "tensorflow.cond",
  "pred true_fn false_fn name",
  (
    pred: unknown,
    true_fn: Thunk | null = null,
    false_fn: Thunk | null = null,
    name: Name = null,
  ): unknown => {
    if (typeof true_fn !== "function") throw new TypeError("'true_fn' must be callable.");
    if (typeof false_fn !== "function") throw new TypeError("'false_fn' must be callable.");
    const graph = graphNow(pred);
    if (graph && isGraphTensor(pred))
      return graph.scoped(name ?? "cond", (scope) => {
        const yes = trace(graph, "true", () => true_fn());
        const no = trace(graph, "false", () => false_fn());
        if (leavesOf(yes.structure).length !== leavesOf(no.structure).length)
          throw new TypeError(
            `true_fn and false_fn arguments to tf.cond must have the same number, type, and overall structure of return values.`,
          );
        return addBranch(graph, pred as unknown as GraphTensor, yes, no, scope);
      });
    const truth = isTensor(pred) ? toTensor(pred).__bool__() : pyBool(pred as never);
    return truth ? true_fn() : false_fn();
  },
);

const asList = (x: unknown): unknown[] => (Array.isArray(x) ? [...x] : [x]);
const likeList = (like: unknown, items: unknown[]): unknown =>
  like instanceof Tuple ? Tuple.of_(items) : items;

/** Runs `body` on the loop's variables while `cond` holds. */
export const while_loop = def(
  "tensorflow.while_loop",
  "cond body loop_vars shape_invariants parallel_iterations back_prop swap_memory maximum_iterations name",
  (
    cond: (...vars: never[]) => unknown,
    body: (...vars: never[]) => unknown,
    loop_vars: unknown,
    shape_invariants: unknown = null,
    _parallel = 10,
    _back = true,
    _swap = false,
    maximum_iterations: number | Tensor | null = null,
    name: Name = null,
  ): unknown => {
    if (typeof cond !== "function") throw new TypeError("'cond' must be callable.");
    if (typeof body !== "function") throw new TypeError("'body' must be callable.");
    const start = asList(loop_vars);
    if (start.length === 0) throw new ValueError("'loop_vars' must be provided.");
    const graph = currentGraph() as unknown as Graph | null;
    if (graph) {
      const flat = nest.flatten(start).map((v) => toTensor(v) as unknown as GraphTensor);
      const packed = (vars: readonly unknown[]): unknown[] => nest.pack(start, vars as never) as unknown[];
      const invariants =
        shape_invariants === null ? [] : nest.flatten(shape_invariants).map((s) => dimsOf(s));
      const out = graph.scoped(name ?? "while", (scope) =>
        addLoop(
          graph,
          flat,
          (vars) => (cond as (...v: unknown[]) => unknown)(...packed(vars)),
          (vars) => nest.flatten(asList((body as (...v: unknown[]) => unknown)(...packed(vars)))),
          scope,
          { maximum_iterations: maximum_iterations === null ? null : Number(maximum_iterations), invariants },
        ),
      );
      const result = packed(out);
      return likeList(loop_vars, result);
    }
    let vars = start;
    const most = maximum_iterations === null ? Number.POSITIVE_INFINITY : Number(maximum_iterations);
    for (let n = 0; n < most; n++) {
      const go = (cond as (...v: unknown[]) => unknown)(...(vars as never[]));
      if (!(isTensor(go) ? toTensor(go).__bool__() : pyBool(go as never))) break;
      const next = asList((body as (...v: unknown[]) => unknown)(...(vars as never[])));
      if (next.length !== vars.length)
        throw new ValueError(
          `The two structures don't have the same nested structure.\n\nFirst structure: type=list str=${repr(vars)}\n\nSecond structure: type=list str=${repr(next)}`,
        );
      vars = next;
    }
    const out = nest.map(
      (x: unknown) => (typeof x === "number" || typeof x === "boolean" ? toTensor(x) : x),
      vars,
    ) as unknown[];
    return likeList(loop_vars, out);
  },
);

/** The first of pairs whose condition holds. */
export const case_ = def(
  "tensorflow.case",
  "pred_fn_pairs default exclusive strict name",
  (
    pred_fn_pairs: Iterable<readonly [unknown, Thunk]>,
    otherwise: Thunk | null = null,
    exclusive = false,
    _strict = false,
    _name: Name = "case",
  ): unknown => {
    const pairs = [...pred_fn_pairs];
    const known = pairs.every(([p]) => !isGraphTensor(p));
    if (known) {
      const holds = pairs.filter(([p]) => (isTensor(p) ? toTensor(p).__bool__() : pyBool(p as never)));
      if (exclusive && holds.length > 1)
        throw new InvalidArgumentError(
          `Input error: exclusive=True: more than 1 conditions (${pairs.length}) evaluated as True:`,
        );
      if (holds[0]) return holds[0][1]();
      if (otherwise) return otherwise();
      throw new InvalidArgumentError(
        "None of the conditions evaluated as True. Conditions: (" +
          pairs.map(([p]) => String(p)).join(", ") +
          "), Values: ()",
      );
    }
    const last = otherwise ?? pairs[pairs.length - 1]![1];
    return pairs.reduceRight<Thunk>(
      (rest, [p, f]) =>
        () =>
          cond(p, f, rest),
      last,
    )();
  },
);
/** The function of that number. */
export const switch_case = def(
  "tensorflow.switch_case",
  "branch_index branch_fns default name",
  (
    branch_index: unknown,
    branch_fns: readonly Thunk[] | ReadonlyMap<number, Thunk> | readonly (readonly [number, Thunk])[],
    otherwise: Thunk | null = null,
    _name: Name = "switch_case",
  ): unknown => {
    const pairs: [number, Thunk][] =
      branch_fns instanceof Map
        ? [...(branch_fns as ReadonlyMap<number, Thunk>)]
        : (branch_fns as readonly unknown[]).map((f, i) =>
            Array.isArray(f) ? ([Number(f[0]), f[1]] as [number, Thunk]) : [i, f as Thunk],
          );
    const last = otherwise ?? [...pairs].sort((a, b) => b[0] - a[0])[0]![1];
    if (isGraphTensor(branch_index))
      return pairs.reduceRight<Thunk>(
        (rest, [i, f]) =>
          () =>
            cond(one("Equal", [branch_index, i]), f, rest),
        last,
      )();
    const n = Number(isTensor(branch_index) ? toTensor(branch_index).item() : branch_index);
    return (pairs.find(([i]) => i === n)?.[1] ?? last)();
  },
);

const rowsOf = (t: Tensor): Tensor[] => {
  const n = (t.shape as unknown as (number | null)[])[0];
  if (n === null || n === undefined) return [];
  return op("Unpack", [t], { num: n, axis: 0 });
};
const isUnknown = (t: Tensor): boolean =>
  isGraphTensor(t) && (t.shape as unknown as (number | null)[])[0] === null;
const stacked = (items: readonly unknown[]): unknown => {
  const first = items[0];
  const leaves = items.map((x) => nest.flatten(x));
  return nest.pack(
    first,
    nest.flatten(first).map((_, k) => stack(leaves.map((l) => l[k]) as Data[])),
  );
};

/** `fn` of each element along the first axis, stacked. */
export const map_fn = def(
  "tensorflow.map_fn",
  "fn elems dtype parallel_iterations back_prop swap_memory infer_shape name fn_output_signature",
  (
    fn: (x: never) => unknown,
    elems: unknown,
    dtype: unknown = null,
    _p: unknown = null,
    _b = true,
    _s = false,
    _i = true,
    _name: Name = null,
    fn_output_signature: unknown = null,
  ): unknown => {
    if (typeof fn !== "function")
      throw new TypeError(`The provided function ${repr(fn)} is not callable.fn is not callable.`);
    const leaves = nest.flatten(elems).map((x) => toTensor(x));
    const wanted = fn_output_signature ?? dtype;
    if (leaves.some(isUnknown)) return mapUnknown(fn, elems, leaves, wanted);
    const rows = leaves.map(rowsOf);
    const n = rows[0]!.length;
    if (n === 0) {
      const like = withGraph(currentGraph(), () => leaves[0]!);
      return one("Fill", [
        toTensor([0, ...[...like.shape].slice(1)], { dtype: int32 }),
        toTensor(0, { dtype: typeOfSignature(wanted) ?? like.dtype }),
      ]);
    }
    const results = Array.from({ length: n }, (_, i) =>
      fn(
        nest.pack(
          elems,
          rows.map((r) => r[i]!),
        ) as never,
      ),
    );
    if (wanted === null) {
      const t = toTensor(nest.flatten(results[0])[0]);
      const given = leaves[0]!;
      if (t.dtype !== given.dtype && nest.flatten(results[0]).length === 1)
        throw new InvalidArgumentError(
          `TensorArray dtype is ${nativeNames(given.dtype.name)} but Op is trying to write dtype ${nativeNames(t.dtype.name)} [Op:TensorListSetItem] name: `,
        );
    }
    return stacked(results);
  },
);
const nativeNames = (n: string): string => ({ float32: "float", float64: "double", float16: "half" })[n] ?? n;
const typeOfSignature = (s: unknown): ReturnType<typeof as_dtype> | null => {
  if (s === null || s === undefined) return null;
  const d = (s as { dtype?: TypeLike }).dtype ?? (s as TypeLike);
  return as_dtype(d);
};

/** Elements whose number is unknown: a loop that writes into a list that grows. */
function mapUnknown(
  fn: (x: never) => unknown,
  elems: unknown,
  leaves: readonly Tensor[],
  wanted: unknown,
): unknown {
  const n = one("StridedSlice", [one("Shape", [leaves[0]!]), [0], [1], [1]], { shrink_axis_mask: 1 });
  const at = (t: Tensor, i: Tensor): Tensor => one("GatherV2", [t, i, 0]);
  const first = fn(
    nest.pack(
      elems,
      leaves.map((t) => at(t, toTensor(0))),
    ) as never,
  );
  const outs = nest.flatten(first).map((x) => toTensor(x));
  void wanted;
  const start = outs.map((t) => one("ExpandDims", [t, 0]));
  const done = while_loop(
    ((i: Tensor) => one("Less", [i, n])) as never,
    ((i: Tensor, ...sums: Tensor[]) => {
      const y = nest.flatten(
        fn(
          nest.pack(
            elems,
            leaves.map((t) => at(t, i)),
          ) as never,
        ),
      );
      return [
        one("AddV2", [i, 1]),
        ...sums.map((s, k) => one("ConcatV2", [[s, one("ExpandDims", [toTensor(y[k]), 0])], 0])),
      ];
    }) as never,
    [toTensor(1), ...start],
    [[], ...start.map((s) => [null, ...([...s.shape] as (number | null)[]).slice(1)])],
  ) as Tensor[];
  return nest.pack(first, done.slice(1) as never);
}

/** `fn` of all elements at once, each seen as one. */
export const vectorized_map = def(
  "tensorflow.vectorized_map",
  "fn elems fallback_to_while_loop warn",
  (fn: (x: never) => unknown, elems: unknown, _fallback = true, _warn = true): unknown => {
    const leaves = nest.flatten(elems).map((x) => toTensor(x));
    const rows = leaves.map(rowsOf);
    const results = Array.from({ length: rows[0]!.length }, (_, i) =>
      fn(
        nest.pack(
          elems,
          rows.map((r) => r[i]!),
        ) as never,
      ),
    );
    return stacked(results);
  },
);

const folded = (py: string, backwards: boolean) =>
  def(
    `tensorflow.${py}`,
    "fn elems initializer parallel_iterations back_prop swap_memory name",
    (
      fn: (a: never, x: never) => unknown,
      elems: unknown,
      initializer: unknown = null,
      _p = 10,
      _b = true,
      _s = false,
      _name: Name = null,
    ): unknown => {
      const rows = nest.flatten(elems).map((x) => rowsOf(toTensor(x)));
      const items = Array.from({ length: rows[0]!.length }, (_, i) =>
        nest.pack(
          elems,
          rows.map((r) => r[i]!),
        ),
      );
      if (backwards) items.reverse();
      let a = initializer === null ? items.shift() : nest.map((x: unknown) => toTensor(x), initializer);
      for (const x of items) a = fn(a as never, x as never);
      return nest.map((x: unknown) => toTensor(x), a);
    },
  );
export const foldl = folded("foldl", false);
export const foldr = folded("foldr", true);
/** All the steps of a fold, stacked. */
export const scan = def(
  "tensorflow.scan",
  "fn elems initializer parallel_iterations back_prop swap_memory infer_shape reverse name",
  (
    fn: (a: never, x: never) => unknown,
    elems: unknown,
    initializer: unknown = null,
    _p = 10,
    _b = true,
    _s = false,
    _i = true,
    reverse = false,
    _name: Name = null,
  ): unknown => {
    const rows = nest.flatten(elems).map((x) => rowsOf(toTensor(x)));
    const items = Array.from({ length: rows[0]!.length }, (_, i) =>
      nest.pack(
        elems,
        rows.map((r) => r[i]!),
      ),
    );
    if (reverse) items.reverse();
    const results: unknown[] = [];
    let a: unknown;
    if (initializer === null) {
      a = items.shift();
      results.push(a);
    } else a = nest.map((x: unknown) => toTensor(x), initializer);
    for (const x of items) {
      a = fn(a as never, x as never);
      results.push(a);
    }
    if (reverse) results.reverse();
    return stacked(results);
  },
);
/** Nothing. */
export const no_op = def("tensorflow.no_op", "name", (_name: Name = null): unknown =>
  currentGraph() ? op("NoOp", []) : null,
);
export const group = def(
  "tensorflow.group",
  "...inputs name",
  (_inputs: readonly unknown[], _name: Name = null): null => null,
);
