import type { TreeArena } from "@cognate/kernel";
import { f32 } from "../numeric/float32.js";
import type { SplitEvaluator } from "../tree/gain.js";
import { rawWeight, thresholdL1 } from "../tree/gain.js";
import { Split } from "../tree/split.js";
import type { TrainParam } from "../tree/train-param.js";
import type { Cuts } from "./cuts.js";
import type { GradientIndex } from "./gradient-index.js";

/** A node's sums and its gain unsplit. */
export interface NodeStats {
  grad: number;
  hess: number;
  gain: number;
}

/** Looks for the best split of a node on one feature at a time. */
export class Enumerator {
  private readonly local = new Split();
  private readonly cuts: Cuts;
  private readonly arena: TreeArena | null;

  constructor(
    private readonly p: TrainParam,
    index: GradientIndex,
    private readonly evaluator: SplitEvaluator,
    private readonly categorical: readonly boolean[],
    private readonly scanned: Float64Array | null,
  ) {
    this.cuts = index.cuts;
    this.arena = index.arena;
  }

  feature(best: Split, hist: Float64Array, feature: number, node: number, stats: NodeStats): void {
    if (this.categorical[feature]) {
      const bins = this.cuts.ptrs[feature + 1]! - this.cuts.ptrs[feature]!;
      if (bins < this.p.maxCatToOnehot) this.oneHot(best, hist, feature, node, stats);
      else {
        const order = this.sortedCategories(hist, feature);
        this.partition(best, hist, feature, node, stats, order, 1);
        this.partition(best, hist, feature, node, stats, order, -1);
      }
      return;
    }
    if (this.evaluator.simple) {
      if (!this.scan(best, hist, feature, stats)) this.numericSimple(best, hist, feature, stats);
    } else this.numeric(best, hist, feature, node, stats);
  }

  /** `numericSimple` by the kernel; false where the histogram is out of its reach. */
  private scan(best: Split, hist: Float64Array, f: number, stats: NodeStats): boolean {
    const { arena, scanned } = this;
    if (!arena || !scanned || !arena.holds(hist)) return false;
    const { ptrs, values, mins } = this.cuts;
    const { grad, hess, gain } = stats;
    const { lambda, alpha, minChildWeight } = this.p;
    const begin = ptrs[f]!;
    const end = ptrs[f + 1]!;
    arena.kernels.scan_bins(
      hist.byteOffset,
      begin,
      end,
      grad,
      hess,
      gain,
      lambda,
      alpha,
      minChildWeight,
      scanned.byteOffset,
    );
    if (scanned[0]! > 0) {
      const [loss, at, g, h] = [scanned[0]!, scanned[1]!, scanned[2]!, scanned[3]!];
      best.update(loss, f, values[at]!, false, false, g, h, grad - g, hess - h);
    }
    if (scanned[4]! > 0) {
      const [loss, at, g, h] = [scanned[4]!, scanned[5]!, scanned[6]!, scanned[7]!];
      const value = at === begin ? mins[f]! : values[at - 1]!;
      best.update(loss, f, value, true, false, grad - g, hess - h, g, h);
    }
    return true;
  }

  private numeric(best: Split, hist: Float64Array, f: number, node: number, stats: NodeStats): void {
    const { ptrs, values, mins } = this.cuts;
    const { evaluator, local } = this;
    const { minChildWeight } = this.p;
    const begin = ptrs[f]!;
    const end = ptrs[f + 1]!;
    local.reset();
    let [g, h] = [0, 0];
    for (let i = begin; i < end; i++) {
      g += hist[2 * i]!;
      h += hist[2 * i + 1]!;
      const [gr, hr] = [stats.grad - g, stats.hess - h];
      if (!(h >= minChildWeight && hr >= minChildWeight)) continue;
      const loss = f32(evaluator.splitGain(node, f, g, h, gr, hr) - stats.gain);
      local.update(loss, f, values[i]!, false, false, g, h, gr, hr);
    }
    best.merge(local);
    if (g === stats.grad && h === stats.hess) return;
    local.reset();
    [g, h] = [0, 0];
    for (let i = end - 1; i >= begin; i--) {
      g += hist[2 * i]!;
      h += hist[2 * i + 1]!;
      const [gl, hl] = [stats.grad - g, stats.hess - h];
      if (!(h >= minChildWeight && hl >= minChildWeight)) continue;
      const loss = f32(evaluator.splitGain(node, f, gl, hl, g, h) - stats.gain);
      local.update(loss, f, i === begin ? mins[f]! : values[i - 1]!, true, false, gl, hl, g, h);
    }
    best.merge(local);
  }

  /** As `numeric` where gains need no weights: the loop that takes the time of wide data. */
  private numericSimple(best: Split, hist: Float64Array, f: number, stats: NodeStats): void {
    const { ptrs, values, mins } = this.cuts;
    const { minChildWeight, lambda, alpha } = this.p;
    const { grad, hess, gain } = stats;
    const begin = ptrs[f]!;
    const end = ptrs[f + 1]!;
    let most = 0;
    let at = -1;
    let [bestG, bestH] = [0, 0];
    let [g, h] = [0, 0];
    for (let i = begin; i < end; i++) {
      g += hist[2 * i]!;
      h += hist[2 * i + 1]!;
      const hr = hess - h;
      if (!(h >= minChildWeight && hr >= minChildWeight)) continue;
      const tl = alpha === 0 ? g : thresholdL1(g, alpha);
      const tr = alpha === 0 ? grad - g : thresholdL1(grad - g, alpha);
      const gl = h <= 0 ? 0 : f32(f32(tl * tl) / f32(h + lambda));
      const gr = hr <= 0 ? 0 : f32(f32(tr * tr) / f32(hr + lambda));
      const loss = f32(f32(gl + gr) - gain);
      if (loss > most && loss !== Infinity) {
        most = loss;
        at = i;
        bestG = g;
        bestH = h;
      }
    }
    if (at >= 0) best.update(most, f, values[at]!, false, false, bestG, bestH, grad - bestG, hess - bestH);
    if (g === grad && h === hess) return;
    most = 0;
    at = -1;
    g = 0;
    h = 0;
    for (let i = end - 1; i >= begin; i--) {
      g += hist[2 * i]!;
      h += hist[2 * i + 1]!;
      const hl = hess - h;
      if (!(h >= minChildWeight && hl >= minChildWeight)) continue;
      const tr = alpha === 0 ? g : thresholdL1(g, alpha);
      const tl = alpha === 0 ? grad - g : thresholdL1(grad - g, alpha);
      const gr = h <= 0 ? 0 : f32(f32(tr * tr) / f32(h + lambda));
      const gl = hl <= 0 ? 0 : f32(f32(tl * tl) / f32(hl + lambda));
      const loss = f32(f32(gl + gr) - gain);
      if (loss > most && loss !== Infinity) {
        most = loss;
        at = i;
        bestG = g;
        bestH = h;
      }
    }
    if (at < 0) return;
    const value = at === begin ? mins[f]! : values[at - 1]!;
    best.update(most, f, value, true, false, grad - bestG, hess - bestH, bestG, bestH);
  }

  /** One category against the rest, which goes right; missing values with either side. */
  private oneHot(best: Split, hist: Float64Array, f: number, node: number, stats: NodeStats): void {
    const { ptrs, values } = this.cuts;
    const { evaluator, local } = this;
    const { minChildWeight } = this.p;
    const [begin, end] = [ptrs[f]!, ptrs[f + 1]!];
    let [fg, fh] = [0, 0];
    for (let i = begin; i < end; i++) {
      fg += hist[2 * i]!;
      fh += hist[2 * i + 1]!;
    }
    const [mg, mh] = [stats.grad - fg, stats.hess - fh];
    local.reset();
    for (let i = begin; i < end; i++) {
      let gr = hist[2 * i]!;
      let hr = hist[2 * i + 1]!;
      for (const missingLeft of [true, false]) {
        if (!missingLeft) {
          gr += mg;
          hr += mh;
        }
        const [gl, hl] = [stats.grad - gr, stats.hess - hr];
        if (!(hl >= minChildWeight && hr >= minChildWeight)) continue;
        const loss = f32(evaluator.splitGain(node, f, gl, hl, gr, hr) - stats.gain);
        local.update(loss, f, values[i]!, missingLeft, true, gl, hl, gr, hr);
      }
    }
    if (local.isCat) {
      local.catBits = new Uint32Array(((end - begin) >>> 5) + 1);
      setBit(local.catBits, local.value);
    }
    best.merge(local);
  }

  /** The categories by the weight that a leaf of each alone would have. */
  private sortedCategories(hist: Float64Array, f: number): number[] {
    const begin = this.cuts.ptrs[f]!;
    const count = this.cuts.ptrs[f + 1]! - begin;
    const weights = Float32Array.from({ length: count }, (_, c) =>
      rawWeight(this.p, hist[2 * (begin + c)]!, hist[2 * (begin + c) + 1]!),
    );
    return Array.from(weights, (_, c) => c).sort((a, b) => weights[a]! - weights[b]!);
  }

  private partition(
    best: Split,
    hist: Float64Array,
    f: number,
    node: number,
    stats: NodeStats,
    order: readonly number[],
    step: 1 | -1,
  ): void {
    const { ptrs, values } = this.cuts;
    const { evaluator, local } = this;
    const { minChildWeight } = this.p;
    const begin = ptrs[f]!;
    const count = order.length;
    const most = Math.min(this.p.maxCatThreshold, count);
    const from = step > 0 ? 0 : count - 1;
    const to = step > 0 ? most - 1 : count - most;
    local.reset();
    let [g, h] = [0, 0];
    let at = -1;
    for (let j = from; j !== to; j += step) {
      const b = 2 * (begin + order[j]!);
      g += hist[b]!;
      h += hist[b + 1]!;
      const [og, oh] = [stats.grad - g, stats.hess - h];
      if (!(h >= minChildWeight && oh >= minChildWeight)) continue;
      // Missing values are with the other side: left going up, right going down.
      const taken =
        step > 0
          ? local.update(
              f32(evaluator.splitGain(node, f, og, oh, g, h) - stats.gain),
              f,
              Number.NaN,
              true,
              true,
              og,
              oh,
              g,
              h,
            )
          : local.update(
              f32(evaluator.splitGain(node, f, g, h, og, oh) - stats.gain),
              f,
              Number.NaN,
              false,
              true,
              g,
              h,
              og,
              oh,
            );
      if (taken) at = j;
    }
    if (at >= 0) {
      local.catBits = new Uint32Array((count + 31) >>> 5);
      const cut = step > 0 ? at + 1 : at;
      for (const c of order.slice(0, cut)) setBit(local.catBits, values[begin + c]!);
    }
    best.merge(local);
  }
}

/** Category c is bit 31 − c mod 32 of word ⌊c / 32⌋. */
export function setBit(bits: Uint32Array, category: number): void {
  bits[category >>> 5]! |= 1 << (31 - (category & 31));
}
export const hasBit = (bits: Uint32Array, from: number, size: number, category: number): boolean =>
  category >>> 5 < size && ((bits[from + (category >>> 5)]! >>> (31 - (category & 31))) & 1) === 1;
