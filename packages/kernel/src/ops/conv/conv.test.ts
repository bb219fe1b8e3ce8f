import { type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import type { Strided } from "../../strided/strided.js";
import { avgPool, avgPoolInput } from "../pool/avg-pool.js";
import { maxPool } from "../pool/max-pool.js";
import { maxUnpool } from "../pool/max-unpool.js";
import { conv } from "./conv.js";
import { convInput } from "./conv-input.js";
import { convWeight } from "./conv-weight.js";

interface Case {
  readonly name: string;
  readonly op: "conv" | "transposed" | "MAX" | "AVG";
  readonly inputs: Strided[];
  readonly strides: number[];
  readonly padding: [number, number][];
  readonly spatial?: number[];
  readonly y: Strided;
  readonly gy: Strided;
  readonly grads: Strided[];
}

const cases = golden("kernel/conv", { array: (a: GoldenArray) => a.array }) as unknown as Case[];

const permuted = (x: Strided, axes: readonly number[]): Strided =>
  x.view(
    axes.map((a) => x.shape[a]!),
    axes.map((a) => x.strides[a]!),
  );

/** TensorFlow's images have channels last, its kernels `[…, in, out]`. */
const image = (x: Strided): Strided => permuted(x, [0, 3, 1, 2]);
const back = (x: Strided): Strided => permuted(x, [0, 2, 3, 1]);
const kernel = (w: Strided): Strided => permuted(w, [3, 2, 0, 1]);
const kernelBack = (w: Strided): Strided => permuted(w, [2, 3, 1, 0]);

const close = { rtol: 1e-5, atol: 1e-5 };

test.each(cases)("TensorFlow's $name with SAME padding, channels last", (c) => {
  const [x, w] = c.inputs as [Strided, Strided];
  const gy = image(c.gy);
  const p = { stride: c.strides, padding: c.padding, dilation: [1, 1], groups: 1 };
  const spatial = c.spatial ?? x.shape.slice(1, 3);
  if (c.op === "conv") {
    const y = back(conv.run([image(x), kernel(w), null], p) as Strided);
    expect(y).toMatchGolden(c.y, close);
    expect(y.contiguous, "the result lies channels last, as the input does").toBe(true);
    const gx = convInput.run([gy, kernel(w), null], { ...p, spatial }) as Strided;
    expect(back(gx)).toMatchGolden(c.grads[0], close);
    const gw = convWeight.run([image(x), gy], { ...p, kernel: w.shape.slice(0, 2) }) as Strided;
    expect(kernelBack(gw)).toMatchGolden(c.grads[1], close);
  } else if (c.op === "transposed") {
    const y = convInput.run([image(x), kernel(w), null], { ...p, spatial }) as Strided;
    expect(back(y)).toMatchGolden(c.y, close);
    expect(back(conv.run([gy, kernel(w), null], p) as Strided)).toMatchGolden(c.grads[0], close);
  } else if (c.op === "MAX") {
    const window = { ...p, kernel: [3, 2] };
    const [y, index] = maxPool.run([image(x)], window) as readonly [Strided, Strided];
    expect(back(y)).toMatchGolden(c.y, close);
    expect(back(y).contiguous).toBe(true);
    const gx = maxUnpool.run([gy, index], { spatial, accumulate: true }) as Strided;
    expect(back(gx)).toMatchGolden(c.grads[0], close);
  } else {
    const window = { ...p, kernel: [3, 2], countPadding: false };
    expect(back(avgPool.run([image(x)], window) as Strided)).toMatchGolden(c.y, close);
    expect(back(avgPoolInput.run([gy], { ...window, spatial }) as Strided)).toMatchGolden(c.grads[0], close);
  }
});
