import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../../index.js";

// The programs of test-fixtures/torch/nn/utils/generate.py.

const { nn } = torch;
const { utils } = nn;
const { parametrizations, parametrize, prune } = utils;
type Module = torch.nn.Module;

const array = ({ array }: GoldenArray): torch.Tensor => new torch.Tensor(new Value(array));
const range = (...shape: number[]): torch.Tensor =>
  torch
    .arange(shape.reduce((a, b) => a * b, 1))
    .float()
    .view(...shape);
const X = range(2, 3).sin();
const IMAGE = range(2, 1, 4, 4).cos();

function told(m: Module, x = X): unknown[] {
  const y = m(x);
  y.pow(2).sum().backward();
  const state = m.state_dict();
  return [
    String(m),
    Object.keys(state),
    ...Object.values(state),
    y.detach(),
    ...[...m.parameters()].map((p) => p.grad),
  ];
}
const keys = (m: Module): string[] => Object.keys(m.state_dict());
const biasOf = (m: Module): torch.Tensor => (m as unknown as { bias: torch.Tensor }).bias.detach();
const weightOf = (m: Module): torch.Tensor => (m as unknown as { weight: torch.Tensor }).weight.detach();

class Symmetric extends nn.Module {
  override forward(x: torch.Tensor): torch.Tensor {
    return x.triu().add(x.triu(1).mT);
  }
}
class Half extends nn.Module {
  override forward(x: torch.Tensor): torch.Tensor {
    return x.div(2);
  }
  right_inverse(x: torch.Tensor): torch.Tensor {
    return x.mul(2);
  }
}

const programs: Readonly<Record<string, () => unknown[]>> = {
  old_weight_norm() {
    const m = utils.weight_norm(nn.Linear(3, 2));
    const out = told(m);
    utils.remove_weight_norm(m);
    return [...out, keys(m), weightOf(m)];
  },
  old_weight_norm_of_everything: () => told(utils.weight_norm(nn.Linear(3, 2), { dim: null })),
  old_spectral_norm() {
    const m = utils.spectral_norm(nn.Linear(3, 2), { n_power_iterations: 2 });
    const out = [...told(m), ...told(m.eval())];
    utils.remove_spectral_norm(m);
    return [...out, keys(m), weightOf(m)];
  },
  old_spectral_norm_of_a_transposed_convolution: () =>
    told(utils.spectral_norm(nn.ConvTranspose2d(1, 2, 2)), IMAGE),
  new_weight_norm() {
    const m = parametrizations.weight_norm(nn.Linear(3, 2)) as Module & { weight: torch.Tensor };
    const out = told(m);
    m.weight = torch.ones(2, 3);
    out.push(m.state_dict()["parametrizations.weight.original0"]);
    out.push(parametrize.is_parametrized(m), parametrize.is_parametrized(m, "bias"));
    parametrize.remove_parametrizations(m, "weight");
    return [...out, String(m), keys(m), weightOf(m)];
  },
  new_spectral_norm() {
    const m = parametrizations.spectral_norm(nn.Linear(3, 2));
    const out = [...told(m), ...told(m.eval())];
    parametrize.remove_parametrizations(m, "weight");
    return [...out, keys(m), weightOf(m)];
  },
  orthogonal_square: () => told(parametrizations.orthogonal(nn.Linear(3, 3))),
  orthogonal_wide: () => told(parametrizations.orthogonal(nn.Linear(3, 2))),
  orthogonal_cayley: () => told(parametrizations.orthogonal(nn.Linear(3, 2), { orthogonal_map: "cayley" })),
  orthogonal_plain: () =>
    told(
      parametrizations.orthogonal(nn.Linear(3, 3), {
        orthogonal_map: "householder",
        use_trivialization: false,
      }),
    ),
  two_parametrizations() {
    const m = nn.Linear(3, 3);
    parametrize.register_parametrization(m, "weight", new Half());
    parametrize.register_parametrization(m, "weight", new Symmetric());
    const same = parametrize.cached(() => new Set([m.weight, m.weight]).size === 1);
    const out = [...told(m), same];
    parametrize.remove_parametrizations(m, "weight", { leave_parametrized: false });
    return [...out, keys(m), weightOf(m)];
  },
  fused_convolution() {
    const [conv, bn] = [nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)];
    bn(conv(IMAGE));
    const m = utils.fuse_conv_bn_eval(conv.eval(), bn.eval());
    return [String(m), weightOf(m), biasOf(m), bn(conv(IMAGE)).detach(), m(IMAGE).detach()];
  },
  fused_linear() {
    const [fc, bn] = [nn.Linear(3, 2, { bias: false }), nn.BatchNorm1d(2)];
    bn(fc(X));
    const m = utils.fuse_linear_bn_eval(fc.eval(), bn.eval());
    return [weightOf(m), biasOf(m)];
  },
  pruned_by_magnitude() {
    const m = prune.l1_unstructured(nn.Linear(3, 2), "weight", 2);
    prune.l1_unstructured(m, "weight", 0.5);
    const out = [...told(m), prune.is_pruned(m)];
    prune.remove(m, "weight");
    return [...out, keys(m), weightOf(m), prune.is_pruned(m)];
  },
  pruned_at_random() {
    const m = prune.random_unstructured(nn.Linear(3, 2), "weight", 0.4);
    prune.random_unstructured(m, "bias", 1);
    return told(m);
  },
  pruned_slices() {
    const m = prune.ln_structured(nn.Conv2d(1, 3, 2), "weight", 1, 2, 0);
    prune.ln_structured(m, "weight", 0.5, Number.POSITIVE_INFINITY, -1);
    return told(m, IMAGE);
  },
  pruned_random_slices: () => told(prune.random_structured(nn.Linear(3, 4), "weight", 2, 0)),
  pruned_by_a_mask() {
    const mask = torch.tensor([
      [1, 0, 1],
      [0, 1, 1],
    ]);
    return told(prune.custom_from_mask(prune.identity(nn.Linear(3, 2), "bias"), "weight", mask));
  },
  pruned_together() {
    const m = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2));
    const targets = [
      [m.at(0), "weight"],
      [m.at(1), "weight"],
    ] as const;
    prune.global_unstructured(targets as never, prune.l1_unstructured, { amount: 0.3 });
    return told(m);
  },
  adaptive_softmax() {
    const m = nn.AdaptiveLogSoftmaxWithLoss(4, 10, [3, 6], { div_value: 2 });
    const x = range(3, 4).sin();
    const y = m(x, torch.tensor([0, 4, 9]));
    y.loss.backward();
    const grads = [...m.parameters()].map((p) => p.grad);
    return [String(m), String(y), m.log_prob(x).detach(), m.predict(x), keys(m), ...grads];
  },
  cross_map() {
    const x = range(2, 5, 2, 4).cos();
    const m = nn.CrossMapLRN2d(4, 0.5, 0.6, 2);
    return [String(m), m(x), nn.CrossMapLRN2d(3, 0.7)(x)];
  },
  data_parallel: () => told(nn.DataParallel(nn.Linear(3, 2))),
  orthogonal_init: () => [
    nn.init.orthogonal_(torch.empty(2, 3), { gain: 2 }),
    nn.init.orthogonal_(torch.empty(3, 2, 1)),
  ],
};

describe("torch.nn.utils", () => {
  test.each(golden("torch/nn/utils", { array }))("$name", ({ name, values }) => {
    torch.manual_seed(5);
    const got = programs[name as string]!();
    const want = values as unknown[];
    expect(got.length).toBe(want.length);
    want.forEach((value, i) => {
      if (value instanceof torch.Tensor) expect(got[i], String(i)).toMatchGolden(value);
      else expect(got[i], String(i)).toEqual(value);
    });
  });
});
