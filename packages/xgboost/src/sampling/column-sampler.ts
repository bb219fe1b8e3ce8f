import { f32, logf, RT_EPS } from "../numeric/float32.js";
import { canonicalFloat, shuffle } from "./distributions.js";
import { globalRandom, Mt19937 } from "./mt19937.js";

/** The features that a tree, a level and a node may split on (`colsample_bytree`, `_bylevel`, `_bynode`). */
export class ColumnSampler {
  private readonly rng: Mt19937;
  private tree: Uint32Array = new Uint32Array(0);
  private levels = new Map<number, Uint32Array>();
  private byLevel = 1;
  private byNode = 1;
  private weights: Float32Array | null = null;

  constructor(seed = globalRandom.next()) {
    this.rng = new Mt19937(seed);
  }

  /** Begins a tree. */
  init(numCol: number, weights: Float32Array | null, byNode: number, byLevel: number, byTree: number): void {
    this.weights = weights && weights.length > 0 ? weights : null;
    this.byNode = byNode;
    this.byLevel = byLevel;
    this.levels.clear();
    this.tree = this.sample(
      Uint32Array.from({ length: numCol }, (_, i) => i),
      byTree,
    );
  }

  /** The features of one node; with `colsample_bynode` a new draw each time. */
  features(depth: number): Uint32Array {
    if (this.byLevel === 1 && this.byNode === 1) return this.tree;
    let level = this.levels.get(depth);
    if (!level) {
      level = this.sample(this.tree, this.byLevel);
      this.levels.set(depth, level);
    }
    return this.byNode === 1 ? level : this.sample(level, this.byNode);
  }

  private sample(from: Uint32Array, rate: number): Uint32Array {
    if (rate === 1) return from;
    const n = Math.max(1, Math.trunc(f32(rate * from.length)));
    if (this.weights) return weighted(from, this.weights, n).sort();
    const all = from.slice();
    shuffle(all, this.rng);
    return all.slice(0, n).sort();
  }
}

/** The n largest of ln(u) / weight (Efraimidis and Spirakis), drawn from the global engine as XGBoost does. */
function weighted(from: Uint32Array, weights: Float32Array, n: number): Uint32Array {
  const keys = Float32Array.from(from, (f) =>
    f32(logf(canonicalFloat(globalRandom)) / Math.max(weights[f]!, RT_EPS)),
  );
  const order = Array.from(keys, (_, i) => i).sort((a, b) => keys[b]! - keys[a]! || a - b);
  return Uint32Array.from(order.slice(0, n), (i) => from[i]!);
}
