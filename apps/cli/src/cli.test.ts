import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  readNpy,
  readNpz,
  readSafetensors,
  readTorch,
  type TorchTensor,
  writeNpy,
  writeNpz,
} from "@cognate/formats";
import { fixtureBytes, fixturePath } from "@cognate/testing";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const app = fileURLToPath(new URL("../", import.meta.url));
const built = join(app, "out/test/cognate.js");
const demo = fixturePath("cli/demo");
const formats = fixturePath("formats");
const work = mkdtempSync(join(tmpdir(), "cognate-cli-"));

/** The command from the sources, so that it need not be built first. */
beforeAll(() => {
  mkdirSync(join(app, "out/test"), { recursive: true });
  buildSync({
    entryPoints: { "test/cognate": join(app, "src/bin.ts") },
    outdir: join(app, "out"),
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["@cognate/source"],
    external: ["commander", "cli-progress"],
    // Modules of the sources put methods on classes.
    ignoreAnnotations: true,
    keepNames: true,
    define: { "import.meta.url": JSON.stringify(new URL("./program.ts", import.meta.url).href) },
    logLevel: "error",
  });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
const cognate = (...args: string[]): Result => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [built, ...args], {
    cwd: work,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};
const ok = (...args: string[]): string => {
  const { status, stdout, stderr } = cognate(...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
};

describe("inspect", () => {
  test("a state dict", () => {
    const text = ok("inspect", `${demo}/cnn.pt`);
    expect(text).toContain("cnn.pt: PyTorch state dict, zip");
    expect(text).toMatch(/├─ conv1\.weight +float32 +\[8, 1, 3, 3\]/);
    expect(text).toMatch(/└─ num_batches_tracked +int64 +\[\]/);
    expect(text).toMatch(/12 tensors, 3,683 elements, 14\.7 kB\n$/);
  });

  test("a whole model, with its architecture", () => {
    const [notes] = JSON.parse(readFileSync(join(demo, "torch.json"), "utf8")).slice(1) as {
      print: string;
    }[];
    expect(ok("inspect", `${demo}/mlp_whole.pt`)).toContain(`\n\n${notes!.print}\n\n`);
    expect(ok("inspect", `${demo}/mlp_whole.pt`, "--no-architecture")).not.toContain("Sequential(\n");
  });

  test("a TorchScript program, as PyTorch prints it", () => {
    const [wanted] = JSON.parse(readFileSync(join(formats, "torch/script/cases.json"), "utf8")) as {
      print: string;
    }[];
    const text = ok("inspect", `${formats}/torch/script/program.pt`);
    expect(text).toContain(`\n\n${wanted!.print}\n\n`);
    expect(text).toContain("first.sizes = [3,6]");
  });

  test("a model of Keras, as Keras prints it", () => {
    const [cnn] = JSON.parse(readFileSync(join(demo, "keras.json"), "utf8")) as { summary: string }[];
    expect(ok("inspect", `${demo}/cnn.keras`)).toContain(`\n\n${cnn!.summary.trimEnd()}\n\n`);
    const custom = ok("inspect", `${fixturePath("cli/hostile")}/scale.keras`);
    expect(custom).toContain("The architecture cannot be shown");
    expect(custom).toContain("Could not locate class 'Scale'.");
    expect(custom).toMatch(/2 tensors, 15 elements, 60 bytes\n$/);
  });

  test("JSON of every format", () => {
    const kinds = Object.fromEntries(
      [
        `${demo}/gru.safetensors`,
        `${demo}/digits.npz`,
        `${formats}/npy/f8.npy`,
        `${formats}/keras/two.h5`,
        `${formats}/keras/three.weights.h5`,
        `${formats}/hdf5/userblock.h5`,
        `${formats}/hdf5/types.h5`,
        `${formats}/torch/tar.pth`,
        `${formats}/torch/checkpoint.pt`,
      ].map((path) => {
        const found = JSON.parse(ok("inspect", path, "--json", "--no-architecture"));
        expect(found.bytes).toBe(readFileSync(path).length);
        expect(found.totals.tensors).toBe(found.tensors.length);
        return [path.slice(path.lastIndexOf("/") + 1), found];
      }),
    );
    expect(Object.values(kinds).map((k) => k.format)).toEqual([
      "safetensors",
      "npz",
      "npy",
      "hdf5",
      "hdf5",
      "hdf5",
      "hdf5",
      "torch",
      "torch",
    ]);
    expect(kinds["gru.safetensors"].metadata).toEqual({ format: "pt" });
    expect(kinds["digits.npz"].tensors[0]).toEqual({
      name: "images",
      shape: [1797, 8, 8],
      dtype: "uint8",
      bytes: 1797 * 64,
    });
    expect(kinds["two.h5"].title).toBe("Keras model in HDF5");
    expect(kinds["three.weights.h5"].title).toBe("Keras weights in HDF5");
    expect(kinds["types.h5"].values.compound).toBe("(a compound of x, y, which is not read)");
    expect(kinds["checkpoint.pt"].values).toMatchObject({
      epoch: 3,
      "optimizer.param_groups.0.betas": [0.9, 0.999],
    });
  });
});

describe("predict", () => {
  const x = readNpz(fixtureBytes("cli/demo/digits.npz")).get("images")!;
  beforeAll(() => {
    writeFileSync(join(work, "x.npy"), writeNpy(x.view([8, 8, 8], [64, 8, 1])));
    writeFileSync(join(work, "bad.npy"), writeNpy(x.view([8, 3, 8], [64, 8, 1])));
    writeFileSync(join(work, "x.npz"), writeNpz([["images", x.view([8, 8, 8], [64, 8, 1])]]));
  });

  test("a whole PyTorch model", () => {
    expect(cognate("predict", `${demo}/mlp_whole.pt`, "-i", "x.npy")).toMatchObject({ status: 7 });
    const float = spawnFloat();
    const printed = ok("predict", `${demo}/mlp_whole.pt`, "-i", float);
    expect(printed).toMatch(/^\[\[-\d\.\d+ /);
    expect(ok("predict", `${demo}/mlp_whole.pt`, "--input", float, "--output", "y.npy")).toBe(
      "y.npy: float32 [8, 10]\n",
    );
    const y = readNpy(readFileSync(join(work, "y.npy")));
    const { outputs } = JSON.parse(ok("predict", `${demo}/mlp_whole.pt`, "-i", float, "--json"));
    expect(outputs[0]).toMatchObject({ shape: [8, 10], dtype: "float32" });
    expect(Float32Array.from(outputs[0].data.flat())).toEqual(y.data);
  });

  /** NumPy's own floats are float64; the model's are float32. */
  function spawnFloat(): string {
    const data = Float64Array.from(x.flat() as Uint8Array, (v) => v / 16);
    const header = writeNpy(x.view([8, 8, 8], [64, 8, 1]));
    const text = new TextDecoder("latin1").decode(header.subarray(0, 128)).replace("'|u1'", "'<f8'");
    const bytes = new Uint8Array(128 + 8 * 512);
    for (let i = 0; i < 128; i++) bytes[i] = text.charCodeAt(i);
    bytes.set(new Uint8Array(data.buffer, 0, 8 * 512), 128);
    writeFileSync(join(work, "float.npy"), bytes);
    return "float.npy";
  }

  test("models of Keras", () => {
    writeFileSync(join(work, "k.npy"), writeNpy(x.view([4, 8, 8, 1], [64, 8, 1, 1])));
    expect(ok("predict", `${demo}/cnn.keras`, "-i", "k.npy", "-o", "k.npz", "--batch-size", "2")).toBe(
      "k.npz: float32 [4, 10]\n",
    );
    const y = readNpz(readFileSync(join(work, "k.npz"))).get("arr_0")!;
    const sums = Array.from({ length: 4 }, (_, i) =>
      (y.data as Float32Array).slice(10 * i, 10 * i + 10).reduce((a, b) => a + b),
    );
    for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
    const custom = cognate("predict", `${fixturePath("cli/hostile")}/scale.keras`, "-i", "k.npy");
    expect([custom.status, custom.stderr]).toEqual([
      6,
      expect.stringContaining("register_keras_serializable"),
    ]);
    const shape = cognate("predict", `${demo}/cnn.keras`, "-i", "bad.npy");
    expect([shape.status, shape.stderr]).toEqual([
      7,
      expect.stringContaining("is incompatible with the layer"),
    ]);
  });

  test("what does not fit, and what is no model", () => {
    const shape = cognate("predict", `${demo}/mlp_whole.pt`, "-i", "bad.npy");
    expect(shape.status).toBe(7);
    expect(shape.stderr).toContain("uint8 [8, 3, 8]");
    const weights = cognate("predict", `${demo}/cnn.pt`, "-i", "x.npy");
    expect(weights.status).toBe(6);
    expect(weights.stderr).toContain("holds weights and no model to predict with (PyTorch state dict, zip).");
    const script = cognate("predict", `${formats}/torch/script/program.pt`, "-i", "x.npy");
    expect([script.status, script.stderr]).toEqual([6, expect.stringContaining("is a TorchScript program")]);
    expect(cognate("predict", `${demo}/mlp_whole.pt`).status).toBe(2);
    expect(cognate("predict", `${demo}/mlp_whole.pt`, "-i", "x.npy", "--batch-size", "0").status).toBe(2);
  });
});

describe("convert", () => {
  const state = readTorch(fixtureBytes("cli/demo/cnn.pt")).value as Map<string, TorchTensor>;
  const wanted = [...state].map(([name, t]) => [
    name,
    t.array.dtype.name,
    [...t.array.shape],
    [...t.array.flat()],
  ]);

  test.each(["safetensors", "npz", "h5", "pt"])("through .%s and back", (ending) => {
    const out = ok("convert", `${demo}/cnn.pt`, `through.${ending}`);
    expect(out).toMatch(/12 tensors, \d\d\.\d kB\n$/);
    ok("convert", `through.${ending}`, "back.pth");
    const back = readTorch(readFileSync(join(work, "back.pth"))).value as Map<string, TorchTensor>;
    const found = [...back].map(([name, t]) => [
      name,
      t.array.dtype.name,
      [...t.array.shape],
      [...t.array.flat()],
    ]);
    expect(found.sort()).toEqual(wanted.sort());
  });

  test("another element type, metadata, compression, progress", () => {
    ok("convert", `${demo}/gru.safetensors`, "half.safetensors", "--dtype", "bfloat16");
    const half = readSafetensors(readFileSync(join(work, "half.safetensors")));
    expect(half.metadata?.get("format")).toBe("pt");
    expect(half.tensors.get("head.bias")!.dtype.name).toBe("bfloat16");
    // NumPy has no such type.
    const refused = cognate("convert", "half.safetensors", "half.npz");
    expect([refused.status, refused.stderr]).toEqual([
      6,
      expect.stringContaining("no element type bfloat16"),
    ]);
    const loud = cognate(
      "convert",
      `${demo}/digits.npz`,
      "digits.npz",
      "--compressed",
      "--progress",
      "always",
    );
    expect(loud.status).toBe(0);
    expect(loud.stderr).toMatch(/^reading \d+ % .*writing 100 % · \S+ of \S+ MB\n$/s);
    expect(readFileSync(join(work, "digits.npz")).length).toBeLessThan(60_000);
  });

  test("a Keras model's weights", () => {
    ok("convert", `${demo}/cnn.keras`, "cnn.weights.h5");
    const { tensors } = JSON.parse(ok("inspect", "cnn.weights.h5", "--json"));
    expect(tensors.map((t: { name: string }) => t.name)).toContain("layers/conv2d/vars/0");
    ok("convert", `${demo}/cnn.keras`, "cnn.npz");
    expect(readNpz(readFileSync(join(work, "cnn.npz"))).get("layers/conv2d/vars/0")!.shape).toEqual([
      3, 3, 1, 8,
    ]);
  });

  test("a whole Keras model from one format to the other", () => {
    ok("convert", `${demo}/rnn_keras2.h5`, "rnn.keras");
    const back = cognate("convert", "rnn.keras", "rnn.h5");
    expect(back).toMatchObject({ status: 0, stdout: expect.stringContaining("rnn.h5: Keras model in HDF5") });
    const [first, second] = [`${demo}/rnn_keras2.h5`, "rnn.h5"].map((path) =>
      JSON.parse(ok("inspect", path, "--json")),
    );
    expect(second.architecture).toBe(first.architecture);
    // Keras 3 keeps one variable of the optimizer's more: its learning rate.
    const weights = (file: typeof first) =>
      file.tensors
        .filter((t: { name: string }) => t.name.startsWith("model_weights/"))
        .map((t: { shape: number[] }) => t.shape);
    expect(weights(second)).toEqual(weights(first));
    expect(cognate("convert", "rnn.keras", "half.h5", "--dtype", "float16").status).toBe(2);
  });

  test("what has no counterpart leaves nothing behind", () => {
    const before = readdirSync(work).sort();
    const status = (...args: string[]) => cognate("convert", ...args).status;
    expect(status(`${demo}/cnn.pt`, "one.npy")).toBe(6);
    expect(status(`${demo}/cnn.pt`, "one.keras")).toBe(6);
    expect(status(`${demo}/cnn.pt`, "one.onnx")).toBe(2);
    expect(status(`${demo}/cnn.pt`, "one.npz", "--dtype", "int8")).toBe(2);
    expect(status(`${demo}/cnn.pt`, "no/such/folder.npz")).toBe(3);
    expect(readdirSync(work).sort()).toEqual(before);
    const some = cognate("convert", `${formats}/torch/checkpoint.pt`, "some.npz");
    expect([some.status, some.stderr]).toEqual([0, expect.stringContaining("are left out")]);
  });
});

describe("errors", () => {
  test("say what is wrong, with a code of their own", () => {
    expect(cognate("inspect", "none.pt")).toEqual({
      status: 3,
      stdout: "",
      stderr: expect.stringMatching(/^cognate: cannot use "none\.pt": ENOENT/),
    });
    writeFileSync(join(work, "cut.pt"), fixtureBytes("cli/demo/cnn.pt").subarray(0, 9000));
    const cut = cognate("inspect", "cut.pt", "--json");
    expect([cut.status, cut.stdout]).toEqual([4, ""]);
    expect(JSON.parse(cut.stderr).error).toMatchObject({ kind: "broken", code: 4 });
    const h5 = fixtureBytes("cli/demo/rnn_keras2.h5");
    writeFileSync(join(work, "cut.h5"), h5.subarray(0, h5.length / 2));
    expect(cognate("inspect", "cut.h5").status).toBe(4);
    const huge = new Uint8Array(64);
    new DataView(huge.buffer).setBigUint64(0, 2n ** 60n, true);
    huge[8] = "{".charCodeAt(0);
    writeFileSync(join(work, "huge.safetensors"), huge);
    const claimed = cognate("inspect", "huge.safetensors");
    expect([claimed.status, claimed.stderr]).toEqual([
      4,
      expect.stringContaining("safetensors: the header's length"),
    ]);
    writeFileSync(join(work, "text.txt"), "just a text");
    expect(cognate("inspect", "text.txt").status).toBe(4);
  });

  test("a pickle that names a command is refused, and nothing runs", () => {
    writeFileSync(join(work, "evil.pkl"), "cos\nsystem\n(S'echo > hacked'\ntR.");
    for (const args of [
      ["inspect", "evil.pkl"],
      ["convert", "evil.pkl", "evil.npz"],
    ])
      expect(cognate(...args)).toMatchObject({ status: 5, stderr: expect.stringContaining("os.system") });
    expect(existsSync(join(work, "hacked")) || existsSync(join(work, "evil.npz"))).toBe(false);
  });

  test("usage", () => {
    const { version } = JSON.parse(readFileSync(join(app, "package.json"), "utf8")) as { version: string };
    expect(ok("--version")).toBe(`${version}\n`);
    expect(ok("--help")).toMatch(/^Usage: cognate .*Exit codes:/s);
    expect(cognate().status).toBe(2);
    expect(cognate("bogus").status).toBe(2);
    expect(cognate("inspect").status).toBe(2);
  });
});
