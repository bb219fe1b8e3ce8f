import type { Matrix } from "../data/matrix.js";
import type { MetaInfo } from "../data/meta-info.js";
import type { Columns } from "../data/storage.js";
import { XGBoostError } from "../errors.js";
import { f32 } from "../numeric/float32.js";
import { intermediateCuts, sortedSummary, streamSketch } from "../sketch/quantile-sketch.js";
import { Summary } from "../sketch/summary.js";

const GAP = f32(1e-5);

/** Where each feature's bins end: `values[ptrs[f] … ptrs[f + 1]]`, ascending; a value belongs to the first bin whose end is above it. */
export interface Cuts {
  readonly ptrs: Uint32Array;
  readonly values: Float32Array;
  /** Something below each feature's smallest value. */
  readonly mins: Float32Array;
  readonly hasCategorical: boolean;
}

/** The bin of a number; the last one where no end is above it. */
export function searchBin({ ptrs, values }: Cuts, feature: number, value: number): number {
  let lo = ptrs[feature]!;
  const end = ptrs[feature + 1]!;
  let hi = end;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (values[mid]! > value) hi = mid;
    else lo = mid + 1;
  }
  return lo === end ? end - 1 : lo;
}

/** The bin of a category. */
export function searchCategory({ ptrs }: Cuts, feature: number, value: number): number {
  const bins = ptrs[feature + 1]! - ptrs[feature]!;
  return ptrs[feature]! + Math.min(Math.trunc(value), bins - 1);
}

/** Group weights as weights of rows, in XGBoost's way (a group's first row still has its predecessor's weight). */
function rowWeights(info: MetaInfo): Float32Array | null {
  const { weights, groupPtr } = info;
  if (!weights || !byGroup(info)) return weights;
  const out = new Float32Array(info.numRow);
  for (let i = 0, group = 0; i < out.length; i++) {
    out[i] = weights[group]!;
    if (i === groupPtr![group + 1]) group++;
  }
  return out;
}

const byGroup = ({ groupPtr, weights, numRow }: MetaInfo): boolean =>
  groupPtr !== null && groupPtr.length > 1 && (weights?.length ?? 0) !== numRow;

/** Every row's weight times its hessian, where there is one. */
function mergedWeights(info: MetaInfo, hess: Float32Array | null): Float32Array | null {
  const own = rowWeights(info);
  if (!hess || !own) return hess ?? own;
  return hess.map((h, i) => h * own[i]!);
}

/** Cuts from every column sketched in the order of its rows; `hess` for tree method approx with a constant hessian. */
export function streamCuts(matrix: Matrix, maxBin: number, hess: Float32Array | null = null): Cuts {
  const { info } = matrix;
  const columns = matrix.columnsOnce();
  const weights = mergedWeights(info, hess);
  return makeCuts(columns, info, maxBin, false, (from, to) => {
    const sketch = streamSketch(to - from, maxBin, !weights);
    const { values, rows } = columns;
    for (let k = from; k < to; k++) sketch.push(values[k]!, weights ? weights[rows[k]!]! : 1);
    return sketch.summary();
  });
}

/** Cuts from columns sorted by value, rows weighted by hessian and by their own weight. */
export function sortedCuts(sorted: Columns, info: MetaInfo, maxBin: number, hess: Float32Array): Cuts {
  const weights = mergedWeights(info, hess)!;
  return makeCuts(sorted, info, maxBin, true, (from, to) =>
    sortedSummary(sorted.values, sorted.rows, from, to, weights, maxBin),
  );
}

function makeCuts(
  columns: Columns,
  info: MetaInfo,
  maxBin: number,
  large: boolean,
  summarise: (from: number, to: number) => Summary,
): Cuts {
  const { numCol } = info;
  const values: number[] = [];
  const ptrs = new Uint32Array(numCol + 1);
  const mins = new Float32Array(numCol);
  for (let f = 0; f < numCol; f++) {
    const [from, to] = [columns.indptr[f]!, columns.indptr[f + 1]!];
    if (info.isCategorical(f)) addCategories(columns.values, from, to, values);
    else {
      const kept = new Summary(maxBin + 1);
      const intermediate = intermediateCuts(to - from, maxBin);
      const bins = Math.min(intermediate, maxBin);
      if (to > from) {
        const all = summarise(from, to);
        const reduced = new Summary(intermediate);
        if (large) {
          reduced.pruneLarge(all, intermediate);
          kept.pruneLarge(reduced, bins + 1);
        } else {
          reduced.prune(all, intermediate);
          kept.prune(reduced, bins + 1);
        }
        const least = kept.value[0]!;
        mins[f] = least - Math.abs(least) - GAP;
      } else mins[f] = GAP;
      for (let i = 1; i < Math.min(kept.size, bins); i++)
        if (i === 1 || kept.value[i]! > values.at(-1)!) values.push(kept.value[i]!);
      const last = kept.size > 0 ? kept.value[kept.size - 1]! : mins[f]!;
      values.push(f32(last + (Math.abs(last) + GAP)));
    }
    ptrs[f + 1] = values.length;
  }
  return { ptrs, mins, values: Float32Array.from(values), hasCategorical: info.hasCategorical };
}

/** A float32 cannot count categories beyond this. */
const MOST_CATEGORIES = 16777216;

function addCategories(data: Float32Array, from: number, to: number, values: number[]): void {
  let most = 0;
  for (let k = from; k < to; k++) {
    const v = data[k]!;
    if (v < 0 || v >= MOST_CATEGORIES)
      throw new XGBoostError(
        `Invalid categorical value detected.  Categorical value should be non-negative, less than total number of categories in training data and less than ${MOST_CATEGORIES}`,
      );
    if (v > most) most = v;
  }
  for (let c = 0; c <= Math.trunc(most); c++) values.push(c);
}
