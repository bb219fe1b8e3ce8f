import { DTYPES, type DType, float32, Strided } from "@cognate/kernel";
import { fixtureBytes } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { bytesOfArray } from "./bytes/arrays.js";
import { writeFileAtomic } from "./bytes/io.js";
import { utf8Bytes } from "./bytes/sink.js";
import { type Hdf5Dataset, Hdf5File, type Hdf5Group } from "./hdf5/reader.js";
import {
  type AttributeInput,
  type Hdf5DatasetBuilder,
  type Hdf5GroupBuilder,
  Hdf5Text,
  Hdf5Writer,
} from "./hdf5/writer.js";
import { readKerasArchive, writeKerasArchive } from "./keras-archive.js";
import { readNpy, readNpz, writeNpy, writeNpz } from "./npy.js";
import { Global, inertGlobal, STANDARD_GLOBALS } from "./pickle/globals.js";
import { pickle } from "./pickle/pickler.js";
import { unpickle } from "./pickle/unpickler.js";
import {
  Counter,
  DefaultDict,
  Deque,
  OrderedDict,
  PyByteArray,
  PyComplex,
  PyFloat,
  PyFrozenSet,
  PyTuple,
} from "./pickle/values.js";
import { readSafetensors, writeSafetensors } from "./safetensors.js";
import { TorchParameter, TorchTensor } from "./torch/loaded.js";
import { readTorch } from "./torch/reader.js";
import { SavedTensor, writeTorch } from "./torch/writer.js";
import { ZipArchive } from "./zip/reader.js";
import { writeZip } from "./zip/writer.js";

/**
 * Files as we write them. Each is read back here; with `COGNATE_WRITTEN=folder` they are also put there for
 * test-fixtures/formats/verify_written.py, which opens them in the real libraries.
 */
const { process } = globalThis as unknown as { process: { env: Record<string, string | undefined> } };
const folder = process.env.COGNATE_WRITTEN;

/** What is in each file, for the script: arrays by name as type, shape and bytes. */
const manifest: Record<string, unknown> = {};
function put(name: string, bytes: Uint8Array, arrays: Iterable<readonly [string, Strided]> = []): Uint8Array {
  manifest[name] = Object.fromEntries(
    [...arrays].map(([k, a]) => [k, [a.dtype.name, a.shape, [...rowMajor(a)]]]),
  );
  if (folder) {
    writeFileAtomic(`${folder}/${name}`, bytes);
    writeFileAtomic(`${folder}/manifest.json`, utf8Bytes(JSON.stringify(manifest)));
  }
  return bytes;
}

/** The bytes of an array's elements, found by their indices. */
function rowMajor(a: Strided): Uint8Array {
  const { itemsize } = a.dtype;
  const { buffer, byteOffset } = a.data;
  const from = new Uint8Array(buffer, byteOffset);
  const out = new Uint8Array(a.size * itemsize);
  for (let i = 0; i < a.size; i++) {
    let at = a.offset;
    for (let d = a.rank - 1, k = i; d >= 0; d--) {
      at += (k % a.shape[d]!) * a.strides[d]!;
      k = Math.floor(k / a.shape[d]!);
    }
    out.set(from.subarray(at * itemsize, (at + 1) * itemsize), i * itemsize);
  }
  return out;
}

/** No two elements alike, and no NaN. */
function distinct(dtype: DType, shape: readonly number[], seed: number): Strided {
  const a = Strided.zeros(dtype, shape);
  const { data } = a;
  for (let i = 0; i < data.length; i++) {
    const v = ((i * 37 + seed * 11) % 97) + 1;
    if (dtype.big) data[i] = BigInt(v) - (dtype.kind === "int" ? 50n : 0n);
    else if (dtype.half) data[i] = 0x3c00 + v;
    else
      data[i] =
        dtype.kind === "bool"
          ? v % 2
          : dtype.kind === "uint"
            ? v
            : dtype.kind === "int"
              ? v - 50
              : v / 16 - 3;
  }
  return a;
}

const base = distinct(float32, [4, 6], 1);
const everyType = new Map(DTYPES.map((d, i) => [d.name as string, distinct(d, [2, 3], i)]));
const views = new Map<string, Strided>([
  ["base", base],
  ["row", base.view([6], [1], 6)],
  ["transposed", base.view([6, 4], [1, 6])],
  ["columns", base.view([4, 3], [6, 2])],
  ["expanded", base.view([3, 2], [0, 0], 5)],
  ["scalar", distinct(float32, [], 2)],
  ["empty", Strided.zeros(float32, [0, 3])],
]);
const same = (a: Strided, b: Strided) =>
  expect([a.dtype.name, [...a.shape], rowMajor(a)]).toEqual([b.dtype.name, [...b.shape], rowMajor(b)]);

describe("torch", () => {
  test.each([
    ["types.pt", everyType],
    ["views.pt", views],
  ])("%s", (name, arrays) => {
    const saved = new Map([...arrays].map(([k, a]) => [k, new SavedTensor(a)]));
    const value = readTorch(put(name, writeTorch(saved), arrays)).value as Map<string, TorchTensor>;
    for (const [k, a] of arrays) same(value.get(k)!.array, a);
  });

  test("checkpoint.pt", () => {
    const w = new SavedTensor(distinct(float32, [3], 7), { parameter: true, requiresGrad: true });
    const dict = new OrderedDict([
      ["w", w],
      ["frozen", new SavedTensor(base, { parameter: true })],
    ]);
    dict.attributes = new Map([["_metadata", new OrderedDict([["", new Map([["version", 1]])]])]]);
    const value = {
      model: dict,
      list: [1, 2.5, new PyFloat(3), "Grüße", null, true, 2n ** 70n, new PyComplex(1, 2)],
      tuple: PyTuple.of_([PyTuple.of_([]), PyTuple.of_([1, PyTuple.of_([2, 3, 4, 5])])]),
      ints: new Map([
        [0, "zero"],
        [1, "one"],
      ]),
      dtype: new Global("torch", "bfloat16"),
      bytes: Uint8Array.of(0, 200),
      set: new Set([1, 2]),
      counter: new Counter([["a", 2]]),
      bytearray: PyByteArray.of(3, 4),
      grad: new SavedTensor(distinct(float32, [2], 8), { requiresGrad: true }),
    };
    const back = readTorch(
      put("checkpoint.pt", writeTorch(value, { name: "checkpoint" }), [
        ["w", w.array],
        ["frozen", base],
      ]),
    );
    expect([...(back.value as Map<string, unknown>).keys()]).toEqual(Object.keys(value));
  });

  test("rewritten.pt: a whole module, read and written again", () => {
    const { value } = readTorch(fixtureBytes("formats/torch/sequential.pt"), {
      weightsOnly: false,
      hooks: { findClass: inertGlobal },
    });
    const replace = (x: object) => {
      if (x instanceof TorchTensor) return new SavedTensor(x.array, x);
      if (x instanceof TorchParameter)
        return new SavedTensor((x.data as TorchTensor).array, {
          parameter: true,
          requiresGrad: x.requiresGrad,
        });
      return undefined;
    };
    const bytes = put("rewritten.pt", writeTorch(value, { replace }));
    expect(() => readTorch(bytes, { weightsOnly: false, hooks: { findClass: inertGlobal } })).not.toThrow();
  });
});

test("safetensors", () => {
  const arrays = [...everyType].filter(([k]) => k !== "complex128").concat([...views], [["日本", base]]);
  const back = readSafetensors(put("all.safetensors", writeSafetensors(arrays, [["format", "pt"]]), arrays));
  for (const [k, a] of arrays) same(back.tensors.get(k)!, a);
});

describe("numpy", () => {
  const numbers = [...everyType].filter(([k]) => k !== "bfloat16").concat([...views]);
  test("npy", () => {
    for (const [k, a] of numbers) same(readNpy(put(`${k}.npy`, writeNpy(a), [["array", a]])), a);
  });
  test.each([false, true])("npz, compressed: %s", (compressed) => {
    const back = readNpz(
      put(compressed ? "packed.npz" : "plain.npz", writeNpz(numbers, { compressed }), numbers),
      { verify: true },
    );
    for (const [k, a] of numbers) same(back.get(k)!, a);
  });
});

test("zip", () => {
  const records = [
    { name: "a/stored.txt", data: utf8Bytes("stored") },
    { name: "ü/deflated.txt", data: utf8Bytes("deflated ".repeat(100)), deflate: true },
    { name: "empty", data: new Uint8Array(0) },
  ];
  const styles = {
    plain: {},
    aligned: { align: 64 },
    wide: { zip64: true },
    torch: { style: "torch", align: 64 },
  } as const;
  for (const [style, options] of Object.entries(styles)) {
    const zip = new ZipArchive(put(`${style}.zip`, writeZip(records, options)), { verify: true });
    for (const { name, data } of records) expect(zip.read(name)).toEqual(data);
  }
});

test("pickle", () => {
  const shared = [1];
  const circle: unknown[] = [shared, shared];
  circle.push(circle);
  const value = new Map<unknown, unknown>([
    ["circle", circle],
    ["floats", [new PyFloat(1), -0, 0.1, Number.POSITIVE_INFINITY]],
    ["ints", [0, 255, 65536, -1, 2n ** 64n, -(2n ** 200n)]],
    ["texts", ["", "Grüße", "\ud800"]],
    [PyTuple.of_([1, 2]), null],
    ["sets", [new Set([1]), new PyFrozenSet([2])]],
    [
      "collections",
      [new OrderedDict([["a", 1]]), new Counter([["b", 2]]), Object.assign(new Deque(3, 4), { maxlen: 5 })],
    ],
    ["default", Object.assign(new DefaultDict([["k", []]]), { factory: new Global("builtins", "list") })],
    ["bytes", [Uint8Array.of(1, 255), PyByteArray.of(2, 254), new Uint8Array(0)]],
    ["complex", new PyComplex(1, -2)],
  ]);
  for (const protocol of [2, 3, 4, 5] as const) {
    const bytes = put(`protocol${protocol}.pkl`, pickle(value, { protocol }));
    const back = unpickle(bytes, { findClass: (m, n) => STANDARD_GLOBALS.get(`${m}.${n}`) }) as Map<
      unknown,
      unknown
    >;
    expect(back.size).toBe(value.size);
  }
});

test("hdf5", () => {
  const arrays = [...everyType].filter(([k]) => k !== "bfloat16").concat([...views]);
  const h5 = new Hdf5Writer();
  for (const [k, a] of arrays) h5.dataset(`arrays/${k}`, a).attr("array", a);
  h5.attr("text", "Grüße")
    .attr("names", ["a", "b/kernel:0", ""])
    .attr("int", 7)
    .attr("float", new PyFloat(2))
    .attr("yes", true);
  h5.attr("none", [])
    .attr("nothing", null)
    .attr("bytes", utf8Bytes("bytes"))
    .attr("big", 2n ** 62n);
  h5.attr("fixed", new Hdf5Text(["xy", "z"], { fixed: true }))
    .attr("long", "x".repeat(100_000))
    .attr("schlüssel", 1);
  h5.dataset("strings", ["a", "Grüße"]);
  for (let i = 0; i < 1000; i++) h5.group(`many/${i}`).attr("i", i);
  h5.group("a/b/c/empty");
  const file = new Hdf5File(put("all.h5", h5.bytes(), arrays));
  for (const [k, a] of arrays) same(file.dataset(`arrays/${k}`).array(), a);
});

describe("keras", () => {
  /** A copy of a file in which every float of the model's weights has the other sign. */
  function negated(bytes: Uint8Array): Uint8Array {
    const from = new Hdf5File(bytes);
    const to = new Hdf5Writer();
    const attributes = (source: Hdf5Group | Hdf5Dataset, target: Hdf5GroupBuilder | Hdf5DatasetBuilder) => {
      for (const name of source.attrs.names) target.attr(name, source.attrs.get(name) as AttributeInput);
    };
    attributes(from, to);
    from.walk((o) => {
      if (!("read" in o)) return attributes(o, to.group(o.path));
      const array = o.array();
      if (array.dtype === float32 && !o.path.startsWith("/optimizer")) {
        const data = array.data as Float32Array;
        for (let i = 0; i < data.length; i++) data[i]! *= -1;
      }
      attributes(o, to.dataset(o.path.slice(1), array));
    });
    return to.bytes();
  }
  const weightsOf = (bytes: Uint8Array) => {
    const arrays: [string, Strided][] = [];
    new Hdf5File(bytes).walk((o) => "read" in o && arrays.push([o.path.slice(1), o.array()]));
    return arrays;
  };

  test.each(["three.weights.h5", "three-legacy.h5", "two.h5"])("%s", (name) => {
    const original = fixtureBytes(`formats/keras/${name}`);
    const bytes = put(name, negated(original), weightsOf(negated(original)));
    const before = new Map(weightsOf(original));
    for (const [path, a] of weightsOf(bytes)) {
      const was = before.get(path)!;
      if (path.startsWith("optimizer")) same(a, was);
      else expect(bytesOfArray(a)).not.toEqual(bytesOfArray(was));
    }
    expect([...before.keys()]).toEqual(weightsOf(bytes).map(([path]) => path));
  });

  test("three.keras", () => {
    const { metadata, config, weights } = readKerasArchive(fixtureBytes("formats/keras/three.keras"));
    const changed = negated(weights);
    const bytes = put(
      "three.keras",
      writeKerasArchive({ metadata, config, weights: changed }),
      weightsOf(changed),
    );
    expect(readKerasArchive(bytes).weights).toEqual(changed);
  });
});
