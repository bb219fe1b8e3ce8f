import { describe, expect, test } from "vitest";
import { nn, optim, Table, torch } from "./index.js";
import type { TensorImpl } from "./tensor/tensor.js";

// What the documentation of Torch7 shows, line by line; each names the page it is from.

type Snippet = readonly [source: string, run: () => unknown, shows: string];
type Fn = (...args: unknown[]) => TensorImpl;
const t = torch as unknown as Record<string, Fn>;
const made = (name: string, ...args: unknown[]) =>
  (nn[name] as unknown as Fn)(...args) as unknown as Record<string, Fn>;
const text = (x: unknown): string =>
  x instanceof Table || x?.constructor === Array
    ? [...(x as Iterable<unknown>)].map(text).join("")
    : torch.tostring(x);

const seven = () => t.range!(1, 7);
const SNIPPETS: readonly Snippet[] = [
  [
    "torch7 doc/tensor.md, fill",
    () => t.Tensor!(2, 5).fill(3.14),
    " 3.1400  3.1400  3.1400  3.1400  3.1400\n 3.1400  3.1400  3.1400  3.1400  3.1400\n[torch.DoubleTensor of size 2x5]\n",
  ],
  [
    "torch7 doc/tensor.md, Tensor(table)",
    () =>
      t.Tensor!([
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ]),
    " 1  2  3  4\n 5  6  7  8\n[torch.DoubleTensor of size 2x4]\n",
  ],
  ["torch7 doc/tensor.md, Tensor()", () => t.Tensor!(), "[torch.DoubleTensor with no dimension]\n"],
  ["torch7 doc/tensor.md, nElement", () => t.Tensor!(4, 5).nElement(), "20"],
  [
    "torch7 doc/tensor.md, storage order",
    () => [t.Tensor!(4, 5).stride().at(1), t.Tensor!(4, 5).stride(2)],
    "51",
  ],
  [
    "torch7 doc/tensor.md, narrow",
    () => {
      const x = t.Tensor!(5, 6).zero();
      x.narrow(1, 2, 3).fill(1);
      return x;
    },
    " 0  0  0  0  0  0\n 1  1  1  1  1  1\n 1  1  1  1  1  1\n 1  1  1  1  1  1\n 0  0  0  0  0  0\n[torch.DoubleTensor of size 5x6]\n",
  ],
  [
    "torch7 doc/tensor.md, sub",
    () => {
      const x = t.Tensor!(5, 6).zero();
      x.sub(2, 4, 3, 4).fill(2);
      return x;
    },
    " 0  0  0  0  0  0\n 0  0  2  2  0  0\n 0  0  2  2  0  0\n 0  0  2  2  0  0\n 0  0  0  0  0  0\n[torch.DoubleTensor of size 5x6]\n",
  ],
  [
    "torch7 doc/tensor.md, select",
    () => {
      const x = t.Tensor!(5, 6).zero();
      x.select(2, 5).fill(5);
      return x.select(1, 2);
    },
    " 0\n 0\n 0\n 0\n 5\n 0\n[torch.DoubleTensor of size 6]\n",
  ],
  [
    "torch7 doc/tensor.md, [{ {2,3} }]",
    () => {
      const x = t.Tensor!(5, 6).zero();
      x.set([1, 3], 1);
      x.set([2, [2, 4]], 2);
      x.set([[], 4], -1);
      return x;
    },
    " 0  0  1 -1  0  0\n 0  2  2 -1  0  0\n 0  0  0 -1  0  0\n 0  0  0 -1  0  0\n 0  0  0 -1  0  0\n[torch.DoubleTensor of size 5x6]\n",
  ],
  [
    "torch7 doc/tensor.md, masks",
    () => {
      const x = t.range!(1, 12).reshape(3, 4);
      x.set((x as never as { gt(v: number): TensorImpl }).gt(6), 0);
      return x;
    },
    " 1  2  3  4\n 5  6  0  0\n 0  0  0  0\n[torch.DoubleTensor of size 3x4]\n",
  ],
  [
    "torch7 doc/tensor.md, unfold(1, 2, 1)",
    () => seven().unfold(1, 2, 1),
    " 1  2\n 2  3\n 3  4\n 4  5\n 5  6\n 6  7\n[torch.DoubleTensor of size 6x2]\n",
  ],
  [
    "torch7 doc/tensor.md, unfold(1, 2, 2)",
    () => seven().unfold(1, 2, 2),
    " 1  2\n 3  4\n 5  6\n[torch.DoubleTensor of size 3x2]\n",
  ],
  [
    "torch7 doc/tensor.md, expand",
    () => {
      const x = t.Tensor!(3, 1).fill(0);
      x.set([2, 1], 1);
      return x.expand(3, 2);
    },
    " 0  0\n 1  1\n 0  0\n[torch.DoubleTensor of size 3x2]\n",
  ],
  [
    "torch7 doc/tensor.md, transpose",
    () => {
      const x = t.Tensor!(3, 4).zero();
      x.select(2, 3).fill(7);
      return x.t();
    },
    " 0  0  0\n 0  0  0\n 7  7  7\n 0  0  0\n[torch.DoubleTensor of size 4x3]\n",
  ],
  [
    "torch7 doc/tensor.md, squeeze",
    () => t.Tensor!(2, 1, 2, 1, 2).squeeze().size(),
    " 2\n 2\n 2\n[torch.LongStorage of size 3]\n",
  ],
  [
    "torch7 doc/tensor.md, repeatTensor",
    () => t.Tensor!([1, 2]).repeatTensor(3, 2),
    " 1  2  1  2\n 1  2  1  2\n 1  2  1  2\n[torch.DoubleTensor of size 3x4]\n",
  ],
  [
    "torch7 doc/tensor.md, index",
    () => {
      const x = t.range!(1, 9).reshape(3, 3);
      return x.index(1, t.LongTensor!([3, 1]));
    },
    " 7  8  9\n 1  2  3\n[torch.DoubleTensor of size 2x3]\n",
  ],
  [
    "torch7 doc/tensor.md, indexAdd",
    () => {
      const x = t.range!(1, 6).reshape(2, 3);
      x.indexAdd(2, t.LongTensor!([3, 1]), t.ones!(2, 2));
      return x;
    },
    " 2  2  4\n 5  5  7\n[torch.DoubleTensor of size 2x3]\n",
  ],
  [
    "torch7 doc/tensor.md, a 3D tensor",
    () => t.range!(1, 8).view(2, 2, 2),
    "(1,.,.) = \n  1  2\n  3  4\n\n(2,.,.) = \n  5  6\n  7  8\n[torch.DoubleTensor of size 2x2x2]\n",
  ],
  [
    "torch7 doc/maths.md, cat",
    () => t.cat!(t.ones!(3), t.zeros!(2)),
    " 1\n 1\n 1\n 0\n 0\n[torch.DoubleTensor of size 5]\n",
  ],
  [
    "torch7 doc/maths.md, cat of a table along 2",
    () => t.cat!([t.ones!(3, 2), t.zeros!(3, 1)], 2),
    " 1  1  0\n 1  1  0\n 1  1  0\n[torch.DoubleTensor of size 3x3]\n",
  ],
  [
    "torch7 doc/maths.md, range",
    () => t.range!(2, 5, 1.2),
    " 2.0000\n 3.2000\n 4.4000\n[torch.DoubleTensor of size 3]\n",
  ],
  [
    "torch7 doc/maths.md, add(tensor, value, tensor)",
    () => t.Tensor!(2, 2).fill(2).add(10, t.Tensor!(4).fill(3)),
    " 32  32\n 32  32\n[torch.DoubleTensor of size 2x2]\n",
  ],
  [
    "torch7 doc/maths.md, cmul",
    () => t.Tensor!(2, 2).fill(2).cmul(t.Tensor!(4).fill(3)),
    " 6  6\n 6  6\n[torch.DoubleTensor of size 2x2]\n",
  ],
  [
    "torch7 doc/maths.md, addcdiv",
    () => {
      const x = t.Tensor!(2, 2).fill(1);
      return x.addcdiv(2, t.Tensor!(4), t.Tensor!(2, 2).fill(5));
    },
    " 1  1\n 1  1\n[torch.DoubleTensor of size 2x2]\n",
  ],
  [
    "torch7 doc/maths.md, mm",
    () => t.mm!(t.ones!(3, 4), t.ones!(4, 2)),
    " 4  4\n 4  4\n 4  4\n[torch.DoubleTensor of size 3x2]\n",
  ],
  [
    "torch7 doc/maths.md, ger",
    () => t.ger!(t.range!(1, 3), t.range!(1, 2)),
    " 1  2\n 2  4\n 3  6\n[torch.DoubleTensor of size 3x2]\n",
  ],
  [
    "torch7 doc/maths.md, gesv (LAPACK's example of dgesv)",
    () => {
      const a = t.Tensor!([
        [6.8, -2.11, 5.66, 5.97, 8.23],
        [-6.05, -3.3, 5.36, -4.44, 1.08],
        [-0.45, 2.58, -2.7, 0.27, 9.04],
        [8.32, 2.71, 4.35, -7.17, 2.14],
        [-9.67, -5.14, -7.26, 6.08, -6.87],
      ]).t();
      const b = t.Tensor!([
        [4.02, 6.19, -8.22, -7.57, -3.03],
        [-1.56, 4, -8.67, 1.75, 2.86],
        [9.81, -4.09, -4.57, -8.61, 8.99],
      ]).t();
      return (t.gesv!(b, a) as unknown as TensorImpl[])[0];
    },
    "-0.8007 -0.3896  0.9555\n-0.6952 -0.5544  0.2207\n 0.5939  0.8422  1.9006\n 1.3217 -0.1038  5.3577\n 0.5658  0.1057  4.0406\n[torch.DoubleTensor of size 5x3]\n",
  ],
  [
    "torch7 doc/maths.md, sort",
    () => t.sort!(t.Tensor!([3, 1, 2])),
    " 1\n 2\n 3\n[torch.DoubleTensor of size 3]\n 2\n 3\n 1\n[torch.LongTensor of size 3]\n",
  ],
  [
    "torch7 doc/maths.md, max(x, 1)",
    () =>
      t.max!(
        t.Tensor!([
          [1, 5],
          [4, 2],
        ]),
        1,
      ),
    " 4  5\n[torch.DoubleTensor of size 1x2]\n 2  1\n[torch.LongTensor of size 1x2]\n",
  ],
  [
    "torch7 doc/maths.md, sums",
    () => [t.sum!(t.ones!(2, 3)), " ", t.sum!(t.ones!(2, 3), 2)],
    "6  3\n 3\n[torch.DoubleTensor of size 2x1]\n",
  ],
  [
    "torch7 doc/maths.md, diag and triu",
    () => t.triu!(t.ones!(3, 3)),
    " 1  1  1\n 0  1  1\n 0  0  1\n[torch.DoubleTensor of size 3x3]\n",
  ],
  [
    "torch7 doc/maths.md, eq",
    () => (t.eq as Fn)(t.Tensor!([1, 2, 3]), 2),
    " 0\n 1\n 0\n[torch.ByteTensor of size 3]\n",
  ],
  [
    "torch7 doc/random.md, manualSeed(123)",
    () => {
      torch.manualSeed(123);
      return [t.uniform!(), " ", t.uniform!(), " ", t.uniform!()];
    },
    "0.69646918727085 0.71295532141812 0.28613933874294",
  ],
  [
    "torch7 doc/storage.md, LongStorage",
    () => t.LongStorage!([1, 2]),
    " 1\n 2\n[torch.LongStorage of size 2]\n",
  ],
  [
    "nn doc/containers.md, print(mlp)",
    () =>
      made("Sequential").add!(made("Linear", 10, 25))
        .add(made("Tanh") as never)
        .add(made("Linear", 25, 1) as never),
    "nn.Sequential {\n  [input -> (1) -> (2) -> (3) -> output]\n  (1): nn.Linear(10 -> 25)\n  (2): nn.Tanh\n  (3): nn.Linear(25 -> 1)\n}",
  ],
  [
    "nn doc/containers.md, a container in a container",
    () =>
      made("Sequential").add!(made("ConcatTable").add!(made("Linear", 5, 2)).add(made("ReLU") as never)).add(
        made("CAddTable") as never,
      ),
    "nn.Sequential {\n  [input -> (1) -> (2) -> output]\n  (1): nn.ConcatTable {\n    input\n      |`-> (1): nn.Linear(5 -> 2)\n       `-> (2): nn.ReLU\n       ... -> output\n  }\n  (2): nn.CAddTable\n}",
  ],
  [
    "nn doc/simple.md, Replicate shares memory",
    () => {
      const x = t.linspace!(1, 5, 5);
      const o = made("Replicate", 3).forward!(x);
      x.fill(13);
      return o;
    },
    " 13  13  13  13  13\n 13  13  13  13  13\n 13  13  13  13  13\n[torch.DoubleTensor of size 3x5]\n",
  ],
  [
    "nn doc/simple.md, Padding",
    () => made("Padding", 1, 2, 1, -1).forward!(t.range!(1, 3)),
    " 1\n 2\n 3\n-1\n-1\n[torch.DoubleTensor of size 5]\n",
  ],
  [
    "nn doc/table.md, CAddTable",
    () => made("CAddTable").forward!([t.ones!(5), t.ones!(5).mul(2), t.ones!(5).mul(3)]),
    " 6\n 6\n 6\n 6\n 6\n[torch.DoubleTensor of size 5]\n",
  ],
  [
    "nn doc/table.md, CSubTable",
    () => made("CSubTable").forward!([t.ones!(2).mul(2.2), t.ones!(2)]),
    " 1.2000\n 1.2000\n[torch.DoubleTensor of size 2]\n",
  ],
  [
    "nn doc/table.md, CDivTable",
    () => made("CDivTable").forward!([t.ones!(2).mul(2.2), t.ones!(2).mul(4.4)]),
    " 0.5000\n 0.5000\n[torch.DoubleTensor of size 2]\n",
  ],
  [
    "nn doc/table.md, CMaxTable",
    () => made("CMaxTable").forward!([t.Tensor!([1, 2, 3]), t.Tensor!([3, 2, 1])]),
    " 3\n 2\n 3\n[torch.DoubleTensor of size 3]\n",
  ],
  [
    "nn doc/table.md, FlattenTable",
    () => made("FlattenTable").forward!([t.Tensor!([1]), [t.Tensor!([2]), [t.Tensor!([3])]]]),
    " 1\n[torch.DoubleTensor of size 1]\n 2\n[torch.DoubleTensor of size 1]\n 3\n[torch.DoubleTensor of size 1]\n",
  ],
  [
    "nn doc/convolution.md, LookupTable",
    () => {
      const m = made("LookupTable", 3, 2);
      (m.weight as unknown as TensorImpl).copy(
        t.Tensor!([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      );
      return m.forward!(t.Tensor!([3, 1]));
    },
    " 5  6\n 1  2\n[torch.DoubleTensor of size 2x2]\n",
  ],
  [
    "nn doc/convolution.md, how layers print",
    () =>
      [
        made("SpatialConvolution", 1, 6, 5, 5),
        made("SpatialConvolution", 3, 8, 3, 3, 2, 2, 1, 1),
        made("SpatialMaxPooling", 2, 2, 2, 2),
        made("SpatialBatchNormalization", 16),
        made("Dropout", 0.5),
        made("View", 400),
      ].map((m) => `${String(m)}\n`),
    "nn.SpatialConvolution(1 -> 6, 5x5)\nnn.SpatialConvolution(3 -> 8, 3x3, 2,2, 1,1)\nnn.SpatialMaxPooling(2x2, 2,2)\nnn.SpatialBatchNormalization (4D) (16)\nnn.Dropout(0.500000)\nnn.View(400)\n",
  ],
];

describe("what the documentation shows", () => {
  test.each(SNIPPETS)("%s", (_, run, shows) => {
    expect(text(run())).toBe(shows);
  });
});

describe("training as the documentation writes it", () => {
  const rosenbrock = (x: TensorImpl): [number, TensorImpl] => {
    const [a, b] = [x.at(1) as number, x.at(2) as number];
    return [
      100 * (b - a * a) ** 2 + (1 - a) ** 2,
      t.Tensor!([-400 * a * (b - a * a) - 2 * (1 - a), 200 * (b - a * a)]),
    ];
  };
  const bowl = (x: TensorImpl): [number, TensorImpl] => {
    const apart = x.clone().add(-1);
    return [apart.dot(apart), apart.mul(2)];
  };
  test.each([
    ["sgd", rosenbrock, { learningRate: 1e-3, momentum: 0.9, dampening: 0 }, 2000],
    ["adam", rosenbrock, { learningRate: 2e-2 }, 1500],
    ["adamax", bowl, { learningRate: 1e-2 }, 400],
    ["adagrad", bowl, { learningRate: 0.5 }, 100],
    ["adadelta", bowl, { eps: 1e-3 }, 300],
    ["rmsprop", bowl, { learningRate: 1e-2 }, 400],
    ["rprop", bowl, { stepsize: 0.1 }, 50],
    ["nag", rosenbrock, { learningRate: 5e-4, momentum: 0.9, dampening: 0.9 }, 3000],
    ["lbfgs", rosenbrock, { maxIter: 100, learningRate: 0.5 }, 3],
    ["cg", rosenbrock, { maxIter: 60 }, 1],
  ] as const)("optim.%s finds the lowest point", (name, f, config, steps) => {
    const x = t.Tensor!(2).fill(0);
    const state = { ...config };
    for (let i = 0; i < steps; i++)
      (optim[name] as (f: unknown, x: TensorImpl, c: object) => unknown)(f, x, state);
    expect(Math.abs((x.at(1) as number) - 1)).toBeLessThan(0.1);
  });

  test("XOR by getParameters, a criterion and optim.sgd", () => {
    torch.manualSeed(1);
    const mlp = made("Sequential").add!(made("Linear", 2, 8))
      .add(made("Tanh") as never)
      .add(made("Linear", 8, 1) as never) as unknown as Record<string, Fn>;
    const criterion = made("MSECriterion");
    const [w, dw] = mlp.getParameters!() as unknown as [TensorImpl, TensorImpl];
    expect(w.nElement()).toBe(33);
    const x = t.Tensor!([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const y = t.Tensor!([[0], [1], [1], [0]]);
    let loss = 0;
    const feval = (): [number, TensorImpl] => {
      dw.zero();
      loss = criterion.forward!(mlp.forward!(x), y) as unknown as number;
      mlp.backward!(x, criterion.backward!(mlp.output as unknown as TensorImpl, y));
      return [loss, dw];
    };
    for (let i = 0; i < 800; i++)
      optim.sgd(
        feval,
        w,
        { learningRate: 0.2, momentum: 0.9 },
        ((feval as unknown as { s: object }).s ??= {}) as never,
      );
    expect(loss).toBeLessThan(1e-3);
    // The modules see the vector's memory.
    const first = (mlp.get!(1) as unknown as Record<string, TensorImpl>).weight!;
    w.fill(0.25);
    expect(first.at([3, 2])).toBe(0.25);
  });
});
