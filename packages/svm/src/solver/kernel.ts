import { preciseExp, WasmRows } from "@cognate/kernel";
import { DenseRows, PanelRows, type Rows } from "./rows.js";

/** What a kernel is made of an inner product ⟨x, y⟩. */
export type KernelName = "linear" | "poly" | "rbf" | "sigmoid" | "precomputed";

/** A kernel function with its parameters. */
export interface KernelParams {
  readonly kernel: KernelName;
  readonly degree: number;
  readonly gamma: number;
  readonly coef0: number;
}

/** xⁿ by squaring, which rounds as LIBSVM's does. */
export function wholePower(x: number, n: number): number {
  let [square, result] = [x, 1];
  for (let t = n; t > 0; t = Math.floor(t / 2)) {
    if (t % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** Turns inner products into kernel values in place; `own` is ⟨x, x⟩ and `others` holds ⟨y, y⟩, both for rbf only. */
export function applyKernel(
  { kernel, degree, gamma, coef0 }: KernelParams,
  dots: Float64Array,
  n: number,
  own: number,
  others: Float64Array,
  from: number,
): void {
  switch (kernel) {
    case "rbf":
      for (let j = 0; j < n; j++) dots[j] = preciseExp(-gamma * (own + others[from + j]! - 2 * dots[j]!));
      break;
    case "poly":
      for (let j = 0; j < n; j++) dots[j] = wholePower(gamma * dots[j]! + coef0, degree);
      break;
    case "sigmoid":
      for (let j = 0; j < n; j++) dots[j] = Math.tanh(gamma * dots[j]! + coef0);
      break;
  }
}

/** Kernel values between the samples of one problem, in an order that its solver changes. */
export interface ProblemKernel {
  readonly count: number;
  /** out[at + j − from] = K(xᵢ, xⱼ) for from ≤ j < to, rounded as LIBSVM's solver keeps them. */
  values(i: number, from: number, to: number, out: Float32Array<ArrayBuffer>, at: number): void;
  /** K(xᵢ, xᵢ) for all samples. */
  diagonal(): Float64Array;
  swap(i: number, j: number): void;
  release(): void;
}

/** Kernel values between rows, in the rows' present order. */
export class KernelRows implements ProblemKernel {
  /** ⟨x, x⟩ of each row, for rbf. */
  private readonly squares: Float64Array;
  /** Dense rows where fast kernels run. */
  private readonly fast: WasmRows | null;
  private readonly rows: Rows | null;
  private readonly work: Float64Array;
  readonly count: number;

  constructor(
    rows: Rows,
    readonly params: KernelParams,
  ) {
    this.count = rows.count;
    this.fast = rows instanceof DenseRows ? WasmRows.from(rows.data, rows.count, rows.width) : null;
    this.rows = this.fast ? null : rows instanceof DenseRows ? new PanelRows(rows) : rows;
    this.work = new Float64Array(rows.count);
    const n = params.kernel === "rbf" && this.rows ? rows.count : 0;
    this.squares = Float64Array.from({ length: n }, (_, i) => rows.square(i));
  }

  values(i: number, from: number, to: number, out: Float32Array<ArrayBuffer>, at: number): void {
    const { fast, params, squares, work } = this;
    if (fast && params.kernel === "rbf") fast.gaussian(params.gamma, i, from, to, work);
    else {
      (fast ?? this.rows!).dots(i, from, to, work);
      applyKernel(params, work, to - from, squares[i]!, squares, from);
    }
    for (let j = 0, end = to - from; j < end; j++) out[at + j] = work[j]!;
  }

  /** K(xᵢ, xᵢ) for all rows. */
  diagonal(): Float64Array {
    const rows = this.fast ?? this.rows!;
    return ownValues(
      this.params,
      Float64Array.from({ length: this.count }, (_, i) => rows.square(i)),
    );
  }

  swap(i: number, j: number): void {
    (this.fast ?? this.rows!).swap(i, j);
    const { squares } = this;
    if (squares.length === 0) return;
    const v = squares[i]!;
    squares[i] = squares[j]!;
    squares[j] = v;
  }

  /** Gives memory back; no value may be asked for afterwards. */
  release(): void {
    this.fast?.release();
  }
}

/** K(x, x) of samples whose ⟨x, x⟩ are given, in their place. */
export function ownValues(params: KernelParams, squares: Float64Array): Float64Array {
  const one = new Float64Array(1);
  const square = new Float64Array(1);
  for (let i = 0; i < squares.length; i++) {
    one[0] = square[0] = squares[i]!;
    applyKernel(params, one, 1, square[0]!, square, 0);
    squares[i] = one[0]!;
  }
  return squares;
}
