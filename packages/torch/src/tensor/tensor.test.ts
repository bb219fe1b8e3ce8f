import { bool, Complex, float, int, len } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, type GoldenDType, GoldenError, golden, goldenDifference } from "@cognate/testing";
import { expect, test } from "vitest";
import * as torch from "../index.js";
import { gradFnName } from "../policy.js";

// The programs of test-fixtures/torch/tensor/generate.py, line by line.

const x23 = (): torch.Tensor =>
  torch.tensor(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    { dtype: torch.float32 },
  );
const leaf = (): torch.Tensor => x23().requires_grad_();

function caught(f: () => unknown): unknown {
  try {
    return f();
  } catch (e) {
    return e;
  }
}

const gradFn = (x: torch.Tensor): string => gradFnName(x._value.node!.name);
const weighted = (x: torch.Tensor): torch.Tensor =>
  x.mul(torch.arange(6, { dtype: torch.float32 }).reshape(x.shape)).sum();

const programs: Readonly<Record<string, () => unknown[]>> = {
  layout_of_a_transpose() {
    const y = x23().t();
    return [
      y.stride(),
      y.is_contiguous(),
      y.contiguous().stride(),
      y.storage_offset(),
      y.at("1:").storage_offset(),
      y.at(":", 1).stride(),
      y.numel(),
    ];
  },
  view_needs_neighbours() {
    const y = x23().t();
    return [caught(() => y.view(6)), y.reshape(6), y.view(3, 2, 1), y.flatten(), y.ravel()];
  },
  reshape_of_a_transpose_with_gradient: () => [gradFn(leaf().t().reshape(6)), gradFn(leaf().reshape(6))],
  shared_memory() {
    const x = torch.zeros(2, 3);
    x.at(0).add_(1);
    x.t().set([2, 1], 5);
    x.view(-1).set([3], 7);
    x.at(":", "::2").mul_(10);
    const y = x.expand(2, 2, 3);
    return [x, y, x.data_ptr() === x.at(0).data_ptr(), x.at(1).data_ptr() - x.data_ptr(), y.stride()];
  },
  expanded_memory_is_not_written() {
    const x = torch.zeros(3, 1).expand(3, 4);
    return [caught(() => x.add_(1))];
  },
  write_to_a_view_of_a_computed_tensor() {
    const x = leaf();
    const y = x.mul(2);
    const v = y.at(":", "1:");
    v.mul_(x.at(":", ":2"));
    y.pow(2).sum().backward();
    return [y, v, x.grad, gradFn(v), gradFn(y)];
  },
  write_to_a_view_of_a_view() {
    const x = leaf();
    const y = x.mul(1);
    const v = y.t().at("1:").unsqueeze(0);
    v.at(0, 1).mul_(10);
    y.mul(y).sum().backward();
    return [y, v, x.grad];
  },
  write_to_the_base_changes_the_view() {
    const x = leaf();
    const y = x.mul(1);
    const v = y.view(3, 2);
    y.mul_(3);
    v.at(0).mul(v.at(1)).sum().backward();
    return [v, x.grad, gradFn(v)];
  },
  assignment_cuts_gradients() {
    const x = leaf();
    const y = x.mul(1);
    y.set([0], torch.tensor([7, 8, 9]));
    y.set([1, "1:"], y.at(0, ":2").clone().mul(x.at(1, 2)));
    y.mul(y).sum().backward();
    return [y, x.grad];
  },
  assignment_through_a_mask() {
    const x = leaf();
    const y = x.mul(1);
    y.set(y.gt(2), 0);
    y.add_at([[0, 0]], 1);
    weighted(y).backward();
    return [y, x.grad];
  },
  operators_on_items() {
    const x = x23();
    x.add_at([0], 10);
    x.sub_at([":", 1], 1);
    x.mul_at([1, 2], 2);
    x.div_at([[0, 0, 1]], 2);
    x.pow_at(x.gt(5), 2);
    const y = torch.arange(6);
    y.floordiv_at(["1:4"], 2);
    y.mod_at([[0, 5]], 3);
    y.or_at([2], 4);
    const z = torch.tensor([1, 2], { dtype: torch.int64 });
    return [x, y, caught(() => z.add_at([0], 0.5))];
  },
  leaves_are_not_written() {
    const x = leaf();
    return [
      caught(() => x.add_(1)),
      caught(() => x.set([0], 1)),
      caught(() => x.t_()),
      caught(() => x.at(0).zero_()),
      caught(() => x.unsqueeze_(0)),
    ];
  },
  leaves_are_written_without_recording() {
    const x = leaf();
    torch.no_grad(() => {
      x.set([0], 1);
      x.mul_(2);
      x.t_();
    });
    x.sum().backward();
    return [x, x.grad, x.is_leaf];
  },
  parts_of_a_split_are_not_written() {
    const x = leaf().mul(1);
    return [
      caught(() => x.split(1)[1]!.add_(1)),
      caught(() => x.unbind(1)[2]!.add_(1)),
      caught(() => x.chunk(2)[0]!.zero_()),
      caught(() => x.split([1, 2], 1)[0]!.zero_()),
      torch.zeros(4).split(2)[1]!.add_(1),
    ];
  },
  transposed_in_place() {
    const x = leaf();
    const y = x.mul(1);
    const v = y.at(0);
    const w = y.view(6);
    y.t_();
    v.mul_(10);
    y.at(0).add_(1);
    w.set([5], 0);
    weighted(y).backward();
    return [y, v, w, x.grad, y.stride()];
  },
  view_transposed_in_place() {
    const x = leaf();
    const y = x.mul(1);
    const v = y.at(":", "1:");
    v.t_();
    v.unsqueeze_(0);
    v.at(0, 0).mul_(5);
    v.squeeze_(0);
    y.mul(y).sum().backward();
    return [y, v, x.grad];
  },
  saved_value_changed() {
    const y = leaf().mul(1);
    const z = y.mul(y);
    y.at(0).add_(1);
    return [caught(() => z.sum().backward())];
  },
  detached_memory() {
    const x = leaf();
    const y = x.mul(1);
    const d = y.detach();
    d.zero_();
    y.add(x).sum().backward();
    const e = x.detach().clone();
    return [y, x.grad, d.requires_grad, e.data_ptr() === x.data_ptr(), x.data.data_ptr() === x.data_ptr()];
  },
  resized() {
    const x = x23();
    const y = x.resize_(2, 2);
    const z = torch.arange(6).resize_(3, 1);
    const w = torch.zeros(3);
    w.set_(x.at(0));
    w.set([0], 9);
    const u = torch.zeros(2).resize_as_(x);
    return [x, x === y, z, w, x, u.shape, caught(() => leaf().resize_(1)), torch.ones(2).set_().shape];
  },
  scalars_as_indices() {
    const x = x23();
    const i = torch.tensor(1);
    const y = x.at(i);
    y.zero_();
    return [
      x,
      x.at(i, i),
      x.at(":", i),
      x.at(0, torch.tensor([2])),
      [...x].map((r) => r.sum()),
      len(x),
      x.__contains__(4),
      float(x.at(0, 0) as unknown as number),
      int(x.at(0, 1) as unknown as number),
      bool(x.at(1, 0)),
    ];
  },
  words_about_values() {
    const x = x23();
    return [
      caught(() => bool(x)),
      caught(() => float(x as unknown as number)),
      caught(() => int(x as unknown as number)),
      caught(() => x.item()),
      caught(() => len(torch.tensor(1))),
      caught(() => [...torch.tensor(1)]),
    ];
  },
  parts_of_complex_numbers() {
    const z = torch.tensor([new Complex(1, 2), new Complex(3, -1)]);
    z.real.mul_(10);
    z.imag.set([0], 5);
    const r = torch.view_as_real(z);
    r.set([1, 1], 7);
    const w = torch.view_as_complex(torch.arange(4, { dtype: torch.float32 }).reshape(2, 2));
    return [z, r, w, z.real.stride(), r.stride()];
  },
  complex_view_with_gradient() {
    const x = torch.tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: torch.float32, requires_grad: true },
    );
    const z = torch.view_as_complex(x.mul(1));
    z.real.mul_(3);
    z.mul(z.conj()).real.sum().backward();
    return [z, x.grad];
  },
  legacy_constructors: () => [
    torch.Tensor([1, 2]),
    torch.Tensor([
      [1, 2],
      [3, 4],
    ]).dtype,
    torch.Tensor(2, 3).shape,
    torch.Tensor(new torch.Size([4])).shape,
    torch.Tensor().shape,
    torch.FloatTensor([1, 2]),
    torch.LongTensor([1, 2]),
    torch.DoubleTensor(2).dtype,
    torch.ByteTensor([1, 255]),
    torch.BoolTensor([true, false]),
    torch.zeros(1) instanceof torch.FloatTensor,
    torch.zeros(1) instanceof torch.LongTensor,
    torch.zeros(1) instanceof torch.Tensor,
  ],
  named_tuples() {
    const r = torch.max(x23(), 1);
    return [
      String(r),
      r[0],
      r.indices,
      r.length,
      Array.isArray(r),
      String(torch.sort(torch.tensor([2, 1]))),
      String(torch.aminmax(x23())),
    ];
  },
};

const cases = golden("torch/tensor", {
  array: (a: GoldenArray): unknown => new torch.Tensor(new Value(a.array)),
  dtype: (d: GoldenDType): unknown => torch.fromKernel(d.dtype),
});

test("every program of the fixture is here", () => {
  expect(Object.keys(programs)).toEqual(cases.map((c) => c.name));
});

test.each(cases.map((c) => [c.name, c] as const))("%s", (name, c) => {
  const out = programs[name]!();
  (c.out as unknown[]).forEach((want, i) => {
    const got = out[i];
    if (want instanceof GoldenError) {
      const { name: type, message } = got as Error;
      expect(`${type}: ${message}`).toBe(`${want.type}: ${want.message}`);
    } else expect(goldenDifference(got, want), `value ${i}`).toBeNull();
  });
});
