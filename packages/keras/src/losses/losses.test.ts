import { kw, repr } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { GradientTape } from "../backend/tape.js";
import { Tensor } from "../backend/tensor.js";
import { serialized } from "../object-registry.js";
import "../saving/serialization-lib.js";
import * as losses from "./index.js";

const array = ({ array: a }: GoldenArray): Tensor => new Tensor(new Value(a));
type Options = Record<string, unknown>;
type Loss = (...args: unknown[]) => Tensor;
const module = losses as unknown as Record<string, (...args: unknown[]) => unknown>;

/** float32 sums in another order than TensorFlow's. */
const CLOSE = { rtol: 2e-5, atol: 2e-6 };

/** A loss and its gradient in the predictions. */
function valueAndGradient(f: (p: Tensor) => Tensor, p: Tensor): [Tensor, unknown] {
  const [tape, y] = GradientTape((tape) => {
    tape.watch(p);
    return [tape, f(p)] as const;
  });
  return [y, tape.gradient(y, p)];
}

/** A config with its entries in the order of another's: dicts of Python are compared without it. */
const inOrder = (like: unknown, config: unknown): unknown => {
  const given = config as Record<string, unknown>;
  const keys = Object.keys(like as object);
  expect([...keys].sort()).toEqual(Object.keys(given).sort());
  return Object.fromEntries(keys.map((k) => [k, given[k]]));
};

const cases = golden("keras/losses", { array });

describe("keras.losses", () => {
  test.each(cases.filter((g) => !g.error))("$name", (g) => {
    const options = g.options as Options;
    const [t, p] = [g.y_true as Tensor, g.y_pred as Tensor];
    if (g.mask) p._keras_mask = g.mask as Tensor;
    const loss = g.function
      ? (p: Tensor) => module[g.function as string]!(t, p, kw(options)) as Tensor
      : (() => {
          const own = module[g.loss as string]!(kw(options)) as Loss & { get_config(): unknown };
          if (g.config) expect(repr(own.get_config())).toBe(repr(inOrder(own.get_config(), g.config)));
          return (p: Tensor) => own(t, p, g.sample_weight ?? null);
        })();
    const [y, gradient] = valueAndGradient(loss, p);
    expect(y).toMatchGolden(g.value, CLOSE);
    expect(gradient).toMatchGolden(g.gradient, CLOSE);
  });

  const errors: Record<string, () => unknown> = {
    reduction: () => losses.MeanSquaredError({ reduction: "avg" as never }),
    identifier: () => losses.get("mean_squared"),
    "weights shape": () =>
      losses.MeanSquaredError()(zeros([2, 3, 4]), zeros([2, 3, 4]), { sample_weight: zeros([2]) }),
    "ctc rank": () => losses.ctc(zeros([3]), zeros([1, 2, 3])),
    q: () => losses.CategoricalGeneralizedCrossEntropy(1.5),
  };
  const zeros = (shape: readonly number[]): Tensor =>
    new Tensor(new Value((cases[0]!.y_true as Tensor)._value.full(shape, 0).array));
  test.each(cases.filter((g) => g.error))("$name", (g) => {
    const f = errors[(g.name as string).replace("error ", "")]!;
    expect(f).toThrow(
      g.name === "error reduction" ? /Invalid value for argument `reduction`/ : (g.message as string),
    );
  });

  test("a class round-trips through its config", () => {
    const loss = losses.Huber({ delta: 0.5, name: "h" });
    const config = serialized(loss) as { class_name: string; module: string };
    expect([config.module, config.class_name]).toEqual(["keras.losses", "Huber"]);
    expect((losses.deserialize(config) as typeof loss).name).toBe("h");
  });
});
