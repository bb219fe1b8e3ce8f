import { bool, complex64, contiguous, DTYPES, float32, float64, Strided } from "@cognate/kernel";
import { fixtureBytes, GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { bytesOfArray } from "../bytes/arrays.js";
import { FormatError, WriteError } from "../bytes/errors.js";
import { Hdf5Dataset, Hdf5File, Hdf5Group } from "./reader.js";
import { Hdf5Text, Hdf5Writer } from "./writer.js";

const bytesOf = (name: string) => fixtureBytes(`formats/hdf5/${name}`);

interface Wanted {
  attrs: Record<string, unknown>;
  shape?: number[];
  strings?: string[];
  array?: GoldenArray;
}
const cases = golden("formats/hdf5") as unknown as { name: string; objects: Record<string, Wanted> }[];

function comparable(x: unknown): unknown {
  if (x instanceof GoldenArray) return comparable(x.array);
  if (x instanceof Strided)
    return { dtype: x.dtype.name, shape: [...x.shape], data: [...bytesOfArray(contiguous(x))] };
  if (x instanceof Number) return x.valueOf();
  if (Array.isArray(x)) return Array.from(x, comparable);
  return x;
}

/** An element of each type. */
function sampleOf(dtype: (typeof DTYPES)[number]): Strided {
  const a = Strided.zeros(dtype, [2, 3]);
  const bytes = bytesOfArray(a);
  for (let i = 0; i < bytes.length; i++) bytes[i] = dtype === bool ? i % 2 : 17 * i + 3;
  return a;
}

describe("files of h5py", () => {
  test.each(cases)("$name", ({ name, objects }) => {
    const file = new Hdf5File(bytesOf(name));
    for (const [path, wanted] of Object.entries(objects)) {
      const found = file.get(path);
      for (const [key, value] of Object.entries(wanted.attrs))
        expect([path, key, comparable(found.attrs.get(key))]).toEqual([path, key, comparable(value)]);
      if (wanted.shape) expect([path, [...(found as Hdf5Dataset).shape]]).toEqual([path, wanted.shape]);
      else expect(found instanceof Hdf5Group || found.read().kind === "empty").toBe(true);
      if (wanted.array)
        expect([path, comparable((found as Hdf5Dataset).array())]).toEqual([path, comparable(wanted.array)]);
      if (wanted.strings)
        expect((found as Hdf5Dataset).read()).toMatchObject({ kind: "strings", values: wanted.strings });
    }
  });

  test("names, in h5py's order", () => {
    const file = new Hdf5File(bytesOf("types.h5"));
    expect(file.group("strings").keys).toEqual(["fixed", "one", "variable"]);
    expect(file.get("soft/").path).toBe("/little/f4");
    expect(file.find("little/none")).toBeUndefined();
    expect(file.has("deep/er/and")).toBe(true);
    expect(file.attrs.has("int") && !file.attrs.has("integer")).toBe(true);
    expect(new Hdf5File(bytesOf("groups.h5")).keys).toHaveLength(150);
    expect(new Hdf5File(bytesOf("dense-latest.h5")).attrs.names).toHaveLength(61);
    expect((new Hdf5File(bytesOf("dense-latest.h5")).attrs.get("huge") as Strided).data[8499]).toBe(8499);
    const seen: string[] = [];
    new Hdf5File(bytesOf("ordered.h5")).walk((o) => seen.push(o.path));
    expect(seen).toEqual(["/a", "/y", "/z"]);
  });

  test("what is not read says so", () => {
    const file = new Hdf5File(bytesOf("types.h5"));
    expect(() => file.dataset("compound").read()).toThrow("hdf5: the type of /compound at byte");
    expect(() => file.dataset("compound").read()).toThrow("a compound of x, y");
    expect(() => file.dataset("strings/one").array()).toThrow("is strings, expected numbers");
    expect(() => file.get("little/none")).toThrow('the object "little/none" of / is missing');
    expect(() => file.group("scalar")).toThrow("of /scalar is a dataset");
    expect(() => file.dataset("deep")).toThrow("of /deep is a group");
  });
});

describe("broken files", () => {
  test("a file cut in half", () => {
    for (const { name } of cases) {
      const bytes = bytesOf(name);
      expect(() => new Hdf5File(bytes.subarray(0, bytes.length >> 1))).toThrow(
        `cut off (${bytes.length >> 1} bytes long)`,
      );
    }
    expect(() => new Hdf5File(new Uint8Array(0))).toThrow("the file is empty");
    expect(() => new Hdf5File(new Uint8Array(3000))).toThrow("the signature at byte 0");
  });

  test("a file cut in half that does not know it", () => {
    const bytes = bytesOf("chunks-latest.h5").slice(0, 30_000);
    new DataView(bytes.buffer).setBigUint64(28, 30_000n, true);
    const file = new Hdf5File(bytes);
    const errors: FormatError[] = [];
    for (const key of file.keys)
      try {
        const object = file.get(key);
        if (object instanceof Hdf5Dataset) object.read();
        else object.walk((o) => o instanceof Hdf5Dataset && o.read());
      } catch (error) {
        errors.push(error as FormatError);
      }
    expect(errors.length).toBeGreaterThan(0);
    for (const e of errors) {
      expect(e).toBeInstanceOf(FormatError);
      expect(e.path).toMatch(/^\//);
    }
  });

  test("groups on top of each other", () => {
    const h5 = new Hdf5Writer();
    for (let i = 0; i < 3000; i++) h5.dataset(`large/${i}`, "text");
    for (let i = 0; i < 300; i++) h5.group(`g${i}`);
    const bytes = h5.bytes();
    const file = new Hdf5File(bytes);
    const message = (path: string) => file.group(path).address + 24;
    const from = message("large");
    for (let i = 0; i < 300; i++) bytes.copyWithin(message(`g${i}`), from, from + 16);
    expect(() => new Hdf5File(bytes).walk(() => {})).toThrow("on top of other data");
  });

  test("datasets on top of each other", () => {
    const h5 = new Hdf5Writer();
    for (let i = 0; i < 100; i++) h5.dataset(`d${i}`, Strided.zeros(float64, [1000]));
    const bytes = h5.bytes();
    const view = new DataView(bytes.buffer);
    const file = new Hdf5File(bytes);
    // The dataspace and the layout, behind the other messages of a dataset's header.
    const spaceOf = (path: string) => file.dataset(path).address + 16 + 8;
    const layoutOf = (path: string) => spaceOf(path) + 16 + 8 + 24 + 8 + 8 + 8;
    expect([view.getUint8(layoutOf("d0")), view.getUint8(layoutOf("d0") + 1)]).toEqual([3, 1]);
    const first = Number(view.getBigUint64(layoutOf("d0") + 2, true));
    for (let i = 0; i < 100; i++) {
      view.setBigUint64(spaceOf(`d${i}`) + 8, 50_000n, true);
      view.setBigUint64(layoutOf(`d${i}`) + 2, BigInt(first), true);
      view.setBigUint64(layoutOf(`d${i}`) + 10, 400_000n, true);
    }
    const changed = new Hdf5File(bytes);
    expect(changed.dataset("d0").array().size).toBe(50_000);
    expect(() => changed.walk((o) => o instanceof Hdf5Dataset && o.read())).toThrow("on top of other data");
  });

  test("links that lead in circles", () => {
    const h5 = new Hdf5Writer();
    h5.group("a/b");
    const bytes = h5.bytes();
    // Both entries lead to the root.
    const root = new DataView(bytes.buffer).getBigUint64(64, true);
    for (let i = 0; i + 40 < bytes.length; i++)
      if (bytes[i] === 0x53 && bytes[i + 1] === 0x4e && bytes[i + 2] === 0x4f)
        new DataView(bytes.buffer).setBigUint64(i + 16, root, true);
    const file = new Hdf5File(bytes);
    expect(file.get("a/a/a/a/a").address).toBe(file.address);
    let n = 0;
    file.walk(() => n++);
    expect(n).toBe(0);
  });
});

describe("written files", () => {
  test("every element type", () => {
    const h5 = new Hdf5Writer();
    for (const d of DTYPES) h5.dataset(`types/${d}`, sampleOf(d)).attr("own", sampleOf(d));
    const file = new Hdf5File(h5.bytes());
    for (const d of DTYPES) {
      const found = file.dataset(`types/${d}`);
      if (d.name === "bfloat16") {
        expect(found.read()).toMatchObject({ kind: "opaque", size: 2, shape: [2, 3] });
        continue;
      }
      expect(comparable(found.array())).toEqual(comparable(sampleOf(d)));
      expect(comparable(found.attrs.get("own"))).toEqual(comparable(sampleOf(d)));
    }
  });

  test("bfloat16 as Keras keeps it", () => {
    const h5 = new Hdf5Writer();
    const bf16 = DTYPES.find((d) => d.name === "bfloat16")!;
    h5.dataset("x", sampleOf(bf16)).attr("dtype", "bfloat16");
    expect(comparable(new Hdf5File(h5.bytes()).dataset("x").array())).toEqual(comparable(sampleOf(bf16)));
  });

  test("attributes", () => {
    const values = {
      text: "Grüße",
      empty: "",
      names: ["a", "", "b/kernel:0", "a"],
      none: [],
      int: -7,
      whole: new Number(2),
      float: 0.25,
      big: 2n ** 62n,
      yes: true,
      nothing: null,
      bytes: Uint8Array.of(97, 98),
      array: sampleOf(complex64),
      fixed: new Hdf5Text(["xy", "z"], { fixed: true }),
      ascii: new Hdf5Text("ascii"),
      long: "x".repeat(100_000),
      schlüssel: 1,
    };
    const h5 = new Hdf5Writer();
    for (const [k, v] of Object.entries(values)) h5.group("g").attr(k, v);
    const { attrs } = new Hdf5File(h5.bytes()).group("g");
    expect(attrs.names).toEqual(Object.keys(values));
    const wanted = {
      ...values,
      none: Strided.zeros(float64, [0]),
      bytes: "ab",
      whole: 2,
      big: 2n ** 62n,
      fixed: ["xy", "z"],
      ascii: "ascii",
    };
    for (const [k, v] of Object.entries(wanted))
      expect([k, comparable(attrs.get(k))]).toEqual([k, comparable(v)]);
  });

  test("groups with more entries than one node holds", () => {
    for (const n of [0, 1, 8, 9, 256, 257, 3000]) {
      const h5 = new Hdf5Writer();
      for (let i = 0; i < n; i++)
        h5.dataset(`d${(i * 7919) % n}`, Strided.over(Float64Array.of((i * 7919) % n), float64, []));
      const file = new Hdf5File(h5.bytes());
      expect(file.keys).toHaveLength(n);
      if (n > 0) expect(file.dataset(`d${n - 1}`).array().data[0]).toBe(n - 1);
    }
  });

  test("strided arrays, empty arrays, strings", () => {
    const h5 = new Hdf5Writer();
    const a = Strided.over(
      Float32Array.from({ length: 12 }, (_, i) => i),
      float32,
      [3, 4],
    );
    h5.dataset("turned", a.view([4, 3], [1, 4]));
    h5.dataset("empty", Strided.zeros(float32, [0, 3]));
    h5.dataset("strings", new Hdf5Text(["a", "b", "c", "d"], { shape: [2, 2], utf8: true }));
    const file = new Hdf5File(h5.bytes());
    expect(comparable(file.dataset("turned").array())).toEqual(comparable(a.view([4, 3], [1, 4])));
    expect([...file.dataset("empty").array().shape]).toEqual([0, 3]);
    expect(file.dataset("strings").read()).toMatchObject({ shape: [2, 2], values: ["a", "b", "c", "d"] });
  });

  test("another reader of HDF5 reads them", async () => {
    const h5 = new Hdf5Writer().attr("model_config", "x".repeat(5000)).attr("names", ["a", "bc"]);
    for (let i = 0; i < 300; i++)
      h5.dataset(`layers/l${i}/vars/0`, Strided.over(Float32Array.of(i, 0.5), float32, [2]));
    const bytes = h5.bytes();
    interface Other {
      attrs: Record<string, unknown>;
      keys: string[];
      get(path: string): { value: number[]; shape: number[]; dtype: string };
    }
    // No types come with it.
    const other = (await import("jsfive" as string)) as {
      File: new (b: ArrayBufferLike, name: string) => Other;
    };
    const file = new other.File(bytes.buffer, "written.h5");
    expect(file.attrs).toEqual({ model_config: "x".repeat(5000), names: ["a", "bc"] });
    expect(file.keys).toEqual(["layers"]);
    const { value, shape, dtype } = file.get("layers/l299/vars/0");
    expect({ value, shape, dtype }).toEqual({ value: [299, 0.5], shape: [2], dtype: "<f4" });
  });

  test("names that are taken, attributes that are too long", () => {
    const h5 = new Hdf5Writer();
    h5.dataset("a/x", Strided.zeros(float32, []));
    expect(() => h5.dataset("a/x", Strided.zeros(float32, []))).toThrow(WriteError);
    expect(() => h5.group("a/x/y")).toThrow("x is a dataset, not a group");
    h5.group("a").attr("long", Strided.zeros(float64, [9000]));
    expect(() => h5.bytes()).toThrow("the attribute long of /a takes 72");
  });
});
