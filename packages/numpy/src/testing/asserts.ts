import { type ArrayLike, elementary, logic, type ndarray } from "@cognate/ndarray/core";
import { absolute, multiply } from "@cognate/ndarray/functions";
import { AssertionError, def, Float, isPlainObject, repr, str } from "@cognate/py";
import { allOf, anyOf, asArray, subtract } from "../internal.js";
import { compareArrays, failureText, type Report } from "./arrays.js";
import { isclose } from "./compare.js";

const number = (x: ArrayLike): string => str(x);

const NAMES = ["ACTUAL", "DESIRED"] as const;
const report = (header: string, more: Partial<Report> = {}): Report => ({
  header,
  err_msg: "",
  verbose: true,
  precision: 6,
  names: NAMES,
  equalNan: true,
  equalInf: true,
  strict: false,
  ...more,
});

/** @throws AssertionError unless |actual − desired| ≤ atol + rtol·|desired| everywhere */
export const assert_allclose = def(
  "numpy.testing.assert_allclose",
  "actual desired rtol atol equal_nan err_msg verbose * strict",
  (
    actual: ArrayLike,
    desired: ArrayLike,
    rtol = 1e-7,
    atol = 0,
    equal_nan = true,
    err_msg = "",
    verbose = true,
    strict = false,
  ): void =>
    compareArrays(
      (x, y) => isclose.impl(x, y, rtol, atol, equal_nan),
      actual,
      desired,
      report(`Not equal to tolerance rtol=${short(rtol)}, atol=${short(atol)}`, {
        err_msg,
        verbose,
        equalNan: equal_nan,
        strict,
      }),
    ),
);

/** C's `%g`. */
const short = (x: number): string => {
  if (x === 0) return "0";
  const e = Math.floor(Math.log10(Math.abs(x)));
  if (e < -4 || e >= 6)
    return x
      .toExponential(5)
      .replace(/\.?0+e/, "e")
      .replace(/e([+-])(\d)$/, "e$10$2");
  return String(Number(x.toPrecision(6)));
};

/** @throws AssertionError unless the arrays have the same shape and elements */
export const assert_array_equal = def(
  "numpy.testing.assert_array_equal",
  "actual desired err_msg verbose * strict",
  (actual: ArrayLike, desired: ArrayLike, err_msg = "", verbose = true, strict = false): void =>
    compareArrays(
      (x, y) => logic.equal(x, y),
      actual,
      desired,
      report("Arrays are not equal", { err_msg, verbose, strict }),
    ),
);

/** @throws AssertionError unless |actual − desired| < 1.5·10^(−decimal) everywhere */
export const assert_array_almost_equal = def(
  "numpy.testing.assert_array_almost_equal",
  "actual desired decimal err_msg verbose",
  (actual: ArrayLike, desired: ArrayLike, decimal = 6, err_msg = "", verbose = true): void =>
    compareArrays(
      (x, y) => logic.less(absolute(subtract(x, multiply(y, new Float(1)))), 1.5 * 10 ** -decimal),
      actual,
      desired,
      report(`Arrays are not almost equal to ${decimal} decimals`, { err_msg, verbose, precision: decimal }),
    ),
);

/** @throws AssertionError unless x < y everywhere */
export const assert_array_less = def(
  "numpy.testing.assert_array_less",
  "x y err_msg verbose * strict",
  (x: ArrayLike, y: ArrayLike, err_msg = "", verbose = true, strict = false): void =>
    compareArrays(
      (a, b) => logic.less(a, b),
      x,
      y,
      report("Arrays are not strictly ordered `x < y`", {
        err_msg,
        verbose,
        strict,
        equalInf: false,
        names: ["x", "y"],
      }),
    ),
);

const isArrayLike = (x: unknown): boolean => typeof x === "object" && x !== null && "ndim" in x;

/** The text of two values that differ. */
const unequal = (
  actual: unknown,
  desired: unknown,
  header: string,
  err_msg: string,
  verbose: boolean,
): string => failureText([actual, desired], err_msg, { header, verbose, names: NAMES, precision: 8 });

/** @throws AssertionError unless two values (numbers, lists, dicts, arrays) are equal */
export const assert_equal = def(
  "numpy.testing.assert_equal",
  "actual:dict desired:dict err_msg verbose * strict",
  (actual: unknown, desired: unknown, err_msg = "", verbose = true, strict = false): void => {
    if (isPlainObject(desired)) {
      if (!isPlainObject(actual)) throw new AssertionError(repr(actual));
      assert_equal.impl(Object.keys(actual).length, Object.keys(desired).length, err_msg, verbose);
      for (const [k, v] of Object.entries(desired)) {
        if (!(k in actual)) throw new AssertionError(repr(k));
        assert_equal.impl(actual[k], v, `key=${repr(k)}\n${err_msg}`, verbose);
      }
      return;
    }
    if (Array.isArray(actual) && Array.isArray(desired)) {
      assert_equal.impl(actual.length, desired.length, err_msg, verbose);
      desired.forEach((v, k) => {
        assert_equal.impl(actual[k], v, `item=${k}\n${err_msg}`, verbose);
      });
      return;
    }
    if (isArrayLike(actual) || isArrayLike(desired)) {
      assert_array_equal.impl(actual as ArrayLike, desired as ArrayLike, err_msg, verbose, strict);
      return;
    }
    const bothNaN = Number.isNaN(actual) && Number.isNaN(desired);
    const zeros = actual === 0 && desired === 0 && !Object.is(actual, desired);
    const same =
      bothNaN ||
      (!zeros &&
        (actual === desired ||
          (typeof actual !== "string" &&
            Number(actual) === Number(desired) &&
            actual !== null &&
            desired !== null)));
    if (!same) throw new AssertionError(unequal(actual, desired, "Items are not equal:", err_msg, verbose));
  },
);

/** @throws AssertionError unless |actual − desired| < 1.5·10^(−decimal) */
export const assert_almost_equal = def(
  "numpy.testing.assert_almost_equal",
  "actual desired decimal err_msg verbose",
  (actual: ArrayLike, desired: ArrayLike, decimal = 7, err_msg = "", verbose = true): void => {
    if (isArrayLike(actual) || isArrayLike(desired) || Array.isArray(actual) || Array.isArray(desired)) {
      assert_array_almost_equal.impl(actual, desired, decimal, err_msg, verbose);
      return;
    }
    const [a, d] = [Number(actual), Number(desired)];
    if (Object.is(a, d) || a === d || Math.abs(d - a) < 1.5 * 10 ** -decimal) return;
    throw new AssertionError(
      unequal(actual, desired, `Arrays are not almost equal to ${decimal} decimals`, err_msg, verbose),
    );
  },
);

/** @throws AssertionError unless two numbers agree to so many significant digits */
export const assert_approx_equal = def(
  "numpy.testing.assert_approx_equal",
  "actual desired significant err_msg verbose",
  (actual: number, desired: number, significant = 7, err_msg = "", verbose = true): void => {
    if (actual === desired) return;
    const scale = 10 ** Math.floor(Math.log10(0.5 * (Math.abs(desired) + Math.abs(actual))));
    const [p, q] = scale === 0 ? [0, 0] : [desired / scale, actual / scale];
    if (Math.abs(p - q) < 10 ** -(significant - 1)) return;
    throw new AssertionError(
      unequal(actual, desired, `Items are not equal to ${significant} significant digits:`, err_msg, verbose),
    );
  },
);

/** @throws AssertionError unless the strings are equal */
export const assert_string_equal = def(
  "numpy.testing.assert_string_equal",
  "actual desired",
  (actual: string, desired: string): void => {
    if (actual !== desired)
      throw new AssertionError(
        `Differences in strings:\n- ${actual}${/\n/.test(actual) ? "\n" : ""}+ ${desired}`,
      );
  },
);

/** @throws AssertionError unless the value is true */
export const assert_ = def("numpy.testing.assert_", "val msg", (val: unknown, msg = ""): void => {
  if (!val) throw new AssertionError(msg);
});

type Class = abstract new (...args: never[]) => unknown;

/** Calls a function. @throws AssertionError unless it raises one of the classes */
export function assert_raises(exception: unknown, f: (...args: never[]) => unknown, ...args: never[]): void {
  const classes = [exception].flat() as Class[];
  try {
    f(...args);
  } catch (e) {
    if (classes.some((C) => e instanceof C)) return;
    throw e;
  }
  throw new AssertionError(`${classes.map((C) => C.name).join(", ")} not raised`);
}

/** {@link assert_raises} that also looks at the message. */
export function assert_raises_regex(
  exception: unknown,
  pattern: string,
  f: (...args: never[]) => unknown,
  ...args: never[]
): void {
  let text: string | undefined;
  assert_raises(exception, () => {
    try {
      f(...args);
    } catch (e) {
      text = (e as Error).message;
      throw e;
    }
  });
  if (!new RegExp(pattern).test(text ?? ""))
    throw new AssertionError(`"${pattern}" does not match "${text}"`);
}

/** Numbers of representable floats between two. */
function gapInUlps(x: ndarray, y: ndarray): ndarray {
  const ulp = elementary.spacing(
    asArray(logic.greater(x.abs(), y.abs())).mul(0).add(1).mul(asArray(x.abs())),
  );
  return asArray(asArray(asArray(subtract(x, y)).abs()).div(asArray(ulp).abs()));
}

/** @throws AssertionError where numbers are more than `nulp` units in the last place apart */
export const assert_array_almost_equal_nulp = def(
  "numpy.testing.assert_array_almost_equal_nulp",
  "x y nulp",
  (x: ArrayLike, y: ArrayLike, nulp = 1): void => {
    const [a, b] = [asArray(x), asArray(y)];
    const most = asArray(elementary.spacing(anyOf(logic.greater(a.abs(), b.abs())) ? a.abs() : b.abs()));
    const far = asArray(asArray(subtract(a, b)).abs()).gt(asArray(most.mul(nulp)));
    if (anyOf(far))
      throw new AssertionError(
        `Arrays are not equal to ${nulp} ULP (max is ${number(gapInUlps(a, b).max())})`,
      );
  },
);

/** @throws AssertionError where numbers are more than `maxulp` units in the last place apart; the distances */
export const assert_array_max_ulp = def(
  "numpy.testing.assert_array_max_ulp",
  "a b maxulp dtype",
  (a: ArrayLike, b: ArrayLike, maxulp = 1): ndarray => {
    const gap = gapInUlps(asArray(a), asArray(b));
    if (!allOf(gap.le(maxulp)))
      throw new AssertionError(
        `Arrays are not almost equal up to ${maxulp} ULP (max difference is ${number(gap.max())} ULP)`,
      );
    // NumPy's comes with one more axis.
    return gap.reshape([1, ...gap.shape]);
  },
);
