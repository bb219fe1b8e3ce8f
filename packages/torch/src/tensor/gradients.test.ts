import { describe, expect, test } from "vitest";
import * as torch from "../index.js";

const leaf = () => torch.tensor([1.5, -2], { requires_grad: true });

describe("gradients by methods of tensors", () => {
  test("backward takes keywords: a graph kept, a gradient, chosen leaves", () => {
    const [x, w] = [leaf(), leaf()];
    const y = x.mul(w);
    y.backward({ gradient: torch.tensor([1, 10]).float(), retain_graph: true, inputs: [x] });
    expect(x.grad!.tolist()).toEqual([1.5, -20]);
    expect(w.grad).toBeNull();
    y.backward(torch.tensor([1, 1]).float());
    expect(x.grad!.tolist()).toEqual([3, -22]);
    expect(() => y.backward(torch.ones(2))).toThrow("Trying to backward through the graph a second time");
    expect(() => leaf().mul(2).backward()).toThrow("grad can be implicitly created only for scalar outputs");
    expect(() =>
      leaf()
        .sum()
        .backward({ retain: true } as never),
    ).toThrow("unexpected keyword argument 'retain'");
  });

  test("gradients of gradients through create_graph", () => {
    const x = leaf();
    x.pow(3).sum().backward({ create_graph: true });
    const g = x.grad!;
    x.grad = null;
    g.sum().backward();
    expect(x.grad!.tolist()).toEqual([9, -12]);
  });

  test("hooks see and replace gradients; removed ones are silent", () => {
    const x = leaf();
    const y = x.mul(2);
    const seen: unknown[] = [];
    const handle = y.register_hook((g) => {
      seen.push(g.tolist());
      return g.mul(10);
    });
    y.retain_grad();
    y.sum().backward({ retain_graph: true });
    expect([seen, y.grad!.tolist(), x.grad!.tolist()]).toEqual([[[1, 1]], [10, 10], [20, 20]]);
    handle.remove();
    y.sum().backward();
    expect([seen.length, x.grad!.tolist()]).toEqual([1, [22, 22]]);
    const after: unknown[] = [];
    x.register_post_accumulate_grad_hook((p) => after.push(p.grad!.tolist()));
    x.sum().backward();
    expect(after).toEqual([[23, 23]]);
    expect(() => torch.ones(2).retain_grad()).toThrow(
      "can't retain_grad on Tensor that has requires_grad=False",
    );
    expect(() => torch.ones(2).register_hook(() => null)).toThrow(
      "cannot register a hook on a tensor that doesn't require gradient",
    );
  });
});
