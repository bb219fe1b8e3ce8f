import { RuntimeError } from "@cognate/py";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";

/* Memory is not the user's business: what somebody can still reach stays, whoever holds it and whatever happens meanwhile. */

/** Takes and drops hundreds of MB in one synchronous job, so that the dead are swept away. */
function churn(turns = 60): void {
  const x = torch.ones(1024, 1024);
  for (let i = 0; i < turns; i++) x.mul(2).add(1);
}
const n = 64 * 64;
const filled = (v: number): torch.Tensor => torch.full([64, 64], v, { dtype: torch.float32 }).add(0);
const sum = (x: torch.Tensor): number => x.sum().item() as number;

describe("what is still held", () => {
  test("by views, and by detached, split and transposed tensors", () => {
    const views = [1, 2, 3, 4].map((v) => filled(v).at("0:32"));
    const detached = [1, 2, 3].map((v) => filled(v).detach().t());
    const [first, second] = filled(5).split(32) as unknown as [torch.Tensor, torch.Tensor];
    churn();
    views.forEach((x, i) => expect(sum(x)).toBe((n / 2) * (i + 1)));
    detached.forEach((x, i) => expect(sum(x)).toBe(n * (i + 1)));
    first.zero_();
    expect(sum(second)).toBe((n / 2) * 5);
  });

  test("by arrays of NumPy, both ways, and by their data", () => {
    const arrays = [1, 2, 3].map((v) => filled(v).numpy());
    const datas = [4, 5, 6].map((v) => (filled(v).numpy() as unknown as { data: Float32Array }).data);
    const back = [7, 8].map((v) => torch.from_numpy(filled(v).numpy()));
    churn();
    arrays.forEach((a, i) => {
      // The tensor and the array share memory.
      const t = torch.from_numpy(a);
      expect(sum(t)).toBe(n * (i + 1));
      t.add_(1);
      expect(Number((a as unknown as { sum(): number }).sum())).toBe(n * (i + 2));
    });
    datas.forEach((d, i) => expect(d.every((v) => v === i + 4)).toBe(true));
    back.forEach((x, i) => expect(sum(x)).toBe(n * (i + 7)));
  });

  test("by the graph alone, by hooks and by gradients that are kept", () => {
    const w = torch.full([64, 64], 2, { requires_grad: true });
    let kept: torch.Tensor | undefined;
    const middle: { grad: torch.Tensor | null }[] = [];
    const loss = (() => {
      const a = w.mul(filled(3));
      a.retain_grad();
      middle.push(a as never);
      const b = a.exp().log().square();
      b.register_hook((g: torch.Tensor) => {
        kept = g;
        return g;
      });
      return b.sum();
    })();
    churn();
    loss.backward({ retain_graph: true });
    churn();
    // d/dw Σ(3w)² = 18·w
    expect(sum(w.grad!)).toBeCloseTo(n * 36, 0);
    expect(sum(middle[0]!.grad!)).toBeCloseTo(n * 12, 0);
    expect(sum(kept!)).toBe(n);
    loss.backward();
    churn();
    expect(sum(w.grad!)).toBeCloseTo(n * 72, -1);
    expect(sum(kept!)).toBe(n);
  });

  test("by second derivatives", () => {
    const x = torch.full([64, 64], 1.5, { requires_grad: true });
    const [g] = torch.autograd.grad(x.pow(3).sum(), [x], { create_graph: true }) as unknown as [torch.Tensor];
    churn();
    const [gg] = torch.autograd.grad(g.sum(), [x]) as unknown as [torch.Tensor];
    churn();
    expect(sum(g)).toBeCloseTo(n * 6.75, 0);
    expect(sum(gg)).toBeCloseTo(n * 9, 0);
  });

  test("by a model, its optimizer's state and its state dict, over many steps", () => {
    torch.manual_seed(3);
    const model = torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.Tanh(), torch.nn.Linear(64, 1));
    const optimizer = torch.optim.Adam(model.parameters(), { lr: 1e-2 });
    const [x, t] = [torch.randn(128, 64), torch.randn(128, 1)];
    const step = (): number => {
      optimizer.zero_grad();
      const loss = torch.nn.functional.mse_loss(model(x), t);
      loss.backward();
      optimizer.step();
      return loss.item() as number;
    };
    const before = Object.values(model.state_dict()).map((w) => (w as torch.Tensor).clone());
    const losses = Array.from({ length: 12 }, (_, i) => {
      if (i % 4 === 0) churn(40);
      return step();
    });
    expect(losses.every(Number.isFinite)).toBe(true);
    // The same again, undisturbed.
    torch.manual_seed(3);
    const again = torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.Tanh(), torch.nn.Linear(64, 1));
    again.load_state_dict(
      Object.fromEntries(Object.keys(model.state_dict()).map((k, i) => [k, before[i]!])) as never,
    );
    const other = torch.optim.Adam(again.parameters(), { lr: 1e-2 });
    const plain = losses.map(() => {
      other.zero_grad();
      const loss = torch.nn.functional.mse_loss(again(x), t);
      loss.backward();
      other.step();
      return loss.item() as number;
    });
    expect(losses).toEqual(plain);
  });

  test("after exceptions in the middle of ops, backward and hooks", () => {
    const a = filled(2);
    const w = torch.full([64, 64], 1, { requires_grad: true });
    for (let i = 0; i < 20; i++) {
      expect(() => a.add(torch.ones(7))).toThrow(RuntimeError);
      expect(() => a.matmul(torch.ones(3, 3))).toThrow(RuntimeError);
      expect(() => a.at(100)).toThrow();
      const y = w.mul(a);
      y.register_hook(() => {
        throw new Error("a hook's own");
      });
      expect(() => y.square().sum().backward()).toThrow("a hook's own");
    }
    churn();
    expect(sum(a)).toBe(2 * n);
    w.mul(a).sum().backward();
    expect(sum(w.grad!)).toBe(2 * n);
  });
});

test("more than there is: PyTorch's error, which says how much", () => {
  expect(() => torch.zeros(2 ** 46)).toThrow(
    new RuntimeError(
      "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 281474976710656 bytes. Error code 12 (Cannot allocate memory)",
    ),
  );
  const x = torch.ones(1024);
  expect(() => x.repeat(2 ** 36)).toThrow(/281474976710656 bytes/);
  expect(sum(x)).toBe(1024);
});
