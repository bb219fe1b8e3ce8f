import * as py from "@cognate/py";
import { golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as tf from "./index.js";

/* Short programs that print, and wrong uses that raise, what TensorFlow does: test-fixtures/tf/snippets/generate.py. */

const { print, float, int, bool, len, tuple, dict, complex, range, list, str, repr, type } = py;
const scope: Readonly<Record<string, unknown>> = {
  print,
  float,
  int,
  bool,
  len,
  tuple,
  dict,
  complex,
  range,
  list,
  str,
  repr,
  type,
};

/** Runs a program, gives what it printed and what it raised. */
function run(js: string, expression: boolean): { out: string; error: [string, string] | null } {
  let out = "";
  const before = py.setOutput((text) => {
    out += text;
  });
  try {
    const body = expression ? `return (${js});` : js;
    const f = new Function("tf", ...Object.keys(scope), body) as (...args: unknown[]) => unknown;
    f(tf, ...Object.values(scope));
    return { out, error: null };
  } catch (e) {
    return { out, error: [py.className((e as object).constructor), (e as Error).message] };
  } finally {
    py.setOutput(before);
  }
}

/** Programs that differ, with the reason. */
const DIFFERENT: Readonly<Record<string, string>> = {};

describe("tf: short programs", () => {
  test.each(golden("tf/snippets").map((g) => [g.py as string, g] as const))("%s", (name, g) => {
    tf.random.set_seed(0);
    const got = run(g.js as string, g.error !== null);
    const want = { out: g.out, error: g.error };
    if (name in DIFFERENT) expect(got).not.toEqual(want);
    else expect(got).toEqual(want);
  });
});
