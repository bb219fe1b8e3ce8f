import { Value } from "@cognate/tensor";
import { type GoldenArray, type GoldenCase, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";
import * as safetensors from "../safetensors/index.js";

const array = ({ array }: GoldenArray): torch.Tensor => new torch.Tensor(new Value(array));
const cases = golden("torch/serialization", { array });
const of = (reader: string): GoldenCase[] => cases.filter((c) => c.reader === reader);
const bytesOf = (g: GoldenCase): Uint8Array =>
  Uint8Array.from(atob(g.bytes as string), (c) => c.charCodeAt(0));

/** What is thrown, or `null`. */
function thrown(f: () => unknown): Error | null {
  try {
    f();
    return null;
  } catch (e) {
    return e as Error;
  }
}
const className = (e: Error | null): string => (e ? (e.constructor as { name: string }).name : "nothing");

/** Where the words are not PyTorch's, with the reason. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  "legacy pickle that calls os.system": "PyTorch reads one object before it looks for the magic number",
  text: "PyTorch's own error is a bare KeyError of the opcode",
  "header that is no JSON": "the sentence of the JSON parser",
  "header longer than the file": "a sentence with the lengths",
  "a tensor of 2^60 bytes": "a sentence with the offsets",
};

describe("broken and hostile checkpoints", () => {
  test.each(of("torch"))("$name", (g) => {
    const bytes = bytesOf(g);
    const e = thrown(() => torch.load(bytes));
    expect(e).toBeInstanceOf(Error);
    if (!OWN_WORDS[g.name]) {
      expect(className(e)).toBe(g.error);
      // The advice after the first sentence depends on the version.
      expect(e!.message.slice(0, 40)).toBe((g.message as string).slice(0, 40));
    }
    // With everything allowed nothing is executed either.
    expect(thrown(() => torch.load(bytes, { weights_only: false }))).toBeInstanceOf(Error);
  });
});

describe("broken and hostile safetensors", () => {
  test.each(of("safetensors"))("$name", (g) => {
    const e = thrown(() => safetensors.load(bytesOf(g)));
    expect(className(e)).toBe(g.error);
    if (!OWN_WORDS[g.name]) expect(e!.message).toBe(g.message);
  });
});

describe("state dicts that do not fit", () => {
  const model = (): torch.nn.Module => {
    torch.manual_seed(1);
    return torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3));
  };
  test.each(of("state dict"))("$name", (g) => {
    const module = model();
    const state = g.state as Record<string, torch.Tensor>;
    const e = thrown(() => module.load_state_dict(state));
    expect(className(e)).toBe(g.error);
    expect(e!.message).toBe(g.message);
    if (g["lax error"])
      expect(thrown(() => module.load_state_dict(state, false))!.message).toBe(g["lax error"]);
    else expect(String(module.load_state_dict(state, false))).toBe(g.lax);
  });

  test("a file that does not open leaves the model as it was", () => {
    const module = model();
    const before = torch.save(module.state_dict());
    for (const g of [...of("torch"), ...of("safetensors")])
      expect(
        thrown(() =>
          module.load_state_dict(
            (g.reader === "torch" ? torch.load(bytesOf(g)) : safetensors.load(bytesOf(g))) as never,
          ),
        ),
      ).toBeInstanceOf(Error);
    expect(torch.save(module.state_dict())).toEqual(before);
  });
});
