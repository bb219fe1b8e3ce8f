import {
  bfloat16,
  bool,
  complex64,
  complexOf,
  type DType,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  isComplex,
  isInteger,
  type NumberKind,
  uint8,
} from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import { getDefault } from "./dtype.js";

/** PyTorch's four categories; a higher one always wins over a lower. */
const rank = (d: DType): number => (d.kind === "bool" ? 0 : isInteger(d) ? 1 : d.kind === "float" ? 2 : 3);

const WIDTHS: readonly DType[] = [uint8, int8, int16, int32, int64];

/** The type that both go to, taking both at face value (`torch.promote_types`). */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b) return a;
  const [ra, rb] = [rank(a), rank(b)];
  if (ra === 3 || rb === 3) {
    const wide = (d: DType): boolean => d === float64 || d.name === "complex128";
    return wide(a) || wide(b) ? complexOf(float64) : complex64;
  }
  if (ra !== rb) return ra > rb ? a : b;
  if (ra === 2) {
    if ((a === float16 && b === bfloat16) || (a === bfloat16 && b === float16)) return float32;
    return a.itemsize >= b.itemsize ? a : b;
  }
  const [i, j] = [WIDTHS.indexOf(a), WIDTHS.indexOf(b)];
  if (i < 0 || j < 0)
    throw new RuntimeError(
      `Promotion for uint16, uint32, uint64 types is not supported, attempted to promote ${scalarName(a)} and ${scalarName(b)}`,
    );
  if ((a === uint8 && b === int8) || (a === int8 && b === uint8)) return int16;
  return WIDTHS[Math.max(i, j)]!;
}

/** PyTorch's name for an element type in C++ messages: Float, Long, Byte … */
export const scalarName = (d: DType): string => SCALAR_NAMES[d.name]!;

const SCALAR_NAMES: Readonly<Record<string, string>> = {
  bool: "Bool",
  uint8: "Byte",
  int8: "Char",
  int16: "Short",
  int32: "Int",
  int64: "Long",
  uint16: "UInt16",
  uint32: "UInt32",
  uint64: "UInt64",
  float16: "Half",
  bfloat16: "BFloat16",
  float32: "Float",
  float64: "Double",
  complex64: "ComplexFloat",
  complex128: "ComplexDouble",
};

/** What takes part in type promotion: an array with axes, one without, or a Python number. */
export interface Operand {
  readonly dtype: DType;
  readonly level: "array" | "zero-dim" | "number";
}

/**
 * The result type of an operation: arrays decide, unless a 0-dimensional array or, failing that, a Python number is of
 * a higher category.
 */
export function resultType(operands: readonly Operand[]): DType {
  const of = (level: Operand["level"]): DType | undefined =>
    operands
      .filter((o) => o.level === level)
      .reduce<DType | undefined>((d, o) => (d ? promoteTypes(d, o.dtype) : o.dtype), undefined);
  let type = of("array");
  for (const level of ["zero-dim", "number"] as const) {
    const next = of(level);
    if (next && (!type || rank(next) > rank(type))) type = combine(type, next);
  }
  return type ?? getDefault();
}

/** {@link resultType} of an array and a Python number. */
export function withNumber(d: DType, kind: NumberKind): DType {
  switch (kind) {
    case "bool":
      return d;
    case "int":
      return d === bool ? int64 : d;
    case "float":
      return isInteger(d) || d === bool ? getDefault() : d;
    default:
      return d.kind === "complex" ? d : complexOf(d.kind === "float" ? d : getDefault());
  }
}

/** The type that wins by category; a complex number beside a float array keeps the array's width. */
function combine(below: DType | undefined, above: DType): DType {
  if (below && isComplex(above) && below.kind === "float") return complexOf(below);
  return above;
}

/** The type of a Python number: bool, int64, the default float, or the complex type of that width. */
export function numberType(kind: NumberKind): DType {
  if (kind === "bool") return bool;
  if (kind === "int") return int64;
  return kind === "float" ? getDefault() : complexOf(getDefault());
}

/** Whether a result of type `from` may be stored in a tensor of type `to` (`torch.can_cast`). */
export const canCast = (from: DType, to: DType): boolean => {
  if (rank(from) > rank(to)) return false;
  return !(rank(from) === 1 && rank(to) === 0);
};

/** How PyTorch's C++ names an element type in some messages. */
export const cppTypeName = (d: DType): string => CPP_NAMES[d.name] ?? d.name;

const CPP_NAMES: Readonly<Record<string, string>> = {
  bool: "bool",
  uint8: "unsigned char",
  int8: "signed char",
  int16: "short int",
  int32: "int",
  int64: "long int",
  float16: "c10::Half",
  bfloat16: "c10::BFloat16",
  float32: "float",
  float64: "double",
  complex64: "c10::complex<float>",
  complex128: "c10::complex<double>",
};
