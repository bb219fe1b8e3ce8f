import { describe, expect, test } from "vitest";
import * as np from "./index.js";
import { asArray } from "./internal.js";

// The special cases of the array API standard (2024.12, "Element-wise Functions"), which the official test-suite checks, and its rules
// of element types.

const { NaN: nan, POSITIVE_INFINITY: inf, PI } = { ...Number, NaN, POSITIVE_INFINITY: Infinity, PI: Math.PI };
type Unary = (x: np.ndarray) => unknown;
type Binary = (a: np.ndarray, b: np.ndarray) => unknown;

const f64 = (x: number): np.ndarray => np.array([x], { dtype: "float64" });
const element = (x: unknown): unknown => asArray(x as np.ndarray).item(0);

const UNARY: Readonly<Record<string, [Unary, readonly (readonly [number, number | boolean])[]]>> = {
  abs: [
    np.abs,
    [
      [nan, nan],
      [-0, 0],
      [-inf, inf],
    ],
  ],
  acos: [
    np.acos,
    [
      [nan, nan],
      [1.5, nan],
      [-1.5, nan],
      [1, 0],
    ],
  ],
  acosh: [
    np.acosh,
    [
      [nan, nan],
      [0.5, nan],
      [1, 0],
      [inf, inf],
    ],
  ],
  asin: [
    np.asin,
    [
      [nan, nan],
      [1.5, nan],
      [-1.5, nan],
      [0, 0],
      [-0, -0],
    ],
  ],
  asinh: [
    np.asinh,
    [
      [nan, nan],
      [0, 0],
      [-0, -0],
      [inf, inf],
      [-inf, -inf],
    ],
  ],
  atan: [
    np.atan,
    [
      [nan, nan],
      [0, 0],
      [-0, -0],
      [inf, PI / 2],
      [-inf, -PI / 2],
    ],
  ],
  atanh: [
    np.atanh,
    [
      [nan, nan],
      [-1.5, nan],
      [1.5, nan],
      [-1, -inf],
      [1, inf],
      [0, 0],
      [-0, -0],
    ],
  ],
  ceil: [
    np.ceil,
    [
      [nan, nan],
      [inf, inf],
      [-inf, -inf],
      [0, 0],
      [-0, -0],
      [3, 3],
      [-0.5, -0],
    ],
  ],
  cos: [
    np.cos,
    [
      [nan, nan],
      [0, 1],
      [-0, 1],
      [inf, nan],
      [-inf, nan],
    ],
  ],
  cosh: [
    np.cosh,
    [
      [nan, nan],
      [0, 1],
      [-0, 1],
      [inf, inf],
      [-inf, inf],
    ],
  ],
  exp: [
    np.exp,
    [
      [nan, nan],
      [0, 1],
      [-0, 1],
      [inf, inf],
      [-inf, 0],
    ],
  ],
  expm1: [
    np.expm1,
    [
      [nan, nan],
      [0, 0],
      [-0, -0],
      [inf, inf],
      [-inf, -1],
    ],
  ],
  floor: [
    np.floor,
    [
      [nan, nan],
      [inf, inf],
      [-inf, -inf],
      [0, 0],
      [-0, -0],
      [3, 3],
      [0.5, 0],
    ],
  ],
  isfinite: [
    np.isfinite,
    [
      [inf, false],
      [-inf, false],
      [nan, false],
      [1, true],
      [-0, true],
    ],
  ],
  isinf: [
    np.isinf,
    [
      [inf, true],
      [-inf, true],
      [nan, false],
      [1, false],
    ],
  ],
  isnan: [
    np.isnan,
    [
      [nan, true],
      [inf, false],
      [1, false],
    ],
  ],
  log: [
    np.log,
    [
      [nan, nan],
      [-1, nan],
      [0, -inf],
      [-0, -inf],
      [1, 0],
      [inf, inf],
    ],
  ],
  log1p: [
    np.log1p,
    [
      [nan, nan],
      [-2, nan],
      [-1, -inf],
      [0, 0],
      [-0, -0],
      [inf, inf],
    ],
  ],
  log2: [
    np.log2,
    [
      [nan, nan],
      [-1, nan],
      [0, -inf],
      [-0, -inf],
      [1, 0],
      [inf, inf],
    ],
  ],
  log10: [
    np.log10,
    [
      [nan, nan],
      [-1, nan],
      [0, -inf],
      [-0, -inf],
      [1, 0],
      [inf, inf],
    ],
  ],
  reciprocal: [
    np.reciprocal,
    [
      [nan, nan],
      [0, inf],
      [-0, -inf],
      [inf, 0],
      [-inf, -0],
    ],
  ],
  round: [
    np.rint,
    [
      [nan, nan],
      [inf, inf],
      [-inf, -inf],
      [0, 0],
      [-0, -0],
      [0.5, 0],
      [1.5, 2],
      [-0.5, -0],
      [2.5, 2],
    ],
  ],
  sign: [
    np.sign,
    [
      [nan, nan],
      [-2, -1],
      [0, 0],
      [-0, 0],
      [3, 1],
    ],
  ],
  signbit: [
    np.signbit,
    [
      [0, false],
      [-0, true],
      [inf, false],
      [-inf, true],
      [2, false],
      [-2, true],
    ],
  ],
  sin: [
    np.sin,
    [
      [nan, nan],
      [0, 0],
      [-0, -0],
      [inf, nan],
      [-inf, nan],
    ],
  ],
  sinh: [
    np.sinh,
    [
      [nan, nan],
      [0, 0],
      [-0, -0],
      [inf, inf],
      [-inf, -inf],
    ],
  ],
  sqrt: [
    np.sqrt,
    [
      [nan, nan],
      [-1, nan],
      [0, 0],
      [-0, -0],
      [inf, inf],
    ],
  ],
  tan: [
    np.tan,
    [
      [nan, nan],
      [0, 0],
      [-0, -0],
      [inf, nan],
      [-inf, nan],
    ],
  ],
  tanh: [
    np.tanh,
    [
      [nan, nan],
      [0, 0],
      [-0, -0],
      [inf, 1],
      [-inf, -1],
    ],
  ],
  trunc: [
    np.trunc,
    [
      [nan, nan],
      [inf, inf],
      [-inf, -inf],
      [0, 0],
      [-0, -0],
      [3, 3],
      [-0.5, -0],
    ],
  ],
};

const BINARY: Readonly<Record<string, [Binary, readonly (readonly [number, number, number | boolean])[]]>> = {
  add: [
    np.add,
    [
      [nan, 1, nan],
      [1, nan, nan],
      [inf, -inf, nan],
      [-inf, inf, nan],
      [inf, inf, inf],
      [-inf, -inf, -inf],
      [inf, 1, inf],
      [1, -inf, -inf],
      [-0, -0, -0],
      [-0, 0, 0],
      [0, -0, 0],
      [0, 0, 0],
      [-0, 2, 2],
      [2, -2, 0],
    ],
  ],
  atan2: [
    np.atan2,
    [
      [nan, 1, nan],
      [1, nan, nan],
      [2, 0, PI / 2],
      [2, -0, PI / 2],
      [0, 2, 0],
      [0, 0, 0],
      [0, -0, PI],
      [0, -2, PI],
      [-0, 2, -0],
      [-0, 0, -0],
      [-0, -0, -PI],
      [-0, -2, -PI],
      [-2, 0, -PI / 2],
      [2, inf, 0],
      [2, -inf, PI],
      [-2, inf, -0],
      [-2, -inf, -PI],
      [inf, 2, PI / 2],
      [-inf, 2, -PI / 2],
      [inf, inf, PI / 4],
      [inf, -inf, (3 * PI) / 4],
      [-inf, inf, -PI / 4],
      [-inf, -inf, (-3 * PI) / 4],
    ],
  ],
  copysign: [
    np.copysign,
    [
      [2, -0, -2],
      [-2, 0, 2],
      [0, -3, -0],
      [nan, -1, nan],
      [inf, -1, -inf],
    ],
  ],
  divide: [
    np.divide,
    [
      [nan, 1, nan],
      [1, nan, nan],
      [inf, inf, nan],
      [-inf, inf, nan],
      [0, 0, nan],
      [-0, 0, nan],
      [0, 2, 0],
      [-0, 2, -0],
      [0, -2, -0],
      [-0, -2, 0],
      [2, 0, inf],
      [2, -0, -inf],
      [-2, 0, -inf],
      [-2, -0, inf],
      [inf, 2, inf],
      [inf, -2, -inf],
      [-inf, 2, -inf],
      [2, inf, 0],
      [2, -inf, -0],
      [-2, inf, -0],
      [-2, -inf, 0],
    ],
  ],
  equal: [
    np.equal,
    [
      [nan, nan, false],
      [nan, 1, false],
      [inf, inf, true],
      [-0, 0, true],
      [1, 1, true],
    ],
  ],
  floor_divide: [
    np.floor_divide,
    [
      [nan, 1, nan],
      [1, nan, nan],
      [inf, inf, nan],
      [0, 0, nan],
      [-0, 0, nan],
      [0, 2, 0],
      [-0, 2, -0],
      [0, -2, -0],
      [-0, -2, 0],
      [2, 0, inf],
      [2, -0, -inf],
      [-2, 0, -inf],
      [2, inf, 0],
      [-2, -inf, 0],
      [-2, inf, -1],
      [2, -inf, -1],
    ],
  ],
  hypot: [
    np.hypot,
    [
      [inf, 1, inf],
      [-inf, nan, inf],
      [nan, inf, inf],
      [1, nan, nan],
      [nan, 1, nan],
      [0, -3, 3],
      [-0, 0, 0],
      [3, 4, 5],
    ],
  ],
  logaddexp: [
    np.logaddexp,
    [
      [nan, 1, nan],
      [1, nan, nan],
      [inf, 1, inf],
      [1, inf, inf],
    ],
  ],
  maximum: [
    np.maximum,
    [
      [nan, 1, nan],
      [1, nan, nan],
      [inf, 1, inf],
      [-inf, 1, 1],
    ],
  ],
  minimum: [
    np.minimum,
    [
      [nan, 1, nan],
      [1, nan, nan],
      [inf, 1, 1],
      [-inf, 1, -inf],
    ],
  ],
  multiply: [
    np.multiply,
    [
      [nan, 1, nan],
      [1, nan, nan],
      [inf, 0, nan],
      [-0, -inf, nan],
      [inf, inf, inf],
      [inf, -inf, -inf],
      [inf, 2, inf],
      [inf, -2, -inf],
      [0, -2, -0],
      [-0, -2, 0],
    ],
  ],
  nextafter: [
    np.nextafter,
    [
      [nan, 1, nan],
      [1, nan, nan],
      [-0, 0, 0],
      [0, -0, -0],
      [1, 1, 1],
      [1, 2, 1 + 2 ** -52],
    ],
  ],
  pow: [
    np.pow,
    [
      [nan, 0, 1],
      [nan, -0, 1],
      [nan, 2, nan],
      [2, nan, nan],
      [1, nan, 1],
      [1.5, inf, inf],
      [1.5, -inf, 0],
      [1, inf, 1],
      [-1, inf, 1],
      [0.5, inf, 0],
      [0.5, -inf, inf],
      [inf, 2, inf],
      [inf, -2, 0],
      [-inf, 3, -inf],
      [-inf, 2, inf],
      [-inf, -3, -0],
      [-inf, -2, 0],
      [0, 2, 0],
      [0, -2, inf],
      [-0, 3, -0],
      [-0, 2, 0],
      [-0, -3, -inf],
      [-0, -2, inf],
      [-2, 0.5, nan],
    ],
  ],
  remainder: [
    np.remainder,
    [
      [nan, 1, nan],
      [1, nan, nan],
      [inf, inf, nan],
      [inf, 2, nan],
      [0, 0, nan],
      [2, 0, nan],
      [0, 2, 0],
      [-0, 2, 0],
      [0, -2, -0],
      [-0, -2, -0],
      [2, inf, 2],
      [2, -inf, -inf],
      [-2, inf, inf],
      [-2, -inf, -2],
      [5, 3, 2],
      [-5, 3, 1],
      [5, -3, -1],
    ],
  ],
  subtract: [
    np.subtract,
    [
      [inf, inf, nan],
      [-inf, -inf, nan],
      [inf, -inf, inf],
      [0, 0, 0],
      [-0, 0, -0],
      [0, -0, 0],
      [-0, -0, 0],
    ],
  ],
};

describe("special cases", () => {
  test.each(Object.keys(UNARY))("%s", (name) => {
    const [f, rows] = UNARY[name]!;
    expect(rows.map(([x]) => [x, element(f(f64(x)))])).toEqual(rows.map(([x, y]) => [x, y]));
  });
  test.each(Object.keys(BINARY))("%s", (name) => {
    const [f, rows] = BINARY[name]!;
    expect(rows.map(([a, b]) => [a, b, element(f(f64(a), f64(b)))])).toEqual(rows);
  });
});

const INTS = ["int8", "int16", "int32", "int64"] as const;
const UINTS = ["uint8", "uint16", "uint32", "uint64"] as const;
const FLOATS = ["float32", "float64"] as const;
const COMPLEX = ["complex64", "complex128"] as const;

/** The standard's table: within a kind the larger wins; unsigned beside signed goes to a signed type that holds both. */
function promoted(a: string, b: string): string {
  for (const kind of [INTS, UINTS, FLOATS, COMPLEX] as readonly (readonly string[])[])
    if (kind.includes(a) && kind.includes(b)) return kind[Math.max(kind.indexOf(a), kind.indexOf(b))]!;
  const [i, u] = (INTS as readonly string[]).includes(a) ? [a, b] : [b, a];
  if ((INTS as readonly string[]).includes(i) && (UINTS as readonly string[]).includes(u))
    return INTS[Math.max(INTS.indexOf(i as "int8"), UINTS.indexOf(u as "uint8") + 1)]!;
  const [f, c] = (FLOATS as readonly string[]).includes(a) ? [a, b] : [b, a];
  return COMPLEX[Math.max(FLOATS.indexOf(f as "float32"), COMPLEX.indexOf(c as "complex64"))]!;
}

describe("element types", () => {
  const pairs = [
    ...[INTS, UINTS, FLOATS, COMPLEX].flatMap((k) => k.flatMap((a) => k.map((b) => [a, b] as const))),
    ...INTS.flatMap((a) => UINTS.slice(0, 3).flatMap((b) => [[a, b] as const, [b, a] as const])),
    ...FLOATS.flatMap((a) => COMPLEX.flatMap((b) => [[a, b] as const, [b, a] as const])),
  ];
  test.each(pairs)("%s and %s", (a, b) => {
    const want = promoted(a, b);
    expect(np.result_type(a, b).name).toBe(want);
    const sum = np.add(np.ones(2, { dtype: a }), np.ones(2, { dtype: b })) as np.ndarray;
    expect(sum.dtype.name).toBe(want);
  });
  test.each([...INTS, ...UINTS, ...FLOATS, ...COMPLEX])("sums and products of %s", (name) => {
    const x = np.ones(2, { dtype: name });
    const want = name.startsWith("uint") ? "uint64" : name.startsWith("int") ? "int64" : name;
    for (const f of [np.sum, np.prod, np.cumsum, np.cumprod])
      expect(
        (
          f(x, {
            axis: 0,
            ...(f === np.sum || f === np.prod ? { keepdims: true } : {}),
          } as never) as np.ndarray
        ).dtype.name,
      ).toBe(want);
  });
  test.each([np.sin, np.exp, np.sqrt, np.log1p, np.tanh])("$__name__ keeps floats", (f) => {
    for (const d of [...FLOATS, ...COMPLEX])
      expect((f(np.ones(2, { dtype: d })) as np.ndarray).dtype.name).toBe(d);
  });
  test.each([np.equal, np.less, np.logical_and, np.greater_equal])("$__name__ gives bools", (f) => {
    for (const d of [...INTS, ...UINTS, ...FLOATS])
      expect((f(np.ones(2, { dtype: d }), np.ones(2, { dtype: d })) as np.ndarray).dtype.name).toBe("bool");
  });
});
