import { bfloat16, contiguous, float32, float64, Strided } from "@cognate/kernel";
import { fixtureBytes, GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { bytesOfArray } from "./bytes/arrays.js";
import { FormatError, WriteError } from "./bytes/errors.js";
import { Sink } from "./bytes/sink.js";
import { readNpy, readNpz, writeNpy, writeNpz } from "./npy.js";
import { ZipArchive } from "./zip/reader.js";

const bytesOf = (name: string) => fixtureBytes(`formats/npy/${name}`);
const comparable = (a: Strided) => [a.dtype.name, [...a.shape], [...bytesOfArray(contiguous(a))]];
const cases = golden("formats/npy");

describe("files of np.save", () => {
  test.each(cases.filter((c) => c.value instanceof GoldenArray))("$name", ({ name, value, again }) => {
    const array = readNpy(bytesOf(name));
    expect(comparable(array)).toEqual(comparable((value as GoldenArray).array));
    if (again) expect(writeNpy(array)).toEqual(bytesOf(name));
  });

  test.each(["plain.npz", "packed.npz"])("%s", (name) => {
    const wanted = cases.find((c) => c.name === name)!.value as Record<string, GoldenArray>;
    const found = readNpz(bytesOf(name));
    expect([...found.keys()]).toEqual(Object.keys(wanted));
    for (const [key, array] of found) expect(comparable(array)).toEqual(comparable(wanted[key]!.array));
    const again = writeNpz(found, { compressed: name === "packed.npz" });
    for (const [key, array] of readNpz(again, { verify: true }))
      expect(comparable(array)).toEqual(comparable(found.get(key)!));
    expect([...new ZipArchive(again).entries.values()].map((e) => e.method)).toEqual(
      new Array(3).fill(name === "packed.npz" ? 8 : 0),
    );
  });

  test("column-major arrays are read without copying the order away", () => {
    expect([...readNpy(bytesOf("fortran.npy")).strides]).toEqual([1, 3]);
  });

  test("what is no array of numbers is named", () => {
    expect(() => readNpy(bytesOf("structured.npy"))).toThrow("a structured type");
    expect(() => readNpy(bytesOf("strings.npy"))).toThrow('"<U2"');
    expect(() => writeNpy(Strided.zeros(bfloat16, [1]))).toThrow(WriteError);
  });
});

const file = (header: string, data = 0, major = 1) => {
  const s = new Sink().latin1("\x93NUMPY").u8(major).u8(0);
  return (major === 1 ? s.u16(header.length) : s.u32(header.length)).text(header).fill(data).done();
};
const header = (shape: string, descr = "'<f4'", order = "False") =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

describe("broken headers", () => {
  test.each([
    [
      "an absurd shape",
      file(header("(1000000000, 1000000000)"), 8),
      "4000000000000000000 bytes for shape (1000000000, 1000000000)",
    ],
    ["a large shape", file(header("(2000000000,)"), 8), "8000000000 bytes for shape (2000000000)"],
    ["a negative axis", file(header("(-1,)"), 8), "axis lengths"],
    ["a shape that is none", file(header("3"), 8), "axis lengths"],
    ["a type that is none", file(header("(1,)", "'<q9'"), 8), '"<q9"'],
    ["objects", file(header("(1,)", "'|O'"), 8), '"|O"'],
    ["an order that is none", file(header("(1,)", "'<f4'", "1"), 4), "True or False"],
    ["another version", file(header("(1,)"), 4, 4), "the version at byte 6 is 4.0"],
    ["another file", new Uint8Array(100), "the signature"],
    ["nothing", new Uint8Array(0), "the signature"],
    ["code", file("__import__('os').system('x')"), "the header"],
    ["no end", file("{'descr': '<f4'"), "the header"],
    ["a key too many", file("{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': 1}"), "the header"],
    [
      "a key twice",
      file("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}"),
      "the key descr twice",
    ],
    ["deep nesting", file("(".repeat(9000)), "nested deeper"],
    [
      "a header of 2 GB",
      new Sink()
        .latin1("\x93NUMPY")
        .u8(2)
        .u8(0)
        .u32(2 ** 31)
        .done(),
      "at most 10000 bytes",
    ],
    ["more after the header", file(`${header("(1,)")} + 1`, 4), "after its end"],
  ])("%s", (_name, bytes, message) => {
    expect(() => readNpy(bytes)).toThrow(FormatError);
    expect(() => readNpy(bytes)).toThrow(message);
  });

  test("Python 2's long numbers", () => {
    expect([...readNpy(file(header("(1L, 2L)"), 8)).shape]).toEqual([1, 2]);
  });
});

test("strided arrays", () => {
  const base = Strided.over(
    Float64Array.from({ length: 24 }, (_, i) => i),
    float64,
    [2, 3, 4],
  );
  for (const a of [
    base.view([2, 2], [12, 8]),
    base.view([4, 3, 2], [1, 4, 12]),
    base.view([3], [-4], 8),
    base.view([], [], 5),
  ])
    expect(comparable(readNpy(writeNpy(a)))).toEqual(comparable(a));
  expect([...readNpy(writeNpy(Strided.zeros(float32, [0]))).shape]).toEqual([0]);
});
