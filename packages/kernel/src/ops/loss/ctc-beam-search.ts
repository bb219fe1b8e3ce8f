import { int32 } from "../../dtype/dtype.js";
import { DTypeError, ParamError, ShapeError } from "../../errors/errors.js";
import { Strided } from "../../strided/strided.js";
import { packed, unpack } from "../engines/pack.js";
import { defineOp } from "../row.js";

export interface CtcBeamSearchParams {
  /** How many sequences are followed at once. */
  readonly beamWidth: number;
  /** How many of them are given. */
  readonly topPaths: number;
  /** The class that stands for no label. */
  readonly blank: number;
}

const NONE = -Infinity;
const logAddExp = (a: number, b: number): number => {
  if (a === NONE) return b;
  if (b === NONE) return a;
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
};

/** A label sequence: its last label, the sequence before it, and its log probability now and one step ago. */
class Branch {
  total = NONE;
  /** Of its paths that end in a blank, and of those that end in the label. */
  blank = NONE;
  label = NONE;
  oldTotal = NONE;
  oldBlank = NONE;
  readonly children = new Map<number, Branch>();
  constructor(
    readonly parent: Branch | null,
    readonly symbol: number,
  ) {}
  get alive(): boolean {
    return this.total > NONE;
  }
  drop(): void {
    this.total = NONE;
    this.blank = NONE;
    this.label = NONE;
  }
  child(symbol: number): Branch {
    const known = this.children.get(symbol);
    if (known) return known;
    const made = new Branch(this, symbol);
    this.children.set(symbol, made);
    return made;
  }
  get sequence(): number[] {
    const out: number[] = [];
    for (let b: Branch = this; b.parent !== null; b = b.parent) out.push(b.symbol);
    return out.reverse();
  }
}

/** Adds a branch to a list in descending order of probability. */
function insert(leaves: Branch[], b: Branch): void {
  let [low, high] = [0, leaves.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (leaves[middle]!.total >= b.total) low = middle + 1;
    else high = middle;
  }
  leaves.splice(low, 0, b);
}

function step(leaves: Branch[], logits: Float64Array, { beamWidth, blank }: CtcBeamSearchParams): Branch[] {
  const top = logits.reduce((a, b) => Math.max(a, b), NONE);
  const norm = top + Math.log(logits.reduce((s, x) => s + Math.exp(x - top), 0));
  for (const b of leaves) {
    b.oldTotal = b.total;
    b.oldBlank = b.blank;
  }
  const next: Branch[] = [];
  for (const b of leaves) {
    if (b.parent !== null) {
      if (b.parent.alive) {
        const before = b.symbol === b.parent.symbol ? b.parent.oldBlank : b.parent.oldTotal;
        b.label = logAddExp(b.label, before);
      }
      b.label += logits[b.symbol]! - norm;
    }
    b.blank = b.oldTotal + logits[blank]! - norm;
    b.total = logAddExp(b.blank, b.label);
  }
  for (const b of leaves) insert(next, b);
  const fits = (total: number): boolean =>
    total > NONE && (next.length < beamWidth || total > next[next.length - 1]!.total);
  for (const b of leaves) {
    if (!fits(b.oldTotal)) continue;
    for (let c = 0; c < logits.length; c++) {
      if (c === blank) continue;
      const child = b.child(c);
      if (child.alive) continue;
      const total = logits[c]! - norm + (c === b.symbol ? b.oldBlank : b.oldTotal);
      if (!fits(total)) continue;
      child.blank = NONE;
      child.label = total;
      child.total = total;
      if (next.length === beamWidth) next.pop()!.drop();
      insert(next, child);
    }
  }
  return next;
}

/**
 * The most probable label sequences of logits `[batch, steps, classes]` by prefix search with a beam: `labels`
 * `[paths, batch, steps]`, filled up with −1, and their log probabilities `scores` `[batch, paths]`.
 */
export const ctcBeamSearch = defineOp({
  name: "ctcBeamSearch",
  inputs: ["logits", "lengths"],
  outputs: ["labels", "scores"],
  dtype: "given",
  run: ([operand, sizes], p: CtcBeamSearchParams) => {
    const [x, lengths] = [operand as Strided, sizes as Strided];
    if (x.dtype.kind !== "float")
      throw new DTypeError("ctcBeamSearch", "logits", x.dtype.name, "a floating type");
    if (x.rank !== 3) throw new ShapeError("ctcBeamSearch", "logits", x.shape, "[batch, steps, classes]");
    const [batch, steps, classes] = x.shape as readonly [number, number, number];
    const data = packed(x);
    const counts = packed(lengths);
    const labels = Strided.zeros(int32, [p.topPaths, batch, steps]);
    labels.data.fill(-1 as never);
    const scores = new Float64Array(batch * p.topPaths);
    for (let n = 0; n < batch; n++) {
      const root = new Branch(null, -1);
      root.total = 0;
      root.blank = 0;
      let leaves = [root];
      for (let t = 0; t < Math.min(counts[n]!, steps); t++) {
        const at = (n * steps + t) * classes;
        leaves = step(leaves, data.subarray(at, at + classes), p);
      }
      if (leaves.length < p.topPaths)
        throw new ParamError("ctcBeamSearch", "topPaths", p.topPaths, `at most ${leaves.length}`);
      leaves.slice(0, p.topPaths).forEach((b, k) => {
        scores[n * p.topPaths + k] = b.total;
        b.sequence.forEach((symbol, i) => {
          labels.data[(k * batch + n) * steps + i] = symbol;
        });
      });
    }
    return [labels, unpack(scores, Strided.zeros(x.dtype, [batch, p.topPaths]))];
  },
  noGradient: "which labels are the most probable does not change smoothly",
  samples: [
    {
      inputs: [[1, 3, 3], { shape: [1], values: [3], dtype: "int64" }],
      params: { beamWidth: 4, topPaths: 2, blank: 2 },
    },
  ],
  source: "Graves, Sequence Transduction with Recurrent Neural Networks, 2012, section 2.5",
});
