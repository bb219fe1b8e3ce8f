import { Tuple } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import * as torch from "../index.js";

type T = torch.Tensor;
const array = ({ array }: GoldenArray): T => new torch.Tensor(new Value(array));
const cases = new Map(golden("torch/func", { array }).map((g) => [g.name, g.out]));
const [x, y, v, m, weight, bias] = cases.get("inputs") as [T, T, T, T, T, T];
const { func: F } = torch;
const A = torch.autograd.functional;

const scalar = (a: T, b: T): T => a.sin().mul(b.exp()).sum().add(a.mul(a).mul(b).prod());
const vector = (a: T, b: T): T => torch.stack([a.mul(b).sum(), a.pow(3).sum(), b.cos().prod()]);
const pair = (a: T) => Tuple.of_<unknown>([a.pow(2), { s: a.sum().mul(a) }]);
const one = (a: T): T => scalar(a, y);
const net = torch.nn.Linear(3, 2).double();
const state = { weight, bias };

const CALLS: Readonly<Record<string, () => unknown>> = {
  grad: () => F.grad(scalar)(x, y),
  "grad both": () => F.grad(scalar, [0, 1])(x, y),
  "grad of grad": () => F.grad((a: T) => F.grad(one)(a).sum())(x),
  grad_and_value: () => F.grad_and_value(scalar)(x, y),
  "grad with aux": () => F.grad((a: T) => [one(a), a.mul(2)], { has_aux: true })(x),
  jacrev: () => F.jacrev(vector)(x, y),
  "jacrev both": () => F.jacrev(vector, { argnums: [0, 1] })(x, y),
  jacfwd: () => F.jacfwd(vector)(x, y),
  "jacrev of a structure": () => F.jacrev(pair)(x),
  hessian: () => F.hessian(one)(x),
  jvp: () => F.jvp(vector, [x, y], [v, y]),
  vjp: () => {
    const [out, pull] = F.vjp(vector, x, y);
    return Tuple.of_([out, pull(v)]);
  },
  vmap: () => F.vmap((a: T, b: T) => a.mul(b).sum(), [0, null])(m, y),
  "vmap out_dims": () => F.vmap((a: T) => a.mul(y), { out_dims: 1 })(m),
  "vmap of grad": () => F.vmap(F.grad(one))(m),
  "vmap in_dims 1": () => F.vmap((a: T) => Tuple.of_([a.cos(), a.sum()]), { in_dims: 1 })(m),
  "functional jacobian": () => A.jacobian(vector, [x, y]),
  "functional jacobian of one": () => A.jacobian((a: T) => a.pow(2), x),
  "functional hessian": () => A.hessian(scalar, [x, y]),
  "functional vjp": () => A.vjp(vector, [x, y], v),
  "functional jvp": () => A.jvp(vector, [x, y], [v, y]),
  "functional hvp": () => A.hvp(one, x, v),
  "functional vhp": () => A.vhp(scalar, [x, y], [v, y]),
  functional_call: () => F.functional_call(net, state, [x]).detach(),
  "grad of functional_call": () =>
    F.grad((s: typeof state) => F.functional_call(net, s, [x]).pow(2).sum())(state),
};

test.each(Object.keys(CALLS))("%s", (name) => {
  const before = net.weight;
  const got = CALLS[name]!();
  expect(got).toMatchGolden(cases.get(name));
  expect(net.weight).toBe(before);
});

test("results want no gradient unless what went in did", () => {
  expect(F.grad(one)(x).requires_grad).toBe(false);
  const wanting = x.clone().requires_grad_();
  const g = F.grad(one)(wanting) as T;
  g.sum().backward();
  expect(wanting.grad).toMatchGolden(cases.get("grad of grad"));
});
