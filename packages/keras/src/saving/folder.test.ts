import { expect, test } from "vitest";
import * as keras from "../index.js";

interface Files {
  existsSync(path: string): boolean;
  mkdtempSync(prefix: string): string;
  readFileSync(path: string, encoding: "utf8"): string;
}
declare const process: { getBuiltinModule(name: string): unknown };
const { existsSync, mkdtempSync, readFileSync } = process.getBuiltinModule("node:fs") as Files;
const { tmpdir } = process.getBuiltinModule("node:os") as { tmpdir(): string };
const join = (...parts: string[]): string => parts.join("/");

test("a model as a folder, with its vocabulary", () => {
  const folder = join(mkdtempSync(join(tmpdir(), "cognate-folder-")), "model");
  const look = keras.layers.IntegerLookup({ output_mode: "one_hot" });
  look.adapt([[4], [7], [7], [9]]);
  const model = keras.Sequential([
    keras.Input([1], { dtype: "int64" }),
    look as never,
    keras.layers.Dense(2),
  ]);
  const x = keras.ops.convert_to_tensor([[4], [9], [1]], "int64");
  const y = model(x);
  model.save(folder, { zipped: false });
  expect(readFileSync(join(folder, "assets/layers/integer_lookup/vocabulary.txt"), "utf8")).toBe(
    "-1\n7\n9\n4",
  );
  for (const name of ["metadata.json", "config.json", "model.weights.h5"])
    expect(existsSync(join(folder, name))).toBe(true);
  const again = keras.models.load_model(folder);
  expect(again(x).tolist()).toEqual(y.tolist());
});
