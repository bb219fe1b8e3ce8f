import { fromStrided, type ndarray } from "@cognate/ndarray";
import { fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { clear_session } from "../backend/global-state.js";
import type { Tensor } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import * as keras from "../index.js";
import * as tree from "../tree.js";

const FOLDER = fixturePath("keras/saving/more/");
const { layers: L } = keras;

interface Case {
  readonly name: string;
  readonly x: never;
  readonly y: never;
  readonly out: unknown;
  readonly losses: readonly number[];
  readonly params: number;
  readonly resumes: boolean;
}
const cases = golden("keras/saving/more", {
  array: (a: GoldenArray) => fromStrided(a.array),
}) as unknown as readonly Case[];

class Scale extends L.Layer {
  declare by: number;
  declare gain: Variable;
  constructor({ by = 2, ...options }: { by?: number } & Record<string, unknown> = {}) {
    super(options as never);
    this.by = by;
  }
  override build(input_shape: readonly number[]): void {
    this.gain = this.add_weight({ shape: [input_shape.at(-1)!], initializer: "ones", name: "gain" });
  }
  override call(x: Tensor): Tensor {
    return x.mul(this.gain).mul(this.by);
  }
  override get_config(): Record<string, unknown> {
    return { ...super.get_config(), by: this.by };
  }
}
class Net extends keras.Model {
  declare units: number;
  declare first: (x: unknown) => Tensor;
  declare rest: ((x: unknown) => Tensor)[];
  constructor({ units = 3, ...options }: { units?: number } & Record<string, unknown> = {}) {
    super(options as never);
    this.units = units;
    this.first = L.Dense(units, { activation: "tanh" });
    this.rest = [L.Dense(2), new Scale({ by: 0.5 }) as never];
  }
  override call(x: Tensor): Tensor {
    return this.rest.reduce((y, layer) => layer(y), this.first(x));
  }
  override get_config(): Record<string, unknown> {
    return { ...super.get_config(), units: this.units };
  }
}
const double = (x: Tensor): Tensor => x.mul(2);
const squared = (y_true: Tensor, y_pred: Tensor): Tensor =>
  keras.ops.square(keras.ops.subtract(y_true, y_pred));
const custom_objects = { Scale, Net, double, squared };

/** The layers of files that hold weights alone. */
const WEIGHTS: Readonly<Record<string, () => unknown[]>> = {
  "wide.weights.h5": () => [
    keras.Input([6, 6, 2]),
    L.Conv2D(2, 3, { name: "c" }),
    L.BatchNormalization({ name: "bn" }),
    L.Conv2DTranspose(2, 2, { name: "ct" }),
    L.Flatten({ name: "f" }),
    L.Reshape([5, 10], { name: "r" }),
    L.LSTM(2, { name: "l" }),
    L.Dense(1, { name: "y" }),
  ],
  "plain2.h5": () => [
    keras.Input([4]),
    L.Dense(3, { name: "a" }),
    L.BatchNormalization({ name: "bn" }),
    L.Dense(2, { name: "b" }),
  ],
  "weights2.weights.h5": () => [keras.Input([4]), L.Dense(3, { name: "a" }), L.Dense(2, { name: "b" })],
};
function open(name: string): keras.Model {
  const made = WEIGHTS[name];
  if (!made) return keras.models.load_model(FOLDER + name, custom_objects);
  const model = keras.Sequential(made() as never);
  model.load_weights(FOLDER + name);
  return model;
}

const numbers = (x: unknown): number[] => [x].flat(9).map(Number);
const flat = (x: unknown): number[] =>
  (tree.flatten(x) as ndarray[]).flatMap((a) => numbers((a as { tolist?(): unknown }).tolist?.() ?? a));
function close(got: unknown, wanted: unknown, tolerance = 1e-5): void {
  const [a, b] = [flat(got), flat(wanted)];
  expect(a.length).toBe(b.length);
  a.forEach((v, i) =>
    expect(Math.abs(v - b[i]!)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b[i]!))),
  );
}
const trained = (model: keras.Model, c: Case): readonly number[] =>
  model.fit(c.x, c.y, { batch_size: 4, epochs: 3, shuffle: false, verbose: 0 }).history.loss as number[];
const near = (a: readonly number[], b: readonly number[]): void => close(a, b, 1e-4);

describe.each(cases)("$name", (c) => {
  beforeEach(() => clear_session());
  test("predicts as the library that wrote it", () => {
    const model = open(c.name);
    expect(model.count_params()).toBe(c.params);
    close(model.predict(c.x, { batch_size: 4, verbose: 0 }), c.out);
  });
  test.runIf(c.resumes)("trains on from the state that was saved", () =>
    near(trained(open(c.name), c), c.losses),
  );
  test("written and read, predicts and trains on the same", () => {
    const model = open(c.name);
    const again = keras.models.load_model(model.save()!, custom_objects);
    close(again.predict(c.x, { batch_size: 4, verbose: 0 }), c.out);
    if (!c.resumes) return;
    near(trained(keras.models.load_model(open(c.name).save()!, custom_objects), c), c.losses);
  });
  test("written and read as .weights.h5", () => {
    const model = open(c.name);
    const again = open(c.name);
    again.set_weights(again.get_weights().map((w) => keras.ops.zeros_like(w as never) as never));
    again.load_weights(model.save_weights()!);
    close(again.predict(c.x, { batch_size: 4, verbose: 0 }), c.out);
  });
});
