import {
  arrayOf,
  bool,
  complex64,
  complex128,
  type DType,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  integerRange,
  isComplex,
  isInteger,
  kindOf,
  uint8,
  uint16,
  uint32,
  uint64,
} from "@cognate/kernel";
import {
  type ArrayLike,
  asStrided,
  type Casting,
  canCast,
  charOf,
  type DTypeLike,
  type dtype,
  dtypeOf,
  itemOf,
  operandOf,
  promoteTypes,
  resultType,
  scalars,
  strongerWeak,
  toKernel,
  type Weak,
} from "@cognate/ndarray/core";
import { def, KeyError, TypeError, ValueError } from "@cognate/py";

/** Whether elements of one type may be converted to another under a rule. */
export const can_cast = def(
  "numpy.can_cast",
  "from_ to casting",
  (from_: DTypeLike | ArrayLike, to: DTypeLike, casting: Casting = "safe"): boolean => {
    if (typeof from_ === "number" || typeof from_ === "bigint" || typeof from_ === "boolean")
      throw new TypeError(
        "can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\nThis change was part of adopting NEP 50, we may explicitly allow them again in the future.",
      );
    const own = arrayOf(from_);
    return canCast(own ? own.dtype : toKernel(from_ as DTypeLike), toKernel(to), casting);
  },
);

/** The smallest type that both go to safely. */
export const promote_types = def(
  "numpy.promote_types",
  "type1 type2",
  (type1: DTypeLike, type2: DTypeLike): dtype => dtypeOf(promoteTypes(toKernel(type1), toKernel(type2))),
);

/** The type that an operation on these arrays, types and Python numbers has. */
export function result_type(...arrays_and_dtypes: readonly (ArrayLike | DTypeLike)[]): dtype {
  if (arrays_and_dtypes.length === 0) throw new ValueError("at least one array or dtype is required");
  const types: DType[] = [];
  let weak: Weak | undefined;
  for (const x of arrays_and_dtypes) {
    const isData = arrayOf(x) !== undefined || kindOf(x) !== undefined || Array.isArray(x);
    if (!isData) types.push(toKernel(x as DTypeLike));
    else {
      const o = operandOf(x as ArrayLike);
      if ("weak" in o) weak = strongerWeak(weak, o.weak);
      else types.push(o.dtype);
    }
  }
  return dtypeOf(resultType(types, weak));
}

const SIZES: readonly DType[] = [uint8, int8, uint16, int16, uint32, int32, uint64, int64];

/** The smallest type that holds a number; an array's own type. */
export const min_scalar_type = def("numpy.min_scalar_type", "a", (a: ArrayLike): dtype => {
  const x = asStrided(a);
  if (x.rank > 0 || x.dtype === bool) return dtypeOf(x.dtype);
  const value = itemOf(x).valueOf() as number | bigint;
  if (isInteger(x.dtype)) {
    const fits = (d: DType): boolean => value >= integerRange(d)[0] && value <= integerRange(d)[1];
    return dtypeOf(
      (value >= 0 ? SIZES.filter((d) => d.kind === "uint") : SIZES.filter((d) => d.kind === "int")).find(
        fits,
      )!,
    );
  }
  const size = Math.abs(Number(value));
  const complex = isComplex(x.dtype);
  const narrow = !Number.isFinite(size) || size < 65000;
  if (complex) return dtypeOf(size < 3.4e38 || !Number.isFinite(size) ? complex64 : complex128);
  return dtypeOf(narrow ? float16 : size < 3.4e38 ? float32 : float64);
});

type ScalarLike = DTypeLike | { readonly prototype: object };

/** A scalar class behind a type, abstract ones included. */
function classOf(x: ScalarLike): { readonly prototype: object } {
  const abstract = Object.values(scalars).find((c) => c === x);
  if (abstract) return abstract as { readonly prototype: object };
  return dtypeOf(toKernel(x as DTypeLike)).type as unknown as { readonly prototype: object };
}

/** Whether the first type is the second or stands below it (`np.floating`, `np.number` …). */
export const issubdtype = def(
  "numpy.issubdtype",
  "arg1 arg2",
  (arg1: ScalarLike, arg2: ScalarLike): boolean => {
    const [a, b] = [classOf(arg1), classOf(arg2)];
    return a === b || Object.prototype.isPrototypeOf.call(b.prototype, a.prototype);
  },
);

const KINDS: Readonly<Record<string, readonly string[]>> = {
  bool: ["b"],
  "signed integer": ["i"],
  "unsigned integer": ["u"],
  integral: ["i", "u"],
  "real floating": ["f"],
  "complex floating": ["c"],
  numeric: ["i", "u", "f", "c"],
};

/** Whether a dtype is of a kind (`"integral"`, `"numeric"` …), of a type, or of any of several. @throws ValueError */
export const isdtype = def(
  "numpy.isdtype",
  "dtype kind",
  (d: DTypeLike, kind: string | DTypeLike | readonly (string | DTypeLike)[]): boolean => {
    const type = dtypeOf(toKernel(d));
    return [kind].flat().some((k) => {
      if (typeof k !== "string") return dtypeOf(toKernel(k as DTypeLike)) === type;
      const kinds = KINDS[k];
      if (!kinds) throw new ValueError(`kind argument is a string, but '${k}' is not a known kind name.`);
      return kinds.includes(type.kind);
    });
  },
);

/** The inexact scalar type that all arrays go to. */
export function common_type(...arrays: readonly ArrayLike[]): scalars.ScalarClass {
  const types = arrays.map((a) => {
    const d = asStrided(a).dtype;
    if (d === bool) throw new TypeError("can't get common type for non-numeric array");
    return isInteger(d) ? float64 : d;
  });
  return dtypeOf(types.reduce(promoteTypes, float16)).type as scalars.ScalarClass;
}

const ORDER = "GDFgdfe";

/** The smallest of a set of type codes to which all given codes go. */
export const mintypecode = def(
  "numpy.mintypecode",
  "typechars typeset default",
  (typechars: string | readonly string[], typeset = "GDFgdf", otherwise = "d"): string => {
    const chars = [...typechars].map((c) => (c.length === 1 ? c : charOf(toKernel(c))));
    const inside = chars.filter((c) => typeset.includes(c));
    if (inside.length === 0) return otherwise;
    if (inside.includes("F") && inside.includes("d")) return "D";
    return [...inside].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))[0]!;
  },
);

const NAMES: Readonly<Record<string, string>> = {
  S1: "character",
  "?": "bool",
  b: "signed char",
  B: "unsigned char",
  h: "short",
  H: "unsigned short",
  i: "integer",
  I: "unsigned integer",
  l: "long integer",
  L: "unsigned long integer",
  q: "long long integer",
  Q: "unsigned long long integer",
  f: "single precision",
  d: "double precision",
  g: "long precision",
  F: "complex single precision",
  D: "complex double precision",
  G: "complex long double precision",
  S: "string",
  U: "unicode",
  V: "void",
  O: "object",
};

/** What a type code stands for, in words. */
export const typename = def("numpy.typename", "char", (char: string): string => {
  const name = NAMES[char];
  if (name === undefined) throw new KeyError(char);
  return name;
});

/** Type codes by kind. */
export const typecodes = Object.freeze({
  Character: "c",
  Integer: "bhilqnp",
  UnsignedInteger: "BHILQNP",
  Float: "efdg",
  Complex: "FDG",
  AllInteger: "bBhHiIlLqQnNpP",
  AllFloat: "efdgFDG",
  Datetime: "Mm",
  All: "?bhilqnpBHILQNPefdgFDGSUVOMm",
});

/** Scalar types by name and code. */
export const sctypeDict: Readonly<Record<string, unknown>> = Object.freeze(
  Object.fromEntries(
    "? bool b int8 B uint8 h int16 H uint16 i int32 I uint32 l int64 L uint64 e float16 f float32 d float64 F complex64 D complex128"
      .split(" ")
      .map((name) => [name, dtypeOf(toKernel(name)).type]),
  ),
);
