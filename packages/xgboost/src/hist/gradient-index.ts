import { TreeArena } from "@cognate/kernel";
import type { Matrix } from "../data/matrix.js";
import type { DenseRows, SparseRows } from "../data/storage.js";
import { type Cuts, searchBin, searchCategory } from "./cuts.js";

type Bins = Uint16Array | Uint32Array;
type LocalBins = Uint8Array | Uint16Array | Uint32Array;

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
  readonly columns: LocalBins | null;
  /** Where the arrays lie for kernels; null where the data are small or there are no kernels. */
  readonly arena: TreeArena | null;
}

/** Values below which kernels do not pay. Tests set it to 0, so that small data meet the kernels, too. */
export const kernelsFrom = { values: 20000 };
/** Rows that are binned at a time. */
const CHUNK = 4096;

/** The bytes that the bins of a matrix, its rows and its histograms take. */
function bytesFor(matrix: Matrix, totalBins: number, slots: number): number {
  const { rows: n, cols, values } = matrix.rows;
  const entry = totalBins * 2 < 65536 ? 2 : 4;
  const extra = matrix.rows.kind === "dense" ? values.length + CHUNK * cols * 4 : 4 * n;
  return values.length * entry + extra + n * 16 + (slots + 1) * 16 * (totalBins + 2) + 8 * cols + 65536;
}

/** Quantises a matrix. `spare` is an arena of an index that is not needed any more. */
export function gradientIndex(
  matrix: Matrix,
  cuts: Cuts,
  slots: number,
  spare: TreeArena | null = null,
): GradientIndex {
  const { rows: data, info } = matrix;
  const totalBins = cuts.values.length;
  const missing = totalBins * 2;
  let arena: TreeArena | null = null;
  if (data.values.length >= kernelsFrom.values) {
    const bytes = bytesFor(matrix, totalBins, slots);
    if (spare && spare.size >= bytes) {
      spare.reset();
      arena = spare;
    } else arena = TreeArena.of(bytes);
  }
  const anyMissing = !matrix.isDense;
  const base = { cuts, totalBins, missing, numRow: info.numRow, numCol: info.numCol, anyMissing, arena };
  const types = Array.from({ length: info.numCol }, (_, f) => info.isCategorical(f));
  return data.kind === "dense"
    ? { ...base, ...denseBins(data, cuts, missing, types, anyMissing, arena), rowPtr: null }
    : { ...base, ...sparseBins(data, cuts, missing, types, arena), columns: null };
}

const room = (size: number, most: number, arena: TreeArena | null): Bins =>
  most < 65536 ? (arena?.u16(size) ?? new Uint16Array(size)) : (arena?.u32(size) ?? new Uint32Array(size));

function denseBins(
  data: DenseRows,
  cuts: Cuts,
  missing: number,
  categorical: readonly boolean[],
  anyMissing: boolean,
  arena: TreeArena | null,
): { bins: Bins; columns: LocalBins } {
  const { rows: n, cols, values } = data;
  let widest = anyMissing ? 1 : 0;
  for (let f = 0; f < cols; f++)
    widest = Math.max(widest, cuts.ptrs[f + 1]! - cuts.ptrs[f]! + (anyMissing ? 1 : 0));
  const bins = room(values.length, missing, arena);
  const narrow = widest <= 256;
  const columns = narrow
    ? (arena?.u8(values.length) ?? new Uint8Array(values.length))
    : widest <= 65536
      ? new Uint16Array(values.length)
      : new Uint32Array(values.length);
  if (arena && binRows(data, cuts, missing, categorical, arena, bins, narrow ? columns : null)) {
    if (!narrow) localBins(bins, columns, cuts, missing, n, cols);
    return { bins, columns };
  }
  for (let f = 0; f < cols; f++) {
    const search = categorical[f] ? searchCategory : searchBin;
    for (let i = 0, k = f; i < n; i++, k += cols) {
      const v = values[k]!;
      bins[k] = Number.isNaN(v) ? missing : 2 * search(cuts, f, v);
    }
  }
  localBins(bins, columns, cuts, missing, n, cols);
  return { bins, columns };
}

/** The bins of every row by the kernel, a few thousand rows at a time. */
function binRows(
  { rows: n, cols, values }: DenseRows,
  cuts: Cuts,
  missing: number,
  categorical: readonly boolean[],
  arena: TreeArena,
  bins: Bins,
  columns: LocalBins | null,
): boolean {
  const chunk = arena.f32(CHUNK * cols);
  const ends = arena.f32(cuts.values.length);
  const ptrs = arena.u32(cols + 1);
  const kinds = arena.u8(cols);
  if (!chunk || !ends || !ptrs || !kinds || !arena.holds(bins)) return false;
  if (columns && !arena.holds(columns)) return false;
  ends.set(cuts.values);
  ptrs.set(cuts.ptrs);
  categorical.forEach((c, f) => {
    kinds[f] = c ? 1 : 0;
  });
  const width = bins.BYTES_PER_ELEMENT;
  for (let from = 0; from < n; from += CHUNK) {
    const count = Math.min(CHUNK, n - from);
    chunk.set(values.subarray(from * cols, (from + count) * cols));
    arena.kernels.bin_rows(
      chunk.byteOffset,
      count,
      cols,
      ends.byteOffset,
      ptrs.byteOffset,
      kinds.byteOffset,
      bins.byteOffset + from * cols * width,
      width === 4 ? 1 : 0,
      missing,
      columns ? columns.byteOffset + from : 0,
      n,
    );
  }
  return true;
}

function localBins(
  bins: Bins,
  columns: LocalBins,
  { ptrs }: Cuts,
  missing: number,
  n: number,
  cols: number,
): void {
  for (let f = 0; f < cols; f++) {
    const begin = ptrs[f]!;
    const count = ptrs[f + 1]! - begin;
    for (let i = 0, k = f, to = f * n; i < n; i++, k += cols, to++) {
      const b = bins[k]!;
      columns[to] = b === missing ? count : (b >>> 1) - begin;
    }
  }
}

function sparseBins(
  data: SparseRows,
  cuts: Cuts,
  missing: number,
  categorical: readonly boolean[],
  arena: TreeArena | null,
): { bins: Bins; rowPtr: Uint32Array } {
  const { indices, values, indptr } = data;
  const bins = room(values.length, missing, arena);
  for (let k = 0; k < values.length; k++) {
    const f = indices[k]!;
    bins[k] = 2 * (categorical[f] ? searchCategory : searchBin)(cuts, f, values[k]!);
  }
  const rowPtr = arena?.u32(indptr.length) ?? indptr;
  if (rowPtr !== indptr) rowPtr.set(indptr);
  return { bins, rowPtr };
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
