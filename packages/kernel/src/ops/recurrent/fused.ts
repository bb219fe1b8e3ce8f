import { uint8 } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { kindsOf, type RecurrentCall } from "../../wasm/kernels/recurrent.js";
import { runFast } from "../../wasm/registry.js";
import { defineOp, type Operand, type OpRow, type Rows, type Sample } from "../row.js";
import { inDouble, pullBack, rounded } from "../untracked.js";
import type { Value } from "../value.js";
import { GATE_FUNCTIONS, type GateActivation } from "./activations.js";
import { gateBlocks, sizesOf } from "./gates.js";
import { rowsOf, type Step, unroll } from "./parts.js";
import { type RecurrentParams, recurrentType, runsOf, type Steps, stepsOf } from "./sequence.js";

/** The inputs of a recurrence by name. */
export type Named<T> = Readonly<Record<"x" | "h" | "wx" | "wh", T>> &
  Readonly<Partial<Record<"c" | "bx" | "bh" | "wp" | "mask", T | null>>>;

/** A checked call: what kernels take, and the inputs by name. */
export type FusedCall<P> = P &
  Named<Strided> &
  RecurrentCall & {
    readonly at: Readonly<Record<string, number>>;
    /** The functions as kernels number them. */
    readonly kinds: readonly number[];
    readonly kind: number;
  };

/** What tells one kind of recurrence from the others. */
export interface Kind<P extends RecurrentParams> {
  readonly name: "rnn" | "lstm" | "gru";
  /** The states, whose first is put out. */
  readonly states: readonly ("h" | "c")[];
  /** The optional input behind the biases. */
  readonly more: readonly "wp"[];
  /** The letters of the gates; none where there is but one. */
  readonly gates: readonly string[];
  /** Both biases have the same gradient, which backward gives once. */
  readonly oneBias: boolean;
  /** The functions of gates, candidate and what else there is. */
  functions(p: P): readonly GateActivation[];
  /** One step in terms of smaller ops. */
  step(
    inputs: Named<Value>,
    functions: readonly ((x: Value) => Value)[],
    at: Readonly<Record<string, number>>,
    p: P,
  ): Step;
  fast(call: FusedCall<P>, bx: Strided | null, bh: Strided | null): Strided[] | null;
  /** Takes the gradients of the outputs and the reserve. */
  fastGrad(call: FusedCall<P>, gys: readonly (Strided | null)[], reserve: Strided): Strided[] | null;
  readonly samples: readonly Sample<P>[];
  readonly source?: string;
  readonly uses: () => Rows;
}

const inputsOf = ({ states, more }: Kind<never>) =>
  ["x", ...states, "wx", "wh", "bx", "bh", ...more, "mask"] as const;

const named = <T>(names: readonly string[], list: readonly T[]): Named<T> =>
  Object.fromEntries(names.map((name, i) => [name, list[i] ?? null])) as unknown as Named<T>;

/** Where backward gives the gradient of an input. */
const gradientNames = (k: Kind<never>): string[] =>
  inputsOf(k)
    .slice(0, -1)
    .map((name) => (k.oneBias && name[0] === "b" ? "gb" : `g${name}`));

/** Checks the operands of a call. */
function open<P extends RecurrentParams>(op: string, k: Kind<P>, operands: readonly Operand[], p: P) {
  const names = inputsOf(k as Kind<never>);
  const arrays = operands as readonly (Strided | null)[];
  const inputs = named(names, arrays) as Named<Strided>;
  const { x, h, c, wx, wh, bx, bh, wp, mask } = inputs;
  const type = recurrentType(op, names, arrays.slice(0, names.length - 1));
  const sizes = sizesOf(op, k.gates.length || 1, x, h, wx, wh, [bx!, bh!]);
  const { hidden, fed } = sizes;
  if (c && (c.rank !== 2 || c.shape[0] !== h.shape[0] || c.shape[1] !== hidden))
    throw new ShapeError(op, "c", c.shape, `[${h.shape[0]}, ${hidden}]`);
  if (wp && (wp.rank !== 2 || wp.shape[0] !== fed || wp.shape[1] !== hidden))
    throw new ShapeError(op, "wp", wp.shape, `[${fed}, ${hidden}]`);
  if (!wp && fed !== hidden) throw new ShapeError(op, "h", h.shape, `[batch, ${hidden}]`);
  const steps = stepsOf(op, x.shape, h.shape, p);
  const runs = runsOf(op, mask!, x, p);
  const { gates = "" } = p as { gates?: string };
  const at = gateBlocks(op, gates, k.gates);
  return { ...p, ...inputs, type, sizes, steps, runs, at, params: p };
}

/** The call as kernels take it, or `null` if they lack a function or the projection. */
function fastCall<P extends RecurrentParams>(k: Kind<P>, p: P, o: ReturnType<typeof open<P>>) {
  const kinds = o.wp ? null : kindsOf(...k.functions(p));
  return kinds && ({ ...o, kinds, kind: kinds[0] } as unknown as FusedCall<P>);
}

/** All steps in terms of smaller ops: the outputs and the final states. */
function byParts<P extends RecurrentParams>(
  k: Kind<P>,
  p: P,
  steps: Steps,
  inputs: Named<Value>,
  rows: readonly Value[],
): readonly Value[] {
  const { x, h, wx, bx, mask } = inputs;
  const { gates = "" } = p as { gates?: string };
  const functions = k.functions(p).map((name) => GATE_FUNCTIONS[name]);
  const step = k.step(inputs, functions, gateBlocks(k.name, gates, k.gates), p);
  const runs = mask?.reshape({ shape: [steps.rows, 1] }) ?? null;
  const initial = k.states.map((name) => inputs[name]!);
  const shape = [...x.shape.slice(0, -1), h.shape[1]!];
  return unroll(steps, rows, initial, wx, bx!, runs, p, shape, step);
}

/** The rows of x at each step. */
function rowsAt({ rows, offset, size }: Steps, x: Value): Value[] {
  const flat = x.reshape({ shape: [rows, x.shape[x.shape.length - 1]!] });
  return Array.from(offset, (at, i) => rowsOf(flat, at, size[i]!));
}

/** The row of a recurrence over whole sequences, which a kernel does at once where it can. */
export function recurrent<P extends RecurrentParams>(k: Kind<P>): OpRow<P> {
  const inputs = inputsOf(k as Kind<never>);
  const results = ["y", ...k.states.map((name) => `${name}n`)];
  const gradients = gradientNames(k as Kind<never>);
  return defineOp<P, string, string, string>({
    name: k.name,
    inputs,
    optional: ["bx", "bh", ...k.more, "mask"],
    outputs: [...results, "reserve"],
    dtype: "float",
    unrecorded: (p) => ({ ...p, keeps: false }),
    run: (operands, p) => {
      const o = open(k.name, k, operands, p);
      const call = fastCall(k, p, o);
      let fast: Strided[] | null = null;
      if (call && runFast(() => (fast = k.fast(call, call.bx!, call.bh!)) !== null)) return fast!;
      const list = (operands as readonly (Strided | null)[]).map((a) => a && inDouble(a));
      const values = named(inputs, list) as Named<Value>;
      const ys = byParts(k, p, o.steps, values, rowsAt(o.steps, values.x));
      return [...ys.map((y) => rounded(y, o.type, y.shape)), Strided.zeros(uint8, [0])];
    },
    saves: [...inputs, "reserve"],
    uses: k.uses,
    vjps: (gs, saved, context) => {
      const { params, given, needs, higherOrder } = context;
      const there = inputs.map((name, i) => (given(i) ? saved[name]! : null));
      const gys = results.map((name) => gs[name]!);
      if (!higherOrder) {
        const p = { ...params, needsX: needs(0) };
        const run = saved.x![`${k.name}Grad` as "gruGrad"] as (...list: unknown[]) => readonly Value[];
        const grads = run.call(saved.x, ...there.slice(1), ...gys, saved.reserve, p);
        const to = [...new Set(gradients)];
        return Object.fromEntries(
          gradients.map((name, i) => [inputs[i]!, needs(i) ? grads[to.indexOf(name)]! : null]),
        );
      }
      const names = inputs.filter((name, i) => there[i] && name !== "mask");
      const steps = stepsOf(k.name, context.shape(0), context.shape(1), params);
      const grads = context.through(
        (list) => {
          const values = { ...named(inputs, there), ...named(names, list) } as Named<Value>;
          return byParts(k, params, steps, values, rowsAt(steps, values.x));
        },
        names.map((name) => saved[name]!),
        gys,
      );
      return named(names, grads);
    },
    samples: k.samples,
    source: k.source,
  });
}

/** The row of a recurrence's gradients: of its inputs, from them, the gradients of its outputs and its reserve. */
export function recurrentGrad<P extends RecurrentParams>(k: Kind<P>): OpRow<P> {
  const name = `${k.name}Grad`;
  const inputs = inputsOf(k as Kind<never>);
  const gys = ["gy", ...k.states.map((s) => `g${s}n`)];
  const gradients = gradientNames(k as Kind<never>);
  return defineOp<P, string, string, never>({
    name,
    inputs: [...inputs, ...gys, "reserve"],
    optional: ["bx", "bh", ...k.more, "mask", ...gys],
    outputs: [...new Set(gradients)],
    dtype: "float",
    run: (operands, p) => {
      const o = open(name, k, operands.slice(0, inputs.length), p);
      const call = fastCall(k, p, o);
      const list = operands.slice(inputs.length) as (Strided | null)[];
      const reserve = list.pop()!;
      const rest = k.more.map(() => Strided.zeros(o.type, [0]));
      let fast: Strided[] | null = null;
      if (call && reserve.size > 0 && runFast(() => (fast = k.fastGrad(call, list, reserve)) !== null))
        return [...fast!, ...rest];
      const { steps, sizes, x } = o;
      const bias = Strided.zeros(o.type, [sizes.stacked]);
      // Biases that are not there have gradients, too.
      const all = inputs.map((n) => o[n] ?? (n[0] === "b" ? bias : null));
      const values = named(
        inputs,
        all.map((a) => a && inDouble(a)),
      ) as Named<Value>;
      const parts = rowsAt(steps, values.x);
      const followed = inputs.slice(1, -1).filter((n) => values[n]);
      const wanted = p.needsX === false ? [] : parts;
      const grads = pullBack(
        (vs) => {
          const now = { ...values, ...named(followed, vs) } as Named<Value>;
          return byParts(k, p, steps, now, wanted.length > 0 ? vs.slice(followed.length) : parts);
        },
        [...followed.map((n) => values[n]!), ...wanted],
        list.map((g) => g && inDouble(g)),
      );
      const gx = Strided.zeros(o.type, p.needsX === false ? [0] : x.shape);
      wanted.forEach((part, i) => {
        const g = grads[followed.length + i];
        const at = steps.offset[i]! * sizes.input;
        if (g && g.size > 0) copyInto(gx.view(part.shape, [sizes.input, 1], at), g.array);
      });
      const found = new Map([["gx", gx]]);
      gradients.slice(1).forEach((to, i) => {
        const n = inputs[i + 1]!;
        const from = followed.indexOf(n);
        found.set(to, rounded(grads[from] ?? null, o.type, all[i + 1]?.shape ?? [0]));
      });
      return [...found.values()];
    },
    noGradient: `derivatives of derivatives go through the steps of ${k.name}`,
  });
}
