/*
 * A = L·D·Lᵀ of symmetric or Hermitian matrices by Bunch and Kaufman's pivoting, where D has blocks of one or two on its diagonal.
 * Numbers are complex and interleaved; only the lower triangle is read and written.
 */

/** The growth that decides between blocks of one and of two. */
const ALPHA = (1 + Math.sqrt(17)) / 8;

type Complex = readonly [re: number, im: number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const minus = ([a, b]: Complex, [c, d]: Complex): Complex => [a - c, b - d];
const over = ([a, b]: Complex, [c, d]: Complex): Complex => {
  const n = c * c + d * d;
  return [(a * c + b * d) / n, (b * c - a * d) / n];
};

/** A view of n × m interleaved numbers. */
class Table {
  constructor(
    readonly data: Float64Array,
    readonly width: number,
  ) {}
  get(i: number, j: number): Complex {
    const p = 2 * (i * this.width + j);
    return [this.data[p]!, this.data[p + 1]!];
  }
  set(i: number, j: number, [re, im]: Complex): void {
    const p = 2 * (i * this.width + j);
    this.data[p] = re;
    this.data[p + 1] = im;
  }
  size(i: number, j: number): number {
    const [re, im] = this.get(i, j);
    return Math.abs(re) + Math.abs(im);
  }
  swap(i: number, j: number, k: number, l: number): void {
    const x = this.get(i, j);
    this.set(i, j, this.get(k, l));
    this.set(k, l, x);
  }
  swapRows(i: number, k: number): void {
    if (i !== k) for (let j = 0; j < this.width; j++) this.swap(i, j, k, j);
  }
}

const turned = (hermitian: boolean) =>
  hermitian ? ([re, im]: Complex): Complex => [re, -im] : (x: Complex): Complex => x;

/** The largest of some sizes and where it is. */
function largest(from: number, to: number, size: (i: number) => number): [number, number] {
  let [best, at] = [0, from];
  for (let i = from; i < to; i++)
    if (size(i) > best) {
      best = size(i);
      at = i;
    }
  return [best, at];
}

/**
 * Factors in place; `pivots` (from 1) as LAPACK's sytrf gives them, negative twice for blocks of two.
 *
 * @returns the first zero pivot (from 1), 0 if there is none
 */
export function factorLdl(n: number, data: Float64Array, pivots: Int32Array, hermitian: boolean): number {
  const a = new Table(data, n);
  const conj = turned(hermitian);
  let info = 0;
  for (let k = 0; k < n; ) {
    let [pivot, step] = [k, 1];
    const own = hermitian ? Math.abs(a.get(k, k)[0]) : a.size(k, k);
    const [column, row] = largest(k + 1, n, (i) => a.size(i, k));
    if (!(Math.max(own, column) > 0)) {
      info ||= k + 1;
      pivots[k] = k + 1;
      k++;
      continue;
    }
    if (own < ALPHA * column) {
      const [left] = largest(k, row, (j) => a.size(row, j));
      const [below] = largest(row + 1, n, (i) => a.size(i, row));
      const most = Math.max(left, below);
      if (own < ALPHA * column * (column / most)) {
        pivot = row;
        const there = hermitian ? Math.abs(a.get(row, row)[0]) : a.size(row, row);
        if (there < ALPHA * most) step = 2;
      }
    }
    const last = k + step - 1;
    if (pivot !== last) {
      for (let i = pivot + 1; i < n; i++) a.swap(i, last, i, pivot);
      for (let j = last + 1; j < pivot; j++) {
        const x = conj(a.get(j, last));
        a.set(j, last, conj(a.get(pivot, j)));
        a.set(pivot, j, x);
      }
      a.set(pivot, last, conj(a.get(pivot, last)));
      a.swap(last, last, pivot, pivot);
      if (step === 2) a.swap(k + 1, k, pivot, k);
    }
    if (step === 1) eliminateOne(a, n, k, conj);
    else eliminateTwo(a, n, k, conj);
    if (step === 1) pivots[k] = pivot + 1;
    else pivots.fill(-(pivot + 1), k, k + 2);
    k += step;
  }
  return info;
}

function eliminateOne(a: Table, n: number, k: number, conj: (x: Complex) => Complex): void {
  const d = a.get(k, k);
  for (let j = k + 1; j < n; j++) {
    const w = conj(over(a.get(j, k), d));
    for (let i = j; i < n; i++) a.set(i, j, minus(a.get(i, j), times(a.get(i, k), w)));
  }
  for (let i = k + 1; i < n; i++) a.set(i, k, over(a.get(i, k), d));
}

/** The inverse of a block of two, applied to a pair. */
function halves(
  a: Table,
  k: number,
  conj: (x: Complex) => Complex,
): (x: Complex, y: Complex) => [Complex, Complex] {
  const [p, q, r] = [a.get(k, k), a.get(k + 1, k), a.get(k + 1, k + 1)];
  // Scaled by the entry beside the diagonal, which is the largest.
  const [up, down] = [over(p, conj(q)), over(r, q)];
  const det = minus(times(up, down), [1, 0]);
  return (x, y) => {
    const [u, v] = [over(x, conj(q)), over(y, q)];
    return [over(minus(times(down, u), v), det), over(minus(times(up, v), u), det)];
  };
}

function eliminateTwo(a: Table, n: number, k: number, conj: (x: Complex) => Complex): void {
  const solve = halves(a, k, conj);
  for (let j = k + 2; j < n; j++) {
    // The row of L is that of A times the block's inverse.
    const [u, v] = solve(conj(a.get(j, k)), conj(a.get(j, k + 1)));
    for (let i = j; i < n; i++) {
      const moved = minus(a.get(i, j), times(a.get(i, k), u));
      a.set(i, j, minus(moved, times(a.get(i, k + 1), v)));
    }
    a.set(j, k, conj(u));
    a.set(j, k + 1, conj(v));
  }
}

/** Solves in place with the factors that {@link factorLdl} gave; `b` has n rows of `width` numbers. */
export function solveLdl(
  n: number,
  data: Float64Array,
  pivots: Int32Array,
  b: Float64Array,
  width: number,
  hermitian: boolean,
): void {
  const [a, x] = [new Table(data, n), new Table(b, width)];
  const conj = turned(hermitian);
  const take = (i: number, j: number, l: Complex): void => {
    for (let c = 0; c < width; c++) x.set(i, c, minus(x.get(i, c), times(l, x.get(j, c))));
  };
  for (let k = 0; k < n; ) {
    const p = pivots[k]!;
    if (p > 0) {
      x.swapRows(k, p - 1);
      for (let i = k + 1; i < n; i++) take(i, k, a.get(i, k));
      for (let c = 0; c < width; c++) x.set(k, c, over(x.get(k, c), a.get(k, k)));
      k++;
      continue;
    }
    x.swapRows(k + 1, -p - 1);
    for (let i = k + 2; i < n; i++) {
      take(i, k, a.get(i, k));
      take(i, k + 1, a.get(i, k + 1));
    }
    const solve = halves(a, k, conj);
    for (let c = 0; c < width; c++) {
      const [u, v] = solve(x.get(k, c), x.get(k + 1, c));
      x.set(k, c, u);
      x.set(k + 1, c, v);
    }
    k += 2;
  }
  for (let k = n - 1; k >= 0; ) {
    const p = pivots[k]!;
    const rows = p > 0 ? [k] : [k, k - 1];
    for (const row of rows) for (let i = k + 1; i < n; i++) take(row, i, conj(a.get(i, row)));
    x.swapRows(k, Math.abs(p) - 1);
    k -= rows.length;
  }
}
