import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixtureBytes, fixturePath, type GoldenError, golden } from "@cognate/testing";
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
