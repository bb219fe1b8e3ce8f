import { fixtureBytes, fixturePath } from "@cognate/testing";
import { expect, test } from "vitest";
import { FormatError } from "./bytes/errors.js";
import { FileSource } from "./bytes/source.js";
import { readNpy, readNpz } from "./npy.js";
import { readSafetensors } from "./safetensors.js";
import { TorchTensor } from "./torch/loaded.js";
import { readTorch } from "./torch/reader.js";
import { ZipArchive } from "./zip/reader.js";
import { writeZip } from "./zip/writer.js";

const looking = { data: false };

/** How many bytes of a file are read. */
class Counting extends FileSource {
  bytes = 0;
  override readInto(offset: number, target: Uint8Array): void {
    this.bytes += target.length;
    super.readInto(offset, target);
  }
}
const open = (path: string): Counting => new Counting(fixturePath(path));

test("names, types and shapes without the data", () => {
  const npz = open("formats/npy/plain.npz");
  const whole = readNpz(npz);
  const read = npz.bytes;
  npz.bytes = 0;
  const shapes = readNpz(npz, looking);
  expect(npz.bytes).toBeLessThanOrEqual(read);
  expect([...shapes.keys()]).toEqual([...whole.keys()]);
  for (const [name, a] of shapes) {
    expect([a.shape, a.dtype]).toEqual([whole.get(name)!.shape, whole.get(name)!.dtype]);
    expect([...a.flat()].every((x) => Number(x) === 0)).toBe(true);
  }

  const pt = open("cli/demo/cnn.pt");
  readTorch(pt);
  const all = pt.bytes;
  pt.bytes = 0;
  const state = readTorch(pt, looking).value as Map<string, TorchTensor>;
  const { byteLength } = new Float32Array(1168 + 320 + 2048 + 32 + 8 + 72);
  expect(all - pt.bytes).toBeGreaterThan(byteLength);
  const conv = state.get("conv1.weight")!;
  expect(conv).toBeInstanceOf(TorchTensor);
  expect(conv.array.shape).toEqual([8, 1, 3, 3]);
  expect([...conv.array.flat()].every((x) => x === 0)).toBe(true);

  const gru = readSafetensors(fixtureBytes("cli/demo/gru.safetensors"), looking).tensors;
  expect(gru.get("gru.weight_hh_l0")!.shape).toEqual([72, 24]);
});

test("what is cut off is noticed all the same", () => {
  const bytes = fixtureBytes("formats/npy/f8.npy");
  expect(() => readNpy(bytes.subarray(0, bytes.length - 1), looking)).toThrow(FormatError);
  const zip = writeZip([{ name: "a.npy", data: bytes.subarray(0, bytes.length - 1) }]);
  expect(() => readNpz(zip, looking)).toThrow(FormatError);
});

test("an entry of an archive as a source", () => {
  const data = Uint8Array.from({ length: 100 }, (_, i) => i);
  for (const deflate of [false, true]) {
    const source = new ZipArchive(writeZip([{ name: "a", data, deflate }])).open("a");
    expect(source.size).toBe(100);
    expect([...source.read(10, 3)]).toEqual([10, 11, 12]);
    const target = new Uint8Array(2);
    source.readInto(98, target);
    expect([...target]).toEqual([98, 99]);
    expect(() => source.read(99, 2)).toThrow(FormatError);
    expect(() => source.readInto(-1, target)).toThrow(FormatError);
  }
});
