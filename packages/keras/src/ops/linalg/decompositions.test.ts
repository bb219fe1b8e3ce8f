import { describe, expect, test } from "vitest";
import * as keras from "../../index.js";

const { ops } = keras;
const x = ops.reshape(ops.sin(ops.arange(24, null, null, "float64").mul(1.7)), [2, 3, 4]);
const square = ops.matmul(x, ops.transpose(x, [0, 2, 1]));
const tall = ops.transpose(x, [0, 2, 1]);
const near = (a: keras.Tensor, b: keras.Tensor): void =>
  expect(Number(ops.max(ops.abs(ops.subtract(a, b))))).toBeLessThan(1e-12);

describe("decompositions give back what they decompose, whatever the signs of vectors", () => {
  test("svd", () => {
    for (const full of [true, false]) {
      const [u, s, vh] = ops.svd(tall, full) as never as [keras.Tensor, keras.Tensor, keras.Tensor];
      expect([[...u.shape], [...s.shape], [...vh.shape]]).toEqual([
        [2, 4, full ? 4 : 3],
        [2, 3],
        [2, 3, 3],
      ]);
      near(ops.matmul(ops.multiply(ops.slice(u, [0, 0, 0], [2, 4, 3]), ops.expand_dims(s, 1)), vh), tall);
    }
  });
  test("eigh", () => {
    const [w, v] = ops.eigh(square) as never as [keras.Tensor, keras.Tensor];
    near(ops.matmul(ops.multiply(v, ops.expand_dims(w, 1)), ops.transpose(v, [0, 2, 1])), square);
    near(w, ops.sort(w));
  });
  test("eig", () => {
    const own = ops.add(square, ops.triu(ops.ones([2, 3, 3], "float64")));
    const [w, v] = ops.eig(own) as never as [keras.Tensor, keras.Tensor];
    expect([ops.dtype(w), ops.dtype(v)]).toEqual(["complex128", "complex128"]);
    near(ops.real(ops.sum(w, -1)), ops.trace(own, 0, 1, 2));
  });
  test("what is no positive definite matrix has no Cholesky factor", () => {
    expect(() => ops.cholesky(ops.multiply(square, -1))).toThrow(
      /^Cholesky decomposition failed: .*Cholesky : Tensor had NaN values/,
    );
    expect(() => ops.det(ops.ones([2, 3]))).toThrow(
      "Expected a square matrix. Received non-square input with shape (2, 3)",
    );
    expect(() => ops.inv(ops.ones([3]))).toThrow(
      "Expected input to have rank >= 2. Received input with shape (3,).",
    );
  });
});

describe("jvp", () => {
  test("the derivative along a direction", () => {
    const [y, t] = ops.jvp(ops.sin as never, [ops.convert_to_tensor(0.1)], [ops.convert_to_tensor(0.2)]);
    expect(Number(y)).toBeCloseTo(0.09983342, 6);
    expect(Number(t)).toBeCloseTo(0.19900084, 6);
  });
  test("several arguments, nested results, and something handed through", () => {
    const f = (a: keras.Tensor, b: keras.Tensor): unknown => [
      { product: ops.multiply(a, b), sum: ops.sum(ops.square(a)) },
      "aux",
    ];
    const [a, b] = [ops.array([1, 2], "float32"), ops.array([3, 5], "float32")];
    const [y, t, aux] = ops.jvp(f as never, [a, b], [ops.array([1, 0], "float32"), b], true) as never as [
      Record<string, keras.Tensor>,
      Record<string, keras.Tensor>,
      string,
    ];
    expect(y.product!.numpy().tolist()).toEqual([3, 10]);
    expect(t.product!.numpy().tolist()).toEqual([6, 10]);
    expect(Number(t.sum)).toBe(2);
    expect(aux).toBe("aux");
  });
});
