import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as tf from "../index.js";

/* Streams of random numbers: integers, masks and uniform numbers are equal, normal ones to 2 units of the last place. */

type Fn = (...args: unknown[]) => tf.Tensor;
const array = ({ array }: GoldenArray): tf.Tensor => new tf.Tensor(new Value(array));
const fn = (name: string): Fn => (tf.random as unknown as Record<string, Fn>)[name]!;
const NORMAL = /normal|gamma|HeNormal|RandomNormal|TruncatedNormal|Orthogonal|generator$/i;

function drawn(g: Record<string, unknown>): tf.Tensor[] {
  const seed = g.seed as number;
  switch (g.kind) {
    case "seeded": {
      tf.random.set_seed(seed);
      const args = g.args as unknown[];
      return [0, 1].map(() => fn(g.fn as string)(...args, { seed: g.op_seed }));
    }
    case "stateless":
      return [fn(g.fn as string)(...(g.args as unknown[]))];
    case "binomial": {
      const args = g.args as unknown[];
      return [[], [tf.float32]].map((type) => tf.random.stateless_binomial(...([...args, ...type] as never)));
    }
    case "generator binomial": {
      const r = tf.random.Generator.from_seed(seed);
      const [shape, n, p] = g.args as [number[], number[], number[]];
      return [r.binomial(shape, n, p), r.binomial(shape, n, p, tf.float64), r.state.value()];
    }
    case "generator": {
      const r = tf.random.Generator.from_seed(seed);
      return [
        r.normal([3]),
        r.uniform([3]),
        r.uniform([3], 0, 20, tf.int32),
        r.truncated_normal([3]),
        r.uniform_full_int([2]),
        r.make_seeds(2),
        r.state.value(),
      ];
    }
    case "shuffle": {
      tf.random.set_seed(seed);
      const d = tf.data.Dataset.range(12).shuffle(5, { seed });
      const e = tf.data.Dataset.range(12).shuffle(20);
      return [d, d, e].map((x) => tf.stack([...x] as tf.Tensor[]));
    }
    case "dropout": {
      tf.random.set_seed(seed);
      const x = tf.ones([12]);
      return [
        tf.nn.dropout(x, 0.4),
        tf.nn.dropout(x, 0.4, { seed: 2 }),
        tf.nn.experimental.stateless_dropout(x, 0.4, [seed, 1]),
      ];
    }
    default: {
      const C = (tf.initializers as unknown as Record<string, (o: object) => (s: number[]) => tf.Tensor>)[
        g.fn as string
      ]!;
      return [tf.convert_to_tensor(C({ seed })([2, 3]))];
    }
  }
}

describe("tf.random: streams", () => {
  test.each(
    golden("tf/random", { array }).map(
      (g, i) => [`${i} ${g.fn as string} ${g.seed as number} ${String(g.op_seed)}`, g] as const,
    ),
  )("%s", (_name, g) => {
    const want = g.out as tf.Tensor[];
    const got = drawn(g as unknown as Record<string, unknown>);
    got.forEach((t, i) => {
      const normal = NORMAL.test(`${g.fn as string} ${g.kind as string}`) && t.dtype.is_floating;
      const close = normal
        ? t.dtype.name === "float64"
          ? { rtol: 1e-12, atol: 1e-13 }
          : { rtol: g.fn === "Orthogonal" ? 1e-5 : 5e-7, atol: 1e-7 }
        : { rtol: 0, atol: 0 };
      expect(t).toMatchGolden(want[i], close);
    });
  });
});
