import { type DType, dtypeNamed, kindOf } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { floatx } from "./backend/config.js";

/*
 * Keras promotes as JAX does: along a lattice of types, in which Python's numbers are types of their own (`int`, `float`)
 * that give way to those of arrays.
 */

const LATTICE: Readonly<Record<string, readonly string[]>> = {
  bool: ["int"],
  uint8: ["int16", "uint16"],
  uint16: ["int32", "uint32"],
  uint32: ["int64", "uint64"],
  uint64: ["float"],
  int: ["uint8", "int8", "complex64"],
  int8: ["int16"],
  int16: ["int32"],
  int32: ["int64"],
  int64: ["float"],
  float: ["bfloat16", "float16"],
  bfloat16: ["float32"],
  float16: ["float32"],
  float32: ["float64", "complex64"],
  float64: ["complex128"],
  complex64: ["complex128"],
  complex128: [],
};

/** Every type that each one can become. */
const ABOVE: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.keys(LATTICE).map((name) => {
    const found = new Set<string>();
    const climb = (n: string): void => {
      if (found.has(n)) return;
      found.add(n);
      for (const next of LATTICE[n]!) climb(next);
    };
    climb(name);
    return [name, found];
  }),
);

/** The lowest type that all can become. @throws ValueError */
function join(names: readonly string[]): string {
  for (const n of names)
    if (!ABOVE.has(n)) throw new ValueError(`dtype='${n}' is not a valid dtype for Keras type promotion.`);
  const common = [...ABOVE.get(names[0]!)!].filter((c) => names.every((n) => ABOVE.get(n)!.has(c)));
  const lowest = common.find((c) => common.every((other) => ABOVE.get(c)!.has(other)));
  if (lowest === undefined)
    throw new ValueError(
      `Input dtypes (${names.map((n) => `'${n}'`).join(", ")}) have no available implicit dtype promotion path. Try explicitly casting inputs to the desired output type.`,
    );
  return lowest;
}

const NARROWED: Readonly<Record<string, string>> = { uint64: "uint32", complex128: "complex64" };

/** A weak type in the width of the default float. */
function resolved(name: string): string {
  const bits = floatx().slice(-2);
  return name === "int" ? `int${bits}` : name === "float" ? `float${bits}` : name;
}

const cache = new Map<string, string>();

/** The type of a result from those of the operands, among them `int` and `float` for Python's numbers. */
export function result_type(...dtypes: readonly (string | null)[]): string {
  if (dtypes.length === 0) return floatx();
  const names = dtypes.map((d) => d ?? floatx());
  const key = `${names.join()} ${floatx()}`;
  let found = cache.get(key);
  if (found === undefined) {
    const own = [...new Set(names)];
    const type = resolved(own.length === 1 ? own[0]! : join(own));
    found = NARROWED[type] ?? type;
    cache.set(key, found);
  }
  return found;
}

/** What a number counts as in promotion: `int`, `float`, `bool`, or `complex64`; `undefined` for no number. */
export function weakType(x: unknown): string | undefined {
  const kind = kindOf(x);
  return kind === "complex" ? "complex64" : kind;
}

/** {@link result_type} as the kernel's type. */
export const resultKernel = (...names: readonly (string | null)[]): DType =>
  dtypeNamed(result_type(...names))!;
