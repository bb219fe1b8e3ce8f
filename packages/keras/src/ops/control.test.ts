import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import { Tensor, wrap } from "../backend/tensor.js";
import { GradientTape, ops as K } from "../index.js";

const array = ({ array }: GoldenArray): Tensor => wrap(new Value(array));
const cases = golden("keras/ops/core", { array }, "control.json");
const a = cases.find((g) => g.name === "input")!.out as Tensor;
const back = K.flip(a, 0);

const clipped = K.custom_gradient(
  (x: Tensor) =>
    [
      K.exp(x),
      (...args: unknown[]) => K.multiply(args.find((u) => u instanceof Tensor) as Tensor, 0.5),
    ] as never,
) as unknown as (x: Tensor) => Tensor;

function gradient(f: (x: Tensor) => Tensor, x: Tensor): unknown {
  const [tape, y] = GradientTape((t) => {
    t.watch(x);
    return [t, f(x)] as const;
  });
  return tape.gradient(y, x as never);
}

type Pair = [Tensor, Tensor];
const sums = (c: Tensor, x: Tensor): Pair => [K.add(c, x), K.multiply(c, x)];
const found: Record<string, () => unknown> = {
  cond: () => [
    K.cond(
      true,
      () => 1,
      () => 2,
    ),
    K.cond(
      K.greater(K.sum(a), 100),
      () => a,
      () => K.negative(a),
    ),
  ],
  switch: () =>
    [-1, 1, 7].map((i) =>
      K.switch_(
        i,
        [(x: Tensor) => K.add(x, 1), (x: Tensor) => K.multiply(x, 2), (x: Tensor) => K.subtract(x, 3)],
        a as never,
      ),
    ),
  while_loop: () =>
    K.while_loop(
      (i: Tensor) => K.less(i, 4),
      (i: Tensor, x: Tensor) => [K.add(i, 1), K.multiply(x, 1.5)],
      [0, a],
    ),
  "while_loop once": () =>
    K.while_loop(
      (i: Tensor) => K.less(i, 10),
      (i: Tensor) => [K.add(i, 3)],
      [1],
      { maximum_iterations: 2 },
    ),
  fori_loop: () => K.fori_loop(1, 4, (i: Tensor, x: Tensor) => K.multiply(x, K.cast(i, "float32")), a),
  map: () => K.map((x: Tensor) => K.add(K.sum(x), x), a),
  "map of a dict": () =>
    K.map((d: { x: Tensor; y: Tensor }) => ({ s: K.add(d.x, d.y), n: K.sum(d.x) }), {
      xs: { x: a, y: back },
    }),
  vectorized_map: () => K.vectorized_map((x: Tensor) => K.square(x), a),
  scan: () => K.scan(sums, K.zeros(2), a),
  "scan reverse": () => K.scan(sums, K.zeros(2), a, { reverse: true }),
  "scan of nothing": () =>
    K.scan((c: Tensor) => [K.multiply(c, 2), K.add(c, 1)], K.ones([]), null, { length: 3 }),
  associative_scan: () => K.associative_scan((x: Tensor, y: Tensor) => K.add(x, y), a),
  "associative_scan axis": () =>
    K.associative_scan((x: Tensor, y: Tensor) => K.multiply(x, y), a, { axis: 1, reverse: true }),
  custom_gradient: () => gradient((x) => K.sum(clipped(x)), a),
  "gradient of while_loop": () =>
    gradient((x) => {
      const [, y] = K.while_loop(
        (i: Tensor) => K.less(i, 3),
        (i: Tensor, y: Tensor) => [K.add(i, 1), K.multiply(y, x)],
        [0, x],
      ) as Pair;
      return K.sum(y);
    }, a),
  "gradient of scan": () =>
    gradient(
      (x) =>
        K.sum(K.scan((c: Tensor, v: Tensor) => [K.multiply(c, v), K.add(c, v)], K.ones(2), x)[1] as Tensor),
      a,
    ),
  rearrange: () => K.rearrange(a, "a b -> b a"),
};

test.each(cases.filter((g) => g.name !== "input").map((g) => [g.name, g] as const))(
  "keras.ops: %s",
  (name, g) => {
    expect(found[name]!()).toMatchGolden(g.out);
  },
);
