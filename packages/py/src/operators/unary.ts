import { OverflowError } from "../exceptions.js";
import { Complex } from "../numbers/complex.js";
import { asFloat } from "../numbers/float.js";
import { normalInt } from "../numbers/int.js";
import { hypot } from "../numbers/power.js";
import { truth } from "../protocol/truth.js";
import { type UnaryOperator, unary } from "./dispatch.js";
import type { UnaryResult } from "./types.js";

function operator<Name extends string>(name: Name, op: UnaryOperator): <A>(x: A) => UnaryResult<A, Name> {
  const f = <A>(x: A): UnaryResult<A, Name> => unary(op, x) as UnaryResult<A, Name>;
  Object.defineProperty(f, "name", { value: name });
  return f;
}

/** `-x`: numbers, arrays. */
export const neg = operator("neg", {
  label: "unary -",
  methods: ["__neg__", "neg"],
  int: (x) => normalInt(-BigInt(x)),
  float: (x) => asFloat(-x),
  complex: (x) => new Complex(-x.real, -x.imag),
});

/** `+x`: numbers, arrays. */
export const pos = operator("pos", {
  label: "unary +",
  methods: ["__pos__", "pos", "positive"],
  int: (x) => x,
  float: asFloat,
  complex: (x) => x,
});

/** `~x`: ints, boolean arrays and arrays of ints. */
export const invert = operator("invert", {
  label: "unary ~",
  methods: ["__invert__", "invert"],
  int: (x) => normalInt(~BigInt(x)),
});

/**
 * The magnitude of a number; an array's elements' by its own `abs`.
 *
 * @example
 * ```ts
 * import { abs, complex, print } from "@cognate/py";
 * print(abs(-3), abs(-0.5), abs(complex(3, 4))); // prints 3 0.5 5.0
 * ```
 */
export const abs = operator("abs", {
  label: "abs()",
  methods: ["__abs__", "abs"],
  int: (x) => (x < 0 ? normalInt(-BigInt(x)) : x),
  float: (x) => asFloat(Math.abs(x)),
  complex(x) {
    const size = hypot(x.real, x.imag);
    if (size === Number.POSITIVE_INFINITY && Number.isFinite(x.real) && Number.isFinite(x.imag))
      throw new OverflowError("absolute value too large");
    return asFloat(size);
  },
});

/** `not x`. */
export const not_ = (x: unknown): boolean => !truth(x);

/** `a is b`: the same object; JavaScript's `null` and `undefined` are both None. */
export const is_ = (a: unknown, b: unknown): boolean => Object.is(a ?? null, b ?? null);
