/**
 * Samples as the solvers read them: inner products of one with a run of others, in an order that solvers change.
 * Summation runs over features in their order, so that an inner product does not depend on who asks for it.
 */
export interface Rows {
  readonly count: number;
  /** out[j − from] = ⟨xᵢ, xⱼ⟩ for from ≤ j < to. */
  dots(i: number, from: number, to: number, out: Float64Array): void;
  /** ⟨xᵢ, xᵢ⟩ */
  square(i: number): number;
  swap(i: number, j: number): void;
  /** A copy of some rows in a new order. */
  subset(indices: ArrayLike<number>): Rows;
}

/** Rows that lie one after another in memory. */
export class DenseRows implements Rows {
  constructor(
    readonly data: Float64Array,
    readonly count: number,
    readonly width: number,
  ) {}

  dots(i: number, from: number, to: number, out: Float64Array): void {
    const { data, width } = this;
    const x = data.subarray(i * width, (i + 1) * width);
    for (let j = from; j < to; j++) {
      let s = 0;
      for (let k = 0; k < width; k++) s += x[k]! * data[j * width + k]!;
      out[j - from] = s;
    }
  }

  square(i: number): number {
    const { data, width } = this;
    let s = 0;
    for (let k = i * width; k < (i + 1) * width; k++) s += data[k]! * data[k]!;
    return s;
  }

  swap(i: number, j: number): void {
    const { data, width } = this;
    const [a, b] = [i * width, j * width];
    for (let k = 0; k < width; k++) {
      const v = data[a + k]!;
      data[a + k] = data[b + k]!;
      data[b + k] = v;
    }
  }

  subset(indices: ArrayLike<number>): DenseRows {
    const { data, width } = this;
    const out = new Float64Array(indices.length * width);
    for (let r = 0; r < indices.length; r++)
      out.set(data.subarray(indices[r]! * width, (indices[r]! + 1) * width), r * width);
    return new DenseRows(out, indices.length, width);
  }
}

/** How many rows lie side by side in {@link PanelRows}. */
const SIDE = 8;

/**
 * Rows as solvers read them: eight side by side, feature by feature, so that one pass over a panel gives eight inner
 * products from memory that lies together.
 */
export class PanelRows implements Rows {
  readonly count: number;
  private readonly width: number;
  private readonly data: Float64Array;
  private readonly own: Float64Array;

  constructor(rows: DenseRows) {
    const { count, width, data } = rows;
    this.count = count;
    this.width = width;
    this.own = new Float64Array(width);
    this.data = new Float64Array(Math.ceil(count / SIDE) * SIDE * width);
    for (let j = 0; j < count; j++) {
      let at = this.start(j);
      for (let k = j * width; k < (j + 1) * width; k++, at += SIDE) this.data[at] = data[k]!;
    }
  }

  private start(j: number): number {
    return (j - (j % SIDE)) * this.width + (j % SIDE);
  }

  dots(i: number, from: number, to: number, out: Float64Array): void {
    const { data, width, own: x } = this;
    let at = this.start(i);
    for (let k = 0; k < width; k++, at += SIDE) x[k] = data[at]!;
    for (let j = from - (from % SIDE); j < to; j += SIDE) {
      let p = j * width;
      let [a, b, c, d] = [0, 0, 0, 0];
      let [e, f, g, h] = [0, 0, 0, 0];
      for (let k = 0; k < width; k++) {
        const v = x[k]!;
        a += v * data[p]!;
        b += v * data[p + 1]!;
        c += v * data[p + 2]!;
        d += v * data[p + 3]!;
        e += v * data[p + 4]!;
        f += v * data[p + 5]!;
        g += v * data[p + 6]!;
        h += v * data[p + 7]!;
        p += SIDE;
      }
      const o = j - from;
      if (o >= 0 && j + SIDE <= to) {
        out[o] = a;
        out[o + 1] = b;
        out[o + 2] = c;
        out[o + 3] = d;
        out[o + 4] = e;
        out[o + 5] = f;
        out[o + 6] = g;
        out[o + 7] = h;
        continue;
      }
      const all = [a, b, c, d, e, f, g, h];
      for (let t = 0; t < SIDE; t++) if (o + t >= 0 && j + t < to) out[o + t] = all[t]!;
    }
  }

  square(i: number): number {
    const { data, width } = this;
    let s = 0;
    for (let k = 0, at = this.start(i); k < width; k++, at += SIDE) s += data[at]! * data[at]!;
    return s;
  }

  swap(i: number, j: number): void {
    const { data, width } = this;
    let [a, b] = [this.start(i), this.start(j)];
    for (let k = 0; k < width; k++, a += SIDE, b += SIDE) {
      const v = data[a]!;
      data[a] = data[b]!;
      data[b] = v;
    }
  }

  subset(indices: ArrayLike<number>): DenseRows {
    const { data, width } = this;
    const out = new Float64Array(indices.length * width);
    for (let r = 0; r < indices.length; r++)
      for (let k = 0, at = this.start(indices[r]!); k < width; k++, at += SIDE)
        out[r * width + k] = data[at]!;
    return new DenseRows(out, indices.length, width);
  }
}

/** A matrix by the entries that are not zero, row by row; columns ascend within a row. */
export interface SparseMatrix {
  readonly data: Float64Array;
  readonly indices: Int32Array;
  readonly indptr: Int32Array;
  readonly shape: readonly [number, number];
}

/** Rows of which only the entries that are not zero are kept. */
export class SparseRows implements Rows {
  private readonly work: Float64Array;
  readonly count: number;

  constructor(
    readonly matrix: SparseMatrix,
    private readonly order: Int32Array = Int32Array.from({ length: matrix.shape[0] }, (_, i) => i),
  ) {
    this.count = order.length;
    this.work = new Float64Array(matrix.shape[1]);
  }

  dots(i: number, from: number, to: number, out: Float64Array): void {
    const { work, order } = this;
    const { data, indices, indptr } = this.matrix;
    const row = order[i]!;
    for (let k = indptr[row]!; k < indptr[row + 1]!; k++) work[indices[k]!] = data[k]!;
    for (let j = from; j < to; j++) {
      const other = order[j]!;
      const end = indptr[other + 1]!;
      let s = 0;
      for (let k = indptr[other]!; k < end; k++) s += work[indices[k]!]! * data[k]!;
      out[j - from] = s;
    }
    for (let k = indptr[row]!; k < indptr[row + 1]!; k++) work[indices[k]!] = 0;
  }

  square(i: number): number {
    const { data, indptr } = this.matrix;
    const row = this.order[i]!;
    let s = 0;
    for (let k = indptr[row]!; k < indptr[row + 1]!; k++) s += data[k]! * data[k]!;
    return s;
  }

  swap(i: number, j: number): void {
    const { order } = this;
    const v = order[i]!;
    order[i] = order[j]!;
    order[j] = v;
  }

  subset(indices: ArrayLike<number>): SparseRows {
    return new SparseRows(this.matrix, this.places(indices));
  }

  /** Where some rows stand in the matrix. */
  places(indices: ArrayLike<number>): Int32Array {
    return Int32Array.from(indices, (i) => this.order[i]!);
  }
}

/** Rows of a kernel matrix that the caller computed; each sample is a row and, by its number, a column. */
export class PrecomputedRows implements Rows {
  readonly count: number;

  constructor(
    readonly matrix: Float64Array,
    readonly width: number,
    private readonly order: Int32Array,
  ) {
    this.count = order.length;
  }

  dots(i: number, from: number, to: number, out: Float64Array): void {
    const { matrix, order } = this;
    const row = order[i]! * this.width;
    for (let j = from; j < to; j++) out[j - from] = matrix[row + order[j]!]!;
  }
  square(i: number): number {
    const at = this.order[i]!;
    return this.matrix[at * this.width + at]!;
  }
  swap(i: number, j: number): void {
    const { order } = this;
    const v = order[i]!;
    order[i] = order[j]!;
    order[j] = v;
  }
  subset(indices: ArrayLike<number>): PrecomputedRows {
    return new PrecomputedRows(
      this.matrix,
      this.width,
      Int32Array.from(indices, (i) => this.order[i]!),
    );
  }

  /** Whole lines of the matrix, which predict as other samples' kernel values do. */
  lines(indices: ArrayLike<number>): DenseRows {
    const { matrix, width, order } = this;
    const out = new Float64Array(indices.length * width);
    for (let r = 0; r < indices.length; r++) {
      const at = order[indices[r]!]! * width;
      out.set(matrix.subarray(at, at + width), r * width);
    }
    return new DenseRows(out, indices.length, width);
  }

  /** The columns that stand for some rows. */
  columns(indices: ArrayLike<number>): Int32Array {
    return Int32Array.from(indices, (i) => this.order[i]!);
  }
}
