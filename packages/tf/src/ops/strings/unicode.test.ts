import { golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as tf from "../../index.js";

/* tf.strings.unicode_* and tf.fingerprint, against TensorFlow (test-fixtures/tf/strings). */

interface Case {
  readonly fn: string;
  readonly given: unknown;
  readonly bytes: boolean;
  readonly args: readonly unknown[];
  readonly kw: Readonly<Record<string, unknown>>;
  readonly out?: unknown;
  readonly error?: readonly [string, string];
}
const cases = golden("tf/strings") as unknown as readonly Case[];

/** Bytes as lists of numbers, tensors as lists. */
function plain(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(plain);
  const t = x as tf.Tensor;
  if (t.dtype.name !== "string") return t.tolist();
  const list = (v: unknown): unknown => [...(v as Uint8Array)];
  const v = t.numpy() as unknown;
  return t.shape.length === 0 ? list(v) : (tf.reshape(t, [-1]).numpy().tolist() as unknown[]).map(list);
}
const numbered = cases.map((c, i) => [`${i} ${c.fn} ${JSON.stringify(c.kw)}`, c] as const);

describe("characters of texts", () => {
  test.each(numbered.filter(([, c]) => !c.error))("%s", (_name, c) => {
    expect(plain(called(c))).toEqual(c.out);
  });
  test.each(numbered.filter(([, c]) => c.error))("wrong: %s", (_name, c) => {
    const [type, message] = c.error!;
    const trimmed = (text: string): string => text.replace(/ name: $/, "");
    let raised: Error | undefined;
    try {
      called(c);
    } catch (e) {
      raised = e as Error;
    }
    expect(raised?.name).toBe(type);
    expect(trimmed(raised!.message)).toBe(trimmed(message));
  });
});
function called(c: Case): unknown {
  const given = c.bytes ? Uint8Array.from(c.given as number[]) : c.given;
  if (c.fn === "fingerprint") return tf.fingerprint(given as never, c.kw as never);
  const f = (tf.strings as unknown as Record<string, (...args: unknown[]) => unknown>)[c.fn]!;
  return f(given, ...c.args, c.kw);
}
