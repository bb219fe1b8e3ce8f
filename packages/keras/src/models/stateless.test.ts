import { expect, test } from "vitest";
import type { Tensor } from "../backend/tensor.js";
import * as keras from "../index.js";

const { layers: L, ops: K } = keras;
const flat = (x: unknown): number[] => [(x as Tensor).tolist()].flat(9) as number[];

test("a layer with other values gives what it would with them, and stays as it is", () => {
  keras.utils.set_random_seed(1);
  const layer = L.BatchNormalization({ momentum: 0.5 });
  const x = K.convert_to_tensor([
    [1.5, 2],
    [3, 7.25],
  ]);
  layer(x);
  const [gamma, beta] = [K.convert_to_tensor([2, 0.5]), K.convert_to_tensor([1, -1.5])];
  const before = layer.get_weights().map(flat);
  const others = layer.non_trainable_variables.map((v) => v.value);
  const [y, after] = layer.stateless_call([gamma, beta], others, x, { training: true }) as unknown as [
    Tensor,
    Tensor[],
  ];
  expect(layer.get_weights().map(flat)).toEqual(before);
  layer.set_weights([gamma, beta, ...others]);
  expect(flat(y)).toEqual(flat(layer(x, { training: true })));
  expect(after.map(flat)).toEqual(layer.non_trainable_variables.map(flat));
});

test("gradients go to the values", () => {
  const layer = L.Dense(2, { kernel_regularizer: "l2" });
  const x = K.convert_to_tensor([[1.5, 2]]);
  layer(x);
  const values = [
    K.convert_to_tensor([
      [1.5, 2],
      [3, -4],
    ]),
    K.convert_to_tensor([0.5, 0.25]),
  ];
  const [tape, loss, losses] = keras.GradientTape((t) => {
    for (const v of values) t.watch(v);
    const [y, , own] = layer.stateless_call(values, [], x, { return_losses: true }) as unknown as [
      Tensor,
      unknown,
      Tensor[],
    ];
    return [t, K.sum(y), own] as const;
  });
  expect(flat((tape.gradient(loss, values as never) as Tensor[])[0])).toEqual([1.5, 1.5, 2, 2]);
  expect(flat(losses[0])[0]).toBeCloseTo(0.01 * (1.5 ** 2 + 4 + 9 + 16), 5);
});

test.each(["adam", "sgd", "nadam", "rmsprop"])("%s without state steps as with it", (name) => {
  const make = () => keras.Variable([1.5, -2, 0.25]);
  const v = make();
  const optimizer = keras.optimizers.get(name)!;
  optimizer.build([v]);
  const grad = K.convert_to_tensor([0.5, 0.25, -1]);
  let own: unknown = optimizer.variables.map((s) => s.value);
  let values: unknown = [v.value];
  for (let i = 0; i < 3; i++)
    [values, own] = optimizer.stateless_apply(own as Tensor[], [grad], values as Tensor[]) as unknown[];
  expect(flat(v)).toEqual([1.5, -2, 0.25]);
  expect(
    optimizer.variables
      .slice(2)
      .flatMap(flat)
      .every((n) => n === 0 || n === 1),
  ).toBe(true);
  for (let i = 0; i < 3; i++) optimizer.apply([grad], [v]);
  expect((values as Tensor[]).map(flat)).toEqual([flat(v)]);
  expect((own as Tensor[]).map(flat)).toEqual(optimizer.variables.map(flat));
});

test("metrics without state", () => {
  const m = keras.metrics.MeanSquaredError();
  let own = m.variables.map((v) => v.value);
  own = m.stateless_update_state(own, [[1.5], [2]], [[1], [4]]) as never;
  expect(flat(m.stateless_result(own))[0]).toBeCloseTo((0.25 + 4) / 2, 6);
  expect(m.variables.flatMap(flat)).toEqual([0, 0]);
});

test("wrong numbers of variables", () => {
  const layer = L.Dense(2);
  expect(() => layer.stateless_call([], [])).toThrow("To call stateless_call, Dense must be built");
  layer.build([null, 3] as never);
  expect(() => layer.stateless_call([], [])).toThrow(
    "Received list with length 0, but expected 2 variables.",
  );
});
