import { repr, str, Tuple, TypeError, type_name, ValueError } from "@cognate/py";
import { isTensor } from "../core/convert.js";
import { bool, int32 } from "../core/dtypes.js";
import { addBranch, addLoop, leavesOf, mapLeaves, named, trace } from "../graph/control.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import type { Graph } from "../graph/graph.js";
import * as nest from "../graph/nest.js";
import { Operation } from "../graph/operation.js";
import { addScan } from "../graph/scan.js";
import { dimsOf } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import { withDependencies } from "./graph.js";
import { v1 } from "./make.js";
import { Assert } from "./py-func.js";
import { node } from "./random-ops.js";

/** What a branch gives: operations stand for whether the branch was taken. @throws ValueError where it gives nothing */
const resultOf =
  (f: () => unknown, title: string, taken: boolean) =>
  (g: Graph): unknown => {
    const out = f();
    if (out === null || out === undefined) throw new ValueError(`'${title}' must have a return value.`);
    return mapLeaves(out, (x) =>
      x instanceof Operation
        ? withDependencies(g, [x], toGraphTensor(g, taken, bool, taken ? "switch_t" : "switch_f"))
        : x,
    );
  };

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
    const a = trace(g, "true", resultOf(yes, "true_fn", true));
    const b = trace(g, "false", resultOf(no, "false_fn", false));
    const single = (x: unknown): unknown => (!strict && Array.isArray(x) && x.length === 1 ? x[0] : x);
    const [left, right] = [leavesOf(a.structure), leavesOf(b.structure)] as [GraphTensor[], GraphTensor[]];
    if (left.length !== right.length)
      throw new ValueError(
        `The two structures don't have the same nested structure.\n\nFirst structure: ${described(single(a.structure))}\n\nSecond structure: ${described(single(b.structure))}${specifically(single(a.structure), single(b.structure))}`,
      );
    if (left.length === 0) throw new ValueError("'true_fn' and 'false_fn' must return at least one result.");
    left.forEach((s, i) => {
      const t = right[i]!;
      if (s.dtype !== t.dtype)
        throw new ValueError(
          `Outputs of 'true_fn' and 'false_fn' must have the same type(s). Received ${s.dtype.name} from 'true_fn' and ${t.dtype.name} from 'false_fn'.`,
        );
    });
    return single(addBranch(g, p, a, b, scope));
  });
}
const dots = (x: unknown): string => (Array.isArray(x) ? `[${x.map(dots).join(", ")}]` : ".");
/** What differs, where one is a list and the other is not. */
function specifically(a: unknown, b: unknown): string {
  if (Array.isArray(a) === Array.isArray(b)) return "";
  const [list, other] = Array.isArray(a) ? [a, b] : [b, a];
  return `\n\nMore specifically: Substructure "${described(list)}" is a sequence, while substructure "${described(other)}" is not\nEntire first structure:\n${dots(a)}\nEntire second structure:\n${dots(b)}`;
}
const described = (x: unknown): string =>
  `type=${Array.isArray(x) ? type_name(x) : "SymbolicTensor"} str=${str(x)}`;

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
    true_fn: (() => unknown) | null = null,
    false_fn: (() => unknown) | null = null,
    strict = false,
    name: string | null = null,
  ): unknown => {
    if (true_fn === null) throw new TypeError("cond(): 'true_fn' argument required");
    if (false_fn === null) throw new TypeError("cond(): 'false_fn' argument required");
    if (typeof pred === "boolean") throw new TypeError("'pred' must not be a Python bool.");
    return branch(get_default_graph(), pred, true_fn, false_fn, name ?? "cond", strict);
  },
);

type Case = readonly [pred: GraphTensor, fn: () => unknown];
const casesOf = (pred_fn_pairs: unknown): Case[] => {
  const given: readonly unknown[] | null =
    pred_fn_pairs instanceof Map
      ? [...pred_fn_pairs].sort(([a], [b]) => (a.name < b.name ? -1 : 1))
      : Array.isArray(pred_fn_pairs)
        ? pred_fn_pairs
        : null;
  if (given === null)
    throw new TypeError(
      `'pred_fn_pairs' must be a list, tuple, or dict. Received: <class '${type_name(pred_fn_pairs)}'>`,
    );
  return given.map((p) => {
    if (!Array.isArray(p) || p.length !== 2)
      throw new TypeError(`Each entry in 'pred_fn_pairs' must be a 2-tuple. Received ${str(p)}.`);
    const [pred, fn] = p as [unknown, unknown];
    if (!isTensor(pred)) throw new TypeError(`pred must be a Tensor, got: ${str(pred)}`);
    const t = pred as GraphTensor;
    if (t.dtype !== bool) throw new TypeError(`pred must be Tensor of type bool: ${t.name}`);
    if (typeof fn !== "function") throw new TypeError(`fn for pred ${t.name} must be callable.`);
    return [t, fn as () => unknown];
  });
};

/** An operation that fails where more than `n` conditions hold. */
function atMost(g: Graph, preds: readonly GraphTensor[], n: number, words: string): Operation {
  const all = node(g, "Pack", [preds], { N: preds.length, axis: 0 }, "preds_c");
  const count = node(
    g,
    "Sum",
    [node(g, "Cast", [all], { DstT: int32 }), toGraphTensor(g, [0])],
    {},
    "num_true_conds",
  );
  const limit = toGraphTensor(g, n, int32, "n_true_conds");
  const names = preds.map((p) => p.name).join(", ");
  return Assert(node(g, "LessEqual", [count, limit]) as never, [
    `${words}: more than ${n} conditions (${names}) evaluated as True:`,
    all,
  ]) as unknown as Operation;
}

/** The first function whose condition holds, else the default; `exclusive` fails where more than one does. */
export const case_ = v1(
  "case",
  "pred_fn_pairs default exclusive strict name",
  (
    pred_fn_pairs: unknown,
    otherwise: (() => unknown) | null = null,
    exclusive = false,
    strict = false,
    name: string | null = "case",
  ): unknown => {
    const g = get_default_graph();
    const pairs = casesOf(pred_fn_pairs);
    return g.scoped(name ?? "case", () => {
      const cases = otherwise ? pairs : pairs.slice(0, -1);
      const last = otherwise ?? lastOf(pairs);
      const build = (i: number): unknown => {
        if (i === cases.length) return last();
        return branch(get_default_graph(), cases[i]![0], cases[i]![1], () => build(i + 1), "cond", strict);
      };
      if (!exclusive) return build(0);
      const check = atMost(
        g,
        cases.map(([p]) => p),
        1,
        "Input error: exclusive=True",
      );
      return g.controlled([check], () => build(0));
    });
  },
);
/** The last case as the default: it checks that its condition holds, and no other. */
const lastOf = (pairs: readonly Case[]) => (): unknown => {
  const g = get_default_graph();
  const k = pairs.length - 1;
  const preds = pairs.map(([p]) => g.capture(p));
  const all = node(g, "Pack", [preds], { N: preds.length, axis: 0 }, "preds_c");
  const others = pairs.slice(0, k).map(([p]) => p);
  const first =
    others.length > 0
      ? [
          atMost(
            g,
            others,
            0,
            `Implementation error: selected default action #${k} was called, but some of other predicates are True: `,
          ),
        ]
      : [];
  const own = Assert(pairs[k]![0] as never, ["Input error: None of conditions evaluated as True:", all]);
  return g.controlled([...first, own as unknown as Operation], pairs[k]![1]);
};

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
      // A tuple that the body gives makes the result one.
      let like: readonly unknown[] = vars;
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
          if (list instanceof Tuple && list.length === vars.length) like = Tuple.of_(vars);
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
          first: maximum_iterations === null ? 0 : 1,
        },
      );
      const packed = nest.pack(like, out) as unknown[];
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

/** What the steps of a loop make stands in a scope of its own. */
const inLoop = <R>(g: Graph, f: (scope: string) => R): R => g.scoped("while", f);
/** Rows of steps under the names that gathered arrays of tensors have. */
const stacked = (g: Graph, ys: readonly GraphTensor[], scope: string): GraphTensor[] =>
  ys.map((y, i) => named(g, y, `${scope}TensorArrayStack${i > 0 ? `_${i}` : ""}/TensorArrayGatherV3/`));

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
      const { ys } = inLoop(g, (loop) =>
        addScan(
          g,
          { xs: walked, states: start, reverse },
          (_t, x, acc) => {
            const next = nest.flatten(fn(nest.pack(like, acc), nest.pack(elems, x)));
            return { states: next, ys: next };
          },
          loop,
        ),
      );
      if (initializer !== null) return nest.pack(like, stacked(g, ys, scope));
      const whole = ys.map((y, i) => {
        const lead = g.createOp("ExpandDims", [start[i]!, 0], {}, "ExpandDims")[0];
        return g.createOp("ConcatV2", [reverse ? [y, lead] : [lead, y], 0], {}, "concat")[0] as GraphTensor;
      });
      return nest.pack(like, stacked(g, whole, scope));
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
      return g.scoped(own ?? name, () => {
        const xs = elements(g, elems);
        const start =
          initializer === null
            ? xs.map((x) => first(g, x, reverse ? -1 : 0))
            : nest.flatten(initializer).map((x) => toGraphTensor(g, x));
        const like = initializer === null ? elems : initializer;
        const walked = initializer === null ? xs.map((x) => rest(g, x, reverse)) : xs;
        const { states } = inLoop(g, (loop) =>
          addScan(
            g,
            { xs: walked, states: start, reverse },
            (_t, x, acc) => ({ states: nest.flatten(fn(nest.pack(like, acc), nest.pack(elems, x))), ys: [] }),
            loop,
            2,
          ),
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
      const { ys: rows } = inLoop(g, (loop) =>
        addScan(
          g,
          { xs, states: [] },
          (_t, x) => {
            structure = fn(nest.pack(elems, x));
            return { states: [], ys: nest.flatten(structure) };
          },
          loop,
        ),
      );
      const ys = stacked(g, rows, scope);
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
