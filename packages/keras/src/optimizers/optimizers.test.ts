import { kw } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { clear_session } from "../backend/global-state.js";
import { Tensor } from "../backend/tensor.js";
import { Variable } from "../backend/variable.js";
import { NonNeg } from "../constraints/index.js";
import * as optimizers from "./index.js";
import type { OptimizerImpl } from "./optimizer.js";

const array = ({ array: a }: GoldenArray): Tensor => new Tensor(new Value(a));
type Options = Record<string, unknown>;
type Make = (...args: unknown[]) => OptimizerImpl;
const module = optimizers as unknown as Record<string, Make>;
const schedules = optimizers.schedules as unknown as Record<
  string,
  (...args: unknown[]) => { (step: number): Tensor; get_config(): unknown }
>;

const [inputs] = golden("keras/optimizers", { array }, "inputs.json") as unknown as readonly {
  start: Tensor[];
  grads: Tensor[][];
}[];
const { start, grads } = inputs!;
const fresh = (): Variable[] => start.map((v, i) => new Variable(v, { name: "wb"[i]! }));
const cases = golden("keras/optimizers", { array });

/** Six steps of float32 arithmetic. */
const CLOSE = { rtol: 2e-5, atol: 1e-6 };
const plain = (x: unknown): unknown =>
  JSON.parse(JSON.stringify(x, (_k, v) => (v instanceof Number ? Number(v) : v)));

describe("keras.optimizers", () => {
  test.each(cases.filter((g) => g.optimizer))("$name", (g) => {
    clear_session();
    const variables = fresh();
    const o = module[g.optimizer as string]!(kw(g.options as Options));
    (g.after as Tensor[][]).forEach((after, step) => {
      o.apply(grads[step]!, variables);
      expect(variables.map((v) => v.value)).toMatchGolden(after, CLOSE);
    });
    o.finalize_variable_values(variables);
    expect(variables.map((v) => v.value)).toMatchGolden(g.final, CLOSE);
    const kept = g.variables as { path: string; value: Tensor }[];
    expect(o.variables.map((v) => v.path)).toEqual(kept.map((v) => v.path));
    expect(o.variables.map((v) => v.value)).toMatchGolden(
      kept.map((v) => v.value),
      CLOSE,
    );
    const { learning_rate: rate, ...config } = o.get_config();
    const { learning_rate: wanted, ...rest } = g.config as Options;
    expect(Number(rate)).toBe(Number(wanted));
    expect(plain(config)).toEqual(plain(rest));
    expect(Object.keys(config).sort()).toEqual(Object.keys(rest).sort());
  });

  const find = (kind: string) => cases.find((g) => g.kind === kind)!;
  test("schedule and constraint", () => {
    clear_session();
    const g = find("schedule");
    const [w, b] = fresh();
    w!.constraint = NonNeg() as never;
    const o = optimizers.SGD(optimizers.schedules.ExponentialDecay(0.1, 2, 0.5));
    (g.after as [Tensor, Tensor, number][]).forEach((after, step) => {
      const [gw, gb] = grads[step]!;
      o.apply_gradients([
        [gw!, w!],
        [gb!, b!],
      ]);
      expect([w!.value, b!.value, Number(o.learning_rate)]).toMatchGolden(after, CLOSE);
    });
    expect(o.variables.map((v) => v.path)).toEqual(g.variables);
  });

  test("loss scale", () => {
    clear_session();
    const g = find("loss scale");
    const variables = fresh();
    const o = optimizers.LossScaleOptimizer(optimizers.SGD(0.1), {
      initial_scale: 8,
      dynamic_growth_steps: 2,
    });
    (g.after as unknown[][]).forEach((after, step) => {
      const factor = step === 3 ? Number.POSITIVE_INFINITY : 8;
      o.apply(
        grads[step]!.map((x) => x.mul(factor)),
        variables,
      );
      expect([
        ...variables.map((v) => v.value),
        Number(o.dynamic_scale),
        Number(o.step_counter),
      ]).toMatchGolden(after, CLOSE);
    });
    expect(o.variables.map((v) => v.path)).toEqual(g.variables);
    expect(Number(o.scale_loss(new Tensor(start[0]!._value.full([], 1.5))))).toBe(Number(g.scaled));
  });

  test.each(cases.filter((g) => g.schedule))("$name", (g) => {
    const s = schedules[g.schedule as string]!(kw(g.options as Options));
    const steps = [0, 1, 2, 3, 5, 7, 8, 9, 11, 13, 20];
    expect(steps.map((i) => Number(s(i)))).toMatchGolden(g.values, CLOSE);
    expect(plain(s.get_config())).toEqual(plain(g.config));
  });

  const { ExponentialDecay, PiecewiseConstantDecay } = optimizers.schedules;
  const errors: Record<string, () => unknown> = {
    "two clips": () => optimizers.SGD({ clipnorm: 1, clipvalue: 1 }),
    momentum: () => optimizers.SGD({ momentum: 1.5 }),
    unknown: () => module.Adam!({ lr: 0.1 }),
    steps: () => optimizers.Adam({ gradient_accumulation_steps: 1 }),
    ema: () => optimizers.Adam({ use_ema: true, ema_momentum: 1.5 }),
    identifier: () => optimizers.get("adm"),
    "learning rate": () => module.SGD!("fast"),
    "no gradient": () => optimizers.SGD().apply([null], [new Variable([1])]),
    "not built": () => optimizers.SGD().apply([start[0]!]),
    "decay steps": () => ExponentialDecay(0.1, 0, 0.5),
    boundaries: () => PiecewiseConstantDecay([1, 2], [0.5, 0.1]),
    lion: () => optimizers.Lion({ beta_1: 0 }),
    ftrl: () => optimizers.Ftrl({ l1_regularization_strength: -1 }),
    "set scheduled": () => {
      optimizers.SGD(ExponentialDecay(0.1, 1, 0.5)).learning_rate = 0.2;
    },
  };
  /** Numbers that Python would write with a point. */
  const unpointed = (text: string): string => text.replace(/(\d)\.0\b/g, "$1");
  test.each(cases.filter((g) => g.error))("$name", (g) => {
    let message = "";
    try {
      errors[(g.name as string).replace("error ", "")]!();
    } catch (e) {
      message = `${(e as Error).name}: ${(e as Error).message}`;
    }
    expect(unpointed(message)).toBe(unpointed(`${g.error as string}: ${g.message as string}`));
  });
});
