import type { Matrix } from "../data/matrix.js";
import type { Columns } from "../data/storage.js";
import { XGBoostError } from "../errors.js";
import { f32, RT_EPS } from "../numeric/float32.js";
import type { ParamSet } from "../params/param-set.js";
import { ColumnSampler } from "../sampling/column-sampler.js";
import { canonicalDouble } from "../sampling/distributions.js";
import { globalRandom } from "../sampling/mt19937.js";
import { SplitEvaluator, thresholdL1 } from "../tree/gain.js";
import { InteractionConstraints } from "../tree/interaction.js";
import type { RegTree } from "../tree/reg-tree.js";
import { Split } from "../tree/split.js";
import type { TrainParam } from "../tree/train-param.js";
import { type FastScan, fastScan } from "./fast-scan.js";
import { sortedColumns } from "./sorted-columns.js";

/** Grows one tree level by level from sorted columns (tree method exact). */
export class ExactGrower {
  private readonly evaluator: SplitEvaluator;
  private readonly interaction: InteractionConstraints;
  private readonly columns: Columns;
  private readonly position: Int32Array;
  private readonly fast: FastScan | null;
  best: Split[] = [];
  grad = new Float64Array(64);
  hess = new Float64Array(64);
  gain = new Float32Array(64);
  private weight = new Float32Array(64);
  // What a scan has met so far, by node.
  private seenGrad = new Float64Array(64);
  private seenHess = new Float64Array(64);
  private last = new Float32Array(64);
  private open = new Uint8Array(64);

  constructor(
    private readonly p: TrainParam,
    private readonly colmaker: ParamSet,
    private readonly matrix: Matrix,
  ) {
    this.evaluator = new SplitEvaluator(p, matrix.info.numCol);
    this.interaction = new InteractionConstraints(p.interaction);
    this.columns = sortedColumns(matrix);
    this.fast = this.evaluator.simple ? fastScan(matrix, this.columns, p) : null;
    this.position = this.fast?.position ?? new Int32Array(matrix.info.numRow);
    this.position.fill(0);
  }

  grow(tree: RegTree, gpair: Float32Array): void {
    const { p, matrix, interaction, evaluator } = this;
    const { info } = matrix;
    if (p.maxDepth <= 0)
      throw new XGBoostError(
        `Check failed: param_.max_depth > 0 (${p.maxDepth} vs. 0) : exact tree method doesn't support unlimited depth.`,
      );
    this.drawRows(gpair);
    const sampler = new ColumnSampler();
    sampler.init(info.numCol, info.featureWeights, p.colsampleByNode, p.colsampleByLevel, p.colsampleByTree);
    let nodes = [0];
    this.enter(tree, nodes, gpair);
    this.fast?.gpair.set(gpair);
    for (let depth = 0; depth < p.maxDepth && nodes.length > 0; depth++) {
      this.fast?.begin(nodes, this);
      for (const f of sampler.features(depth)) this.scanFeature(f, nodes, gpair);
      this.fast?.end(nodes, this);
      const fresh = tree.numNodes;
      this.split(tree, nodes);
      this.move(tree, nodes, fresh);
      const parents = nodes.filter((n) => !tree.isLeaf(n));
      nodes = parents.flatMap((n) => [tree.leftChild[n]!, tree.rightChild[n]!]);
      this.enter(tree, nodes, gpair);
      for (const n of parents) {
        const [l, r, f] = [tree.leftChild[n]!, tree.rightChild[n]!, this.best[n]!.feature];
        evaluator.addSplit(n, l, r, f, this.weight[l]!, this.weight[r]!);
        interaction.split(n, f, l, r);
      }
    }
    for (const n of nodes) tree.splitCond[n] = f32(this.weight[n]! * p.learningRate);
    for (let n = 0; n < tree.numNodes; n++) {
      tree.lossChg[n] = this.best[n]!.lossChg;
      tree.baseWeight[n] = this.weight[n]!;
      tree.sumHess[n] = this.hess[n]!;
    }
  }

  /** Rows that are left out have the complement of their node. */
  private drawRows(gpair: Float32Array): void {
    const { p, position } = this;
    for (let r = 0; r < position.length; r++) if (gpair[2 * r + 1]! < 0) position[r] = ~0;
    if (p.subsample >= 1) return;
    if (p.gradientBased)
      throw new XGBoostError(
        "Check failed: param_.sampling_method == TrainParam::kUniform (1 vs. 0) : Only uniform sampling is supported, gradient-based sampling is only support by GPU Hist.",
      );
    for (let r = 0; r < position.length; r++)
      if (gpair[2 * r + 1]! >= 0 && !(canonicalDouble(globalRandom) < p.subsample)) position[r] = ~0;
  }

  /** The sums, weight and gain of new nodes. */
  private enter(tree: RegTree, nodes: readonly number[], gpair: Float32Array): void {
    this.reserve(tree.numNodes);
    const { position, grad, hess } = this;
    while (this.best.length < tree.numNodes) this.best.push(new Split());
    for (let r = 0; r < position.length; r++) {
      const n = position[r]!;
      if (n < 0) continue;
      grad[n]! += gpair[2 * r]!;
      hess[n]! += gpair[2 * r + 1]!;
    }
    for (const n of nodes) {
      this.weight[n] = this.evaluator.weight(tree.parent[n]!, grad[n]!, hess[n]!);
      this.gain[n] = this.evaluator.gain(tree.parent[n]!, grad[n]!, hess[n]!);
    }
  }
  private reserve(count: number): void {
    if (count <= this.grad.length) return;
    const grown = <A extends Float64Array | Float32Array | Uint8Array>(old: A): A => {
      const fresh = new (old.constructor as new (n: number) => A)(count * 2);
      fresh.set(old);
      return fresh;
    };
    this.grad = grown(this.grad);
    this.hess = grown(this.hess);
    this.gain = grown(this.gain);
    this.weight = grown(this.weight);
    this.seenGrad = grown(this.seenGrad);
    this.seenHess = grown(this.seenHess);
    this.last = grown(this.last);
    this.open = grown(this.open);
  }

  private scanFeature(f: number, nodes: readonly number[], gpair: Float32Array): void {
    const { indptr, values } = this.columns;
    const [from, to] = [indptr[f]!, indptr[f + 1]!];
    for (const n of nodes) this.open[n] = this.interaction.allows(n, f) ? 1 : 0;
    const constant = to > from && values[from] === values[to - 1];
    const n = this.position.length;
    const density = f32(1 - f32(f32(n - (to - from)) / f32(n)));
    const direction = this.colmaker.choice("default_direction");
    const forward =
      direction === "right" ||
      (direction === "learn" && density < this.colmaker.number("opt_dense_col") && !constant);
    const { fast } = this;
    fast?.allow(nodes, this.open);
    const scan = (step: 1 | -1) =>
      fast ? fast.scan(f, from, to, step, nodes.length) : this.scan(f, nodes, gpair, from, to, step);
    if (forward) scan(1);
    if (direction !== "right") scan(-1);
  }

  /** Meets a column's values upwards (missing values go right) or downwards (left), and tries each gap between two of a node. */
  private scan(
    f: number,
    nodes: readonly number[],
    gpair: Float32Array,
    from: number,
    to: number,
    step: 1 | -1,
  ): void {
    const { position, grad, hess, gain, seenGrad, seenHess, last, open, evaluator, best } = this;
    const { rows, values } = this.columns;
    const { minChildWeight, lambda, alpha } = this.p;
    const simple = evaluator.simple;
    for (const n of nodes) {
      seenGrad[n] = 0;
      seenHess[n] = 0;
    }
    const end = step > 0 ? to : from - 1;
    for (let k = step > 0 ? from : to - 1; k !== end; k += step) {
      const r = rows[k]!;
      const n = position[r]!;
      if (n < 0 || open[n] === 0) continue;
      const v = values[k]!;
      const h = seenHess[n]!;
      if (h !== 0 && v !== last[n] && h >= minChildWeight) {
        const ho = hess[n]! - h;
        if (ho >= minChildWeight) {
          const g = seenGrad[n]!;
          const go = grad[n]! - g;
          let loss: number;
          if (simple) {
            const t = alpha === 0 ? g : thresholdL1(g, alpha);
            const u = alpha === 0 ? go : thresholdL1(go, alpha);
            const a = h <= 0 ? 0 : f32(f32(t * t) / f32(h + lambda));
            const b = ho <= 0 ? 0 : f32(f32(u * u) / f32(ho + lambda));
            loss = f32(f32(a + b) - gain[n]!);
          } else
            loss =
              step > 0
                ? f32(evaluator.splitGain(n, f, g, h, go, ho) - gain[n]!)
                : f32(evaluator.splitGain(n, f, go, ho, g, h) - gain[n]!);
          if (loss > best[n]!.lossChg) {
            const middle = f32(f32(v + last[n]!) * 0.5);
            const at = middle === v ? last[n]! : middle;
            if (step > 0) best[n]!.update(loss, f, at, false, false, g, h, go, ho);
            else best[n]!.update(loss, f, at, true, false, go, ho, g, h);
          }
        }
      }
      seenGrad[n]! += gpair[2 * r]!;
      seenHess[n] = h + gpair[2 * r + 1]!;
      last[n] = v;
    }
    // All present values against the missing ones.
    for (const n of nodes) {
      const [g, h] = [seenGrad[n]!, seenHess[n]!];
      const [go, ho] = [grad[n]! - g, hess[n]! - h];
      if (!(h >= minChildWeight && ho >= minChildWeight)) continue;
      const gap = f32(Math.abs(last[n]!) + RT_EPS);
      const at = f32(last[n]! + step * gap);
      if (step > 0) {
        const loss = f32(evaluator.splitGain(n, f, g, h, go, ho) - gain[n]!);
        best[n]!.update(loss, f, at, false, false, g, h, go, ho);
      } else {
        const loss = f32(evaluator.splitGain(n, f, go, ho, g, h) - gain[n]!);
        best[n]!.update(loss, f, at, true, false, go, ho, g, h);
      }
    }
  }

  private split(tree: RegTree, nodes: readonly number[]): void {
    for (const n of nodes) {
      const b = this.best[n]!;
      if (b.lossChg > RT_EPS) tree.expand(n, b.feature, b.value, b.defaultLeft);
      else tree.splitCond[n] = f32(this.weight[n]! * this.p.learningRate);
    }
  }

  /** Rows go to their new nodes; those of nodes that stay leaves are done. Nodes from `fresh` on are new. */
  private move(tree: RegTree, nodes: readonly number[], fresh: number): void {
    const { position } = this;
    const { indptr, rows, values } = this.columns;
    const { leftChild, rightChild, splitIndex, splitCond, defaultLeft } = tree;
    const features = new Set(nodes.filter((n) => !tree.isLeaf(n)).map((n) => splitIndex[n]!));
    for (const f of [...features].sort((a, b) => a - b))
      for (let k = indptr[f]!; k < indptr[f + 1]!; k++) {
        const r = rows[k]!;
        const at = position[r]!;
        const n = at < 0 ? ~at : at;
        if (leftChild[n] === -1 || splitIndex[n] !== f) continue;
        const child = values[k]! < splitCond[n]! ? leftChild[n]! : rightChild[n]!;
        position[r] = at < 0 ? ~child : child;
      }
    for (let r = 0; r < position.length; r++) {
      const at = position[r]!;
      const n = at < 0 ? ~at : at;
      if (leftChild[n] === -1) {
        if (n < fresh) position[r] = ~n;
      } else {
        const child = defaultLeft[n] === 1 ? leftChild[n]! : rightChild[n]!;
        position[r] = at < 0 ? ~child : child;
      }
    }
  }
}
