import { golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../../index.js";
import type { Optimizer } from "../optimizer.js";
import type { LRScheduler } from "./scheduler.js";

const S = torch.optim.lr_scheduler;

/** One with momentum or one with betas, with two groups. */
function optimizerOf(name: string): Optimizer {
  const groups = [0, 1].map((i) => ({
    params: [torch.nn.Parameter(torch.zeros(1))],
    ...(i === 1 ? { lr: 0.25 } : {}),
  }));
  return name === "SGD"
    ? torch.optim.SGD(groups, { lr: 0.1, momentum: 0.9 })
    : torch.optim.Adam(groups, { lr: 0.1 });
}

const ratesOf = (o: Optimizer): number[] => o.param_groups.map((g) => g.lr);

function trace(scheduler: LRScheduler, optimizer: Optimizer, metrics?: readonly number[]): object {
  const rates: number[][] = [];
  const momenta: unknown[] = [];
  for (let epoch = 0; epoch < 20; epoch++) {
    rates.push(ratesOf(optimizer));
    momenta.push(optimizer.param_groups.map((g) => ("betas" in g ? (g.betas as number[])[0] : g.momentum)));
    optimizer.step();
    if (epoch === 19) break;
    (scheduler.step as (x?: number) => void)(...(metrics ? [metrics[epoch]!] : []));
  }
  return { rates, momenta, last: scheduler.get_last_lr() };
}

const EXACT = { rtol: 1e-14, atol: 0 };

describe("torch.optim.lr_scheduler", () => {
  test.each(golden("torch/optim", {}, "schedules.json"))("$name", (g) => {
    const optimizer = optimizerOf(g.optimizer as string);
    const C = (S as unknown as Record<string, new (...args: unknown[]) => LRScheduler>)[
      g.scheduler as string
    ]!;
    const scheduler = new C(optimizer, g.kwargs);
    if (g.epochs) {
      const rates = (g.epochs as number[]).map((epoch) => {
        optimizer.step();
        scheduler.step(epoch);
        return ratesOf(optimizer);
      });
      expect(rates).toMatchGolden(g.rates, EXACT);
      return;
    }
    const { rates, momenta, last } = g;
    expect(trace(scheduler, optimizer, g.metrics as number[] | undefined)).toMatchGolden(
      { rates, momenta, last },
      EXACT,
    );
    expect(scheduler.state_dict()).toMatchGolden(g.state, EXACT);
  });

  const combined: Record<string, (o: Optimizer) => LRScheduler> = {
    SequentialLR: (o) =>
      S.SequentialLR(
        o,
        [
          S.ConstantLR(o, { factor: 0.1, total_iters: 2 }),
          S.ExponentialLR(o, { gamma: 0.9 }),
          S.StepLR(o, 2),
        ],
        { milestones: [4, 9] },
      ),
    ChainedScheduler: (o) =>
      S.ChainedScheduler([
        S.ConstantLR(o, { factor: 0.1, total_iters: 2 }),
        S.ExponentialLR(o, { gamma: 0.9 }),
      ]),
    LambdaLR: (o) => S.LambdaLR(o, [(e) => 0.95 ** e, (e) => 1 / (e + 1)]),
    MultiplicativeLR: (o) => S.MultiplicativeLR(o, () => 0.95),
    SWALR: (o) => torch.optim.swa_utils.SWALR(o, { swa_lr: 0.05, anneal_epochs: 5 }),
  };
  test.each(golden("torch/optim", {}, "combined.json"))("$name", ({ name, ...expected }) => {
    const optimizer = optimizerOf("SGD");
    expect(trace(combined[name]!(optimizer), optimizer)).toMatchGolden(expected, EXACT);
  });
});
