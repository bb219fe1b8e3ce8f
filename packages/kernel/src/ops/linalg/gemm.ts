import type { Data, NumericData } from "../../dtype/dtype.js";
import { collapse } from "../../strided/iterate.js";
import { type Strided, sizeOf } from "../../strided/strided.js";

/** A matrix somewhere in memory: element (i, j) stands at `at + i·row + j·col`. */
interface Matrix<D = Data> {
  readonly data: D;
  readonly at: number;
  readonly row: number;
  readonly col: number;
}

/**
 * y = a·b over the last two axes of operands of one shape of leading axes, of floats or 64-bit integers. Sums run in float64
 * (integers: exact, modulo their width); this is the reference that fast kernels are tested against.
 */
export function gemm(a: Strided, b: Strided, y: Strided): void {
  const r = y.rank;
  const [m, n, k] = [y.shape[r - 2]!, y.shape[r - 1]!, a.shape[r - 1]!];
  const rows = rowsAsOne(a, b, y);
  if (rows) {
    product(a, b, y, [a.offset, b.offset, y.offset], [rows.a, rows.y], rows.m, n, k);
    return;
  }
  const batches = sizeOf(y.shape.slice(0, -2));
  const steps: [number, number] = [a.strides[r - 2]!, y.strides[r - 2]!];
  for (let t = 0; t < batches; t++) {
    let rest = t;
    const at: [number, number, number] = [a.offset, b.offset, y.offset];
    for (let i = r - 3; i >= 0; i--) {
      const c = rest % y.shape[i]!;
      rest = Math.floor(rest / y.shape[i]!);
      at[0] += c * a.strides[i]!;
      at[1] += c * b.strides[i]!;
      at[2] += c * y.strides[i]!;
    }
    product(a, b, y, at, steps, m, n, k);
  }
}

/** Where one b serves all leading axes and these run on into the rows, all products are one tall product. */
function rowsAsOne(a: Strided, b: Strided, y: Strided): { a: number; y: number; m: number } | null {
  const r = y.rank;
  for (let i = 0; i < r - 2; i++) if (b.strides[i] !== 0 && y.shape[i] !== 1) return null;
  const nest = collapse(y.shape.slice(0, -1), [a.strides.slice(0, -1), y.strides.slice(0, -1)]);
  if (nest.shape.length !== 1) return null;
  return { a: nest.strides[0]![0]!, y: nest.strides[1]![0]!, m: nest.shape[0]! };
}

function product(
  a: Strided,
  b: Strided,
  y: Strided,
  at: readonly [number, number, number],
  [rowA, rowY]: readonly [number, number],
  m: number,
  n: number,
  k: number,
): void {
  const r = y.rank;
  const x: Matrix = { data: a.data, at: at[0], row: rowA, col: a.strides[r - 1]! };
  const w: Matrix = { data: b.data, at: at[1], row: b.strides[r - 2]!, col: b.strides[r - 1]! };
  const out: Matrix = { data: y.data, at: at[2], row: rowY, col: y.strides[r - 1]! };
  if (a.dtype.big) bigGemm(x as Matrix<BigInt64Array>, w as Matrix<BigInt64Array>, out, m, n, k);
  else realGemm(x as Real, w as Real, out as Real, m, n, k);
}

type Real = Matrix<NumericData>;

/** Height and width of the tile that one pass over k computes: twelve running sums fit the machine's registers. */
const TILE_ROWS = 4;
const TILE_COLUMNS = 3;
/** Rows of a that stay in the cache while the columns of b go by, in elements. */
const CACHED = 1 << 15;

let packedA = new Float64Array(0);
let packedB = new Float64Array(0);
const tile = new Float64Array(TILE_ROWS * TILE_COLUMNS);

const room = (buffer: Float64Array<ArrayBuffer>, n: number): Float64Array<ArrayBuffer> =>
  buffer.length >= n ? buffer : new Float64Array(n);

/** Lays out rows in panels of `height`, element p of all rows of a panel side by side; missing rows are zeros. */
function pack(x: Real, rows: number, k: number, height: number, out: Float64Array): void {
  const { data, row, col } = x;
  for (let i = 0, o = 0; i < rows; i += height, o += height * k) {
    const there = Math.min(height, rows - i);
    for (let r = 0; r < height; r++) {
      if (r >= there) {
        for (let p = 0, t = o + r; p < k; p++, t += height) out[t] = 0;
        continue;
      }
      for (let p = 0, s = x.at + (i + r) * row, t = o + r; p < k; p++, s += col, t += height)
        out[t] = data[s]!;
    }
  }
}

/** y = a·b of real numbers, every sum in the order of k: m × k times k × n, at any strides. */
export function realGemm(a: Real, b: Real, y: Real, m: number, n: number, k: number): void {
  if (m * n * k <= 1024 || m === 1 || n === 1) {
    thinGemm(a, b, y, m, n, k);
    return;
  }
  const [tallM, wideN] = [m + TILE_ROWS, n + TILE_COLUMNS];
  packedA = room(packedA, tallM * k);
  packedB = room(packedB, wideN * k);
  pack(a, m, k, TILE_ROWS, packedA);
  pack({ data: b.data, at: b.at, row: b.col, col: b.row }, n, k, TILE_COLUMNS, packedB);
  const block = Math.max(TILE_ROWS, Math.floor(CACHED / k / TILE_ROWS) * TILE_ROWS);
  const { data, row, col } = y;
  for (let from = 0; from < m; from += block) {
    const to = Math.min(from + block, m);
    for (let j = 0; j < n; j += TILE_COLUMNS)
      for (let i = from; i < to; i += TILE_ROWS) {
        multiplyPanels(packedA, i * k, packedB, j * k, k);
        const [rows, columns] = [Math.min(TILE_ROWS, m - i), Math.min(TILE_COLUMNS, n - j)];
        for (let r = 0, o = y.at + i * row + j * col; r < rows; r++, o += row)
          for (let c = 0; c < columns; c++) data[o + c * col] = tile[r * TILE_COLUMNS + c]!;
      }
  }
}

/** The product of a panel of four rows and one of three columns, left in {@link tile}. */
function multiplyPanels(a: Float64Array, ai: number, b: Float64Array, bi: number, k: number): void {
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c10 = 0;
  let c11 = 0;
  let c12 = 0;
  let c20 = 0;
  let c21 = 0;
  let c22 = 0;
  let c30 = 0;
  let c31 = 0;
  let c32 = 0;
  for (let p = 0; p < k; p++, ai += TILE_ROWS, bi += TILE_COLUMNS) {
    const b0 = b[bi]!;
    const b1 = b[bi + 1]!;
    const b2 = b[bi + 2]!;
    let x = a[ai]!;
    c00 += x * b0;
    c01 += x * b1;
    c02 += x * b2;
    x = a[ai + 1]!;
    c10 += x * b0;
    c11 += x * b1;
    c12 += x * b2;
    x = a[ai + 2]!;
    c20 += x * b0;
    c21 += x * b1;
    c22 += x * b2;
    x = a[ai + 3]!;
    c30 += x * b0;
    c31 += x * b1;
    c32 += x * b2;
  }
  tile[0] = c00;
  tile[1] = c01;
  tile[2] = c02;
  tile[3] = c10;
  tile[4] = c11;
  tile[5] = c12;
  tile[6] = c20;
  tile[7] = c21;
  tile[8] = c22;
  tile[9] = c30;
  tile[10] = c31;
  tile[11] = c32;
}

/** Small products and products with vectors, where packing would cost more than it saves. */
function thinGemm(a: Real, b: Real, y: Real, m: number, n: number, k: number): void {
  const [x, w, out] = [a.data, b.data, y.data];
  // A vector times a row-major matrix walks the matrix row by row.
  if (m === 1 && n > 1 && b.col < b.row) {
    packedA = room(packedA, n);
    const sums = packedA.fill(0, 0, n);
    for (let p = 0, s = a.at, t = b.at; p < k; p++, s += a.col, t += b.row) {
      const v = x[s]!;
      for (let j = 0, q = t; j < n; j++, q += b.col) sums[j]! += v * w[q]!;
    }
    for (let j = 0, o = y.at; j < n; j++, o += y.col) out[o] = sums[j]!;
    return;
  }
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0, s = a.at + i * a.row, t = b.at + j * b.col; p < k; p++, s += a.col, t += b.row)
        sum += x[s]! * w[t]!;
      out[y.at + i * y.row + j * y.col] = sum;
    }
}

/** 64-bit integers whose sums may leave the exact range of float64. */
function bigGemm(
  a: Matrix<BigInt64Array>,
  b: Matrix<BigInt64Array>,
  y: Matrix,
  m: number,
  n: number,
  k: number,
): void {
  const to = y.data as BigInt64Array;
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0n;
      for (let p = 0; p < k; p++)
        sum = BigInt.asIntN(
          64,
          sum + a.data[a.at + i * a.row + p * a.col]! * b.data[b.at + p * b.row + j * b.col]!,
        );
      to[y.at + i * y.row + j * y.col] = sum;
    }
}
