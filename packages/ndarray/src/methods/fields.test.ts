import { expect, test } from "vitest";
import { asStrided } from "../array/create.js";
import { fromStrided } from "../array/ndarray.js";
import "../install.js";

interface Node {
  getBuiltinModule(name: "node:fs"): {
    mkdtempSync(prefix: string): string;
    readFileSync(path: string, encoding: "utf8"): string;
    rmSync(path: string, o: { recursive: boolean }): void;
  };
  getBuiltinModule(name: "node:os"): { tmpdir(): string };
}
const { process } = globalThis as unknown as { process: Node };
const fs = process.getBuiltinModule("node:fs");

const array = (x: unknown) => fromStrided(asStrided(x as never));

test("fields of elements", () => {
  const a = array([1, 2 ** 33 + 5, -1]);
  expect(a.getfield("int32", 4).tolist()).toEqual([0, 2, -1]);
  expect(a.getfield("int32").tolist()).toEqual([1, 5, -1]);
  a.setfield([7, 8, 9], "int32");
  expect(a.tolist()).toEqual([7, 2 ** 33 + 8, -(2 ** 32) + 9]);
  expect(() => a.getfield("int64", 1)).toThrow("new type plus offset is larger than original type");
});

test("devices", () => {
  const a = array([1]);
  expect(a.to_device("cpu")).toBe(a);
  expect(() => a.to_device("cuda")).toThrow("Unsupported device: cuda. Only 'cpu' is accepted.");
});

test("tofile", () => {
  const a = array([[1, 2.5]]);
  expect(a.tofile()).toEqual(new Uint8Array(Float64Array.of(1, 2.5).buffer));
  const folder = fs.mkdtempSync(`${process.getBuiltinModule("node:os").tmpdir()}/cognate-fields-`);
  try {
    const path = `${folder}/a.txt`;
    a.tofile(path, ", ");
    expect(fs.readFileSync(path, "utf8")).toBe("1.0, 2.5");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test("what is left out says so", () => {
  expect(() => array([1]).dumps()).toThrow(
    "numpy.ndarray.dumps is left out: pickles of arrays are not written; use np.save",
  );
  expect(() => array([1]).ctypes).toThrow("numpy.ndarray.ctypes is left out");
});
