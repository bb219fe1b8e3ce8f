import { repr, str, TypeError, ValueError } from "@cognate/py";
import { isTensor } from "../core/convert.js";
import { bool } from "../core/dtypes.js";
import { addBranch, addLoop, leavesOf, trace } from "../graph/control.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import type { Graph } from "../graph/graph.js";
import * as nest from "../graph/nest.js";
import { addScan } from "../graph/scan.js";
import { dimsOf } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import { v1 } from "./make.js";

const shapeOfStructure = (x: unknown): unknown[] => leavesOf(x);

function branch(
  g: Graph,
  pred: unknown,
  yes: () => unknown,
  no: () => unknown,
  name: string,
  strict: boolean,
): unknown {
  if (typeof yes !== "function") throw new TypeError("'true_fn' must be callable.");
  if (typeof no !== "function") throw new TypeError("'false_fn' must be callable.");
  return g.scoped(name, (scope) => {
    const p = toGraphTensor(g, pred, undefined, "pred");
    const a = trace(g, "true", () => yes());
    const b = trace(g, "false", () => no());
    const [left, right] = [shapeOfStructure(a.structure), shapeOfStructure(b.structure)];
    if (left.length !== right.length)
      throw new ValueError(
        `The two structures don't have the same nested structure.\n\nFirst structure: type=${kind(a.structure)} str=${str(a.structure)}\n\nSecond structure: type=${kind(b.structure)} str=${str(b.structure)}`,
      );
    left.forEach((x, i) => {
      const y = right[i];
      if (x !== null && y !== null) {
        const [s, t] = [x as GraphTensor, y as GraphTensor];
        if (s.dtype !== t.dtype)
          throw new ValueError(
            `Outputs of 'true_fn' and 'false_fn' must have the same type(s). Received ${s.dtype.name} from 'true_fn' and ${t.dtype.name} from 'false_fn'.`,
          );
      }
    });
    const out = addBranch(g, p, a, b, scope);
    // A list of one is the one, unless asked not to be.
    if (!strict && Array.isArray(out) && out.length === 1) return out[0];
    return out;
  });
}
const kind = (x: unknown): string => (Array.isArray(x) ? "list" : "SymbolicTensor");

/**
 * One of two functions, by a condition that is known when the graph runs; what is made outside of them runs in any case.
 *
 * @throws ValueError where they give different types or structures
 */
export const cond = v1(
  "cond",
  "pred true_fn|fn1 false_fn|fn2 strict name",
  (
    pred: unknown,
    true_fn: () => unknown,
    false_fn: () => unknown,
    strict = false,
    name: string | null = null,
  ): unknown => {
    if (typeof pred === "boolean") throw new TypeError("pred must not be a Python bool");
    return branch(get_default_graph(), pred, true_fn, false_fn, name ?? "cond", strict);
  },
);

const casesOf = (pred_fn_pairs: unknown): [unknown, () => unknown][] => {
  if (pred_fn_pairs instanceof Map) return [...pred_fn_pairs] as [unknown, () => unknown][];
  if (!Array.isArray(pred_fn_pairs)) throw new TypeError("'pred_fn_pairs' must be a list, tuple, or dict.");
  return pred_fn_pairs.map((p) => {
    const pair = [...(p as Iterable<unknown>)];
    if (pair.length !== 2) throw new TypeError("Each entry in 'pred_fn_pairs' must be a 2-tuple.");
    if (!isTensor(pair[0]) || (pair[0] as GraphTensor).dtype !== bool)
      throw new TypeError(
        `'pred' must be of type bool, but got ${str((pair[0] as { dtype?: { name: string } })?.dtype?.name)}`,
      );
    if (typeof pair[1] !== "function") throw new TypeError(`fn for pred ${str(pair[0])} must be callable.`);
    return pair as [unknown, () => unknown];
  });
};

/** The first function whose condition holds, else the default. */
export const case_ = v1(
  "case",
  "pred_fn_pairs default exclusive strict name",
  (
    pred_fn_pairs: unknown,
    otherwise: (() => unknown) | null = null,
    _exclusive = false,
    strict = false,
    name = "case",
  ): unknown => {
    const g = get_default_graph();
    const pairs = casesOf(pred_fn_pairs);
    return g.scoped(name, () => {
      const last = otherwise ?? pairs.at(-1)![1];
      const rest = otherwise ? pairs : pairs.slice(0, -1);
      const build = (i: number): unknown => {
        if (i === rest.length) return last();
        return branch(get_default_graph(), rest[i]![0], rest[i]![1], () => build(i + 1), "cond", strict);
      };
      return build(0);
    });
  },
);
export { case_ as case };

/** A loop: `body` while `cond` holds, on variables in nested lists. */
export const while_loop = v1(
  "while_loop",
  "cond body loop_vars shape_invariants parallel_iterations back_prop swap_memory name maximum_iterations return_same_structure",
  (
    condition: (...vars: unknown[]) => unknown,
    body: (...vars: unknown[]) => unknown,
    loop_vars: unknown,
    shape_invariants: unknown = null,
    _parallel = 10,
    _back_prop = true,
    _swap = false,
    name: string | null = null,
    maximum_iterations: unknown = null,
    return_same_structure = false,
  ): unknown => {
    if (typeof condition !== "function") throw new TypeError("'cond' must be callable.");
    if (typeof body !== "function") throw new TypeError("'body' must be callable.");
    const vars = Array.isArray(loop_vars) ? loop_vars : [loop_vars];
    if (vars.length === 0) throw new ValueError("'loop_vars' must be provided.");
    const g = get_default_graph();
    return g.scoped(name ?? "while", (scope) => {
      const flat = nest.flatten(vars).map((x) => toGraphTensor(g, x));
      const given = shape_invariants === null ? [] : invariantsOf(shape_invariants);
      const out = addLoop(
        g,
        flat,
        (now) => condition(...(nest.pack(vars, now) as unknown[])),
        (now) => {
          const next = body(...(nest.pack(vars, now) as unknown[]));
          const list =
            Array.isArray(next) && !(vars.length === 1 && Array.isArray(vars[0]))
              ? next
              : vars.length === 1
                ? [next]
                : next;
          const leaves = nest.flatten(list);
          if (leaves.length !== now.length)
            throw new ValueError(
              `The two structures don't have the same number of elements.\n\nFirst structure (${now.length} elements): ${repr(vars)}\n\nSecond structure (${leaves.length} elements): ${repr(list)}`,
            );
          return leaves;
        },
        scope,
        {
          maximum_iterations: maximum_iterations === null ? null : Number(maximum_iterations),
          invariants: given,
        },
      );
      const packed = nest.pack(vars, out) as unknown[];
      return packed.length === 1 && !return_same_structure ? packed[0] : packed;
    });
  },
);
const invariantsOf = (x: unknown): ReturnType<typeof dimsOf>[] => {
  const out: ReturnType<typeof dimsOf>[] = [];
  const walk = (v: unknown): void => {
    if (v !== null && typeof v === "object" && "_dims" in v) out.push(dimsOf(v));
    else if (Array.isArray(v) && v.every((d) => d === null || typeof d === "number")) out.push(dimsOf(v));
    else if (Array.isArray(v)) v.forEach(walk);
    else out.push(dimsOf(v));
  };
  (Array.isArray(x) ? x : [x]).forEach(walk);
  return out;
};

type Step = (accumulated: unknown, x: unknown) => unknown;

const elements = (g: Graph, elems: unknown): GraphTensor[] =>
  nest.flatten(elems).map((e, i) => toGraphTensor(g, e, undefined, i === 0 ? "elem" : `elem_${i}`));

const first = (g: Graph, t: GraphTensor, at: number): GraphTensor =>
  g.createOp(
    "StridedSlice",
    [t, [at], [at === -1 ? 0 : at + 1], [1]],
    { shrink_axis_mask: 1, end_mask: at === -1 ? 1 : 0 },
    "strided_slice",
  )[0] as GraphTensor;
const rest = (g: Graph, t: GraphTensor, reverse: boolean): GraphTensor =>
  (reverse
    ? g.createOp("StridedSlice", [t, [0], [-1], [1]], { begin_mask: 1 }, "strided_slice")[0]
    : g.createOp("StridedSlice", [t, [1], [0], [1]], { end_mask: 1 }, "strided_slice")[0]) as GraphTensor;

/** The function along the first axis, what it gives handed on; all of it is given. */
export const scan = v1(
  "scan",
  "fn elems initializer parallel_iterations back_prop swap_memory infer_shape reverse name",
  (
    fn: Step,
    elems: unknown,
    initializer: unknown = null,
    _p = 10,
    _b = true,
    _s = false,
    _i = true,
    reverse = false,
    name: string | null = null,
  ): unknown => {
    if (typeof fn !== "function") throw new TypeError(`${repr(fn)} is not callable`);
    const g = get_default_graph();
    return g.scoped(name ?? "scan", (scope) => {
      const xs = elements(g, elems);
      const at = reverse ? -1 : 0;
      const start =
        initializer === null
          ? xs.map((x) => first(g, x, at))
          : nest.flatten(initializer).map((x) => toGraphTensor(g, x));
      const like = initializer === null ? elems : initializer;
      const walked = initializer === null ? xs.map((x) => rest(g, x, reverse)) : xs;
      const { ys } = addScan(
        g,
        { xs: walked, states: start, reverse },
        (_t, x, acc) => {
          const next = nest.flatten(fn(nest.pack(like, acc), nest.pack(elems, x)));
          return { states: next, ys: next };
        },
        scope,
      );
      if (initializer !== null) return nest.pack(like, ys);
      const whole = ys.map((y, i) => {
        const lead = g.createOp("ExpandDims", [start[i]!, 0], {}, "ExpandDims")[0];
        return g.createOp("ConcatV2", [reverse ? [y, lead] : [lead, y], 0], {}, "concat")[0]!;
      });
      return nest.pack(like, whole);
    });
  },
);

const fold = (name: string, reverse: boolean) =>
  v1(
    name,
    "fn elems initializer parallel_iterations back_prop swap_memory name",
    (
      fn: Step,
      elems: unknown,
      initializer: unknown = null,
      _p = 10,
      _b = true,
      _s = false,
      own: string | null = null,
    ): unknown => {
      if (typeof fn !== "function") throw new TypeError(`${repr(fn)} is not callable`);
      const g = get_default_graph();
      return g.scoped(own ?? name, (scope) => {
        const xs = elements(g, elems);
        const start =
          initializer === null
            ? xs.map((x) => first(g, x, reverse ? -1 : 0))
            : nest.flatten(initializer).map((x) => toGraphTensor(g, x));
        const like = initializer === null ? elems : initializer;
        const walked = initializer === null ? xs.map((x) => rest(g, x, reverse)) : xs;
        const { states } = addScan(
          g,
          { xs: walked, states: start, reverse },
          (_t, x, acc) => ({ states: nest.flatten(fn(nest.pack(like, acc), nest.pack(elems, x))), ys: [] }),
          scope,
        );
        return nest.pack(like, states);
      });
    },
  );
export const foldl = fold("foldl", false);
export const foldr = fold("foldr", true);

/** The function on each row of the first axis. */
export const map_fn = v1(
  "map_fn",
  "fn elems dtype parallel_iterations back_prop swap_memory infer_shape name fn_output_signature",
  (
    fn: (x: unknown) => unknown,
    elems: unknown,
    dtype: unknown = null,
    _p: unknown = 10,
    _b = true,
    _s = false,
    _i = true,
    name: string | null = null,
    signature: unknown = null,
  ): unknown => {
    if (typeof fn !== "function")
      throw new TypeError(`The provided function ${repr(fn)} is not callable. fn must be callable.`);
    const g = get_default_graph();
    return g.scoped(name ?? "map", (scope) => {
      const xs = elements(g, elems);
      let structure: unknown = elems;
      const { ys } = addScan(
        g,
        { xs, states: [] },
        (_t, x) => {
          structure = fn(nest.pack(elems, x));
          return { states: [], ys: nest.flatten(structure) };
        },
        scope,
      );
      const wanted = nest.flatten(signature ?? dtype).filter((d) => d !== null && d !== undefined) as {
        readonly name?: string;
      }[];
      wanted.forEach((d, i) => {
        const want = typeof d === "string" ? d : d.name;
        if (want && ys[i] && want !== ys[i]!.dtype.name)
          throw new TypeError(
            `Tensor conversion requested dtype ${want} for Tensor with dtype ${ys[i]!.dtype.name}: ${repr(ys[i])}`,
          );
      });
      return nest.pack(structure, ys);
    });
  },
);
