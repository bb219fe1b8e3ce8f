import { contiguous, type Strided } from "@cognate/kernel";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { bytesOfArray } from "./bytes/arrays.js";
import { FormatError } from "./bytes/errors.js";
import { utf8Bytes } from "./bytes/sink.js";
import { Hdf5File } from "./hdf5/reader.js";
import { pythonJson, readKerasArchive, writeKerasArchive } from "./keras-archive.js";
import { ZipArchive } from "./zip/reader.js";
import { writeZip } from "./zip/writer.js";

const bytesOf = (name: string) => fixtureBytes(`formats/keras/${name}`);
const comparable = (a: Strided) => [a.dtype.name, [...a.shape], [...bytesOfArray(contiguous(a))]];
const cases = golden("formats/keras") as unknown as {
  name: string;
  weights: Record<string, GoldenArray>;
  names: string[];
  layers?: string[];
  config: unknown;
}[];
const caseOf = (name: string) => cases.find((c) => c.name === name)!;

function everyName(file: Hdf5File): string[] {
  const names: string[] = [];
  file.walk((o) => names.push(o.path.slice(1)));
  return names.sort();
}

describe("files of Keras 3", () => {
  test.each(["three.keras", "three.weights.h5"])("%s", (name) => {
    const wanted = caseOf(name);
    const bytes = name.endsWith(".keras") ? readKerasArchive(bytesOf(name)).weights : bytesOf(name);
    const file = new Hdf5File(bytes);
    expect(everyName(file)).toEqual(wanted.names);
    for (const [path, array] of Object.entries(wanted.weights))
      expect([path, ...comparable(file.dataset(path).array())]).toEqual([path, ...comparable(array.array)]);
    expect(file.group("layers/dense/vars").attrs.get("name")).toBe("last");
    expect(file.dataset("optimizer/vars/0").array().dtype.name).toBe("int64");
  });

  test("three.keras: metadata and config", () => {
    const { metadata, config, assets } = readKerasArchive(bytesOf("three.keras"));
    expect(Object.keys(metadata)).toEqual(["keras_version", "date_saved"]);
    expect([config.class_name, assets.size]).toEqual(["Sequential", 0]);
  });

  test("bfloat16", () => {
    const { weights } = caseOf("bfloat16.weights.h5");
    const array = new Hdf5File(bytesOf("bfloat16.weights.h5")).dataset("layers/dense/vars/0").array();
    expect(array.dtype.name).toBe("bfloat16");
    const wanted = weights["layers/dense/vars/0"]!.array.data as Float32Array;
    const bits = new Uint16Array(wanted.buffer).filter((_, i) => i % 2 === 1);
    expect(array.data).toEqual(bits);
  });

  test("the legacy .h5", () => {
    const file = new Hdf5File(bytesOf("three-legacy.h5"));
    expect(file.group("model_weights").attrs.get("layer_names")).toEqual([
      "lstm",
      "batch_normalization",
      "last",
    ]);
    expect(JSON.parse(file.attrs.get("training_config") as string).loss).toBe("mse");
    expect(everyName(file)).toEqual(caseOf("three-legacy.h5").names);
  });
});

describe("files of Keras 2", () => {
  test("two.h5", () => {
    const { weights, layers, config, names } = caseOf("two.h5");
    const file = new Hdf5File(bytesOf("two.h5"));
    expect(everyName(file)).toEqual(names);
    const model = file.group("model_weights");
    expect(model.attrs.get("layer_names")).toEqual(layers);
    const saved = JSON.parse(file.attrs.get("model_config") as string).config;
    expect(saved.layers.map((l: { class_name: string }) => l.class_name)).toEqual(
      (config as { layers: { class_name: string }[] }).layers.map((l) => l.class_name),
    );
    let n = 0;
    for (const layer of layers!)
      for (const name of model.group(layer).attrs.get("weight_names") as string[]) {
        expect([name, ...comparable(model.group(layer).dataset(name).array())]).toEqual([
          name,
          ...comparable(weights[name]!.array),
        ]);
        n++;
      }
    expect(n).toBe(Object.keys(weights).length);
    expect(file.group("optimizer_weights").attrs.get("weight_names")).toContain("iteration:0");
    expect([file.attrs.get("backend"), file.attrs.get("keras_version")]).toEqual(["tensorflow", "2.21.0"]);
  });
});

describe("written", () => {
  test("the same parts come back, in Keras's order", () => {
    const assets = new Map([["assets/vocabulary.txt", utf8Bytes("a\nb")]]);
    const parts = {
      metadata: { keras_version: "3" },
      config: { ü: [1, 2.5] },
      weights: bytesOf("three.weights.h5"),
      assets,
    };
    const bytes = writeKerasArchive(parts);
    expect(readKerasArchive(bytes)).toEqual(parts);
    expect(new ZipArchive(bytes).names).toEqual([
      "metadata.json",
      "config.json",
      "model.weights.h5",
      "assets/vocabulary.txt",
    ]);
  });

  test("JSON as Python writes it", () => {
    const value = {
      a: [1, new Number(1), 0.1, 1e-5, 1e16, 1.5e300, -0, 123456.5, new Number(1e15)],
      "ü\n\u007f": null,
      b: [true, {}, []],
      m: new Map([["k", 2n ** 60n]]),
      n: [Number.NaN, -Infinity],
    };
    expect(pythonJson(value)).toBe(
      '{"a": [1, 1.0, 0.1, 1e-05, 1e+16, 1.5e+300, -0.0, 123456.5, 1000000000000000.0], "\\u00fc\\n\\u007f": null, "b": [true, {}, []], "m": {"k": 1152921504606846976}, "n": [NaN, -Infinity]}',
    );
    expect(pythonJson(readKerasArchive(bytesOf("three.keras")).metadata)).toBe(
      new TextDecoder().decode(new ZipArchive(bytesOf("three.keras")).read("metadata.json")),
    );
  });
});

describe("broken", () => {
  const part = (name: string, text: string) => ({ name, data: utf8Bytes(text) });
  test.each([
    ["no config", [part("metadata.json", "{}")], 'the entry "config.json" is missing'],
    ["no metadata", [], 'the entry "metadata.json" is missing'],
    [
      "no weights",
      [part("metadata.json", "{}"), part("config.json", "{}")],
      'the entry "model.weights.h5" is missing',
    ],
    [
      "no JSON",
      [part("metadata.json", "{"), part("config.json", "{}")],
      "metadata.json at byte 0 is no JSON",
    ],
    ["a list", [part("metadata.json", "[]"), part("config.json", "{}")], "JSON of another kind"],
  ])("%s", (_name, records, message) => {
    const bytes = writeZip(records);
    expect(() => readKerasArchive(bytes)).toThrow(FormatError);
    expect(() => readKerasArchive(bytes)).toThrow(message);
  });

  test("cut off or damaged", () => {
    const bytes = bytesOf("three.keras");
    expect(() => readKerasArchive(bytes.subarray(0, bytes.length >> 1))).toThrow(FormatError);
    const damaged = bytes.slice();
    damaged[60]! ^= 1;
    expect(() => readKerasArchive(damaged)).toThrow("damaged");
  });
});
