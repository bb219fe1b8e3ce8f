import { type DType, float16, float32, float64, integerRange, realOf } from "@cognate/kernel";
import { type DTypeLike, type dtype, dtypeOf, type Item, scalars, toKernel } from "@cognate/ndarray/core";
import { nameClass, pyClass, ValueError } from "@cognate/py";

/** Bits of a type's mantissa and exponent, and its decimal digits. */
const FORMATS = new Map<DType, { nmant: number; nexp: number; precision: number }>([
  [float16, { nmant: 10, nexp: 5, precision: 3 }],
  [float32, { nmant: 23, nexp: 8, precision: 6 }],
  [float64, { nmant: 52, nexp: 11, precision: 15 }],
]);

class FinfoImpl {
  readonly bits: number;
  readonly nmant: number;
  readonly nexp: number;
  readonly precision: number;
  readonly iexp: number;
  readonly maxexp: number;
  readonly minexp: number;
  readonly machep: number;
  readonly negep: number;
  private readonly type: DType;

  constructor(dtype: DTypeLike) {
    this.type = realOf(typeOf(dtype));
    const format = FORMATS.get(this.type);
    if (!format) throw new ValueError(`data type <class 'numpy.${this.type.name}'> not inexact`);
    this.bits = this.type.itemsize * 8;
    this.nmant = format.nmant;
    this.nexp = format.nexp;
    this.precision = format.precision;
    this.iexp = format.nexp;
    this.maxexp = 2 ** (format.nexp - 1);
    this.minexp = 2 - this.maxexp;
    this.machep = -format.nmant;
    this.negep = -format.nmant - 1;
  }
  get dtype(): dtype {
    return dtypeOf(this.type);
  }
  private number(x: number): Item {
    return this.type === float64 ? (x as Item) : scalars[this.type.name as "float32"](x);
  }
  /** The distance from 1 to the next number. */
  get eps(): Item {
    return this.number(2 ** this.machep);
  }
  /** The distance from 1 to the number before. */
  get epsneg(): Item {
    return this.number(2 ** this.negep);
  }
  get max(): Item {
    return this.number((2 - 2 ** -this.nmant) * 2 ** (this.maxexp - 1));
  }
  get min(): Item {
    return this.number(-(2 - 2 ** -this.nmant) * 2 ** (this.maxexp - 1));
  }
  /** The smallest positive number with full precision. */
  get tiny(): Item {
    return this.number(2 ** this.minexp);
  }
  get smallest_normal(): Item {
    return this.tiny;
  }
  /** The smallest positive number. */
  get smallest_subnormal(): Item {
    return this.number(2 ** (this.minexp - this.nmant));
  }
  /** 10 to the power of −precision. */
  get resolution(): Item {
    return this.number(10 ** -this.precision);
  }
  __repr__(): string {
    return `finfo(resolution=${this.resolution}, min=${this.min}, max=${this.max}, dtype=${this.type.name})`;
  }
  toString(): string {
    return this.__repr__();
  }
}

const typeOf = (like: unknown): DType => {
  const own = (like as { dtype?: DTypeLike } | null)?.dtype;
  return toKernel(
    typeof like === "number"
      ? "float"
      : own !== undefined && typeof like === "object"
        ? own
        : (like as DTypeLike),
  );
};

/** Limits of a floating type. @throws ValueError for other types */
export const finfo = pyClass("finfo", "dtype", FinfoImpl);
export type finfo = FinfoImpl;
nameClass("numpy.finfo", finfo);

class IinfoImpl {
  readonly bits: number;
  readonly min: number | bigint;
  readonly max: number | bigint;
  private readonly type: DType;

  constructor(type: DTypeLike) {
    this.type = typeof type === "number" || typeof type === "bigint" ? toKernel("int") : typeOf(type);
    if (this.type.kind !== "int" && this.type.kind !== "uint")
      throw new ValueError(`Invalid integer data type '${dtypeOf(this.type).kind}'.`);
    this.bits = this.type.itemsize * 8;
    const [low, high] = integerRange(this.type);
    this.min = exact(low);
    this.max = exact(high);
  }
  get dtype(): dtype {
    return dtypeOf(this.type);
  }
  get kind(): string {
    return dtypeOf(this.type).kind;
  }
  __repr__(): string {
    return `iinfo(min=${this.min}, max=${this.max}, dtype=${this.type.name})`;
  }
  toString(): string {
    return `Machine parameters for ${this.type.name}\n---------------------------------------------------------------\nmin = ${this.min}\nmax = ${this.max}\n---------------------------------------------------------------\n`;
  }
  __str__(): string {
    return this.toString();
  }
}

const exact = (n: bigint): number | bigint => (n >= -(2n ** 53n) && n <= 2n ** 53n ? Number(n) : n);

/** Limits of an integer type. @throws ValueError for other types */
export const iinfo = pyClass("iinfo", "type", IinfoImpl);
export type iinfo = IinfoImpl;
nameClass("numpy.iinfo", iinfo);
