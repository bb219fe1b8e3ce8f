import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as tf from "../index.js";

/*
 * TensorFlow's public functions: values, element types and gradients of Σ w·y, as test-fixtures/tf/ops/generate.py made
 * them.
 */

type Fn = (...args: unknown[]) => unknown;
const array = ({ array }: GoldenArray): tf.Tensor => new tf.Tensor(new Value(array));

function resolve(name: string): Fn {
  let at = tf as unknown as Record<string, unknown>;
  for (const part of name.split(".")) at = at[part] as Record<string, unknown>;
  return at as unknown as Fn;
}
const isType = (x: unknown): x is { $tf: string } => typeof x === "object" && x !== null && "$tf" in x;
const floatsIn = (x: unknown): tf.Tensor[] =>
  x instanceof tf.Tensor
    ? x.dtype.is_floating || x.dtype.is_complex
      ? [x]
      : []
    : x instanceof tf.SparseTensor
      ? floatsIn(x.values)
      : Array.isArray(x)
        ? x.flatMap(floatsIn)
        : [];
const tensorsIn = (x: unknown): tf.Tensor[] =>
  x instanceof tf.Tensor
    ? [x]
    : x instanceof tf.SparseTensor
      ? [x.indices, x.values, x.dense_shape]
      : Array.isArray(x)
        ? x.flatMap(tensorsIn)
        : [];
/** Texts as lists of them. */
const words = (x: unknown): unknown => {
  if (Array.isArray(x)) return x.map(words);
  return x instanceof Uint8Array ? String.fromCharCode(...x) : x;
};
const isSparse = (x: unknown): x is { $sparse: [tf.Tensor, tf.Tensor, tf.Tensor] } =>
  typeof x === "object" && x !== null && "$sparse" in x;
/** Bytes of files, one character each. */
const isBytes = (x: unknown): x is { $bytes: string } => typeof x === "object" && x !== null && "$bytes" in x;
const isText = (x: unknown): x is { $text: unknown[] } => typeof x === "object" && x !== null && "$text" in x;
const typed = (x: unknown): unknown =>
  isText(x)
    ? tf.constant(x.$text as never, tf.string)
    : isBytes(x)
      ? tf.constant(Uint8Array.from(x.$bytes, (c) => c.charCodeAt(0)) as never, tf.string)
      : isType(x)
        ? tf.as_dtype(x.$tf)
        : isSparse(x)
          ? tf.SparseTensor(...x.$sparse)
          : Array.isArray(x)
            ? x.map(typed)
            : x;

function loss(y: unknown): tf.Tensor | null {
  let total: tf.Tensor | null = null;
  tensorsIn(y).forEach((t, j) => {
    if (!t.dtype.is_floating && !t.dtype.is_complex) return;
    const real = t.dtype.real_dtype;
    const w = tf.add(tf.divide(tf.cast(tf.reshape(tf.range(1, t.size + 1), [...t.shape]), real), 7), 0.1 * j);
    let part = tf.reduce_sum(tf.multiply(tf.math.real(t), w));
    if (t.dtype.is_complex)
      part = tf.add(part, tf.reduce_sum(tf.multiply(tf.multiply(tf.math.imag(t), w), 0.5)));
    total = total === null ? part : tf.add(total, tf.cast(part, total.dtype));
  });
  return total;
}

/** Single precision inside of some of TensorFlow's kernels, half inside of others. */
const HALF = { rtol: 2e-3, atol: 1e-3 };

/** Where TensorFlow's result is its own: the reason. */
const LOOSE: Readonly<Record<string, readonly [rtol: number, why: string]>> = {
  "image.resize": [2e-4, "TensorFlow computes weights of the larger kernels in single precision"],
  "linalg.sqrtm": [2e-3, "by eigenvalues instead of Schur's form"],
  "linalg.logm": [2e-3, "by eigenvalues instead of Schur's form"],
  "math.polygamma": [1e-4, "single precision on both sides"],
  "math.zeta": [1e-4, "single precision on both sides"],
  "math.betainc": [1e-4, "another expansion"],
};

const FAMILIES = ["ops", "nn", "image", "more", "sparse"];

describe.each(FAMILIES)("tf: public functions of tf/%s", (family) => {
  const cases = golden(`tf/${family}`, { array });
  test.each(cases.map((g, i) => [`${i} ${g.fn as string}`, g] as const))("%s", (_name, g) => {
    tf.random.set_seed(5);
    const args = typed(g.args) as unknown[];
    const kw = Object.fromEntries(Object.entries(g.kw as object).map(([k, v]) => [k, typed(v)]));
    const floats = [...floatsIn(args), ...floatsIn(Object.values(kw))];
    const given = Object.keys(kw).length === 0 ? args : [...args, kw];
    const tape = tf.GradientTape({ persistent: true });
    const [y, total] = tape.record(() => {
      for (const x of floats) tape.watch(x);
      const out = resolve(g.fn as string)(...given);
      return [out, g.grads === null ? null : loss(out)] as const;
    });
    const rtol = LOOSE[g.fn as string]?.[0];
    const close = rtol ? { rtol, atol: rtol } : { rtol: 2e-5, atol: 2e-6 };
    const found = tensorsIn(y);
    const want = g.out as tf.Tensor[];
    const kind = (t: tf.Tensor): unknown => (t instanceof tf.Tensor ? [t.dtype.name, [...t.shape]] : t);
    expect(found.map((t) => (t.dtype === tf.string ? words(t.numpy()) : kind(t)))).toEqual(want.map(kind));
    found.forEach((t, i) => {
      if (t.dtype === tf.string) return;
      expect(t).toMatchGolden(
        want[i],
        t.dtype === tf.float16 ? HALF : t.dtype.is_floating || t.dtype.is_complex ? close : undefined,
      );
    });
    if (g.grads === null) return;
    const grads = (total === null ? [] : tape.gradient(total, floats as never)) as (tf.Tensor | null)[];
    (g.grads as (tf.Tensor | null)[]).forEach((w, i) => {
      const got = grads[i] ?? null;
      if (w === null) {
        expect(got).toBeNull();
        return;
      }
      if (got === null) expect(Number(tf.reduce_max(tf.abs(w)).item())).toBe(0);
      else
        expect(tf.convert_to_tensor(got)).toMatchGolden(
          w,
          w.dtype === tf.float16 ? HALF : { rtol: Math.max(close.rtol, 2e-4), atol: 2e-5 },
        );
    });
  });
});
