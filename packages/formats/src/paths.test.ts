import { contiguous, type Strided } from "@cognate/kernel";
import { fixtureBytes, fixturePath } from "@cognate/testing";
import { expect, test } from "vitest";
import { bytesOfArray } from "./bytes/arrays.js";
import { FileError } from "./bytes/errors.js";
import type { ByteInput } from "./bytes/source.js";
import { Hdf5Dataset, Hdf5File } from "./hdf5/reader.js";
import { readKerasArchive } from "./keras-archive.js";
import { readNpy, readNpz } from "./npy.js";
import { readSafetensors } from "./safetensors.js";
import type { TorchTensor } from "./torch/loaded.js";
import { readTorch } from "./torch/reader.js";

function hdf5Arrays(input: ByteInput): Map<string, Strided> {
  using file = new Hdf5File(input);
  const out = new Map<string, Strided>();
  file.walk((o) => o instanceof Hdf5Dataset && out.set(o.path, o.array()));
  return out;
}

const readers: Readonly<Record<string, (input: ByteInput) => Map<string, Strided>>> = {
  "torch/dtypes.pt": (x) =>
    new Map([...(readTorch(x).value as Map<string, TorchTensor>)].map(([k, t]) => [k, t.array])),
  "torch/dtypes.pth": (x) =>
    new Map([...(readTorch(x).value as Map<string, TorchTensor>)].map(([k, t]) => [k, t.array])),
  "safetensors/dtypes.safetensors": (x) => readSafetensors(x).tensors,
  "npy/fortran.npy": (x) => new Map([["", readNpy(x)]]),
  "npy/big-f8.npy": (x) => new Map([["", readNpy(x)]]),
  "npy/packed.npz": (x) => readNpz(x),
  "keras/two.h5": hdf5Arrays,
  "keras/three.keras": (x) => hdf5Arrays(readKerasArchive(x).weights),
};

test.each(Object.keys(readers))("%s by its path is as by its bytes", (name) => {
  const comparable = (arrays: Map<string, Strided>) =>
    [...arrays].map(([k, a]) => [k, a.dtype.name, [...a.shape], [...bytesOfArray(contiguous(a))]]);
  const read = readers[name]!;
  const found = comparable(read(fixturePath(`formats/${name}`)));
  expect(found.length).toBeGreaterThan(0);
  expect(found).toEqual(comparable(read(fixtureBytes(`formats/${name}`))));
  expect(() => read(fixturePath(`formats/${name}.none`))).toThrow(FileError);
});
