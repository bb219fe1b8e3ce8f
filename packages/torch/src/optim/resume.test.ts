import { writeFileAtomic } from "@cognate/formats";
import { fixtureBytes, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";
import type { LRScheduler } from "./lr_scheduler/scheduler.js";
import type { Optimizer } from "./optimizer.js";

// The training of test-fixtures/torch/resume/training.py, interrupted there and continued here, and the other way round.

const { nn, optim } = torch;
const S = optim.lr_scheduler;

class Net extends nn.Module {
  table = nn.Embedding(6, 4);
  body = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Dropout(0.25), nn.Linear(6, 3));
  override forward(ids: torch.Tensor): torch.Tensor {
    return this.body(this.table(ids).mean(1)) as torch.Tensor;
  }
}

const ENVIRONMENT = (globalThis as unknown as { process: { env: Record<string, string | undefined> } })
  .process.env;

type Parts = readonly [Net, Optimizer, LRScheduler];
const OPTIMIZERS: Readonly<Record<string, (m: Net) => readonly [Optimizer, (o: Optimizer) => unknown]>> = {
  "sgd-step": (m) => [
    optim.SGD(m.parameters(), { lr: 0.1, momentum: 0.9, nesterov: true }),
    (o) => S.StepLR(o, 2, { gamma: 0.5 }),
  ],
  "adamw-onecycle": (m) => [
    optim.AdamW(m.parameters(), { lr: 0.01, amsgrad: true }),
    (o) => S.OneCycleLR(o, { max_lr: 0.05, total_steps: 10 }),
  ],
  "groups-cosine": (m) => [
    optim.Adam(
      [
        { params: m.table.parameters() },
        { params: m.body.parameters(), lr: 0.02, weight_decay: 0.1 },
      ] as never,
      { lr: 0.05 },
    ),
    (o) => S.CosineAnnealingWarmRestarts(o, 2, 2),
  ],
  "rmsprop-plateau": (m) => [
    optim.RMSprop(m.parameters(), { lr: 0.01, momentum: 0.5, centered: true }),
    (o) => S.ReduceLROnPlateau(o, { patience: 0, factor: 0.5 }),
  ],
  "nadam-sequential": (m) => [
    optim.NAdam(m.parameters(), { lr: 0.02 }),
    (o) => S.SequentialLR(o, [S.LinearLR(o, 0.1, { total_iters: 2 }), S.ExponentialLR(o, 0.9)], [4]),
  ],
  "adafactor-chained": (m) => [
    optim.Adafactor(m.parameters(), { lr: 0.05 }),
    (o) => S.ChainedScheduler([S.ConstantLR(o, 0.5, 4), S.PolynomialLR(o, 9, 2)]),
  ],
  "lbfgs-cyclic": (m) => [
    optim.LBFGS(m.parameters(), { lr: 0.5, max_iter: 3, history_size: 4 }),
    (o) => S.CyclicLR(o, 0.1, 0.6, 2, { cycle_momentum: false }),
  ],
  "radam-multistep": (m) => [
    optim.RAdam(m.parameters(), { lr: 0.05, decoupled_weight_decay: true, weight_decay: 0.01 }),
    (o) => S.MultiStepLR(o, [2, 5], 0.3),
  ],
};

function start(name: string): Parts {
  torch.manual_seed(7);
  const model = new Net();
  const [optimizer, schedule] = OPTIMIZERS[name]!(model);
  return [model, optimizer, schedule(optimizer) as LRScheduler];
}

/** One step on a fresh batch; its loss before the step, and the rates after it. */
function step([model, optimizer, scheduler]: Parts): [number, number[]] {
  const ids = torch.randint(0, 6, [5, 3]);
  const target = torch.randn(5, 3);
  const state = torch.get_rng_state();
  const loss = optimizer.step(() => {
    // A line search evaluates one batch several times, with the same units dropped.
    if (optimizer instanceof optim.LBFGS) torch.set_rng_state(state);
    optimizer.zero_grad();
    const loss = (model(ids) as torch.Tensor).sub(target).pow(2).mean();
    loss.backward();
    return loss;
  }) as torch.Tensor;
  const value = Number(loss.item());
  if (scheduler instanceof S.ReduceLROnPlateau) scheduler.step(value);
  else scheduler.step();
  return [value, optimizer.param_groups.map((g) => Number(g.lr))];
}

const steps = (n: number, parts: Parts): [number, number[]][] => Array.from({ length: n }, () => step(parts));

const checkpoint = ([model, optimizer, scheduler]: Parts) => ({
  model: model.state_dict(),
  optimizer: optimizer.state_dict(),
  scheduler: scheduler.state_dict(),
  rng: torch.get_rng_state(),
});
type Saved = ReturnType<typeof checkpoint>;

function restore(saved: Saved, [model, optimizer, scheduler]: Parts): void {
  model.load_state_dict(saved.model);
  optimizer.load_state_dict(saved.optimizer);
  scheduler.load_state_dict(saved.scheduler);
  torch.set_rng_state(saved.rng);
}

/** Rates are the same numbers; a loss has the rounding of the steps before it. */
const CLOSE = { rtol: 1e-5, atol: 1e-6 };
/** Eight line searches multiply it. */
const NEAR = { rtol: 1e-4, atol: 1e-5 };

describe("training goes on", () => {
  test.each(golden("torch/resume"))("$name: from PyTorch's file as in PyTorch", (g) => {
    const parts = start(g.name);
    restore(torch.load(fixtureBytes(`torch/resume/${g.name}.pt`)), parts);
    expect(steps(5, parts)).toMatchGolden(g.after, CLOSE);
  });

  test.each(golden("torch/resume"))("$name: from the start as in PyTorch", (g) => {
    const parts = start(g.name);
    const close = g.name.startsWith("lbfgs") ? NEAR : CLOSE;
    expect(steps(3, parts)).toMatchGolden(g.before, close);
    expect(steps(5, parts)).toMatchGolden(g.after, close);
  });

  test.each(golden("torch/resume"))("$name: from our own file as without the interruption", ({ name }) => {
    const parts = start(name);
    steps(3, parts);
    const file = torch.save(checkpoint(parts)) as Uint8Array;
    const straight = steps(5, parts);
    const fresh = start(name);
    restore(torch.load(file), fresh);
    expect(steps(5, fresh)).toEqual(straight);
    const folder = ENVIRONMENT.COGNATE_WRITTEN;
    if (!folder) return;
    writeFileAtomic(`${folder}/${name}.pt`, [file]);
    writeFileAtomic(`${folder}/${name}.json`, [new TextEncoder().encode(JSON.stringify(straight))]);
  });
});
