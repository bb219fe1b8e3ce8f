import { type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import { bool } from "../../dtype/dtype.js";
import { Strided } from "../../strided/strided.js";
import type { GateActivation } from "./activations.js";
import { gru, gruGrad } from "./gru.js";
import { lstm, lstmGrad } from "./lstm.js";
import { rnn, rnnGrad } from "./rnn.js";

interface Case {
  readonly name: string;
  readonly kind: "LSTM" | "GRU" | "SimpleRNN";
  readonly config: {
    readonly go_backwards: boolean;
    readonly reset_after?: boolean;
    readonly activation: string;
    readonly recurrent_activation?: string;
    readonly zero_output_for_mask: boolean;
  };
  readonly mask: boolean[][] | null;
  readonly x: Strided;
  readonly states: Strided[];
  readonly weights: Strided[];
  readonly y: Strided;
  readonly final: Strided[];
  readonly gy: Strided;
  readonly gfinal: Strided[];
  readonly grads: Strided[];
}

const cases = golden("kernel/recurrent", { array: (a: GoldenArray) => a.array }) as unknown as Case[];

/** Keras has batch before steps and inputs before units. */
const turned = (a: Strided): Strided =>
  a.view(
    [a.shape[1]!, a.shape[0]!, ...a.shape.slice(2)],
    [a.strides[1]!, a.strides[0]!, ...a.strides.slice(2)],
  );

/** Keras gives the outputs of a layer that goes backwards in the order in which it made them. */
const flipped = (a: Strided): Strided =>
  a.view(a.shape, [-a.strides[0]!, ...a.strides.slice(1)], a.offset + (a.shape[0]! - 1) * a.strides[0]!);

const row = (a: Strided, i: number): Strided =>
  a.view(a.shape.slice(1), a.strides.slice(1), a.offset + i * a.strides[0]!);

const ACTIVATIONS: Readonly<Record<string, GateActivation>> = { hard_sigmoid: "hardSigmoid" };
const named = (name: string): GateActivation => ACTIVATIONS[name] ?? (name as GateActivation);

test.each(cases)("Keras' $name", (c) => {
  const { config } = c;
  const back = config.go_backwards;
  const inOrder = (a: Strided): Strided => (back ? flipped(a) : a);
  const [kernel, recurrent, bias = null] = c.weights;
  const [wx, wh] = [turned(kernel!), turned(recurrent!)];
  const after = c.kind === "GRU" && config.reset_after === true;
  const [bx, bh] = bias && after ? [row(bias, 0), row(bias, 1)] : [bias, null];
  const x = turned(c.x);
  const mask =
    c.mask &&
    turned(Strided.over(Uint8Array.from(c.mask.flat(), Number), bool, [c.mask.length, c.mask[0]!.length]));
  const walk = { reverse: back, zeroOutput: config.zero_output_for_mask };
  const gy = inOrder(turned(c.gy));
  const [h, cell] = c.states as [Strided, Strided];
  const [gh, gcell] = c.gfinal as [Strided, Strided];
  const candidate = named(config.activation);
  const gate = config.recurrent_activation && named(config.recurrent_activation);
  let out: readonly Strided[];
  let grads: readonly Strided[];
  if (c.kind === "LSTM") {
    const p = { ...walk, gates: "ifco", candidate, gate: gate as GateActivation };
    out = lstm.run([x, h, cell, wx, wh, bx!, null, null, mask], p) as readonly Strided[];
    const all = lstmGrad.run(
      [x, h, cell, wx, wh, bx!, null, null, mask, gy, gh, gcell, out[3]!],
      p,
    ) as readonly Strided[];
    grads = [all[0]!, all[3]!, all[4]!, all[5]!];
  } else if (c.kind === "GRU") {
    const p = { ...walk, gates: "zrh", resetAfter: after, candidate, gate: gate as GateActivation };
    out = gru.run([x, h, wx, wh, bx!, bh, mask], p) as readonly Strided[];
    grads = gruGrad.run([x, h, wx, wh, bx!, bh, mask, gy, gh, out[2]!], p) as readonly Strided[];
    grads = [grads[0]!, grads[2]!, grads[3]!, grads[4]!, grads[5]!];
  } else {
    const p = { ...walk, activation: candidate };
    out = rnn.run([x, h, wx, wh, bx!, null, mask], p) as readonly Strided[];
    const all = rnnGrad.run([x, h, wx, wh, bx!, null, mask, gy, gh, out[2]!], p) as readonly Strided[];
    grads = [all[0]!, all[2]!, all[3]!, all[4]!];
  }
  const close = { rtol: 1e-5, atol: 1e-5 };
  expect(turned(inOrder(out[0]!))).toMatchGolden(c.y, close);
  c.final.forEach((s, i) => {
    expect(out[1 + i]).toMatchGolden(s, close);
  });
  expect(turned(grads[0]!)).toMatchGolden(c.grads[0], close);
  expect(turned(grads[1]!)).toMatchGolden(c.grads[1], close);
  expect(turned(grads[2]!)).toMatchGolden(c.grads[2], close);
  if (!bias) return;
  if (after) {
    expect(grads[3]).toMatchGolden(row(c.grads[3]!, 0), close);
    expect(grads[4]).toMatchGolden(row(c.grads[3]!, 1), close);
  } else expect(grads[3]).toMatchGolden(c.grads[3], close);
});
