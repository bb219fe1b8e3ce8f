import { print, repr } from "@cognate/py";
import { printed } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { asStrided, ndarray, textArray } from "../index.js";

const shown = (x: unknown): string => printed(() => print(x)).trimEnd();

// What NumPy 2.4 prints.
describe("arrays of texts", () => {
  const a = textArray(["b", "a", "ccc", "a"]);
  test.each([
    [a.at([0, 2]), "['b' 'ccc']"],
    [a.at("1:"), "['a' 'ccc' 'a']"],
    [a.eq("a"), "[False  True False  True]"],
    [a.ne("a"), "[ True False  True False]"],
    [a.lt("b"), "[False  True False  True]"],
    [a.eq(textArray(["b", "b", "b", "a"])), "[ True False False  True]"],
    [a.reshape(2, 2), "[['b' 'a']\n ['ccc' 'a']]"],
    [a.dtype, "<U3"],
    [a.at(0), "b"],
    [textArray(["a", 1]), "['a' '1']"],
    [textArray(["1.5", "2"]).astype("float"), "[1.5 2. ]"],
    [a.at(a.eq("a")), "['a' 'a']"],
  ])("%#", (x, text) => {
    expect(shown(x)).toBe(text);
  });
  test("repr, shape, memory", () => {
    expect(repr(a)).toBe("array(['b', 'a', 'ccc', 'a'], dtype='<U3')");
    expect([a.itemsize, a.nbytes, a.size, a.tolist(), [...a]]).toEqual([
      12,
      48,
      4,
      ["b", "a", "ccc", "a"],
      ["b", "a", "ccc", "a"],
    ]);
    expect(a instanceof ndarray).toBe(true);
  });
  test("assignment", () => {
    const b = a.copy();
    b.set([0], "zz" as never);
    expect(b.tolist()).toEqual(["zz", "a", "ccc", "a"]);
    expect(a.tolist()).toEqual(["b", "a", "ccc", "a"]);
  });
  test("they are no numbers", () => {
    expect(() => asStrided(a)).toThrow("could not convert string to float: 'b'");
    expect(() => textArray(["a"]).astype("int")).toThrow("invalid literal for int() with base 10: 'a'");
  });
});
