import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as keras from "@cognate/keras";
import { asStrided, fromStrided } from "@cognate/ndarray";
import * as np from "@cognate/numpy";
import { fixtureBytes, fixturePath, type GoldenArray, type GoldenError, golden } from "@cognate/testing";
import * as torch from "@cognate/torch";
import { load, load_file } from "@cognate/torch/safetensors";
import { afterAll, describe, expect, test } from "vitest";
import { DigitsCNN } from "./demo/torch-models.js";

const work = mkdtempSync(join(tmpdir(), "cognate-hostile-"));
const before = process.cwd();
process.chdir(work);
afterAll(() => {
  process.chdir(before);
  rmSync(work, { recursive: true, force: true });
});

function caught(run: () => unknown): { type: string; message: string } {
  try {
    run();
  } catch (e) {
    const { name, message } = e as Error;
    return { type: name, message };
  }
  return { type: "no error", message: "" };
}

/** A model that has weights already, and what they are as text. */
function loaded() {
  const model = new DigitsCNN();
  model.load_state_dict(torch.load(fixturePath("cli/demo/cnn.pt")));
  const text = (): string => Buffer.from(torch.save(model.state_dict())).toString("base64");
  return { model, text };
}

describe("PyTorch", () => {
  const said = Object.fromEntries(
    golden("cli/hostile", {}, "torch.json").map((c) => [c.name, c.error as GoldenError]),
  );

  test.each([true, false])(
    "a state dict that does not fit leaves the model as it was (strict: %s)",
    (strict) => {
      const { model, text } = loaded();
      const state = model.state_dict();
      const wrong = torch.load(torch.save(state)) as typeof state;
      for (const name of Object.keys(wrong)) wrong[name] = torch.zeros_like(wrong[name]!);
      wrong["fc3.weight"] = wrong["fc2.bias"]!;
      delete wrong["fc2.bias"];
      wrong["conv1.weight"] = torch.ones(8, 1, 5, 5);
      const was = text();
      const { type, message } = said[strict ? "state dict" : "state dict, not strict"]!;
      expect(caught(() => model.load_state_dict(wrong, { strict }))).toEqual({ type, message });
      expect(text()).toBe(was);
    },
  );

  test.each(["os.system", "eval", "getattr"])("a pickle that calls %s", (name) => {
    const { type, message } = said[name]!;
    expect(caught(() => torch.load(fixturePath(`cli/hostile/${name}.pt`)))).toEqual({ type, message });
    // Whole models may name classes, but nothing that could be run.
    const whole = caught(() => torch.load(fixturePath(`cli/hostile/${name}.pt`), { weights_only: false }));
    expect(whole.type).toMatch(/^(UnpicklingError|AttributeError|RuntimeError)$/);
    expect(existsSync("hacked")).toBe(false);
  });

  test("a zip that is cut off, at every length", () => {
    const bytes = fixtureBytes("cli/demo/cnn.pt");
    for (const length of [0, 1, 4, 100, 5000, bytes.length - 22, bytes.length - 1]) {
      writeFileSync("cut.pt", bytes.subarray(0, length));
      for (const file of ["cut.pt", bytes.subarray(0, length)])
        expect(caught(() => torch.load(file)).type, `${length} bytes`).toMatch(
          /^(RuntimeError|EOFError|UnpicklingError)$/,
        );
    }
  });

  test("a safetensors header that claims 2^60 bytes", () => {
    const bytes = fixtureBytes("cli/demo/gru.safetensors").slice();
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 60n, true);
    writeFileSync("huge.safetensors", bytes);
    expect(caught(() => load(bytes))).toEqual({
      type: "SafetensorError",
      message: "Error while deserializing: header too large",
    });
    expect(caught(() => load_file("huge.safetensors"))).toEqual({
      type: "SafetensorError",
      message: "Error while deserializing header: header too large",
    });
    const cut = fixtureBytes("cli/demo/gru.safetensors");
    for (const [length, why] of [
      [4, "header too small"],
      [100, "invalid header length"],
      [cut.length - 1, "incomplete metadata, file not fully covered"],
    ] as const)
      expect(caught(() => load(cut.subarray(0, length))).message).toBe(`Error while deserializing: ${why}`);
  });
});

describe("Keras", () => {
  const cases = golden("cli/hostile", { array: (a: GoldenArray) => fromStrided(a.array) }, "keras.json");
  const said = Object.fromEntries(cases.map((c) => [c.name, c.error as GoldenError]));
  const scale = fixturePath("cli/hostile/scale.keras");

  test("a layer that is not known is named, with how to register it", () => {
    const { type, message } = said["unknown layer"]!;
    const found = caught(() => keras.models.load_model(scale));
    expect(found.type).toBe(type);
    const sentence = /Could not locate class 'Scale'\..*?before trying to load them\./.exec(message)![0];
    expect(found.message).toContain(sentence);
    expect(found.message).toContain(
      "<class 'keras.src.models.functional.Functional'> could not be deserialized properly.",
    );
  });

  test("a registered one is used", () => {
    class Scale extends keras.layers.Layer {
      factor: number;
      constructor({ factor = 2, ...rest }: Record<string, unknown> & { factor?: number } = {}) {
        super(rest);
        this.factor = Number(factor);
      }
      override call(x: keras.Tensor) {
        return x.mul(this.factor);
      }
    }
    const model = keras.models.load_model(scale, { custom_objects: { Scale } });
    const known = cases.find((c) => c.name === "known layer") as unknown as { x: np.ndarray; y: np.ndarray };
    const y = model.predict(known.x, { verbose: 0 }) as np.ndarray;
    expect(Number(np.max(np.abs(np.subtract(y, known.y))))).toBeLessThan(1e-6);
  });

  test("an input of a wrong shape", () => {
    const cnn = keras.models.load_model(fixturePath("cli/demo/cnn.keras"));
    const zeros = (...shape: number[]): np.ndarray => np.zeros(shape, { dtype: "float32" }) as np.ndarray;
    const layer = (name: string) => cnn.get_layer(name) as unknown as (x: np.ndarray) => unknown;
    const runs: Record<string, () => unknown> = {
      "predict, wrong width": () => cnn.predict(zeros(2, 8, 9, 1), { verbose: 0 }),
      "layer, wrong channels": () => layer("conv1")(zeros(2, 8, 8, 3)),
      "layer, wrong rank": () => layer("conv1")(zeros(2, 8, 8)),
      "layer, wrong features": () => layer("hidden")(zeros(2, 5)),
    };
    for (const [name, run] of Object.entries(runs)) {
      const { type, message } = said[name]!;
      expect(caught(run), name).toEqual({ type, message });
    }
    const { type, message } = said["call, wrong channels"]!;
    const found = caught(() => cnn(zeros(2, 8, 8, 3) as never));
    expect(found.type).toBe(type);
    expect(found.message.split("\n").slice(0, 3)).toEqual(message.split("\n").slice(0, 3));
  });

  test("an HDF5 file cut in half, as a model and as weights, leaves the model as it was", () => {
    const half = fixtureBytes("cli/demo/rnn_keras2.h5");
    writeFileSync("half.h5", half.subarray(0, half.length / 2));
    expect(caught(() => keras.models.load_model("half.h5")).type).not.toBe("no error");
    const archive = fixtureBytes("cli/demo/cnn.keras");
    writeFileSync("half.keras", archive.subarray(0, archive.length / 2));
    expect(caught(() => keras.models.load_model("half.keras")).type).not.toBe("no error");

    const cnn = keras.models.load_model(fixturePath("cli/demo/cnn.keras"));
    const weights = (): number[][] =>
      cnn.get_weights().map((w: np.ndarray) => [...asStrided(w).flat()] as number[]);
    const was = weights();
    cnn.save_weights("whole.weights.h5");
    const bytes = readFileSync("whole.weights.h5");
    writeFileSync("cut.weights.h5", bytes.subarray(0, bytes.length / 2));
    expect(caught(() => cnn.load_weights("cut.weights.h5")).type).not.toBe("no error");
    expect(weights()).toEqual(was);
  });
});
