import { contiguous } from "@cognate/kernel";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { bytesOfArray } from "../bytes/arrays.js";
import { FormatError } from "../bytes/errors.js";
import { PickledObject } from "../pickle/globals.js";
import { ZipArchive } from "../zip/reader.js";
import { writeZip } from "../zip/writer.js";
import { TorchTensor } from "./loaded.js";
import { readTorchScript } from "./script.js";

const bytes = fixtureBytes("formats/torch/script/program.pt");
const [wanted] = golden("formats/torch/script");

/** The tensors among the attributes, by path. */
function tensorsOf(object: PickledObject, path = ""): [string, TorchTensor][] {
  return [...(object.state as Map<string, unknown>)].flatMap(([name, value]) =>
    value instanceof TorchTensor
      ? [[path + name, value] as [string, TorchTensor]]
      : value instanceof PickledObject
        ? tensorsOf(value, `${path}${name}.`)
        : [],
  );
}

describe("a program of torch.jit.save", () => {
  const file = readTorchScript(bytes);

  test("its tensors are those that PyTorch reads", () => {
    const state = wanted!.state as Record<string, GoldenArray>;
    const found = tensorsOf(file.module);
    expect(found.map(([name]) => name).sort()).toEqual(Object.keys(state).sort());
    for (const [name, t] of found) {
      expect([...t.array.shape]).toEqual([...state[name]!.array.shape]);
      expect(bytesOfArray(contiguous(t.array))).toEqual(bytesOfArray(state[name]!.array));
    }
  });

  test("classes, typed lists, constants, program text and extra files", () => {
    expect(file.module.callable.path).toBe("__torch__.Program");
    const first = (file.module.state as Map<string, PickledObject>).get("first")!;
    expect((first.state as Map<string, unknown>).get("sizes")).toEqual([3, 6]);
    const constants = file.constants.filter((c) => c instanceof TorchTensor);
    expect(constants.map((c) => [...c.array.flat()])).toContainEqual([1.5, -2.5]);
    expect(file.sources.get("__torch__.py")).toContain("class Program(Module):");
    expect(new TextDecoder().decode(file.extra.get("labels.txt"))).toBe("no\nyes");
  });

  test("what is none, and names that a program has no use for", () => {
    expect(() => readTorchScript(fixtureBytes("formats/torch/state_dict.pt"))).toThrow(
      "torch: the archive is without a constants.pkl, expected a TorchScript program.",
    );
    const zip = new ZipArchive(bytes);
    const hostile = new TextEncoder().encode("cos\nsystem\n(S'echo'\ntR.");
    const records = zip.names.map((name) => ({ name, data: zip.read(name) }));
    const withCall = writeZip(
      records.map((r) => (r.name.endsWith("/data.pkl") ? { ...r, data: hostile } : r)),
    );
    expect(() => readTorchScript(withCall)).toThrow(FormatError);
    const withText = writeZip(
      records.map((r) =>
        r.name.endsWith("/data.pkl") ? { ...r, data: new TextEncoder().encode("Vtext\n.") } : r,
      ),
    );
    expect(() => readTorchScript(withText)).toThrow('the program\'s data is "text", expected a module.');
  });
});
