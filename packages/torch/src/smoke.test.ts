import { expect, test } from "vitest";
import * as torch from "./index.js";

test("slice", () => {
  const x = torch.tensor(
    [
      [1.5, 2],
      [3, 4],
    ],
    { requires_grad: true },
  );
  x.mul(x).sum().backward();
  expect(x.grad!.tolist()).toEqual([
    [3, 4],
    [6, 8],
  ]);
  const y = torch.tensor([1, 2, 3]);
  expect(y.add(2.5).tolist()).toEqual([3.5, 4.5, 5.5]);
  expect(y.add(2.5).dtype).toBe(torch.float32);
  expect(y.exp().dtype).toBe(torch.float32);
  const z = torch.tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  z.set([0, ":2"], 9);
  z.set(
    torch.tensor([
      [false, false, false],
      [true, false, true],
    ]),
    7,
  );
  expect(z.tolist()).toEqual([
    [9, 9, 3],
    [7, 5, 7],
  ]);
  expect(z.at([1, 0], 1).tolist()).toEqual([5, 9]);
  expect(() => z.at(5)).toThrow("index 5 is out of bounds for dimension 0 with size 2");
  x.data.add_(1);
  expect(x.tolist()).toEqual([
    [2.5, 3],
    [4, 5],
  ]);
  expect(() => x.add_(1)).toThrow("a leaf Variable that requires grad");
  expect(torch.sum({ input: x, dim: 0 }).tolist()).toEqual([6.5, 8]);
  expect(x.sum({ axis: 1, keepdim: true }).shape).toEqual(new torch.Size([2, 1]));
});
