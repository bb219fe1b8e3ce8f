import { expect, test } from "vitest";
import * as keras from "../index.js";

test("a graph with a batch normalisation is written as Keras writes it and read again", () => {
  const x = keras.Input([3]);
  const line = (name: string) => keras.Input({ batch_shape: [3], name });
  const [mean, variance, offset, scale] = ["mean", "variance", "offset", "scale"].map(line) as [
    keras.KerasTensor,
    keras.KerasTensor,
    keras.KerasTensor,
    keras.KerasTensor,
  ];
  const y = keras.ops.batch_normalization(x, mean, variance, -1, offset, scale, 0.5);
  const model = keras.Model([x, mean, variance, offset, scale], y as never);
  const text = model.to_json();
  const layers = JSON.parse(text).config.layers as {
    class_name: string;
    config: Record<string, unknown>;
    inbound_nodes: { args: unknown[] }[];
  }[];
  const node = layers.find((l) => l.class_name === "BatchNorm")!;
  expect([node.config.axis, node.config.epsilon]).toEqual([-1, 0.5]);
  expect(node.inbound_nodes[0]!.args).toHaveLength(5);
  const again = keras.models.model_from_json(text);
  const given = [[[1, 2, 3]], [1, 1, 1], [0.5, 1.5, 3.5], [0, 1, 2], [1, 2, 4]].map((v) =>
    keras.ops.array(v, "float32"),
  );
  const numbers = (m: unknown): unknown => (m as (x: unknown) => keras.Tensor)(given).numpy().tolist();
  expect(numbers(again)).toEqual(numbers(model));
  const [[a, b, c]] = numbers(model) as [number[]];
  expect(a).toBeCloseTo(0, 6);
  expect(b).toBeCloseTo(2 / Math.SQRT2 + 1, 5);
  expect(c).toBeCloseTo((2 / 2) * 4 + 2, 5);
});
