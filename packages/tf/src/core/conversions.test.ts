import { expect, test } from "vitest";
import * as tf from "../index.js";

class Money {
  constructor(readonly cents: number) {}
}
class Coins extends Money {}
class Odd {}

tf.register_tensor_conversion_function(Money, (m: Money, dtype: unknown) =>
  tf.constant(m.cents / 100, { dtype: (dtype ?? "float32") as never }),
);
tf.register_tensor_conversion_function(Coins, (() => null) as never, 50);
tf.register_tensor_conversion_function(Odd, (() => 7) as never);

const money = new Money(250) as never;

test("values of a registered class stand for tensors", () => {
  expect(tf.convert_to_tensor(money).item()).toBe(2.5);
  expect(tf.convert_to_tensor(money, { dtype: tf.float64 }).dtype).toBe(tf.float64);
  expect(tf.add(money, [1, 2]).tolist()).toEqual([3.5, 4.5]);
  expect(tf.multiply(tf.constant(1.5), money).item()).toBe(3.75);
});
test("in functions, too", () => {
  expect((tf.function((x: tf.Tensor) => tf.add(x, money))(tf.constant(1.5)) as tf.Tensor).item()).toBe(4);
});
test("a function that gives nothing leaves it to the next", () => {
  expect(tf.convert_to_tensor(new Coins(50) as never).item()).toBe(0.5);
});
test("wrong uses", () => {
  expect(() => tf.convert_to_tensor(new Odd() as never)).toThrow("returned non-Tensor: 7");
  expect(() => tf.register_tensor_conversion_function(3 as never, (() => null) as never)).toThrow(
    "Argument `base_type` must be a type or a tuple of types. Obtained: 3",
  );
  expect(() => tf.register_tensor_conversion_function(Odd, 3 as never)).toThrow(
    "Argument `conversion_func` must be callable. Received 3.",
  );
});
