import { expect, it } from "vitest";
import * as tf from "../index.js";

/* Expected numbers of traces and shapes are TensorFlow 2.21's. */

const shapesOf = (kinds: readonly (readonly number[])[], options: object, dtype = tf.float32): string[] => {
  const seen: string[] = [];
  const f = tf.function_(options)((x: tf.Tensor) => {
    seen.push(String(x.shape));
    return x.mul(2);
  });
  for (const shape of kinds) f(tf.zeros([...shape], dtype));
  return seen;
};

it("traces for wider shapes where retracing shall be rare", () => {
  const calls = [[2, 2], [3, 2], [4, 2], [5, 2], [5, 3], [3], [7], [2, 2, 2]];
  expect(shapesOf(calls, { reduce_retracing: true })).toEqual([
    "(2, 2)",
    "(None, 2)",
    "(None, None)",
    "<unknown>",
  ]);
  expect(shapesOf(calls, {})).toHaveLength(8);
});

it("keeps other values apart", () => {
  const seen: string[] = [];
  const f = tf.function_({ reduce_retracing: true })((x: tf.Tensor, n: number) => {
    seen.push(`${x.shape} ${n}`);
    return x;
  });
  for (const [length, n] of [
    [1, 2],
    [2, 2],
    [3, 3],
    [3, 2],
  ] as const)
    f(tf.zeros([length]), n);
  expect(seen).toEqual(["(1,) 2", "(None,) 2", "(3,) 3"]);
  expect(f.experimental_get_tracing_count()).toBe(3);
});

it("calls instances of modules that say what calling them does", () => {
  class Scale extends tf.Module {
    v = tf.Variable(2.5);
    __call__(x: tf.Tensor): tf.Tensor {
      return this.v.mul(x) as tf.Tensor;
    }
  }
  class Two extends tf.Module {
    first = new Scale();
    second = new Scale();
  }
  const scale = new Scale() as Scale & ((x: tf.Tensor) => tf.Tensor);
  expect(scale(tf.constant([1.5, 2])).tolist()).toEqual([3.75, 5]);
  expect(scale).toBeInstanceOf(tf.Module);
  expect(scale.name).toBe("scale");
  expect(new Two().variables).toHaveLength(2);
  expect(new Two().submodules).toHaveLength(2);
});

it("complains about shapes when it traces", () => {
  const f = tf.function_((x: tf.Tensor) => tf.linalg.cholesky(x));
  expect(() => f(tf.zeros([2, 3]))).toThrow(
    "Dimensions must be equal, but are 2 and 3 for '{{node Cholesky}} = Cholesky[T=DT_FLOAT](x)' with input shapes: [2,3].",
  );
  expect(() => f(tf.zeros([3]))).toThrow("Shape must be at least rank 2 but is rank 1 for");
});
