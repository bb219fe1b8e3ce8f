import { bool, int64 } from "../../dtype/dtype.js";
import { DTypeError, IndexRangeError, ParamError, ShapeError } from "../../errors/errors.js";
import { integersOf, storeIntegers } from "../../strided/integers.js";
import { Strided } from "../../strided/strided.js";
import { packed, unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import type { Value } from "../value.js";

export interface CtcParams {
  /** The class that stands for "no label". */
  readonly blank: number;
  /** A target that no path can give costs 0 instead of infinity. */
  readonly zeroInfinity?: boolean;
  /**
   * `exact`: the derivative in logp. `softmax`: the derivative in logits, given to logp; behind a log-softmax both lead to
   * the same, as what it adds is taken away again there.
   */
  readonly gradient?: "exact" | "softmax";
}

/** One sequence: its log-probabilities start at `at`, its labels interleaved with blanks are `path`. */
interface Sequence {
  readonly n: number;
  readonly steps: number;
  readonly path: Int32Array;
}

interface Task {
  readonly steps: number;
  readonly batch: number;
  readonly classes: number;
  readonly sequences: readonly Sequence[];
}

function taskOf(op: string, inputs: readonly Operand[], { blank }: CtcParams): Task {
  const [logp, target, inputLengths, targetLengths] = inputs as readonly Strided[];
  if (logp!.dtype.kind !== "float") throw new DTypeError(op, "logp", logp!.dtype.name, "a floating type");
  if (logp!.rank !== 3) throw new ShapeError(op, "logp", logp!.shape, "[steps, batch, classes]");
  const [steps, batch, classes] = logp!.shape as readonly [number, number, number];
  if (blank < 0 || blank >= classes) throw new ParamError(op, "blank", blank, `a class below ${classes}`);
  const [ins, outs] = [integersOf(inputLengths!), integersOf(targetLengths!)];
  if (ins.length !== batch) throw new ShapeError(op, "inputLengths", inputLengths!.shape, `[${batch}]`);
  if (outs.length !== batch) throw new ShapeError(op, "targetLengths", targetLengths!.shape, `[${batch}]`);
  const labels = integersOf(target!);
  const sequences: Sequence[] = [];
  let next = 0;
  for (let n = 0; n < batch; n++) {
    if (ins[n]! > steps || ins[n]! < 0) throw new IndexRangeError(op, ins[n]!, 0, steps + 1);
    // Targets stand in a row each, or all behind one another.
    const start = target!.rank === 2 ? n * target!.shape[1]! : next;
    next = start + outs[n]!;
    const end = target!.rank === 2 ? (n + 1) * target!.shape[1]! : labels.length;
    if (next > end)
      throw new ShapeError(op, "target", target!.shape, `at least ${outs[n]} labels for sequence ${n}`);
    const path = new Int32Array(2 * outs[n]! + 1).fill(blank);
    for (let i = 0; i < outs[n]!; i++) {
      const label = labels[start + i]!;
      if (label < 0 || label >= classes) throw new IndexRangeError(op, label, 2, classes);
      path[2 * i + 1] = label;
    }
    sequences.push({ n, steps: ins[n]!, path });
  }
  return { steps, batch, classes, sequences };
}

function logAdd(a: number, b: number): number {
  if (a === -Infinity) return b;
  if (b === -Infinity) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

/** Whether a path may come to place s from two places before: not between equal labels, and never onto a blank. */
const skips = (path: Int32Array, s: number): boolean => s >= 2 && path[s] !== path[s - 2] && s % 2 === 1;

/** Log-probability of all beginnings of paths that reach place s at step t. */
function forwardTable(
  lp: Float64Array,
  { batch, classes }: Task,
  { n, steps, path }: Sequence,
): Float64Array {
  const places = path.length;
  const table = new Float64Array(steps * places).fill(-Infinity);
  for (let t = 0; t < steps; t++)
    for (let s = 0; s < places; s++) {
      const emit = lp[(t * batch + n) * classes + path[s]!]!;
      let sum = -Infinity;
      if (t === 0) sum = s < 2 ? 0 : -Infinity;
      else {
        const before = (t - 1) * places;
        sum = table[before + s]!;
        if (s >= 1) sum = logAdd(sum, table[before + s - 1]!);
        if (skips(path, s)) sum = logAdd(sum, table[before + s - 2]!);
      }
      table[t * places + s] = sum + emit;
    }
  return table;
}

/** Log-probability of all ends of paths that stand at place s at step t. */
function backwardTable(
  lp: Float64Array,
  { batch, classes }: Task,
  { n, steps, path }: Sequence,
): Float64Array {
  const places = path.length;
  const table = new Float64Array(steps * places).fill(-Infinity);
  for (let t = steps - 1; t >= 0; t--)
    for (let s = places - 1; s >= 0; s--) {
      const emit = lp[(t * batch + n) * classes + path[s]!]!;
      let sum = -Infinity;
      if (t === steps - 1) sum = s >= places - 2 ? 0 : -Infinity;
      else {
        const after = (t + 1) * places;
        sum = table[after + s]!;
        if (s + 1 < places) sum = logAdd(sum, table[after + s + 1]!);
        if (s + 2 < places && skips(path, s + 2)) sum = logAdd(sum, table[after + s + 2]!);
      }
      table[t * places + s] = sum + emit;
    }
  return table;
}

/** −log of the probability of all paths, from the table of their beginnings. */
function lossOf(table: Float64Array, { steps, path }: Sequence): number {
  const places = path.length;
  if (steps === 0) return places === 1 ? 0 : Infinity;
  const last = steps * places - 1;
  return -(places === 1 ? table[last]! : logAdd(table[last]!, table[last - 1]!));
}

/**
 * Connectionist temporal classification: −log of the probability that log-probabilities logp `[steps, batch, classes]` give
 * each target after dropping repetitions and blanks. Targets are int `[batch, length]`, or all behind one another.
 */
export const ctc = defineOp({
  name: "ctc",
  inputs: ["logp", "target", "inputLengths", "targetLengths"],
  dtype: "float",
  run: (inputs, p: CtcParams) => {
    const task = taskOf("ctc", inputs, p);
    const logp = inputs[0] as Strided;
    const lp = packed(logp);
    const losses = Float64Array.from(task.sequences, (q) => lossOf(forwardTable(lp, task, q), q));
    if (p.zeroInfinity) for (let n = 0; n < losses.length; n++) if (losses[n] === Infinity) losses[n] = 0;
    return unpack(losses, Strided.zeros(logp.dtype, [task.batch]));
  },
  saves: ["logp", "target", "inputLengths", "targetLengths"],
  uses: (): Rows => [ctcGrad],
  vjp: (gy, { logp, target, inputLengths, targetLengths }, context) => {
    const { params } = context;
    if (!context.higherOrder) return { logp: gy.ctcGrad(logp, target, inputLengths, targetLengths, params) };
    const inputs = [logp, target, inputLengths, targetLengths].map((v) => v.array);
    const task = taskOf("ctc", inputs, params);
    const [exact] = context.through(([lp]) => [byParts(lp!, task, params)], [logp], [gy]);
    return { logp: params.gradient === "softmax" ? exact!.add(softmaxPart(gy, logp, task)) : exact! };
  },
  samples: [
    {
      inputs: [
        { shape: [4, 2, 3], range: [-2, -0.1] },
        { shape: [2, 2], values: [1, 1, 2, 0], dtype: "int64" },
        { shape: [2], values: [4, 3], dtype: "int64" },
        { shape: [2], values: [2, 1], dtype: "int64" },
      ],
      params: { blank: 0 },
    },
    {
      inputs: [
        { shape: [3, 2, 3], range: [-2, -0.1] },
        { shape: [2], values: [0, 1], dtype: "int64" },
        { shape: [2], values: [3, 2], dtype: "int64" },
        { shape: [2], values: [2, 0], dtype: "int64" },
      ],
      params: { blank: 2 },
    },
  ],
  source: "Graves et al., Connectionist temporal classification, 2006",
});

/** The gradient of {@link ctc}: minus the probability, among the paths of the target, of each class at each step. */
export const ctcGrad = defineOp({
  name: "ctcGrad",
  inputs: ["gy", "logp", "target", "inputLengths", "targetLengths"],
  dtype: "float",
  run: ([gy, ...inputs], p: CtcParams) => {
    const task = taskOf("ctcGrad", inputs, p);
    const logp = inputs[0] as Strided;
    const lp = packed(logp);
    const g = packed(gy as Strided);
    const { batch, classes } = task;
    const out = new Float64Array(lp.length);
    const sums = new Float64Array(classes);
    for (const q of task.sequences) {
      const places = q.path.length;
      const [before, after] = [forwardTable(lp, task, q), backwardTable(lp, task, q)];
      const loss = lossOf(before, q);
      if (loss === Infinity && p.zeroInfinity) continue;
      for (let t = 0; t < q.steps; t++) {
        const at = (t * batch + q.n) * classes;
        sums.fill(-Infinity);
        for (let s = 0; s < places; s++) {
          const c = q.path[s]!;
          sums[c] = logAdd(sums[c]!, before[t * places + s]! + after[t * places + s]!);
        }
        for (let c = 0; c < classes; c++) {
          // Both tables count the step itself, so one of the two is taken away.
          const share = Math.exp(sums[c]! + loss - lp[at + c]!);
          out[at + c] = g[q.n]! * ((p.gradient === "softmax" ? Math.exp(lp[at + c]!) : 0) - share);
        }
      }
    }
    return unpack(out, Strided.zeros(logp.dtype, logp.shape));
  },
  noGradient: "derivatives of derivatives go through the parts of ctc",
});

/** Low enough to weigh nothing, yet finite, so that differences of two of them are no NaN. */
const NEVER = -1e30;

/** {@link ctc} in terms of smaller ops, all sequences at once, for derivatives of derivatives. */
function byParts(logp: Value, task: Task, p: CtcParams): Value {
  const { batch, sequences } = task;
  const places = Math.max(...sequences.map((q) => q.path.length));
  const grid = (f: (q: Sequence, s: number) => number): Float64Array =>
    Float64Array.from({ length: batch * places }, (_, i) =>
      f(sequences[Math.floor(i / places)]!, i % places),
    );
  const numbers = (f: (q: Sequence, s: number) => number): Value =>
    logp.constant(unpack(grid(f), Strided.zeros(logp.dtype, [batch, places])));
  const integers = (f: (q: Sequence, s: number) => number): Strided => {
    const y = Strided.zeros(int64, [batch, places]);
    storeIntegers(y, 0, 1, grid(f), y.size);
    return y;
  };
  const rows = integers((q) => q.n);
  const classes = integers((q, s) => q.path[s] ?? p.blank);
  const closed = numbers((q, s) => (s < q.path.length ? 0 : NEVER));
  const noSkip = numbers((q, s) => (s < q.path.length && skips(q.path, s) ? 0 : NEVER));
  const shifted = (a: Value, by: number): Value => {
    const kept = a.slice({ dim: 1, start: 0, step: 1, length: Math.max(places - by, 0) });
    return a.full([batch, Math.min(by, places)], NEVER).cat([kept], { dim: 1 });
  };
  let table = numbers((_, s) => (s === 0 ? 0 : NEVER));
  for (let t = 0; t < task.steps; t++) {
    const emit = logp.slice({ dim: 0, start: t, step: 1, length: 1 }).reshape({ shape: logp.shape.slice(1) });
    const come =
      t === 0
        ? numbers((_, s) => (s < 2 ? 0 : NEVER))
        : table.logaddexp(shifted(table, 1)).logaddexp(shifted(table, 2).add(noSkip));
    const next = come
      .add(emit.index({ indices: [rows, classes] }))
      .add(closed)
      .clampMin(NEVER);
    const runs = logp.constant(
      flags(
        grid((q) => (t < q.steps ? 1 : 0)),
        [batch, places],
      ),
    );
    table = next.where(runs, table);
  }
  const ends = numbers((q, s) => (s < q.path.length && s >= q.path.length - 2 ? 0 : NEVER));
  const final = table.add(ends).clampMin(NEVER);
  let total = final.slice({ dim: 1, start: 0, step: 1, length: 1 });
  for (let s = 1; s < places; s++)
    total = total.logaddexp(final.slice({ dim: 1, start: s, step: 1, length: 1 }));
  const loss = total.reshape({ shape: [batch] }).neg();
  return loss.where(loss.lt(-NEVER / 2), p.zeroInfinity ? 0 : Number.POSITIVE_INFINITY);
}

const flags = (values: Float64Array, shape: readonly number[]): Strided =>
  unpack(values, Strided.zeros(bool, shape));

/** What a log-softmax adds to the gradient in logits: the probabilities, where a sequence still runs. */
function softmaxPart(gy: Value, logp: Value, { steps, batch, sequences }: Task): Value {
  const running = Float64Array.from({ length: steps * batch }, (_, i) =>
    Math.floor(i / batch) < sequences[i % batch]!.steps ? 1 : 0,
  );
  const mask = logp.constant(flags(running, [steps, batch, 1]));
  const g = logp.exp().mul(gy.reshape({ shape: [1, batch, 1] }));
  return g.where(mask, 0);
}
