import { fromStrided } from "@cognate/ndarray";
import { setOutput } from "@cognate/py";
import { fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { afterAll, describe, expect, test } from "vitest";
import * as keras from "../index.js";

interface Files {
  mkdtempSync(prefix: string): string;
  writeFileSync(path: string, data: Uint8Array | string): void;
  readFileSync(path: string): Uint8Array;
  rmSync(path: string, options: { recursive: boolean }): void;
}
interface Runtime {
  process: { getBuiltinModule(name: string): unknown };
}
const builtin = (name: string): unknown => (globalThis as unknown as Runtime).process.getBuiltinModule(name);
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = builtin("node:fs") as Files;
const { tmpdir } = builtin("node:os") as { tmpdir(): string };
const folder = mkdtempSync(`${tmpdir()}/folders-`);
afterAll(() => rmSync(folder, { recursive: true }));

const { utils } = keras;
const data = (name: string): string => fixturePath(`keras/utils/folders/data/${name}`);
const cases = golden("keras/utils/folders", { array: (a: GoldenArray) => fromStrided(a.array) });
type Options = Record<string, unknown>;

describe("images in files, as Pillow opens and resizes them", () => {
  test.each(cases.filter((c) => c.image))("$name", (c) => {
    const image = utils.load_img(data(c.path as string), c.options as Options);
    expect(image).toMatchGolden(c.image);
  });
  test("saved and opened again", () => {
    const x = keras.ops.reshape(keras.ops.arange(60, { dtype: "float32" }), [4, 5, 3]);
    utils.save_img(`${folder}/a.png`, x);
    const again = utils.load_img(`${folder}/a.png`);
    expect(again.tolist()).toEqual(utils.array_to_img(x).tolist());
    const bytes = utils.save_img(null, x.at("...", [0, 0, 0, 1]), { scale: false })!;
    expect(utils.img_to_array(utils.load_img(bytes, "rgba") as never).shape.join()).toBe("4,5,4");
  });
  test("what is no image is refused", () => {
    writeFileSync(`${folder}/b.jpg`, Uint8Array.of(0xff, 0xd8, 0xff, 0xe0));
    expect(() => utils.load_img(`${folder}/b.jpg`)).toThrow("JPEG, which is not read here");
    expect(() => utils.load_img(data("images/a/rgb.png"), "grey")).toThrow('color_mode must be "grayscale"');
    const cut = readFileSync(data("images/a/rgb.png")).slice(0, 60);
    expect(() => utils.load_img(cut)).toThrow("cut off");
  });
});

interface Numbers {
  numpy(): unknown;
}
const plain = (x: unknown): unknown =>
  Array.isArray(x) && typeof x[0] !== "string"
    ? [...x].map(plain)
    : typeof x === "object" && x !== null && "numpy" in x
      ? (x as Numbers).numpy()
      : x;
const batchesOf = (d: Iterable<unknown>): unknown[] =>
  [...d].map((b) => (Array.isArray(b) && typeof b[0] !== "string" ? [...b].map(plain) : [plain(b)]));

describe("datasets out of folders", () => {
  test.each(cases.filter((c) => c.folder))("$name", (c) => {
    let text = "";
    const before = setOutput((t) => {
      text += t;
    });
    let made: unknown;
    try {
      const f = (utils as unknown as Record<string, (folder: string, options: Options) => unknown>)[
        c.f as string
      ]!;
      made = f(data(c.folder as string), c.options as Options);
    } finally {
      setOutput(before);
    }
    expect(text).toBe(c.text);
    const datasets = (Array.isArray(made) ? made : [made]) as (Iterable<unknown> & {
      class_names: unknown;
    })[];
    expect(datasets[0]!.class_names).toEqual(c.classes);
    expect(datasets.map(batchesOf)).toMatchGolden(c.batches, { rtol: 1e-5, atol: 1e-4 });
  });
  test("windows in random order, another one in every pass", () => {
    const x = keras.ops.arange(20, { dtype: "float64" });
    const d = utils.timeseries_dataset_from_array(x, keras.ops.arange(20, { dtype: "int64" }), 3, {
      batch_size: 2,
      shuffle: true,
      seed: 6,
    });
    expect([batchesOf(d), batchesOf(d)]).toMatchGolden(cases.find((c) => c.passes)!.passes);
  });
  test("models train on them", () => {
    const d = utils.image_dataset_from_directory(data("images"), {
      image_size: [4, 4],
      batch_size: 3,
      seed: 1,
      verbose: false,
    });
    const model = keras.Sequential([
      keras.layers.Rescaling(1 / 255),
      keras.layers.Flatten(),
      keras.layers.Dense(2, { activation: "softmax" }),
    ]);
    model.compile({ loss: "sparse_categorical_crossentropy" });
    expect(model.fit(d, { verbose: 0, epochs: 2 }).epoch).toEqual([0, 1]);
  });
  test("wrong arguments", () => {
    const from = utils.image_dataset_from_directory as unknown as (
      folder: string,
      options: Options,
    ) => unknown;
    const wrong: [Options, string][] = [
      [
        { label_mode: "onehot" },
        '`label_mode` argument must be one of "int", "categorical", "binary", or None. Received: label_mode=onehot',
      ],
      [{ subset: "training" }, "If `subset` is set, `validation_split` must be set, and inversely."],
      [{ validation_split: 0.2, subset: "both" }, "you must provide a `seed` argument"],
      [{ labels: [1, 2], verbose: false }, "len(labels) is 2 while we found 7 files in directory"],
      [
        { class_names: ["a", "c"] },
        "Expected: ['a', 'b'] (or a subset of it), but received: class_names=['a', 'c']",
      ],
      [
        { image_size: [3] },
        "Invalid `image_size` value. Expected a tuple of 2 integers. Received: image_size=[3]",
      ],
    ];
    for (const [options, message] of wrong) expect(() => from(data("images"), options)).toThrow(message);
    expect(() => from(data("texts"), { verbose: false })).toThrow("No images found in directory");
  });
});

describe("get_file", () => {
  const options = { cache_dir: folder, cache_subdir: "cache" };
  test("takes files of this machine, and those that lie there", () => {
    const origin = data("texts/one/a.txt");
    const path = utils.get_file("mine.txt", `file://${origin}`, options);
    expect([path, new TextDecoder().decode(readFileSync(path))]).toEqual([
      `${folder}/cache/mine.txt`,
      "first text",
    ]);
    expect(utils.get_file("mine.txt", "https://example.com/mine.txt", options)).toBe(path);
    expect(() => utils.get_file("other.txt", "https://example.com/other.txt", options)).toThrow(
      `URL fetch failure on https://example.com/other.txt: nothing is downloaded here. Put the file at ${folder}/cache/other.txt`,
    );
    expect(() => utils.get_file("wrong.txt", origin, { ...options, file_hash: "00" })).toThrow(
      "Incomplete or corrupted file detected. The auto file hash does not match the provided value of 00.",
    );
  });
  test("opens archives", () => {
    const model = keras.Sequential([keras.Input([2]), keras.layers.Dense(3)]);
    writeFileSync(`${folder}/m.zip`, model.save() as unknown as Uint8Array);
    const inside = utils.get_file(null, `${folder}/m.zip`, { ...options, extract: true });
    expect(inside).toBe(`${folder}/cache/m.zip`);
    expect(JSON.parse(new TextDecoder().decode(readFileSync(`${inside}/config.json`)))).toHaveProperty(
      "class_name",
      "Sequential",
    );
  });
});
