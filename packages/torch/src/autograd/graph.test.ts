import { expect, test } from "vitest";
import * as torch from "../index.js";

type T = torch.Tensor;
const { graph } = torch.autograd;
const leaf = (...v: number[]): T => torch.tensor(v, { dtype: torch.float64, requires_grad: true });

test("hooks see what calls keep, and give it back", () => {
  const a = leaf(1.5, 2);
  const packed: unknown[] = [];
  let y: T | undefined;
  graph.saved_tensors_hooks(
    (t) => {
      packed.push(t.tolist());
      return t.mul(10);
    },
    (t) => t as T,
    () => {
      y = a.mul(a.exp());
    },
  );
  y!.sum().backward();
  expect(packed).toHaveLength(3);
  // Each of the three that were kept comes back ten times as large.
  const e = a.detach().exp().mul(10);
  expect(torch.allclose(a.grad!, e.add(e.mul(a.detach().mul(10))))).toBe(true);
});

test("hooks may be forbidden, also for save_on_cpu", () => {
  graph.disable_saved_tensors_hooks("not here", () => {
    expect(() => graph.save_on_cpu(() => undefined)).toThrow("not here");
  });
  const a = leaf(2);
  const y = graph.save_on_cpu(() => a.pow(3));
  y.backward();
  expect(a.grad!.item()).toBe(12);
});

test("tensors may change after they were kept", () => {
  const a = leaf(0.5, 1);
  graph.allow_mutation_on_saved_tensors(() => {
    const c = a.clone();
    const y = c.sin();
    c.zero_();
    y.sum().backward();
  });
  expect(a.grad!.tolist()).toEqual(a.detach().cos().tolist());
  const kept = graph.allow_mutation_on_saved_tensors(() => a.sin());
  expect(() => kept.sum().backward()).toThrow("in which the graph was originally recorded".slice(3));
});

test("gradients to and from places of the graph", () => {
  const a = leaf(2, 3);
  const b = a.mul(a);
  const y = b.sum();
  const [ga, gb] = torch.autograd.grad(graph.get_gradient_edge(y), [
    graph.get_gradient_edge(a),
    graph.get_gradient_edge(b),
  ]);
  expect([ga!.tolist(), gb!.tolist()]).toEqual([
    [4, 6],
    [1, 1],
  ]);
});

test("a hook of several tensors waits for those that a pass gets to", () => {
  const [a, b] = [leaf(2), leaf(5)];
  const seen: unknown[] = [];
  graph.register_multi_grad_hook([a, b], (gs: (T | null)[]) => seen.push(gs.map((g) => g?.tolist() ?? null)));
  a.mul(b).sum().backward();
  a.mul(2).sum().backward();
  expect(seen).toEqual([
    [[5], [2]],
    [[2], null],
  ]);
});

test("an in-place write that autograd is told of", () => {
  const a = leaf(2);
  const c = a.clone();
  const y = c.pow(2);
  graph.increment_version(c);
  expect(() => y.backward()).toThrow("modified by an inplace operation");
});
