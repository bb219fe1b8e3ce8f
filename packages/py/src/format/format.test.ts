import { describe, expect, test } from "vitest";
import { callNamed, decode, fixture, outcome } from "../golden.test.helper.js";
import { fmt, format, kw, str, str_format, tuple } from "../index.js";

test("exact decimals of doubles", () => {
  const rows = fixture<[string, number, string][]>("format/decimals");
  const wrong = rows.filter(([template, x, text]) => fmt(template, x) !== text);
  expect(wrong).toEqual([]);
  // The specifiers of `format` say the same.
  const bySpec = rows.filter(
    ([template, x, text]) => format(Number.isSafeInteger(x) ? Number(x) : x, template.slice(1)) !== text,
  );
  expect(bySpec).toEqual([]);
});

type Row = [name: string, args: never[], expected: string, keywords?: Record<string, never>];

describe("as CPython", () => {
  test.each(fixture<Row[]>("format/cases"))("%s %j", (name, args, expected, keywords = {}) => {
    const named = Object.entries(keywords).map(([k, v]) => [k, decode(v)] as const);
    const more = named.length > 0 ? [kw(Object.fromEntries(named))] : [];
    const run = (): unknown =>
      name === "str_format"
        ? str_format(String(args[0]), ...args.slice(1).map(decode), ...more)
        : callNamed(name, args);
    expect(outcome(run, str)).toBe(expected);
  });
});

test("fmt takes operands one by one", () => {
  expect(fmt("%s %s", 1, "a")).toBe("1 a");
  expect(fmt("%s", tuple([1, 2]))).toBe("(1, 2)");
  expect(fmt("%d-%d", tuple([1, 2]))).toBe("1-2");
  expect(fmt("%(a)d", { a: 3 })).toBe("3");
  expect(() => fmt("%d", 1, 2)).toThrow("not all arguments converted during string formatting");
});

test("objects that stand for a number or format themselves", () => {
  const scalar = { item: () => 0.125, valueOf: () => 0.125 };
  class Scalar {
    item() {
      return 0.125;
    }
  }
  class Shown {
    __format__(spec: string) {
      return `<${spec}>`;
    }
  }
  expect(format(new Scalar(), ".2f")).toBe("0.12");
  expect(fmt("%.1f|%d", new Scalar(), new Scalar())).toBe("0.1|0");
  expect(format(new Shown(), "abc")).toBe("<abc>");
  expect(str_format("{:x}", new Shown())).toBe("<x>");
  expect(() => format(scalar.item, ".2f")).toThrow("unsupported format string passed to function.__format__");
});
