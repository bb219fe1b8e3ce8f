import { fixtureBytes, fixturePath } from "@cognate/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { clear_session } from "../backend/global-state.js";
import type { Tensor } from "../backend/tensor.js";
import * as keras from "../index.js";

interface Noted {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Case {
  readonly name: string;
  readonly x: Noted | readonly Noted[];
  readonly y: Noted;
}
const cases = JSON.parse(
  new TextDecoder().decode(fixtureBytes("keras/saving/tfjs/cases.json")),
) as readonly Case[];
const tensor = ({ shape, data }: Noted): Tensor =>
  keras.ops.reshape(keras.ops.convert_to_tensor(data, "float32"), shape);
const inputsOf = (x: Case["x"]): unknown => (Array.isArray(x) ? x.map(tensor) : tensor(x as Noted));
const flat = (x: unknown): number[] => [(x as { tolist(): unknown }).tolist()].flat(9) as number[];
function close(got: readonly number[], wanted: readonly number[]): void {
  expect(got).toHaveLength(wanted.length);
  got.forEach((v, i) =>
    expect(Math.abs(v - wanted[i]!)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(v))),
  );
}

describe.each(cases)("a model of TensorFlow.js: $name", ({ name, x, y }) => {
  beforeEach(() => clear_session());
  const open = () => keras.models.load_model(fixturePath(`keras/saving/tfjs/${name}.model.json`));
  test("predicts the same", () => close(flat(open().predict(inputsOf(x), { verbose: 0 })), y.data));
  test("written for it and read again", () => {
    const files = open().save({ save_format: "tfjs" }) as unknown as ReadonlyMap<string, Uint8Array>;
    expect([...files.keys()]).toEqual(["model.json", "group1-shard1of1.bin"]);
    close(flat(keras.models.load_model(files).predict(inputsOf(x), { verbose: 0 })), y.data);
  });
});
test("what is missing is named", () => {
  const json = fixtureBytes("keras/saving/tfjs/dense.model.json");
  expect(() => keras.models.load_model(new Map([["model.json", json]]))).toThrow(
    "No such file or directory: './dense.bin'",
  );
  const cut = fixtureBytes("keras/saving/tfjs/dense.bin").subarray(0, 20);
  expect(() =>
    keras.models.load_model(
      new Map([
        ["model.json", json],
        ["dense.bin", cut],
      ]),
    ),
  ).toThrow(/./);
});
