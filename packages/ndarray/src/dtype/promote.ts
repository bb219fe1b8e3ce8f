import {
  bfloat16,
  bool,
  complex64,
  complex128,
  complexOf,
  type DType,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  isInteger,
  uint64,
} from "@cognate/kernel";

/** A Python number as promotion sees it: it has a kind but no width (NEP 50). */
export type Weak = "int" | "float" | "complex";

const SIGNED: readonly DType[] = [int8, int16, int32, int64];

/** The float type that holds every value of an integer type, as far as there is one. */
const floatFor = (d: DType): DType => (d.itemsize === 1 ? float16 : d.itemsize === 2 ? float32 : float64);

const wider = (a: DType, b: DType): DType => (a.itemsize >= b.itemsize ? a : b);

function promoteFloats(a: DType, b: DType): DType {
  if (a === b) return a;
  if ((a === float16 && b === bfloat16) || (a === bfloat16 && b === float16)) return float32;
  return wider(a, b);
}

function promoteIntegers(a: DType, b: DType): DType {
  if (a.kind === b.kind) return wider(a, b);
  const [signed, unsigned] = a.kind === "int" ? [a, b] : [b, a];
  if (unsigned === uint64) return float64;
  return SIGNED.find((d) => d.itemsize > unsigned.itemsize && d.itemsize >= signed.itemsize)!;
}

/** The smallest type to which both can be cast safely (`np.promote_types`). */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b || b === bool) return a;
  if (a === bool) return b;
  if (a.kind === "complex" || b.kind === "complex") {
    const [x, y] = [a, b].map((d) => (d === complex64 ? float32 : d === complex128 ? float64 : d)) as [
      DType,
      DType,
    ];
    return complexOf(promoteTypes(promoteTypes(x, y), float32));
  }
  const [i, j] = [isInteger(a), isInteger(b)];
  if (i && j) return promoteIntegers(a, b);
  return promoteFloats(i ? floatFor(a) : a, j ? floatFor(b) : b);
}

const FAMILY: Readonly<Record<DType["kind"], number>> = { bool: 0, uint: 1, int: 2, float: 3, complex: 4 };
const WEAK_FAMILY: Readonly<Record<Weak, number>> = { int: 2, float: 3, complex: 4 };

/** Which conversions are allowed: `np.can_cast`'s `casting`. */
export type Casting = "no" | "equiv" | "safe" | "same_kind" | "same_value" | "unsafe";

/** Whether elements may be converted under a rule. */
export function canCast(from: DType, to: DType, casting: Casting = "safe"): boolean {
  if (from === to || casting === "unsafe" || casting === "same_value") return true;
  if (casting === "no" || casting === "equiv") return false;
  if (promoteTypes(from, to) === to) return true;
  return casting === "same_kind" && FAMILY[from.kind] <= FAMILY[to.kind];
}

/** The type that a Python number has where no array stands beside it. */
export const defaultOf = (weak: Weak): DType =>
  weak === "int" ? int64 : weak === "float" ? float64 : complex128;

/** The type of `d` beside a Python number: unchanged unless the number is of a higher kind. */
export function withWeak(d: DType, weak: Weak): DType {
  if (d.kind === "bool") return defaultOf(weak);
  if (FAMILY[d.kind] >= WEAK_FAMILY[weak] || (weak === "int" && isInteger(d))) return d;
  if (weak === "complex") return d.kind === "float" ? complexOf(d) : complex128;
  return float64;
}

const WEAK_ORDER: readonly Weak[] = ["int", "float", "complex"];

/** The stronger of two kinds of Python numbers. */
export const strongerWeak = (a: Weak | undefined, b: Weak | undefined): Weak | undefined =>
  a === undefined ? b : b === undefined || WEAK_ORDER.indexOf(a) >= WEAK_ORDER.indexOf(b) ? a : b;

/** How far a kind reaches: what is further decides first. */
const reach = (d: DType): number => (d.kind === "uint" ? FAMILY.int : FAMILY[d.kind]);

/**
 * The common type of several types. Floats meet first: int8, uint8 and float16 have float16 in common, though the
 * integers alone have int16, and int16 and float16 have float32.
 */
export const promoteAll = (types: readonly DType[]): DType =>
  [...types].sort((a, b) => reach(b) - reach(a)).reduce(promoteTypes);

const pairOf = ([a, b]: readonly DType[]): DType | undefined => (a && b ? promoteTypes(a, b) : a);

/** The common type of arrays of these types and a Python number of that kind (`np.result_type`). */
export function resultType(types: readonly DType[], weak: Weak | undefined): DType {
  const type = types.length > 2 ? promoteAll(types) : pairOf(types);
  if (type === undefined) return weak === undefined ? float64 : defaultOf(weak);
  return weak === undefined ? type : withWeak(type, weak);
}
