import type { Matrix } from "../data/matrix.js";
import type { DenseRows, SparseRows } from "../data/storage.js";
import { type Cuts, searchBin, searchCategory } from "./cuts.js";

type Bins = Uint16Array | Uint32Array;

/**
 * Every value by its bin. A bin's number is doubled, so that it is at once the place of its gradient sum in a histogram of
 * interleaved pairs. Dense data have one entry for every row and feature (a missing value's is `missing`, past all bins); sparse data
 * have present values only.
 */
export interface GradientIndex {
  readonly cuts: Cuts;
  readonly totalBins: number;
  readonly numRow: number;
  readonly numCol: number;
  readonly anyMissing: boolean;
  /** The doubled number that stands for a missing value. */
  readonly missing: number;
  readonly bins: Bins;
  /** Where a sparse row's entries begin; null for dense data. */
  readonly rowPtr: Uint32Array | null;
  /** Dense data by columns, a feature's own bins counted from 0, the feature's number of bins where missing. */
  readonly columns: Uint8Array | Uint16Array | Uint32Array | null;
}

export function gradientIndex(matrix: Matrix, cuts: Cuts): GradientIndex {
  const { rows: data, info } = matrix;
  const totalBins = cuts.values.length;
  const missing = totalBins * 2;
  const base = { cuts, totalBins, missing, numRow: info.numRow, numCol: info.numCol };
  const types = Array.from({ length: info.numCol }, (_, f) => info.isCategorical(f));
  return data.kind === "dense"
    ? { ...base, ...denseBins(data, cuts, missing, types), rowPtr: null, anyMissing: !matrix.isDense }
    : { ...base, ...sparseBins(data, cuts, missing, types), columns: null, anyMissing: !matrix.isDense };
}

const room = (size: number, most: number): Bins =>
  most < 65536 ? new Uint16Array(size) : new Uint32Array(size);

function denseBins(data: DenseRows, cuts: Cuts, missing: number, categorical: readonly boolean[]) {
  const { rows: n, cols, values } = data;
  const bins = room(values.length, missing);
  let widest = 0;
  for (let f = 0; f < cols; f++) widest = Math.max(widest, cuts.ptrs[f + 1]! - cuts.ptrs[f]!);
  const columns =
    widest < 256
      ? new Uint8Array(values.length)
      : widest < 65536
        ? new Uint16Array(values.length)
        : new Uint32Array(values.length);
  for (let f = 0; f < cols; f++) {
    const begin = cuts.ptrs[f]!;
    const count = cuts.ptrs[f + 1]! - begin;
    const search = categorical[f] ? searchCategory : searchBin;
    for (let i = 0, k = f, to = f * n; i < n; i++, k += cols, to++) {
      const v = values[k]!;
      if (Number.isNaN(v)) {
        bins[k] = missing;
        columns[to] = count;
      } else {
        const b = search(cuts, f, v);
        bins[k] = b * 2;
        columns[to] = b - begin;
      }
    }
  }
  return { bins, columns };
}

function sparseBins(data: SparseRows, cuts: Cuts, missing: number, categorical: readonly boolean[]) {
  const { indices, values } = data;
  const bins = room(values.length, missing);
  for (let k = 0; k < values.length; k++) {
    const f = indices[k]!;
    bins[k] = 2 * (categorical[f] ? searchCategory : searchBin)(cuts, f, values[k]!);
  }
  return { bins, rowPtr: data.indptr };
}

/** A row's bin of a feature, −1 where missing. */
export function binOf(index: GradientIndex, row: number, feature: number): number {
  const { bins, rowPtr, cuts } = index;
  if (!rowPtr) {
    const b = bins[row * index.numCol + feature]!;
    return b === index.missing ? -1 : b >>> 1;
  }
  const first = 2 * cuts.ptrs[feature]!;
  const end = 2 * cuts.ptrs[feature + 1]!;
  let lo = rowPtr[row]!;
  let hi = rowPtr[row + 1]!;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    const b = bins[mid]!;
    if (b < first) lo = mid + 1;
    else if (b >= end) hi = mid;
    else return b >>> 1;
  }
  return -1;
}
