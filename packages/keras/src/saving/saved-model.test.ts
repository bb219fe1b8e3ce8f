import { fromStrided } from "@cognate/ndarray";
import { className } from "@cognate/py";
import { fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import * as keras from "../index.js";

const cases = golden("keras/saving/saved_model", { array: (a: GoldenArray) => fromStrided(a.array) });
const folder = (name: string): string => fixturePath(`keras/saving/saved_model/${name}`);
const load = (name: string) => keras.models.load_model(folder(name)) as unknown as keras.Model;

test.each(cases)("a folder that tf_keras saved: $name", (c) => {
  const model = load(c.name as string);
  expect(model.predict(c.x as never, { verbose: 0 })).toMatchGolden(c.predicted, { rtol: 1e-5, atol: 1e-6 });
  expect([className(model.optimizer.constructor), Number(model.optimizer.iterations)]).toEqual([
    c.optimizer,
    c.steps,
  ]);
  const losses = c.losses as number[];
  if (losses.length === 0) return;
  const { history } = model.fit(
    c.x as never,
    c.y as never,
    { epochs: 3, verbose: 0, shuffle: false } as never,
  );
  expect(history.loss!.map(Number)).toMatchGolden(losses, { rtol: 1e-4, atol: 0 });
});
test("folders of other kinds are told apart", () => {
  expect(() => keras.models.load_model(fixturePath("keras/saving"))).toThrow(
    "the legacy SavedModel format is not supported by `load_model()` in Keras 3",
  );
});
