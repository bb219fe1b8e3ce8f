import { isText } from "@cognate/ndarray/core";
import { type CallException, type GoldenArray, callTests as run } from "@cognate/testing";
import * as np from "./index.js";
import { wrap } from "./internal.js";

type Call = (...args: readonly unknown[]) => unknown;

/** Arrays without axes that NumPy gave as scalars are scalars. */
function array({ array: a }: GoldenArray): unknown {
  const x = wrap(a).copy();
  return x.ndim === 0 ? (np.dtype(x.dtype).type as unknown as Call)(x) : x;
}

/** Dtypes and classes by name: what fixtures hold in their place. */
function comparable(x: unknown): unknown {
  if (x instanceof np.dtype) return x.name;
  if (typeof x === "function" && "__name__" in x && "dtype" in x) return (x as { __name__: string }).__name__;
  if (x instanceof np.ndarray && isText(x)) return comparable(x.tolist());
  return Array.isArray(x) ? x.map(comparable) : x;
}

function find(name: string): unknown {
  const parts = name.split(".");
  if (parts[0] === "ndarray")
    return (self: unknown, ...args: readonly unknown[]) =>
      (self as Readonly<Record<string, Call>>)[parts[1]!]!(...args);
  return parts.reduce<unknown>((f, p) => (f as Readonly<Record<string, unknown>> | undefined)?.[p], np);
}

/** One test a function of `test-fixtures/numpy/<path>`; rows of `exceptions` must differ, all others must not. */
export const callTests = (
  path: string,
  exceptions: readonly CallException[] = [],
  file = "cases.json",
): void =>
  run({
    path: `numpy/${path}`,
    file,
    name: "np",
    find,
    array,
    dtype: (n) => np.dtype(n),
    comparable,
    exceptions,
  });
