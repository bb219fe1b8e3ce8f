import { pyclass } from "@cognate/py";
import { describe, expect, test } from "vitest";
import { array, fill } from "../arrays.test.helper.js";
import * as keras from "../index.js";

const { layers, ops } = keras;
const numbers = (x: unknown): number[] =>
  ((x as { tolist(): unknown }).tolist() as never[]).flat(9).map(Number);

describe("classes of users", () => {
  const Net = pyclass(
    class Net extends keras.Model {
      constructor(units = 3, kwargs: object = {}) {
        super(kwargs);
        this.units = units;
        this.dense = layers.Dense(units);
      }
      override call(x: never): unknown {
        return this.dense(x);
      }
    },
  );

  test("are written and read, their arguments from their fields", () => {
    const net = Net(5, { name: "mine" });
    net(fill([1, 2]));
    const again = keras.models.load_model(net.save()!, { Net });
    expect(again).toBeInstanceOf(Net);
    expect((again as unknown as { units: number }).units).toBe(5);
    expect(numbers(again(fill([2, 2])))).toEqual(numbers(net(fill([2, 2]))));
  });
  test("given inputs and outputs are functional", () => {
    class Custom extends keras.Model {}
    const x = keras.Input([3]);
    const model = new Custom(x, layers.Dense(1)(x));
    expect(String(model)).toBe("<Custom name=custom, built=True>");
    expect(model.layers.length).toBe(2);
    expect(model(fill([4, 3])).shape).toEqual([4, 1]);
  });
  test("draw numbers for a batch of any length", () => {
    class Sampling extends keras.layers.Layer {
      override call(x: never): unknown {
        const noise = keras.random.normal({ shape: ops.shape(x) as never, seed: 1 });
        return ops.add(x, noise);
      }
    }
    const x = keras.Input([4]);
    const y = new Sampling()(x);
    expect(String(y.shape)).toBe("(None, 4)");
    expect(keras.Model(x, y)(fill([2, 4])).shape).toEqual([2, 4]);
  });
  test("say the shape of what they give", () => {
    class Halves extends keras.layers.Layer {
      override call(x: never): unknown {
        return [(x as keras.Tensor).at("...", ":2"), (x as keras.Tensor).at("...", "2:")];
      }
      override compute_output_spec(x: never): unknown {
        const { shape, dtype } = x as keras.KerasTensor;
        return [0, 1].map(() => keras.KerasTensor([...shape.slice(0, -1), 2], dtype));
      }
    }
    const x = keras.Input([4]);
    const [a, b] = new Halves()(x) as unknown as keras.KerasTensor[];
    expect([String(a!.shape), String(b!.shape)]).toEqual(["(None, 2)", "(None, 2)"]);
    const [left, right] = keras.Model(x, [a!, b!])(array([[1, 2, 3, 4]])) as unknown as keras.Tensor[];
    expect([numbers(left), numbers(right)]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe("graphs", () => {
  test("of indexing are written and read", () => {
    const x = keras.Input([5, 3]);
    const last = x.at(":", -1);
    const model = keras.Model(x, [
      last,
      x.at("...", 0),
      ops.concatenate([last, last], { axis: -1 }) as never,
    ]);
    const again = keras.models.load_model(model.save()!);
    const shapes = (m: keras.Model) => [...m(fill([2, 5, 3]))].map((t) => [...t.shape]);
    expect(shapes(model)).toEqual([
      [2, 3],
      [2, 5],
      [2, 6],
    ]);
    expect(shapes(again)).toEqual(shapes(model));
  });
  test("around a frozen model train only what is not frozen", () => {
    const base = keras.Sequential([keras.Input([2]), layers.Dense(3), layers.BatchNormalization()], {
      name: "base",
    });
    base.trainable = false;
    const x = keras.Input([2]);
    const model = keras.Model(x, layers.Dense(1)(base(x, { training: false })));
    model.compile({ optimizer: "adam", loss: "mse" });
    const before = base.get_weights().map(numbers);
    model.fit(fill([4, 2]), fill([4, 1]), { verbose: 0 });
    expect(base.get_weights().map(numbers)).toEqual(before);
    expect([model.trainable_weights.length, model.non_trainable_weights.length]).toEqual([2, 6]);
  });
});

test("a file that is not there", () => {
  expect(() => keras.models.load_model("none.keras")).toThrow(/^File not found: filepath=none.keras/);
  expect(() => keras.models.load_model("none.h5")).toThrow(/Unable to synchronously open file/);
});
