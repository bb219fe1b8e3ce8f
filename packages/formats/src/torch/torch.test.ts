import { contiguous, float32, int32, Strided } from "@cognate/kernel";
import { fixtureBytes, GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { bytesOfArray } from "../bytes/arrays.js";
import { FormatError, WriteError } from "../bytes/errors.js";
import { utf8Bytes } from "../bytes/sink.js";
import { Global, inertGlobal, PickledObject } from "../pickle/globals.js";
import { PickledArray } from "../pickle/numpy.js";
import { PersistentId, pickle } from "../pickle/pickler.js";
import { plainDicts } from "../pickle/plain.js";
import { GlobalRefusedError, OpcodeRefusedError } from "../pickle/refused.js";
import { Counter, OrderedDict, PyByteArray, PyComplex, PyFloat, PyTuple } from "../pickle/values.js";
import { ZipArchive } from "../zip/reader.js";
import { writeZip } from "../zip/writer.js";
import { torchGlobals } from "./globals.js";
import { TorchDevice, TorchName, TorchParameter, TorchTensor } from "./loaded.js";
import { readTorch, type TorchReadOptions } from "./reader.js";
import { SavedTensor, writeTorch } from "./writer.js";

const bytesOf = (name: string) => fixtureBytes(`formats/torch/${name}`);
const cases = golden("formats/torch");
const wantedOf = (name: string) => cases.find((c) => c.name === name)!.value;

/** Everything as it is comparable: arrays by type, shape and bytes. */
function comparable(x: unknown): unknown {
  if (x instanceof GoldenArray) return comparable(x.array);
  if (x instanceof TorchParameter) return comparable(x.data);
  if (x instanceof TorchTensor) {
    const a = comparable(x.array) as { data: number[]; dtype: string };
    return x.conj || x.neg ? { ...a, data: "conj or neg" } : a;
  }
  if (x instanceof PickledArray) return comparable(x.array);
  if (x instanceof Strided)
    return { dtype: x.dtype.name, shape: [...x.shape], data: [...bytesOfArray(contiguous(x))] };
  if (x instanceof PyFloat || x instanceof Number) return { float: x.valueOf() };
  if (x instanceof PyComplex) return { re: x.re, im: x.im };
  if (x instanceof TorchName) return { dtype: x.name };
  if (x instanceof Map) return { entries: [...x].map(([k, v]) => [k, comparable(v)]) };
  if (Array.isArray(x)) return Array.from(x, comparable);
  if (typeof x !== "object" || x === null) return x;
  if ("real" in x && "imag" in x) return { re: Number(x.real), im: Number(x.imag) };
  if ("dtype" in x) return { dtype: String((x as { dtype: unknown }).dtype) };
  return { entries: Object.entries(x).map(([k, v]) => [k, comparable(v)]) };
}

/** The part of `value` that is in `wanted`. */
function picked(value: unknown, wanted: object): unknown {
  const from = value as Map<unknown, unknown>;
  const keys = wanted instanceof Map ? [...wanted.keys()] : Object.keys(wanted);
  return new Map(keys.map((k) => [k, from.get(k)]));
}

const everything: TorchReadOptions = { weightsOnly: false, hooks: { attributes: () => {} } };

describe("files of torch.save", () => {
  test.each(["dtypes.pt", "dtypes.pth", "state_dict.pt", "state_dict.pth", "big_endian.pt"])("%s", (name) => {
    expect(comparable(readTorch(bytesOf(name)).value)).toEqual(comparable(wantedOf(name)));
  });

  test.each(["nested.pt", "nested.pth", "protocol4.pt", "numpy.pt", "tar.pth"])(
    "%s, not only weights",
    (name) => {
      const { value } = readTorch(bytesOf(name), everything);
      const wanted = wantedOf(name) as object;
      expect(comparable(picked(value, wanted))).toEqual(comparable(wanted));
    },
  );

  test.each(["views.pt", "views.pth"])("%s: views share a storage", (name) => {
    const value = readTorch(bytesOf(name)).value as Map<string, TorchTensor>;
    const wanted = wantedOf(name) as Record<string, GoldenArray>;
    for (const [key, t] of value)
      if (!t.conj && !t.neg) expect([key, comparable(t)]).toEqual([key, comparable(wanted[key])]);
    const base = value.get("base")!.array;
    for (const key of ["row", "columns", "transposed", "inner", "expanded"])
      expect(value.get(key)!.array.storage).toBe(base.storage);
    expect(value.get("alone")!.array.storage).not.toBe(base.storage);
    expect([...value.get("transposed")!.array.strides]).toEqual([1, 6]);
    expect(value.get("grad")!.requiresGrad).toBe(true);
    if (name === "views.pth") return;
    expect([value.get("conjugate")!.conj, value.get("conjugate")!.neg]).toEqual([true, false]);
    expect([value.get("negative")!.conj, value.get("negative")!.neg]).toEqual([false, true]);
  });

  test.each(["nested.pt", "nested.pth"])("%s: what is no tensor", (name) => {
    const noted: unknown[] = [];
    const v = readTorch(bytesOf(name), { hooks: { attributes: (t, state) => noted.push(t, state) } })
      .value as Map<unknown, unknown>;
    expect(v.get("device")).toEqual(new TorchDevice("cpu", null));
    expect(v.get("cuda")).toEqual(new TorchDevice("cuda", 1));
    expect(v.get("bytes")).toEqual(Uint8Array.of(0, 255));
    expect(v.get("bytearray")).toEqual(PyByteArray.of(1, 254));
    expect(v.get("set")).toEqual(new Set([5]));
    expect(v.get("counter")).toEqual(
      new Counter([
        ["a", 2],
        ["b", 1],
      ]),
    );
    expect(v.get("layout")).toEqual(new TorchName("layout", "strided"));
    expect(v.get("parameter")).toMatchObject({ requiresGrad: true });
    expect(v.get("frozen")).toMatchObject({ requiresGrad: false });
    expect(v.get("ordered")).toBeInstanceOf(OrderedDict);
    expect(v.get("size")).toBeInstanceOf(PyTuple);
    expect(noted[0]).toBe(v.get("attributed"));
    expect(noted[1]).toEqual(new Map([["note", "kept"]]));
  });

  test("a state dict carries its metadata", () => {
    const v = readTorch(bytesOf("state_dict.pt")).value as OrderedDict;
    expect([...v.keys()].slice(0, 3)).toEqual(["scale", "conv.weight", "conv.bias"]);
    const metadata = v.attributes!.get("_metadata") as OrderedDict;
    expect((metadata.get("norm") as Map<string, number>).get("version")).toBe(2);
  });

  test("a checkpoint with its optimizer", () => {
    const v = plainDicts(readTorch(bytesOf("checkpoint.pt")).value) as {
      epoch: number;
      optimizer: {
        state: Map<number, Record<string, unknown>>;
        param_groups: { lr: number; betas: number[] }[];
      };
      scheduler: { step_size: number };
    };
    const wanted = wantedOf("checkpoint.pt") as { epoch: number; lr: number; exp_avg: GoldenArray };
    expect([v.epoch, v.optimizer.param_groups[0]!.lr]).toEqual([3, wanted.lr]);
    expect(comparable(v.optimizer.state.get(0)!.exp_avg)).toEqual(comparable(wanted.exp_avg));
    expect(v.scheduler.step_size).toBe(2);
  });

  test.each(["module.pt", "module.pth", "sequential.pt"])("%s: a whole module", (name) => {
    const hooks = { findClass: inertGlobal, attributes: () => {} };
    const net = readTorch(bytesOf(name), { weightsOnly: false, hooks }).value as PickledObject;
    const own = name.startsWith("module");
    expect(net.callable.path).toBe(own ? "__main__.Net" : "torch.nn.modules.container.Sequential");
    const modules = (net.state as Map<string, unknown>).get("_modules") as Map<string, PickledObject>;
    expect([...modules.keys()]).toEqual(own ? ["conv", "norm", "fc"] : ["0", "1", "2"]);
    if (!own) return;
    const weight = (
      (modules.get("fc")!.state as Map<string, unknown>).get("_parameters") as Map<string, TorchParameter>
    ).get("weight");
    expect(comparable(weight)).toEqual(comparable((wantedOf(name) as Record<string, unknown>)["fc.weight"]));
    const refused = caught(() => readTorch(bytesOf(name))) as GlobalRefusedError;
    expect([refused.module, refused.global]).toEqual(["__main__", "Net"]);
  });

  test("bytes that were given stay as they are, unless they are shared", () => {
    const bytes = bytesOf("dtypes.pt").slice();
    const before = bytes.slice();
    const get = (options?: TorchReadOptions) =>
      (readTorch(bytes, options).value as Map<string, TorchTensor>).get("float32")!.array;
    (get().data as Float32Array).fill(1);
    expect(bytes).toEqual(before);
    expect(get({ share: true }).data.buffer).toBe(bytes.buffer);
  });
});

describe("refused", () => {
  test("by name", () => {
    expect(() => readTorch(bytesOf("quantized.pt"))).toThrow("QUInt8Storage, of a quantized tensor");
    expect(() => readTorch(bytesOf("sparse.pt"))).toThrow("a sparse tensor");
    expect(() => readTorch(bytesOf("script.pt"))).toThrow("a TorchScript program");
    expect(() => readTorch(bytesOf("tar.pth"))).toThrow("the legacy .tar format");
    expect(caught(() => readTorch(bytesOf("protocol4.pt")))).toMatchObject({ opcode: 149 });
    expect(() => readTorch(bytesOf("protocol4.pt"))).toThrow(OpcodeRefusedError);
    expect(() => readTorch(new Uint8Array(0))).toThrow("the file is empty");
    expect(() => readTorch(utf8Bytes("not a torch file"))).toThrow("expected that of a zip archive");
  });

  test("the allow-list is PyTorch's", () => {
    const find = torchGlobals({
      hooks: {},
      values: { float: Number, tuple: PyTuple.of_, complex: () => 0 },
      weightsOnly: true,
    });
    const allowed = cases.find((c) => c.name === "allowed globals")!.globals as string[];
    const known = (path: string) =>
      find(path.slice(0, path.lastIndexOf(".")), path.slice(path.lastIndexOf(".") + 1)) !== undefined;
    expect(allowed.filter((path) => !known(path))).toEqual([]);
    for (const path of [
      "builtins.list",
      "numpy.dtype",
      "os.system",
      "torch.channels_last",
      "torch.storage._load_from_bytes",
      "collections.deque",
    ])
      expect([path, known(path)]).toEqual([path, false]);
  });

  test("nobody gets os.system, whatever the hooks say", () => {
    const evil = new PickledObject(new Global("os", "system"), ["touch hacked"]);
    const called: string[] = [];
    const hooks = {
      findClass: (module: string, name: string) =>
        new Global(module, name, { call: () => called.push(name) }),
    };
    for (const weightsOnly of [true, false])
      expect(() => readTorch(writeTorch(evil), { weightsOnly, hooks })).toThrow(GlobalRefusedError);
    expect(called).toEqual([]);
  });

  const file = (args: readonly unknown[], data = new Uint8Array(16), numel = 4, cls = "FloatStorage") => {
    const storage = PyTuple.of_(["storage", new Global("torch", cls), "0", "cpu", numel]);
    const rebuild = new Global("torch._utils", "_rebuild_tensor_v2");
    const pickled = pickle(
      new Map([["t", new PickledObject(rebuild, [new PersistentId(storage), ...args])]]),
    );
    return writeZip([
      { name: "archive/data.pkl", data: pickled },
      { name: "archive/data/0", data },
    ]);
  };

  test("storages and tensors that do not fit", () => {
    const size = (...n: number[]) => PyTuple.of_(n);
    const ok = [0, size(2, 2), size(2, 1), false, new OrderedDict()];
    expect(() => readTorch(file(ok))).not.toThrow();
    expect(() => readTorch(file(ok, new Uint8Array(15)))).toThrow("the storage 0 at byte");
    expect(() => readTorch(file(ok, new Uint8Array(16), 2 ** 50))).toThrow(FormatError);
    expect(() => readTorch(file([1, size(2, 2), size(2, 1), false]))).toThrow(
      "a view within its storage of 4 elements",
    );
    expect(() => readTorch(file([0, size(2, 3), size(3, 1), false]))).toThrow(
      "size [2, 3] and stride [3, 1]",
    );
    expect(() => readTorch(file([0, size(2), size(-1), false]))).toThrow("a tensor's stride");
    expect(() => readTorch(file([0, size(2, 2), size(1), false]))).toThrow("of 1 axes");
    expect(() => readTorch(file([0, size(2 ** 30, 2 ** 30), size(0, 0), false]))).toThrow(
      "fewer than 2^53 elements",
    );
    expect(() => readTorch(file([0.5, size(1), size(1), false]))).toThrow("a tensor's offset");
    expect(() => readTorch(file(ok, new Uint8Array(16), 4, "Tensor"))).toThrow("a storage's class");
    const huge = readTorch(file([0, size(2 ** 30, 2), size(0, 1), false])).value as Map<string, TorchTensor>;
    expect(huge.get("t")!.array.size).toBe(2 ** 31);
  });

  test("a zip that is cut off or lacks its parts", () => {
    const bytes = bytesOf("state_dict.pt");
    for (const n of [0, 1, 4, 30, 1000, bytes.length - 1])
      expect(() => readTorch(bytes.subarray(0, n))).toThrow(FormatError);
    expect(() => readTorch(writeZip([{ name: "x", data: new Uint8Array(1) }]))).toThrow(
      "without a data.pkl (it holds x)",
    );
    const zip = new ZipArchive(bytes);
    const without = zip.names
      .filter((n) => !n.endsWith("/data/0"))
      .map((name) => ({ name, data: zip.read(name) }));
    expect(() => readTorch(writeZip(without))).toThrow('the entry "state_dict/data/0" is missing');
  });

  test("an old file that is cut off", () => {
    const bytes = bytesOf("state_dict.pth");
    for (let n = 1; n < bytes.length; n += 13)
      expect(() => readTorch(bytes.subarray(0, n))).toThrow(FormatError);
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** What the reader's plain records are written as. */
function replace(x: object): unknown {
  if (x instanceof TorchTensor) return new SavedTensor(x.array, x);
  if (x instanceof TorchParameter)
    return new SavedTensor((x.data as TorchTensor).array, { requiresGrad: x.requiresGrad, parameter: true });
  return undefined;
}

describe("written as torch.save writes", () => {
  // Not sequential.pt: its modules are called "0", "1", "2" like its storages, and CPython writes such strings twice.
  test.each(["dtypes.pt", "views.pt", "state_dict.pt", "checkpoint.pt", "module.pt"])(
    "%s, byte for byte",
    (name) => {
      const bytes = bytesOf(name);
      const hooks = { findClass: inertGlobal };
      const { value } = readTorch(bytes, { weightsOnly: false, hooks });
      const again = writeTorch(value, { name: name.replace(".pt", ""), replace });
      const [a, b] = [new ZipArchive(bytes), new ZipArchive(again)];
      expect(b.names).toEqual(a.names);
      for (const entry of a.names) {
        const at = [a, b].map((z) => [entry, z.locate(z.entry(entry)), z.entry(entry).size]);
        expect(at[1]).toEqual(at[0]);
        if (!entry.endsWith("serialization_id")) expect(b.read(entry)).toEqual(a.read(entry));
      }
      // All but the forty digits of the id, and what depends on them.
      const differing = again.filter((v, i) => v !== bytes[i]).length;
      expect(again.length).toBe(bytes.length);
      expect(differing).toBeLessThan(50);
    },
  );

  test("parts of one memory are one storage; two types of it are refused", () => {
    const base = Strided.over(Float32Array.of(1, 2, 3, 4), float32, [4]);
    const bytes = writeTorch([new SavedTensor(base), new SavedTensor(base.view([2], [2], 1))]);
    expect(new ZipArchive(bytes).names.filter((n) => n.includes("/data/"))).toEqual(["archive/data/0"]);
    const [, b] = readTorch(bytes).value as TorchTensor[];
    expect([...bytesOfArray(contiguous(b!.array))]).toEqual([
      ...new Uint8Array(Float32Array.of(2, 4).buffer),
    ]);
    const other = new Strided(base.storage, int32, [4], [1], 0);
    expect(() => writeTorch([new SavedTensor(base), new SavedTensor(other)])).toThrow(
      "Cannot save multiple tensors or storages that view the same data as different types",
    );
    expect(() => writeTorch({ x: new (class Own {})() })).toThrow(WriteError);
  });
});
