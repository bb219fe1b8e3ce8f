import { AttributeError, NotImplementedError } from "@cognate/py";
import { golden } from "@cognate/testing";
import { expect, test } from "vitest";
import * as np from "./index.js";

type Any = Readonly<Record<string, (...args: unknown[]) => unknown>>;

const [{ rows }] = golden("numpy/names") as unknown as [{ rows: [string, string][] }];

test.each(rows)("np.%s is gone and says what to use", (name, message) => {
  const gone = (np as unknown as Any)[name]!;
  expect(() => gone(1)).toThrow(new AttributeError(message));
});

test.each(["datetime64", "matrix", "ma", "recarray", "longdouble", "str_", "object_"])(
  "np.%s is left out and says why",
  (name) => {
    const out = (np as unknown as Any)[name]!;
    expect(() => out(1)).toThrow(NotImplementedError);
    expect(() => out(1)).toThrow(`numpy.${name} is left out: `);
  },
);

test("the same functions hang on the root, on namespaces and on subpaths", async () => {
  expect((await import("./random/index.js")).default_rng).toBe(np.random.default_rng);
  expect((await import("./linalg/index.js")).svd).toBe(np.linalg.svd);
  expect((await import("./fft/index.js")).rfft).toBe(np.fft.rfft);
  expect((await import("./testing/index.js")).assert_allclose).toBe(np.testing.assert_allclose);
  expect((await import("./lib/stride_tricks.js")).as_strided).toBe(np.lib.stride_tricks.as_strided);
  expect((await import("./polynomial/polynomial.js")).polyval).toBe(np.polynomial.polynomial.polyval);
  expect(np.delete_).toBe((np as unknown as Any).delete);
});
