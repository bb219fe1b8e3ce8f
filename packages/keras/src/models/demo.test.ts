import { readNpz } from "@cognate/formats";
import { fromStrided, type ndarray } from "@cognate/ndarray";
import { fixtureBytes, fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as keras from "../index.js";
import { summaryText } from "../utils/summary.js";

/* The main job's files: a CNN of Keras 3 and an RNN of Keras 2, trained on real digits. */

const TRAIN = 1500;
const SHOWN = 32;

interface Demo {
  readonly name: string;
  readonly summary: string;
  readonly predictions: ndarray;
  readonly history: Readonly<Record<string, ndarray>>;
  readonly after: ndarray;
  readonly evaluation: readonly number[];
}
const expected = new Map(
  golden("cli/demo", { array: (a: GoldenArray) => fromStrided(a.array) }, "keras.json").map((c) => [
    c.name,
    c as unknown as Demo,
  ]),
);
const digits = readNpz(fixtureBytes("cli/demo/digits.npz"));
const images = (fromStrided(digits.get("images")!) as ndarray).astype("float32").div(16) as ndarray;
const labels = (fromStrided(digits.get("labels")!) as ndarray).astype("int64");
const rows = (a: ndarray, range: string): ndarray => a.at(range) as ndarray;
const shown = rows(images, `${TRAIN}:${TRAIN + SHOWN}`);

const flat = (x: unknown): number[] => ((x as ndarray).tolist() as never[]).flat(9).map(Number);
function close(got: unknown, wanted: unknown, tolerance: number): void {
  const b = flat(wanted);
  flat(got).forEach((v, i) =>
    expect(Math.abs(v - b[i]!)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b[i]!))),
  );
}

describe("cnn.keras", () => {
  const c = expected.get("cnn")!;
  const open = () => keras.models.load_model(fixturePath("cli/demo/cnn.keras"));
  const withAxis = (a: ndarray): ndarray => a.reshape([-1, 8, 8, 1] as never) as ndarray;

  test("is shown and predicts as in Keras", () => {
    const model = open();
    expect(summaryText(model)).toBe(c.summary);
    close(model(withAxis(shown)), c.predictions, 1e-5);
  });
  test("trains on as in Keras", () => {
    const model = open();
    const x = withAxis(rows(images, `:${TRAIN}`));
    const { history } = model.fit(x, rows(labels, `:${TRAIN}`), {
      batch_size: 50,
      epochs: 3,
      shuffle: false,
      verbose: 0,
    });
    for (const key of ["loss", "accuracy"]) close({ tolist: () => history[key] }, c.history[key], 1e-4);
    close(model(withAxis(shown)), c.after, 1e-3);
  });
});

describe("rnn_keras2.h5", () => {
  const c = expected.get("rnn")!;

  test("is shown and predicts as in Keras", () => {
    const model = keras.models.load_model(fixturePath("cli/demo/rnn_keras2.h5"), { compile: false });
    expect(summaryText(model)).toBe(c.summary);
    close(model(shown), c.predictions, 1e-5);
  });
});
