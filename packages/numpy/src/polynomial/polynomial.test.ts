import { format, repr, str } from "@cognate/py";
import { golden, itemDifference } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { callTests } from "../golden.test.helper.js";
import * as np from "../index.js";
import { asArray } from "../internal.js";

callTests("polynomial");

const cases = golden("numpy/polynomial", {}, "classes.json") as unknown as {
  rows: [number[], ...string[]][];
  maps: [number[], number[], string, string][];
  out: unknown[];
}[];
const { Polynomial } = np.polynomial;

test("texts", () => {
  const { rows, maps } = cases[0]!;
  for (const [k, ...want] of rows) {
    const [p, q] = [np.poly1d(k), Polynomial(k)];
    expect([str(p), repr(p), str(q), repr(q), format(q, "ascii")]).toEqual(want);
  }
  for (const [k, domain, ...want] of maps) {
    const p = Polynomial(k, { domain });
    expect([str(p), repr(p)]).toEqual(want);
  }
});

const compare = (got: unknown[], want: unknown[]): void => {
  want.forEach((w, i) => {
    expect(itemDifference(got[i], w), `${i}`).toBeNull();
  });
};

test("poly1d", () => {
  const [p, q] = [np.poly1d([1, 2, 3]), np.poly1d([2, -1])];
  const [quotient, rest] = p.div(q as never) as unknown as [np.poly1d, np.poly1d];
  compare(
    [
      p.add(q as never).coeffs,
      p.sub(q as never).coeffs,
      p.mul(q as never).coeffs,
      p.div(2).coeffs,
      quotient.coeffs,
      rest.coeffs,
      p.pow(3).coeffs,
      p.neg().coeffs,
      p(0.5),
      (p(q as never) as unknown as np.poly1d).coeffs,
      p.at(1),
      p.at(7),
      p.deriv().coeffs,
      p.integ({ k: 4 } as never).coeffs,
      p.r,
      p.order,
      p.rsub(3).coeffs,
      np.poly1d([1, 2], true).coeffs,
    ],
    cases[1]!.out,
  );
});

test("Polynomial", () => {
  const [p, q] = [Polynomial([1, 2, 3], { domain: [0, 2] }), Polynomial([0.5, 1], { domain: [0, 2] })];
  const [x, y] = [asArray([0, 1, 2, 3, 4, 5]), asArray([0, 0.8, 0.9, 0.1, -0.8, -1])];
  compare(
    [
      p(1.5),
      p([0, 1, 2]),
      p.add(q).coef,
      p.sub(3).coef,
      p.mul(q).coef,
      p.floordiv(q).coef,
      p.mod(q).coef,
      p.pow(2).coef,
      p.deriv().coef,
      p.integ().coef,
      p.integ(2, [1, 2], 0.5).coef,
      p.roots(),
      p.convert().coef,
      p(q).coef,
      p.mapparms(),
      Polynomial.fit(x, y, 2).coef,
      Polynomial.fit(x, y, 2).domain,
      Polynomial.fit(x, y, 2).convert().coef,
      Polynomial.fromroots([1, 2]).coef,
      Polynomial.basis(3).coef,
      Polynomial.identity().coef,
      p.truncate(2).coef,
      Polynomial([1, 2, 0, 0]).trim().coef,
      p.linspace(3),
    ],
    cases[2]!.out,
  );
});

callTests("polynomial/orthogonal");

describe.each(
  golden("numpy/polynomial/orthogonal", {}, "classes.json") as unknown as {
    name: "Chebyshev";
    texts: [unknown[], ...string[]][];
    out: unknown[];
  }[],
)("$name", ({ name, texts, out }) => {
  const T = np.polynomial[name];
  test("texts", () => {
    for (const [k, ...want] of texts) {
      const [p, q] = [T(k as number[]), T(k as number[], { domain: [0, 2] })];
      expect([str(p), repr(p), format(p, "ascii"), str(q)]).toEqual(want);
    }
  });
  test("methods", () => {
    const [a, b] = [T([1, 2, 3, 4], { domain: [0, 2] }), T([0.5, 1], { domain: [0, 2] })];
    const [x, y] = [asArray([0, 0.3, 0.5, 0.8, 1.1, 1.4]), asArray([0, 0.8, 0.9, 0.1, -0.8, -1])];
    compare(
      [
        a(0.7),
        a([0, 1, 2]),
        a.add(b).coef,
        a.sub(3).coef,
        a.mul(b).coef,
        a.floordiv(b).coef,
        a.mod(b).coef,
        b.pow(3).coef,
        a.deriv().coef,
        a.integ().coef,
        a.integ(2, [1, 2], 0.5).coef,
        a.roots(),
        a.convert().coef,
        a.convert({ kind: Polynomial } as never).coef,
        Polynomial([1, 2, 3]).convert({ kind: T } as never).coef,
        a.mapparms(),
        T.fit(x, y, 3).coef,
        T.fit(x, y, 2).domain,
        T.fromroots([1, 2]).coef,
        T.basis(3).coef,
        T.identity().coef,
        a.truncate(2).coef,
        T([1, 2, 0, 0]).trim().coef,
        a.linspace(3),
        a.has_samecoef(b),
        a.has_samedomain(b),
        T.cast(Polynomial([1, 1, 1])).coef,
        T.domain,
      ],
      out,
    );
  });
  test("what does not go", () => {
    const p = T([1, 2, 3]);
    expect(() => p.add(Polynomial([1]))).toThrow("Polynomial types differ");
    expect(() => p.div(p as never)).toThrow(
      `unsupported types for true division: '${repr(T)}', '${repr(T)}'`,
    );
    expect(() => p.pow(101)).toThrow("Power is too large");
    expect(() => format(p, "x")).toThrow(
      `Unsupported format string 'x' passed to ${repr(T)}.__format__. Valid options are 'ascii' and 'unicode'`,
    );
  });
});

test("chebinterpolate and interpolate", () => {
  const { chebinterpolate, chebpts1, chebval } = np.polynomial.chebyshev;
  const points = chebpts1(5);
  np.testing.assert_allclose(
    chebval(
      points,
      chebinterpolate((x) => np.tanh(x), 4),
    ),
    np.tanh(points),
  );
  const p = np.polynomial.Chebyshev.interpolate((x) => np.exp(x), 8, { domain: [0, 2] } as never);
  np.testing.assert_allclose(p([0.5, 1.5]), np.exp([0.5, 1.5]), { rtol: 1e-7 });
});

test("the style of texts", () => {
  const p = np.polynomial.Legendre([1, 2]);
  np.polynomial.set_default_printstyle("ascii");
  expect(str(p)).toBe("1.0 + 2.0 P_1(x)");
  np.polynomial.set_default_printstyle("unicode");
  expect(str(p)).toBe("1.0 + 2.0·P₁(x)");
  expect(() => np.polynomial.set_default_printstyle("x")).toThrow(
    "Unsupported format string 'x'. Valid options are 'ascii' and 'unicode'",
  );
});
