import { str, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { broadcast_to, transpose } from "../ops/array.js";
import { assert_less } from "../ops/debugging.js";
import { reduce_max, reduce_min, reduce_prod, reduce_sum } from "../ops/reduce.js";
import type { DType, Tensor } from "../shared.js";
import { imagPart, noImaginary, noZeros, positiveReal, realPart } from "./checks.js";
import { commuting, type Hint, type Hints, like } from "./hints.js";
import { LinearOperatorImpl, plainClass } from "./operator.js";
import {
  broadcastSizes,
  filled,
  reshaped,
  type Size,
  type Sizes,
  shapeOf,
  sizesOf,
  times,
  vectorOf,
} from "./sizes.js";
import {
  adjointIf,
  castTo,
  column,
  conjugate,
  div,
  dtypeOf,
  type Held,
  held,
  magnitude,
  mul,
  now,
  over,
} from "./values.js";

const FFT = ["", "FFT", "FFT2D", "FFT3D"];
/** Complex numbers of the same width. */
export const toComplex = (x: Tensor): Tensor =>
  x.dtype.is_complex ? x : castTo(x, as_dtype(x.dtype.name === "float64" ? "complex128" : "complex64"));
/** The axes of a tensor turned by one place, to the front or to the end. */
const turned = (x: Tensor, toFront: boolean): Tensor => {
  const n = x.shape.length;
  const places = Array.from({ length: n - 1 }, (_, i) => i);
  return transpose(x, toFront ? [n - 1, ...places] : [...places.map((i) => i + 1), 0]);
};

/** A matrix whose columns are the first one turned around: by its spectrum, over one axis or blocks of two or three. */
export class CirculantImpl extends LinearOperatorImpl {
  readonly _spectrum: Held;
  declare readonly block_depth: number;
  constructor(
    spectrum: unknown,
    input_output_dtype: TypeLike = "complex64",
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = true,
    name: string | null = null,
    depth = 1,
  ) {
    const own = held(spectrum, "spectrum");
    if (sizesOf(own).length < depth)
      throw new ValueError(
        `Argument \`spectrum\` must have at least ${depth} dimensions. Received: ${str(own)}.`,
      );
    const real = !dtypeOf(own).is_complex;
    if (real && is_self_adjoint === false)
      throw new ValueError(
        "A real spectrum always corresponds to a self-adjoint operator. Expected argument `is_self_adjoint` to be True when `spectrum.dtype.is_complex` = True. Received: False.",
      );
    if (is_square === false)
      throw new ValueError(
        "A [[nested] block] circulant operator is always square. Expected argument `is_square` to be True. Received: False.",
      );
    super(
      as_dtype(input_output_dtype),
      null,
      is_non_singular,
      real ? true : is_self_adjoint,
      is_positive_definite,
      true,
      name ?? `LinearOperatorCirculant${depth === 1 ? "" : `${depth}D`}`,
      {
        spectrum,
        input_output_dtype,
        is_non_singular,
        is_self_adjoint,
        is_positive_definite,
        is_square,
        name,
      },
    );
    Object.defineProperty(this, "block_depth", { value: depth });
    this._spectrum = own;
  }
  get spectrum(): Held {
    return this._spectrum;
  }
  private _blocks(): Sizes {
    return sizesOf(this._spectrum).slice(-this.block_depth);
  }
  get block_shape(): unknown {
    return shapeOf(this._blocks());
  }
  block_shape_tensor(): Tensor {
    return vectorOf(this._blocks());
  }
  override _sizes(): Sizes {
    const n = this._blocks().reduce(times);
    return [...sizesOf(this._spectrum).slice(0, -this.block_depth), n, n];
  }
  override _batched(): Record<string, number> {
    return { spectrum: this.block_depth };
  }
  private _fft(x: Tensor): Tensor {
    return one(FFT[this.block_depth]!, [toComplex(x)]);
  }
  private _ifft(x: Tensor): Tensor {
    return one(`I${FFT[this.block_depth]!}`, [toComplex(x)]);
  }
  /** The first column of the matrix, in its blocks. */
  convolution_kernel(_name: string | null = null): Tensor {
    return castTo(this._ifft(now(this._spectrum)), this.dtype);
  }
  /** Columns through the frequencies, where each is multiplied on its own. */
  private _through(x: Tensor, adjoint: boolean, combine: (spectrum: Tensor, x: Tensor) => Tensor): Tensor {
    const complex = toComplex(now(this._spectrum));
    const s = adjoint ? conjugate(complex) : complex;
    const blocks = this._blocks();
    const lead = broadcastSizes(sizesOf(s).slice(0, -this.block_depth), sizesOf(x).slice(0, -2));
    const own = broadcast_to(s, vectorOf([...lead, ...blocks]));
    const wide = broadcast_to(castTo(x, s.dtype), vectorOf([...lead, ...sizesOf(x).slice(-2)]));
    const vectors = turned(wide, true);
    const blocked = reshaped(vectors, [...sizesOf(vectors).slice(0, -1), ...blocks]);
    const done = this._ifft(combine(own, this._fft(blocked)));
    const flat = reshaped(done, [...sizesOf(done).slice(0, -this.block_depth), blocks.reduce(times)]);
    return castTo(turned(flat, false), this.dtype);
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this._through(adjointIf(x, adjoint_arg), adjoint, mul);
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this._through(adjointIf(rhs, adjoint_arg), adjoint, (s, x) => div(x, s));
  }
  private _another(spectrum: Tensor, h: Hints, dtype: DType | "complex64" = "complex64"): CirculantImpl {
    const C = CLASSES[this.block_depth] as unknown as new (...args: unknown[]) => CirculantImpl;
    return new C(spectrum, dtype, h.is_non_singular, h.is_self_adjoint, h.is_positive_definite, true);
  }
  override _linop_adjoint(): LinearOperatorImpl {
    return this._another(conjugate(now(this._spectrum)), like(this));
  }
  override _linop_inverse(): LinearOperatorImpl {
    return this._another(over(1, this._spectrum), like(this), this.dtype);
  }
  private _sameDepth(x: LinearOperatorImpl): x is CirculantImpl {
    return x instanceof CirculantImpl && x.block_depth === this.block_depth;
  }
  override _linop_matmul(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    if (!this._sameDepth(right)) return super._linop_matmul(left, right);
    return this._another(mul((left as CirculantImpl).spectrum, right.spectrum), commuting(left, right));
  }
  override _linop_solve(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    if (!this._sameDepth(right)) return super._linop_solve(left, right);
    return this._another(div(right.spectrum, (left as CirculantImpl).spectrum), commuting(left, right));
  }
  private _axes(): number[] {
    return Array.from({ length: this.block_depth }, (_, i) => -(i + 1));
  }
  private _flat(): Tensor {
    const s = now(this._spectrum);
    const n: Size = this._blocks().reduce(times);
    return reshaped(s, [...sizesOf(s).slice(0, -this.block_depth), n]);
  }
  override _determinant(): Tensor {
    return castTo(reduce_prod(now(this._spectrum), this._axes()), this.dtype);
  }
  override _log_abs_determinant(): Tensor {
    return castTo(reduce_sum(one("Log", [magnitude(now(this._spectrum))]), this._axes()), this.dtype);
  }
  override _cond(): Tensor {
    const s = magnitude(this._flat());
    return div(reduce_max(s, -1), reduce_min(s, -1));
  }
  override _eigvals(): Tensor {
    return this._flat();
  }
  override _trace(): Tensor {
    const s = now(this._spectrum);
    const re = reduce_sum(realPart(s), this._axes());
    if (!this.dtype.is_complex) return castTo(re, this.dtype);
    const im =
      this.is_self_adjoint || !s.dtype.is_complex
        ? one("ZerosLike", [re])
        : reduce_sum(imagPart(s), this._axes());
    const complex = one("Complex", [re, im], {
      Tout: as_dtype(re.dtype.name === "float64" ? "complex128" : "complex64"),
    });
    return castTo(complex, this.dtype);
  }
  override _diag_part(): Tensor {
    const n = this._domain();
    const length = typeof n === "number" ? toTensor(n, { dtype: this.dtype }) : castTo(n, this.dtype);
    return mul(column(div(this.trace(), length)), filled(1, [...this._batch(), n], this.dtype));
  }
  /** @throws InvalidArgumentError where the convolution kernel is not real */
  assert_hermitian_spectrum(_name: string | null = null): unknown {
    const kernel = this.convolution_kernel();
    const eps = kernel.dtype.name === "complex128" ? 2 ** -52 : 2 ** -23;
    const im = kernel.dtype.is_complex ? imagPart(kernel) : one("ZerosLike", [kernel]);
    const limit = toTensor(eps * (this.domain_dimension.value ?? 0), { dtype: im.dtype });
    return assert_less(one("Abs", [im]), limit, "Spectrum was not Hermitian");
  }
  override _assert_non_singular(): unknown {
    return noZeros(now(this._spectrum), "Singular operator:  Spectrum contained zero values.");
  }
  override _assert_positive_definite(): unknown {
    return positiveReal(
      now(this._spectrum),
      "Not positive definite:  Real part of spectrum was not all positive.",
    );
  }
  override _assert_self_adjoint(): unknown {
    return noImaginary(
      now(this._spectrum),
      "Not self-adjoint:  The spectrum contained non-zero imaginary part.",
    );
  }
}
const ofDepth = (depth: number): typeof CirculantImpl =>
  class extends CirculantImpl {
    constructor(
      spectrum: unknown,
      input_output_dtype: TypeLike = "complex64",
      is_non_singular: Hint = null,
      is_self_adjoint: Hint = null,
      is_positive_definite: Hint = null,
      is_square: Hint = true,
      name: string | null = null,
    ) {
      super(
        spectrum,
        input_output_dtype,
        is_non_singular,
        is_self_adjoint,
        is_positive_definite,
        is_square,
        name,
        depth,
      );
    }
  };
const NAMES =
  "spectrum input_output_dtype is_non_singular is_self_adjoint is_positive_definite is_square name" as const;
export const LinearOperatorCirculant = plainClass("circulant", "LinearOperatorCirculant", NAMES, ofDepth(1));
export const LinearOperatorCirculant2D = plainClass(
  "circulant",
  "LinearOperatorCirculant2D",
  NAMES,
  ofDepth(2),
);
export const LinearOperatorCirculant3D = plainClass(
  "circulant",
  "LinearOperatorCirculant3D",
  NAMES,
  ofDepth(3),
);
const CLASSES: readonly unknown[] = [
  null,
  LinearOperatorCirculant,
  LinearOperatorCirculant2D,
  LinearOperatorCirculant3D,
];
