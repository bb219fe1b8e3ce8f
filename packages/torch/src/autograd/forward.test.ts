import { Tuple } from "@cognate/py";
import { expect, test } from "vitest";
import * as torch from "../index.js";

type T = torch.Tensor;
const { forward_ad: fwAD } = torch.autograd;
const { func: F } = torch;
const double = { dtype: torch.float64 };
const x = torch.tensor([0.5, 1.5, -0.75], double);
const t = torch.tensor([1.25, -0.5, 2], double);
const tangentOf = (y: T): unknown => fwAD.unpack_dual(y).tangent?.tolist();

/** (f(x + εt) − f(x − εt))/2ε. */
const difference = (f: (x: T) => T): T =>
  f(x.add(t.mul(1e-6)))
    .sub(f(x.sub(t.mul(1e-6))))
    .div(2e-6);
const f = (a: T): T => a.sin().mul(a.exp()).cumsum(0).div(a.norm());

test("tangents of compositions are differences", () => {
  const [, got] = F.jvp(f, [x], [t]);
  expect(torch.allclose(got, difference(f), { rtol: 1e-6 })).toBe(true);
});

test("forward over forward, forward over reverse and reverse over forward agree", () => {
  const s = (a: T): T => f(a).pow(2).sum();
  const want = F.jacrev(F.jacrev(s))(x);
  for (const got of [F.jacfwd(F.jacfwd(s))(x), F.jacfwd(F.jacrev(s))(x), F.jacrev(F.jacfwd(s))(x)])
    expect(torch.allclose(got, want)).toBe(true);
});

test("a third derivative forward", () => {
  const cube = (a: T): T => a.pow(4).sum();
  const third = F.jacfwd(F.jacfwd(F.jacfwd(cube)))(x) as T;
  expect(third.at(1, 1, 1).item()).toBeCloseTo(24 * 1.5, 12);
});

test("plain backward inside a level carries tangents", () => {
  fwAD.dual_level(() => {
    const leaf = fwAD.make_dual(x, t).requires_grad_();
    const [g] = torch.autograd.grad(leaf.pow(3).add(leaf).sum(), leaf);
    expect(tangentOf(g!)).toEqual(x.mul(6).mul(t).tolist());
  });
});

test("writes through views reach the base's tangent, and the other way round", () => {
  fwAD.dual_level(() => {
    const d = fwAD.make_dual(x, t);
    const base = torch.zeros(2, 3, double);
    const row = base.at(1);
    row.copy_(d.mul(2));
    expect(tangentOf(base)).toEqual([[0, 0, 0], t.mul(2).tolist()]);
    base.mul_(3);
    expect(tangentOf(row)).toEqual(t.mul(6).tolist());
    const turned = d.clone().unsqueeze(0);
    turned.t_();
    expect(tangentOf(turned)).toEqual(t.unsqueeze(1).tolist());
    const view = d.clone();
    view.at("1:").zero_();
    expect(tangentOf(view)).toEqual([1.25, 0, 0]);
  });
});

test("tangents end with their level", () => {
  const kept: T[] = [];
  fwAD.dual_level(() => void kept.push(fwAD.make_dual(x, t)));
  expect(fwAD.unpack_dual(kept[0]!).tangent).toBe(null);
  fwAD.dual_level(() => expect(tangentOf(kept[0]!.mul(2))).toBe(undefined));
});

test("no_grad stops no tangents, detach does", () => {
  fwAD.dual_level(() => {
    const d = fwAD.make_dual(x, t);
    torch.no_grad(() => expect(tangentOf(d.mul(2))).toEqual(t.mul(2).tolist()));
    expect(tangentOf(d.detach())).toBe(undefined);
  });
});

test("gradients through tangents reach the primal and the tangent", () => {
  const [p, v] = [x.clone().requires_grad_(), t.clone().requires_grad_()];
  const [, dy] = F.jvp((a: T) => a.pow(3), [p], [v]);
  const [gp, gv] = torch.autograd.grad(dy.sum(), [p, v]);
  expect(torch.allclose(gp!, x.mul(6).mul(t))).toBe(true);
  expect(torch.allclose(gv!, x.pow(2).mul(3))).toBe(true);
});

test("complex numbers: a function that is not holomorphic", () => {
  const z = torch.complex(x, t);
  const dz = torch.complex(t, x);
  const [, got] = F.jvp((a: T) => a.mul(a.conj()).add(a.pow(2)), [z], [dz]);
  const want = z.conj().mul(dz).add(z.mul(dz.conj())).add(z.mul(dz).mul(2));
  expect(torch.allclose(got, want)).toBe(true);
});

test("Function.jvp, by its own tensors", () => {
  class Cube extends torch.autograd.Function {
    static override forward(ctx: torch.autograd.FunctionCtx, a: T) {
      ctx.save_for_forward(a);
      return a.pow(3);
    }
    static override jvp(ctx: torch.autograd.FunctionCtx, ta: T) {
      return ctx.saved_tensors[0]!.pow(2).mul(3).mul(ta);
    }
  }
  const [y, dy] = F.jvp((a: T) => Cube.apply(a), [x], [t]);
  expect(torch.allclose(y, x.pow(3))).toBe(true);
  expect(torch.allclose(dy, x.pow(2).mul(3).mul(t))).toBe(true);
  class Silent extends torch.autograd.Function {
    static override forward(_ctx: torch.autograd.FunctionCtx, a: T) {
      return a.pow(3);
    }
  }
  expect(() => F.jvp((a: T) => Silent.apply(a), [x], [t])).toThrow("You must implement the jvp function");
});

test("jacfwd of several arguments and results, and linearize", () => {
  const g = (a: T, b: T) => Tuple.of_([a.mul(b).sum(), a.outer(b)]);
  const forward = F.jacfwd(g, [0, 1])(x, t) as [T, T][];
  const reverse = F.jacrev(g, [0, 1])(x, t) as [T, T][];
  for (const i of [0, 1])
    for (const j of [0, 1]) expect(torch.equal(forward[i]![j]!, reverse[i]![j]!)).toBe(true);
  const [y, push] = F.linearize(f, x);
  expect(torch.equal(y, f(x))).toBe(true);
  expect(torch.allclose(push(t), difference(f), { rtol: 1e-6 })).toBe(true);
});
