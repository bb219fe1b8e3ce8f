import { fixtureBytes } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { nn, torch } from "../index.js";
import { LongStorage } from "../tensor/storage.js";
import type { TensorImpl } from "../tensor/tensor.js";
import { deserialize, load, serialize } from "./files.js";

type Fields = Record<string, unknown>;
const t = torch as unknown as Record<string, (...args: unknown[]) => TensorImpl>;
const modes = ["binary", "ascii"] as const;
const fileOf = (mode: (typeof modes)[number]) =>
  fixtureBytes(`formats/t7/everything${mode === "ascii" ? ".ascii" : ""}.t7`);

describe.each(modes)("a %s file", (mode) => {
  const all = load(fileOf(mode), mode) as Fields;

  test("tensors of all types, and views that share memory", () => {
    for (const name of ["Double", "Float", "Long", "Int", "Short", "Char", "Byte"]) {
      const x = all[name] as TensorImpl;
      expect(x.__typename).toBe(`torch.${name}Tensor`);
      expect(x.totable()).toEqual([
        [1, 2, 3],
        [4, 5, 6],
      ]);
    }
    const [base, view] = [all.base as TensorImpl, all.view as TensorImpl];
    expect([...view.stride()]).toEqual([4, 2]);
    const before = base.at([2, 3]) as number;
    view.set([1, 2], 42);
    expect(base.at([2, 3])).toBe(42);
    view.set([1, 2], before);
  });

  test("tables: numbers, texts, booleans, lists that occur twice", () => {
    const table = all.table as Fields;
    expect([table.x, table.whole, table.yes, table.name]).toEqual([1.5, 7, true, "torch"]);
    expect([...(table.list as Iterable<number>)]).toEqual([1, 2, 3]);
    expect(table.again).toBe(table.list);
  });

  test("a model runs, trains and is written again", () => {
    const model = all.model as Record<string, (...args: unknown[]) => TensorImpl>;
    expect(String(model)).toBe(
      "nn.Sequential {\n  [input -> (1) -> (2) -> output]\n  (1): nn.Linear(3 -> 2)\n  (2): nn.Tanh\n}",
    );
    const x = t.Tensor!([[0.1, 0.2, 0.3]]);
    const y = model.forward!(x).clone();
    const again = deserialize(serialize(model, mode), mode) as typeof model;
    expect(again.forward!(x).totable()).toEqual(y.totable());
    model.backward!(x, y);
  });

  test("what is written is the same file", () => {
    const bytes = serialize(all.table, mode);
    expect(deserialize(bytes, mode)).toEqual(all.table);
    expect(serialize(deserialize(bytes, mode), mode)).toEqual(bytes);
  });
});

test("sizes, storages, nil and numbers that are no number", () => {
  const x = deserialize(
    serialize({ size: t.Tensor!(2, 3).size(), empty: t.Tensor!(), nan: Number.NaN, inf: -Infinity }, "ascii"),
    "ascii",
  ) as Fields;
  expect(x.size).toEqual(LongStorage.from_([2, 3]));
  expect((x.empty as TensorImpl).dim()).toBe(0);
  expect(x.nan).toBeNaN();
  expect(x.inf).toBe(-Infinity);
});

describe("broken files", () => {
  const bytes = fileOf("binary");
  test.each([0, 3, 10, 100, 500, 1500, bytes.length - 1])("cut after %d bytes", (n) => {
    expect(() => load(bytes.subarray(0, n))).toThrow(/t7/);
  });
  test("a table that claims 2^31 − 1 entries", () => {
    expect(() => load(Uint8Array.of(3, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 127))).toThrow(/a table's size/);
  });
  test("an unknown class is named", () => {
    torch.class("nn.Gone", "nn.Module");
    const file = serialize((nn.Gone as unknown as () => unknown)());
    const other = Uint8Array.from(file);
    other[other.indexOf("G".charCodeAt(0))] = "H".charCodeAt(0);
    expect(() => deserialize(other)).toThrow("unknown Torch class <nn.Hone>");
  });
  test("nesting without end", () => {
    const deep = Uint8Array.from({ length: 60_000 }, (_, i) => [3, 0, 0, 0][i % 4]!);
    expect(() => load(deep)).toThrow();
  });
});
