import { fixtureBytes } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { FormatError } from "../bytes/errors.js";
import { readModelJson, singleText, writeModelJson } from "./json.js";
import { modelForm, readXgboostModel } from "./model.js";
import { readUbjson, writeUbjson } from "./ubjson.js";
import { Single } from "./values.js";

const file = (name: string): Uint8Array => fixtureBytes(`xgboost/files/${name}`);

test("forms are told apart by their first bytes", () => {
  expect(
    ["reg.3.2.json", "reg.3.2.ubj", "reg.2.1.model", "linear.1.7.model"].map((n) => modelForm(file(n))),
  ).toEqual(["json", "ubj", "binary", "binary"]);
});

test.each(["reg", "softprob", "categorical", "multitree"])(
  "%s: both forms of one model hold the same",
  (name) => {
    const plain = (v: unknown): unknown =>
      ArrayBuffer.isView(v)
        ? Array.from(v as unknown as number[], Number)
        : Array.isArray(v)
          ? v.map(plain)
          : typeof v === "object" && v !== null
            ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, plain(x)]))
            : v;
    const single = (v: unknown): unknown =>
      typeof v === "number"
        ? Number.isInteger(v)
          ? v
          : Math.fround(v)
        : Array.isArray(v)
          ? v.map(single)
          : typeof v === "object" && v !== null
            ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, single(x)]))
            : v;
    const ubj = file(`${name}.3.2.ubj`);
    expect(single(plain(readXgboostModel(file(`${name}.3.2.json`))))).toEqual(plain(readXgboostModel(ubj)));
    // Written again, every byte is the same.
    expect(writeUbjson(readUbjson(ubj))).toEqual(ubj);
  },
);

test("values of every kind survive both forms", () => {
  const value = {
    a: [1, -127, 127, -32767, 32767, 2 ** 31, -(2 ** 40), null, true, false],
    b: 'ü "\\\n\t\u0001',
    c: new Float32Array([0.5, -0, 1e-45, 3.4028234663852886e38]),
    d: new Int32Array([-1, 2147483647]),
    e: new Single(0.1),
    f: {},
    g: [],
    h: new Uint8Array([0, 255]),
    i: new Float64Array([1 / 3]),
    j: new Int16Array([-2]),
    k: new Int8Array([-3]),
  };
  const again = readUbjson(writeUbjson(value)) as unknown as typeof value;
  expect({ ...again }).toEqual({ ...value, e: Math.fround(0.1), f: {} });
  const text = writeModelJson(value);
  expect(text).toContain('"c":[5E-1,-0E0,1E-45,3.4028235E38],"d":[-1,2147483647],"e":1E-1');
  expect(writeModelJson(readModelJson(writeModelJson({ b: value.b, f: {}, x: [1, "2"] })))).toBe(
    writeModelJson({ b: value.b, f: {}, x: [1, "2"] }),
  );
  expect([NaN, Infinity, -Infinity, 1, 16777216, 0.1].map(singleText)).toEqual([
    "NaN",
    "Infinity",
    "-Infinity",
    "1E0",
    "1.6777216E7",
    "1E-1",
  ]);
  expect(readModelJson('[NaN, -Infinity, 5E-1, "\\u00fc"]')).toEqual([NaN, -Infinity, 0.5, "ü"]);
});

describe("hostile input", () => {
  const said = (run: () => unknown): string => {
    try {
      run();
    } catch (e) {
      if (e instanceof FormatError) return e.message;
      throw e;
    }
    return "no error";
  };
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
  const long = (n: number): string => `L${String.fromCharCode(0, 0, 0, 0, 0, 0, n >> 8, n & 255)}`;

  test("says what is wrong and where", () => {
    expect(said(() => readModelJson('{"a": 1, "a": 2}'))).toBe(
      'xgboost.json: the text at byte 9 is the key "a" a second time, expected keys once.',
    );
    expect(said(() => readModelJson('{"ü": tru}'))).toBe(
      'xgboost.json: the text at byte 7 is "tru}", expected a value.',
    );
    expect(said(() => readModelJson("[".repeat(100000)))).toContain("nested too deep");
    expect(said(() => readUbjson(bytes(`[$d#S`)))).toContain("the count of a typed array");
    expect(said(() => readUbjson(bytes(`[$d#${long(60000)}`)))).toContain("cut off");
    expect(said(() => readUbjson(bytes(`[#${long(60000)}Z`)))).toContain("at most 1 elements");
    expect(said(() => readUbjson(bytes("[".repeat(100000))))).toContain("too deep");
    expect(said(() => readUbjson(bytes("{iÿ")))).toContain("0 or more");
    expect(said(() => readUbjson(bytes(`{i\x01aZi\x01aZ}`)))).toContain("a second time");
    expect(said(() => readUbjson(bytes("ZZ")))).toContain("nothing more");
    expect(said(() => readXgboostModel(bytes("bs64")))).toContain("base64");
    expect(said(() => readXgboostModel(new Uint8Array(100)))).toContain("cut off");
    const broken = file("reg.1.7.model").slice();
    new DataView(broken.buffer).setInt32(4 + 136 + 8 + 16 + 8 + 6, 2 ** 30, true);
    expect(said(() => readXgboostModel(broken))).toContain("the number of trees");
  });
});
