import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { isText } from "@cognate/ndarray/core";
import { AssertionError, def, Exception, eq, nameClass, RuntimeError, repr } from "@cognate/py";
import { allOf } from "../internal.js";
import { compareArrays, failureText } from "./arrays.js";

/** What NumPy's own tests raise to be left out. */
export class SkipTest extends Exception {}
nameClass("unittest.case.SkipTest", SkipTest);
/** What NumPy's own tests raise where they are known to fail. */
export class KnownFailureException extends Exception {}
nameClass("numpy.testing._private.utils.KnownFailureException", KnownFailureException);
/** What marks an exception as ignored. */
export class IgnoreException extends Exception {}
nameClass("numpy.testing._private.utils.IgnoreException", IgnoreException);

const NAMES = ["ACTUAL", "DESIRED"] as const;

/** The text of a failed comparison. */
export const build_err_msg = def(
  "numpy.testing.build_err_msg",
  "arrays err_msg header verbose names precision",
  (
    arrays: readonly unknown[],
    err_msg: string,
    header = "Items are not equal:",
    verbose = true,
    names: readonly string[] = NAMES,
    precision = 8,
  ): string =>
    failureText(arrays, err_msg, { header, verbose, names: names as readonly [string, string], precision }),
);

/** Compares arrays by any function of two. @throws AssertionError */
export const assert_array_compare = def(
  "numpy.testing.assert_array_compare",
  "comparison x y err_msg verbose header precision equal_nan equal_inf * strict names",
  (
    comparison: (x: ndarray, y: ndarray) => ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    err_msg = "",
    verbose = true,
    header = "",
    precision = 6,
    equal_nan = true,
    equal_inf = true,
    strict = false,
    names: readonly string[] = NAMES,
  ): void =>
    compareArrays(comparison, x, y, {
      header,
      err_msg,
      verbose,
      precision,
      names: names as readonly [string, string],
      equalNan: equal_nan,
      equalInf: equal_inf,
      strict,
    }),
);

/** @throws AssertionError unless two values are equal */
export const print_assert_equal = def(
  "numpy.testing.print_assert_equal",
  "test_string actual desired",
  (test_string: string, actual: unknown, desired: unknown): void => {
    const same = eq(actual as never, desired as never) as unknown;
    const holds = typeof same === "boolean" ? same : isText(same) ? false : allOf(same as ndarray);
    if (!holds)
      throw new AssertionError(
        `${test_string} failed\nACTUAL: \n${repr(actual)}\nDESIRED: \n${repr(desired)}\n`,
      );
  },
);

let start: number | undefined;

/** Hundredths of a second since the first call. */
export const jiffies = (): number => {
  start ??= Date.now();
  return Math.floor((Date.now() - start) / 10);
};

/** Seconds that a function takes, called so many times. */
export const measure = (f: () => unknown, times = 1): number => {
  const begin = performance.now();
  for (let i = 0; i < times; i++) f();
  return (performance.now() - begin) / 1000;
};

/** Bytes that the process holds. @throws RuntimeError outside of Node */
export const memusage = (): number => {
  const { process } = globalThis as { process?: { memoryUsage?(): { rss: number } } };
  if (!process?.memoryUsage) throw new RuntimeError("the memory of a page is not known");
  return process.memoryUsage().rss;
};
