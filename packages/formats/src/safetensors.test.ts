import { complex128, contiguous, float32, Strided } from "@cognate/kernel";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { bytesOfArray } from "./bytes/arrays.js";
import { FormatError, WriteError } from "./bytes/errors.js";
import { Sink } from "./bytes/sink.js";
import { readSafetensors, readSafetensorsHeader, writeSafetensors } from "./safetensors.js";

const bytesOf = (name: string) => fixtureBytes(`formats/safetensors/${name}`);
const comparable = (a: Strided) => [a.dtype.name, [...a.shape], [...bytesOfArray(contiguous(a))]];
const cases = golden("formats/safetensors") as unknown as {
  name: string;
  value: Record<string, GoldenArray>;
  metadata: Record<string, string> | null;
}[];

describe("files of the safetensors library", () => {
  test.each(cases)("$name", ({ name, value, metadata }) => {
    const { tensors, metadata: found } = readSafetensors(bytesOf(name));
    expect(found && Object.fromEntries(found)).toEqual(metadata ?? undefined);
    expect([...tensors.keys()].sort()).toEqual(Object.keys(value).sort());
    for (const [key, array] of tensors)
      expect([key, ...comparable(array)]).toEqual([key, ...comparable(value[key]!.array)]);
  });

  test.each(cases)("$name is written byte for byte", ({ name }) => {
    const { tensors, metadata } = readSafetensors(bytesOf(name));
    const shuffled = [...tensors].sort(([a], [b]) => a.length - b.length || (a < b ? 1 : -1));
    expect(writeSafetensors(shuffled, metadata)).toEqual(bytesOf(name));
  });

  test("arrays look at the bytes only where that is asked for", () => {
    const bytes = bytesOf("dtypes.safetensors").slice();
    const before = bytes.slice();
    (readSafetensors(bytes).tensors.get("torch.float32")!.data as Float32Array).fill(7);
    expect(bytes).toEqual(before);
    const shared = readSafetensors(bytes, { share: true }).tensors.get("torch.float32")!;
    expect(shared.data.buffer).toBe(bytes.buffer);
  });

  test("types that are not there are named", () => {
    expect(() => readSafetensors(bytesOf("float8.safetensors"))).toThrow(
      'the dtype of "x" at byte 8 is F8_E4M3, which is not supported',
    );
  });
});

const file = (header: string, data = 0, length = header.length) =>
  new Sink().u64(length).text(header).fill(data).done();
const entry = (name: string, from: number, to: number, shape = [(to - from) / 4], dtype = "F32") =>
  `"${name}":{"dtype":"${dtype}","shape":[${shape}],"data_offsets":[${from},${to}]}`;

describe("broken headers", () => {
  test.each([
    [
      "a header of 2^60 bytes",
      file("{}", 0, 2 ** 60),
      "the header's length at byte 0 is 1152921504606846976",
    ],
    [
      "a header of 2^63 bytes",
      new Sink()
        .u64(2n ** 63n)
        .text("{}")
        .done(),
      "at most 2^53",
    ],
    ["a header longer than the file", file("{}", 0, 3), "at most 2 (the file has 10)"],
    ["no header", new Uint8Array(3), "cut off"],
    ["no JSON", file("{nothing}"), "no JSON"],
    ["not an object", file("[1]"), "not a JSON object"],
    ["bytes that are no text", new Sink().u64(3).u8(0x7b).u8(0xff).u8(0x7d).done(), "not valid UTF-8"],
    ["a key twice", file(`{${entry("a", 0, 4)},${entry("a", 0, 4)}}`, 4), 'the key "a" twice'],
    ["an escaped key twice", file(`{${entry("a", 0, 4)},${entry("\\u0061", 0, 4)}}`, 4), 'the key "a" twice'],
    ["overlap", file(`{${entry("a", 0, 8)},${entry("b", 4, 8)}}`, 8), 'the data of "b" at byte'],
    ["a gap", file(`{${entry("a", 0, 4)},${entry("b", 8, 12)}}`, 12), "behind a gap"],
    ["data of nobody", file(`{${entry("a", 0, 4)}}`, 8), "4 bytes that belong to no tensor"],
    ["data beyond the file", file(`{${entry("a", 0, 400)}}`, 8), "within the file's 8 bytes of data"],
    ["a shape of another size", file(`{${entry("a", 0, 8, [3])}}`, 8), "12 bytes for shape [3] of F32"],
    ["a shape of 2^60 elements", file(`{${entry("a", 0, 8, [2 ** 30, 2 ** 30])}}`, 8), "the shape"],
    ["a negative axis", file(`{${entry("a", 0, 8, [-2])}}`, 8), "the shape"],
    ["an unknown type", file(`{${entry("a", 0, 8, [2], "X9")}}`, 8), 'the dtype of "a" at byte 8 is "X9"'],
    ["no entry", file('{"a":null}'), "the dtype"],
    ["metadata of numbers", file('{"__metadata__":{"a":1}}'), "an object of strings"],
  ])("%s", (_name, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(FormatError);
    expect(() => readSafetensors(bytes)).toThrow(message);
  });

  test("keys inside are keys of their own", () => {
    const { tensors } = readSafetensorsHeader(
      file(`{${entry("dtype", 0, 4)},${entry("__proto__", 4, 8)}}`, 8),
    );
    expect([...tensors.keys()]).toEqual(["dtype", "__proto__"]);
  });
});

test("what the format has no word for", () => {
  const one = Strided.zeros(float32, []);
  expect(() => writeSafetensors([["z", Strided.zeros(complex128, [1])]])).toThrow(WriteError);
  expect(() =>
    writeSafetensors([
      ["a", one],
      ["a", one],
    ]),
  ).toThrow("two tensors have the name a");
  expect(() => writeSafetensors([["__metadata__", one]])).toThrow(WriteError);
});
