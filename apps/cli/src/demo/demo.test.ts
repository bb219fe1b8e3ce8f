import { fixturePath } from "@cognate/testing";
import * as torch from "@cognate/torch";
import { describe, expect, test } from "vitest";
import { difference, EPOCHS, type Expected, expectedOf } from "./expected.js";
import { KerasPart } from "./keras-part.js";
import { type Opened, TorchPart } from "./torch-part.js";

const folder = fixturePath("cli/demo");

/** Of the largest output. */
function agrees(opened: Opened, expected: Expected): void {
  expect(opened.print).toBe(expected.print);
  expect(difference(opened.predictions, expected.predictions)).toBeLessThan(1e-5);
}

/** The largest difference of the losses of two runs, which have as many steps. */
function curve(losses: readonly number[], expected: Expected): number {
  const theirs = expected.losses.tolist() as number[];
  expect(losses.length).toBe(theirs.length);
  return Math.max(...losses.map((loss, i) => Math.abs(loss - theirs[i]!)));
}

describe("PyTorch's files", () => {
  const expected = expectedOf(folder, "torch.json") as Record<"cnn" | "mlp" | "gru", Expected>;
  const part = new TorchPart(folder);

  test("a state dict", () => {
    const opened = part.cnn();
    agrees(opened, expected.cnn);
    expect(difference(opened.predictions64!, expected.cnn.predictions64!)).toBeLessThan(1e-10);
  });
  test("a whole model", () => agrees(part.mlp(), expected.mlp));
  test("safetensors", () => agrees(part.gru(), expected.gru));

  test("three epochs more, step by step", () => {
    const losses: number[] = [];
    const trained = part.train((_step, loss) => losses.push(loss));
    expect(losses.length).toBe(EPOCHS * 30);
    expect(curve(losses, expected.cnn)).toBeLessThan(1e-4);
    expect(difference(trained.predictions, expected.cnn.after)).toBeLessThan(1e-5);
    expect(trained.accuracy).toBe(expected.cnn.accuracy);

    const saved = torch.load(torch.save(part.model.state_dict()));
    expect(Object.keys(saved)).toEqual(Object.keys(part.model.state_dict()));
  });
});

describe("Keras's files", () => {
  const expected = expectedOf(folder, "keras.json") as Record<"cnn" | "rnn", Expected>;
  const part = new KerasPart(folder);

  test("a Keras 3 archive", () => agrees(part.cnn(), expected.cnn));
  test("a Keras 2 file", () => agrees(part.rnn(), expected.rnn));

  test("three epochs more, step by step", () => {
    const losses: number[] = [];
    const trained = part.train((_step, loss) => losses.push(loss));
    expect(losses.length).toBe(EPOCHS * 30);
    expect(curve(losses, expected.cnn)).toBeLessThan(1e-4);
    expect(difference(trained.predictions, expected.cnn.after)).toBeLessThan(1e-5);
    expect(trained.accuracy).toBeCloseTo(expected.cnn.evaluation![1]!, 6);
  });
});
