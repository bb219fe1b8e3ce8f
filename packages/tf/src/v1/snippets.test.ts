import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as np from "@cognate/numpy";
import * as py from "@cognate/py";
import { golden, printed } from "@cognate/testing";
import { beforeEach, describe, expect, test } from "vitest";
import * as tf from "./index.js";

// Programs of test-fixtures/tf/v1/snippets/programs.txt, against what TensorFlow 2.21 printed and raised.

const names = { tf, np, ...py } as Record<string, unknown>;

/** Runs a program; with `value`, its last statement is the value. */
const run = (source: string): unknown =>
  Reflect.construct(Function, [...Object.keys(names), source])(...Object.values(names)) as unknown;

const cases = golden("tf/v1/snippets") as unknown as readonly Record<
  "name" | "js" | "out" | "class" | "message",
  string
>[];

/** Places in Python's files, and the numbers that queues are given, are not compared. */
const cleaned = (message: string): string => {
  const m = /Node: '[^\n]*'\n([\s\S]*?)\n\t \[\[/.exec(message);
  return (m ? m[1]! : message)
    .replace(/'_\d+_/g, "'_0_")
    .replace(/Originally defined at:[\s\S]*/, "Originally defined at:")
    .split("\n\t [[")[0]!;
};

/**
 * White space at the ends of lines, and a minus before a rounded zero, are not compared; NumPy's whole numbers are numbers of
 * JavaScript here.
 */
const plain = (text: string): string =>
  text
    .replace(/np\.(?:int32|int64)\((-?\d+)\)/g, "$1")
    .replace(/[ \t]+$/gm, "")
    .replace(/-0\.(0*)(?=[\s,\])])/g, "0.$1");

beforeEach(() => {
  tf.reset_default_graph();
  process.chdir(mkdtempSync(join(tmpdir(), "cognate-tf1-")));
});

describe("programs", () => {
  test.each(cases.filter((c) => c.out !== undefined))("$name", ({ js, out }) => {
    const text = printed(() => {
      run(js);
    });
    expect(plain(text)).toBe(plain(out));
  });
});

describe("wrong uses", () => {
  test.each(cases.filter((c) => c.class !== undefined))("$name", (c) => {
    let raised: unknown;
    try {
      run(c.js);
    } catch (e) {
      raised = e;
    }
    expect(raised).toBeInstanceOf(Error);
    const { name, message } = raised as Error;
    expect({ class: name, message: cleaned(message).replace(/^Graph execution error:\n\n/, "") }).toEqual({
      class: c.class,
      message: c.message,
    });
  });
});
