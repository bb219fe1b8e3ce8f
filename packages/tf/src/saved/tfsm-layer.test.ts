import * as keras from "@cognate/keras";
import { fromStrided } from "@cognate/ndarray";
import { fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import "../index.js";

const cases = golden("keras/saving/export", { array: (a: GoldenArray) => fromStrided(a.array) });

test.each(cases)("keras.layers.TFSMLayer of what Keras exported: $name", (c) => {
  const folder = fixturePath(`keras/saving/export/${c.name}`);
  const x = keras.ops.array(c.x as never);
  const layer = keras.layers.TFSMLayer(folder, { call_endpoint: "serving_default" });
  const named = (layer as unknown as (x: unknown) => { output_0: keras.Tensor })(x);
  expect(named.output_0).toMatchGolden(c.y, { rtol: 1e-5, atol: 1e-6 });
  expect(layer.weights.map((w) => w.path).sort()).toEqual(c.weights);
  const served = keras.layers.TFSMLayer(folder);
  const model = keras.Sequential([keras.Input([6]), served as never]);
  expect(model.output_shape).toEqual([null, 2]);
  expect(model.predict(c.x as never, { verbose: 0 })).toMatchGolden(c.served, { rtol: 1e-5, atol: 1e-6 });
  expect(() => keras.layers.TFSMLayer(folder, { call_endpoint: "other" })).toThrow(
    "The endpoint 'other' is neither an attribute of the reloaded SavedModel",
  );
});
