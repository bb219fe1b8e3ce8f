import { expect, test, vi } from "vitest";
import {
  BaseException,
  Exception,
  FileNotFoundError,
  KeyError,
  LookupError,
  nameClass,
  OSError,
  repr,
  StopIteration,
  SystemExit,
  str,
  TypeError,
  UserWarning,
  ValueError,
  warn,
} from "./index.js";

test("classes with and without new, subclasses, JavaScript's Error", () => {
  class Mine extends ValueError {
    code = 7;
    constructor(readonly detail: string) {
      super(`mine: ${detail}`);
    }
  }
  const e = new Mine("x");
  expect([e instanceof Mine, e instanceof ValueError, e instanceof Exception, e instanceof Error]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([e.message, e.name, e.code, e.detail, repr(e), Mine.__name__]).toEqual([
    "mine: x",
    "Mine",
    7,
    "x",
    "Mine('mine: x')",
    "Mine",
  ]);
  expect(ValueError("a") instanceof ValueError).toBe(true);
  expect(e instanceof KeyError).toBe(false);
  expect(new TypeError("t") instanceof globalThis.TypeError).toBe(false);
  expect([ValueError.name, ValueError.__name__, Object.keys(new ValueError("x"))]).toEqual([
    "ValueError",
    "ValueError",
    [],
  ]);
  class Renamed extends ValueError {}
  nameClass("tf.errors.InvalidArgumentError", Renamed);
  expect([repr(Renamed), new Renamed("x").name]).toEqual([
    "<class 'tf.errors.InvalidArgumentError'>",
    "InvalidArgumentError",
  ]);
});

test("the stack begins where the exception was made", () => {
  function raise(): never {
    throw new ValueError("here");
  }
  try {
    raise();
  } catch (e) {
    const lines = (e as Error).stack!.split("\n");
    expect(lines[0]).toBe("ValueError: here");
    expect(lines[1]).toContain("raise");
  }
});

test("causes", () => {
  const cause = new Error("below");
  const e = new ValueError("above", { cause });
  expect([e.cause, repr(e.args), e.message]).toEqual([cause, "('above',)", "above"]);
});

test("arguments", () => {
  expect([
    str(new KeyError("")),
    new KeyError("k").message,
    new KeyError("k") instanceof LookupError,
  ]).toEqual(["''", "'k'", true]);
  const missing = new FileNotFoundError(2, "No such file or directory", "a.pt");
  expect([str(missing), repr(missing), (missing as unknown as { filename: string }).filename]).toEqual([
    "[Errno 2] No such file or directory: 'a.pt'",
    "FileNotFoundError(2, 'No such file or directory')",
    "a.pt",
  ]);
  expect(missing instanceof OSError).toBe(true);
  expect((new StopIteration(5) as unknown as { value: number }).value).toBe(5);
  expect([new SystemExit() instanceof Exception, new SystemExit() instanceof BaseException]).toEqual([
    false,
    true,
  ]);
});

test("warnings go to stderr once", () => {
  const spy = vi.spyOn(console, "warn").mockImplementation(() => {});
  warn("only once");
  warn("only once");
  warn("another", UserWarning);
  expect(spy.mock.calls).toEqual([["UserWarning: only once"], ["UserWarning: another"]]);
  spy.mockRestore();
});
