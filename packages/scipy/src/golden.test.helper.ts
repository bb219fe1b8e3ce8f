import { fromStrided } from "@cognate/ndarray";
import { type CallException, callTests as run } from "@cognate/testing";
import * as scipy from "./index.js";

/** One test a function of `test-fixtures/scipy/<path>`; rows of `exceptions` must differ, all others must not. */
export const callTests = (path: string, exceptions: readonly CallException[] = []): void =>
  run({
    path: `scipy/${path}`,
    name: "scipy",
    find: (name) =>
      name
        .split(".")
        .reduce<unknown>((f, p) => (f as Readonly<Record<string, unknown>> | undefined)?.[p], scipy),
    array: ({ array }) => {
      const x = fromStrided(array).copy();
      return x.ndim === 0 ? x.at() : x;
    },
    exceptions,
  });
