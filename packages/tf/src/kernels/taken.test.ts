import { describe, expect, it } from "vitest";
import * as tf from "../index.js";

/* What TensorFlow 2.21's kernels take and give; numbers are its own. */

const round = (x: unknown): unknown =>
  Array.isArray(x) ? x.map(round) : typeof x === "number" ? Number(x.toPrecision(5)) : x;

describe("types that TensorFlow computes", () => {
  it("rounds in a range of few numbers", () => {
    const x = tf.constant([-7, -1.3, 0.1, 2.2, 3.3, 9]);
    const q = (num_bits: number, narrow_range: boolean) =>
      round(
        (
          tf.raw_ops.FakeQuantWithMinMaxArgs({
            inputs: x,
            min: -4,
            max: 5,
            num_bits,
            narrow_range,
          }) as tf.Tensor
        ).tolist(),
      );
    expect(q(8, false)).toEqual([-3.9882, -1.3059, 0.10588, 2.1882, 3.3176, 5.0118]);
    expect(q(4, true)).toEqual([-3.8571, -1.2857, 0, 1.9286, 3.2143, 5.1429]);
  });
  it("cuts complex numbers part by part", () => {
    const c = (re: number[], im: number[]) =>
      tf.complex(tf.constant(re, tf.float32), tf.constant(im, tf.float32));
    const y = tf.raw_ops.ClipByValue({
      t: c([1, 3], [2, 0.5]),
      clip_value_min: c([1, 1], [1, 0]),
      clip_value_max: c([2, 2], [9, 1]),
    }) as tf.Tensor;
    expect([tf.math.real(y).tolist(), tf.math.imag(y).tolist()]).toEqual([
      [1, 2],
      [2, 0.5],
    ]);
  });
  it("makes sets of texts", () => {
    const both = tf.sets.union(
      tf.constant([
        ["a", "b"],
        ["c", "d"],
      ]),
      tf.constant([
        ["b", "x"],
        ["c", "d"],
      ]),
    );
    expect(both.indices.tolist()).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
    ]);
    expect(String(both.values)).toContain("[b'a' b'b' b'x' b'c' b'd']");
  });
  it("chooses rows of texts", () => {
    const y = tf.raw_ops.Select({
      condition: [true, false],
      x: [
        ["a", "b"],
        ["c", "d"],
      ],
      y: [
        ["e", "f"],
        ["g", "h"],
      ],
    });
    expect(String(y)).toContain("[[b'a' b'b']\n [b'g' b'h']]");
  });
});

describe("derivatives where numbers are none", () => {
  const slope = (f: (x: tf.Tensor) => tf.Tensor, at: number[]): number[] => {
    const x = tf.constant(at, tf.float64);
    const [tape, y] = tf.GradientTape((t) => {
      t.watch(x);
      return [t, f(x)] as const;
    }) as unknown as [{ gradient(y: tf.Tensor, x: tf.Tensor): tf.Tensor }, tf.Tensor];
    return tape.gradient(y, x).tolist() as number[];
  };
  it("passes them where TensorFlow does", () => {
    expect(slope((x) => tf.maximum(x, 0), [Number.NaN, 1, -1])).toEqual([0, 1, 0]);
    expect(slope((x) => tf.nn.elu(x), [Number.NaN, 1])).toEqual([1, 1]);
    expect(slope((x) => tf.reduce_max(x), [Number.NaN, 1])).toEqual([Number.NaN, Number.NaN]);
    expect(slope((x) => tf.math.bessel_i1(x), [0])).toEqual([1]);
    expect(slope((x) => tf.math.special.bessel_k0(x), [0, -1, -Infinity])).toEqual([
      -Infinity,
      -Infinity,
      -Infinity,
    ]);
  });
});

it("gathers past the end, pools past the image, and tells sparse tensors' shapes", () => {
  const x = tf.constant([1.5, 2, 3]);
  expect(tf.gather_nd(x, [[5], [1]], { bad_indices_policy: "IGNORE" }).tolist()).toEqual([0, 2]);
  expect(String(tf.nn.avg_pool2d(tf.zeros([1, 4, 4, 1]), 5, 1, "VALID").shape)).toBe("(1, 0, 0, 1)");
  const sparse = tf.SparseTensor([[0, 1]], [1.5], [2, 3]);
  expect([tf.rank(sparse), tf.size(sparse), tf.shape(sparse)].map((t) => t.tolist())).toEqual([2, 6, [2, 3]]);
});
