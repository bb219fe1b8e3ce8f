import { fromStrided, type ndarray } from "@cognate/ndarray";
import { fixtureBytes, fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as keras from "../index.js";

const FOLDER = fixturePath("keras/saving/");

interface Case {
  readonly name: string;
  readonly x: never;
  readonly y: ndarray;
  readonly out: ndarray;
  readonly losses: readonly number[];
  readonly params: number;
}
const cases = golden("keras/saving", {
  array: (a: GoldenArray) => fromStrided(a.array),
}) as unknown as readonly Case[];

const flat = (x: unknown): number[] => ((x as { tolist(): unknown }).tolist() as never[]).flat(9).map(Number);
const close = (got: unknown, wanted: unknown, tolerance = 1e-5): void => {
  const a = flat(got);
  const b = flat(wanted);
  expect(a.length).toBe(b.length);
  a.forEach((v, i) =>
    expect(Math.abs(v - b[i]!)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b[i]!))),
  );
};

/** The model of a file; one of weights alone gets its layers here. */
function open(name: string): keras.Model {
  if (!name.endsWith(".weights.h5")) return keras.models.load_model(FOLDER + name);
  const model = keras.Sequential([
    keras.Input([4]),
    keras.layers.Dense(3, { name: "a" }),
    keras.layers.Dense(2, { name: "b" }),
  ]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  model.load_weights(FOLDER + name);
  return model;
}

describe.each(cases)("$name", (c) => {
  test("predicts as the library that wrote it", () => {
    const model = open(c.name);
    expect(model.count_params()).toBe(c.params);
    close(model(c.x), c.out);
  });
  test.each(["keras", "h5"])("written as .%s, predicts the same", (save_format) => {
    const model = open(c.name);
    const again = keras.models.load_model(model.save({ save_format })!);
    close(again(c.x), model(c.x), 0);
    expect(again.weights.map((w) => w.name)).toEqual(model.weights.map((w) => w.name));
  });
  test("trains on from the state that was saved", () => {
    const model = open(c.name);
    const { history } = model.fit(c.x, c.y, { batch_size: 4, epochs: 3, shuffle: false, verbose: 0 });
    close({ tolist: () => history.loss }, { tolist: () => c.losses }, 1e-4);
  });
  test("written, read and trained on, loses the same", () => {
    const model = keras.models.load_model(open(c.name).save()!);
    const { history } = model.fit(c.x, c.y, { batch_size: 4, epochs: 3, shuffle: false, verbose: 0 });
    close({ tolist: () => history.loss }, { tolist: () => c.losses }, 1e-4);
  });
});

describe("broken files", () => {
  const whole = fixtureBytes("keras/saving/functional.keras");
  const weights = (): number[][] => keras.models.load_model(whole).get_weights().map(flat);

  test("cut in half", () => {
    expect(() => keras.models.load_model(whole.subarray(0, whole.length >> 1))).toThrow(/keras|zip/);
    const h5 = fixtureBytes("keras/saving/rnn2.h5");
    expect(() => keras.models.load_model(h5.subarray(0, h5.length >> 1))).toThrow(/hdf5/);
  });
  test("weights that do not fit change nothing", () => {
    const model = keras.models.load_model(whole);
    expect(() => model.load_weights(`${FOLDER}conv.keras`)).toThrow(/could not be loaded/);
    expect(() => model.load_weights(`${FOLDER}conv2.h5`)).toThrow(/Layer count mismatch/);
    expect(model.get_weights().map(flat)).toEqual(weights());
  });
  test("a layer that nobody knows is named, with how to make it known", () => {
    class Mystery extends keras.layers.Layer {
      override call(x: never): unknown {
        return x;
      }
    }
    const model = keras.Sequential([keras.Input([2]), new Mystery({ name: "m" })]);
    const bytes = model.save()!;
    expect(() => keras.models.load_model(bytes)).toThrow(
      /Could not locate class 'Mystery'.*register_keras_serializable/,
    );
    expect(keras.models.load_model(bytes, { Mystery }).layers[0]).toBeInstanceOf(Mystery);
    const legacy = model.save({ save_format: "h5" })!;
    expect(() => keras.models.load_model(legacy)).toThrow(/Unknown layer: 'Mystery'/);
    expect(keras.models.load_model(legacy, { Mystery }).layers[0]).toBeInstanceOf(Mystery);
  });
});
