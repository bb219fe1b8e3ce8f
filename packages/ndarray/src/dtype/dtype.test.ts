import { dtypeNamed } from "@cognate/kernel";
import { repr, str, TypeError } from "@cognate/py";
import { type GoldenError, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import { type DTypeLike, dtype, float32, fromStrided } from "../index.js";
import { type Casting, canCast, promoteTypes, resultType, type Weak } from "./promote.js";

const cases = new Map(golden("ndarray/dtype").map((c) => [c.name, c as Record<string, unknown>]));
const of = (name: string) => dtypeNamed(name)!;
const pairs = (types: readonly string[]) => types.flatMap((a) => types.map((b) => [of(a), of(b)] as const));

test("promote_types", () => {
  const c = cases.get("promote_types") as { types: string[]; result: string[] };
  expect(pairs(c.types).map(([a, b]) => promoteTypes(a, b).name)).toEqual(c.result);
});

test("result_type of three", () => {
  const c = cases.get("result_type of three") as { types: string[]; result: number[] };
  const triples = pairs(c.types).flatMap(([a, b]) => c.types.map((d) => [a, b, of(d)]));
  expect(triples.map((t) => c.types.indexOf(resultType(t, undefined).name))).toEqual(c.result);
});

test.each(["no", "equiv", "safe", "same_kind", "unsafe"])("can_cast %s", (casting) => {
  const c = cases.get(`can_cast ${casting}`) as { types: string[]; result: boolean[] };
  expect(pairs(c.types).map(([a, b]) => canCast(a, b, casting as Casting))).toEqual(c.result);
});

test.each(["int", "float", "complex"])("beside a Python %s", (weak) => {
  const c = cases.get(`beside a Python ${weak}`) as { types: string[]; result: string[] };
  expect(c.types.map((t) => resultType([of(t)], weak as Weak).name)).toEqual(c.result);
});

test("facts and names", () => {
  const { facts, names } = cases.get("facts") as { facts: unknown[][]; names: [string, string][] };
  for (const [name, ...rest] of facts) {
    const d = dtype(name as string);
    expect([repr(d), d.str, d.char, d.kind, d.num, d.itemsize, d.alignment, d.byteorder]).toEqual(rest);
  }
  expect(names.map(([n]) => str(dtype(n)))).toEqual(names.map(([, d]) => d));
});

test("what stands for a dtype", () => {
  expect(dtype("float32")).toBe(dtype("f4"));
  expect(dtype(float32)).toBe(dtype("f4"));
  expect(dtype(null)).toBe(dtype("d"));
  expect(new dtype(of("int16"), false)).toBe(dtype("int16"));
  expect(dtype(Object.create({ name: "uint8" }), false)).toBe(dtype("uint8"));
  expect(dtype("f4").eq("float32")).toBe(true);
  expect(dtype("f4").eq("nothing")).toBe(false);
  expect(dtype("f4").type).toBe(float32);
  expect(fromStrided).toBeTypeOf("function");
});

test("errors", () => {
  const { errors } = cases.get("errors") as { errors: [DTypeLike, GoldenError][] };
  for (const [bad, e] of errors) expect(() => dtype(bad)).toThrow(new TypeError(e.message));
  expect(() => dtype("O")).toThrow("holds no numbers");
  expect(() => dtype(">f4")).toThrow("big-endian");
});
