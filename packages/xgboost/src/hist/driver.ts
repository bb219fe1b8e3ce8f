import { RT_EPS } from "../numeric/float32.js";
import type { TrainParam } from "../tree/train-param.js";

/** A node that could be split. */
export interface Candidate {
  readonly node: number;
  readonly depth: number;
  readonly lossChg: number;
  /** One side has no weight at all. */
  readonly empty: boolean;
}

/** XGBoost expands at most so many nodes of a level at a time. */
const BATCH = 256;

/** Decides which nodes are split next, by levels or by the largest gain. */
export class Driver<E extends Candidate> {
  private leaves = 1;
  private readonly queue: E[] = [];

  constructor(private readonly p: TrainParam) {}

  pushRoot(entry: E): void {
    this.queue.push(entry);
  }
  push(entries: readonly E[]): void {
    for (const e of entries) if (e.lossChg > RT_EPS) this.queue.push(e);
  }
  /** Whether a split node's children may be split in turn. */
  childValid(parent: E): boolean {
    const { maxDepth, maxLeaves } = this.p;
    if (maxDepth > 0 && parent.depth + 1 >= maxDepth) return false;
    return !(maxLeaves > 0 && this.leaves >= maxLeaves);
  }
  private valid(e: E): boolean {
    const { maxDepth, maxLeaves, minSplitLoss } = this.p;
    if (!(e.lossChg > RT_EPS) || e.empty || e.lossChg < minSplitLoss) return false;
    if (maxDepth > 0 && e.depth === maxDepth) return false;
    return !(maxLeaves > 0 && this.leaves === maxLeaves);
  }
  pop(): E[] {
    const { queue } = this;
    if (queue.length === 0) return [];
    if (this.p.lossGuide) {
      let best = 0;
      for (let i = 1; i < queue.length; i++) {
        const [a, b] = [queue[i]!, queue[best]!];
        if (a.lossChg > b.lossChg || (a.lossChg === b.lossChg && a.node < b.node)) best = i;
      }
      const [e] = queue.splice(best, 1) as [E];
      if (!this.valid(e)) return [];
      this.leaves++;
      return [e];
    }
    queue.sort((a, b) => a.node - b.node);
    const level = queue[0]!.depth;
    const out: E[] = [];
    let taken = 0;
    while (taken < queue.length && queue[taken]!.depth === level && out.length < BATCH) {
      const e = queue[taken++]!;
      if (!this.valid(e)) continue;
      this.leaves++;
      out.push(e);
    }
    queue.splice(0, taken);
    return out;
  }
}
