import { Tuple } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, type GoldenCase, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { Tensor, wrap } from "../backend/tensor.js";
import * as keras from "../index.js";
import * as tree from "../tree.js";

const array = ({ array }: GoldenArray): Tensor => wrap(new Value(array));

type Fn = (...args: unknown[]) => unknown;

/** The function of a dotted name, or of the name that it has where Python's is a word of the language. */
function opOf(name: string): Fn {
  const [last, ...path] = name.split(".").reverse() as [string, ...string[]];
  let at = keras.ops as unknown as Record<string, unknown>;
  for (const part of path.reverse()) at = at[part] as Record<string, unknown>;
  return (at[last] ?? at[`${last}_`]) as Fn;
}

/** Calls with keywords only where there are some: an empty object would be an argument. */
const call = (f: Fn, args: readonly unknown[], kwargs: object): unknown =>
  Object.keys(kwargs).length === 0 ? f(...args) : f(...args, kwargs);

function weighted(y: unknown): Tensor | null {
  const parts = (tree.flatten(y) as Tensor[]).filter((t) => t instanceof Tensor && t._type.kind === "float");
  const sums = parts.map((t) => {
    const weights = Array.from({ length: t.size }, (_, i) => ((i % 7) + 1) / 8);
    return keras.ops.sum(
      keras.ops.multiply(t, keras.ops.reshape(keras.ops.convert_to_tensor(weights, t.dtype), t.shape)),
    );
  });
  return sums.length === 0 ? null : sums.reduce((a, b) => a.add(b));
}

const mapTensors = (f: (t: Tensor) => unknown, x: unknown): unknown =>
  x instanceof Tensor
    ? f(x)
    : Array.isArray(x)
      ? tree.listLike(
          x,
          x.map((y) => mapTensors(f, y)),
        )
      : x;

const tensorsIn = (x: unknown): Tensor[] =>
  x instanceof Tensor ? [x] : Array.isArray(x) ? x.flatMap(tensorsIn) : [];

const typeOf = (t: unknown): unknown => (t instanceof Tensor ? t.dtype : null);
const plain = (y: unknown): unknown => (Array.isArray(y) ? tree.flatten(y) : y);

describe.each(["numpy", "nn", "math", "linalg", "core", "image"])("keras.ops: %s", (family) => {
  const cases = golden(`keras/ops/${family}`, { array });

  test.each(cases.map((g) => [g.name, g] as const))("%s", (_name, g: GoldenCase) => {
    const f = opOf(g.op as string);
    const args = g.args as unknown[];
    const kwargs = g.kwargs as object;
    const close = g.rtol === null ? undefined : { rtol: g.rtol as number, atol: g.rtol as number };
    const floats = tensorsIn(args).filter((t) => t._type.kind === "float");
    const [tape, y, loss] = keras.GradientTape((t) => {
      for (const x of floats) t.watch(x);
      const out = call(f, args, kwargs);
      return [t, out, g.grads === null ? null : weighted(out)] as const;
    });
    expect(plain(y)).toMatchGolden(plain(g.out), close);
    if (!(g.out instanceof Tuple && typeof g.out[0] === "number"))
      expect(tree.flatten(y).map(typeOf)).toEqual(tree.flatten(g.out).map(typeOf));
    if (g.grads !== null) {
      const found = loss === null ? [] : (tape.gradient(loss, floats as never) as unknown[]);
      (g.grads as (Tensor | null)[]).forEach((w, i) => {
        const none = found[i] === null || found[i] === undefined;
        if (w !== null && !(none && Number(keras.ops.max(keras.ops.abs(w))) === 0))
          expect(found[i]).toMatchGolden(w, close);
      });
    }
    if (g.spec !== null) {
      const symbolic = mapTensors((t) => new keras.KerasTensor(t.shape, t.dtype), args) as unknown[];
      const specs = (tree.flatten(call(f, symbolic, kwargs)) as keras.KerasTensor[]).filter(
        (t) => t instanceof keras.KerasTensor,
      );
      expect(specs.map((t) => [[...t.shape], t.dtype])).toEqual(g.spec);
    }
  });
});
