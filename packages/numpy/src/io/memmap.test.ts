import { expect, test } from "vitest";
import * as np from "../index.js";

interface Node {
  getBuiltinModule(name: "node:fs"): {
    mkdtempSync(prefix: string): string;
    rmSync(path: string, o: { recursive: boolean }): void;
  };
  getBuiltinModule(name: "node:os"): { tmpdir(): string };
}
const { process } = globalThis as unknown as { process: Node };
const fs = process.getBuiltinModule("node:fs");

test("a part of a file as an array, written back by flush", () => {
  const folder = fs.mkdtempSync(`${process.getBuiltinModule("node:os").tmpdir()}/cognate-memmap-`);
  const path = `${folder}/a.bin`;
  try {
    const fresh = np.memmap(path, "float32", "w+", 0, [3, 4]);
    fresh.set([":"], np.arange(12).reshape(3, 4));
    fresh.flush();
    const part = np.memmap(path, { dtype: "float32", mode: "r", offset: 16, shape: [2, 4] });
    expect(part.tolist()).toEqual([
      [4, 5, 6, 7],
      [8, 9, 10, 11],
    ]);
    expect(() => part.set([0, 0], 1)).toThrow("assignment destination is read-only");
    const both = np.memmap(path, "float32");
    both.set([1], -1);
    both.flush();
    expect(np.fromfile(path, "float32").at(":3").tolist()).toEqual([0, -1, 2]);
    const own = np.memmap(path, "float32", "c");
    own.fill(7);
    own.flush();
    expect(Number(np.fromfile(path, "float32").at(11))).toBe(11);
    expect(np.memmap(path, "float32", "r", 0, [3, 4], "F").at(0).tolist()).toEqual([0, 3, 6, 9]);
    expect(() => np.memmap(path, "float64", "r", 4)).toThrow("not a multiple of the data-type size");
    expect(() => np.memmap(path, "float32", "w+")).toThrow("shape must be given");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
