import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as tf from "../index.js";
import type { LinearOperatorImpl } from "./operator.js";

/* tf.linalg.LinearOperator*: what test-fixtures/tf/linalg/operators/generate.py asked TensorFlow. */

type Call = (...args: unknown[]) => unknown;
type Any = Record<string, unknown>;
const array = ({ array }: GoldenArray): tf.Tensor => new tf.Tensor(new Value(array));
interface Description {
  readonly class: string;
  readonly args: readonly unknown[];
  readonly kw: Any;
}
const isNested = (x: unknown, key: string): x is Any => typeof x === "object" && x !== null && key in x;
function argument(x: unknown): unknown {
  if (isNested(x, "$op")) return built(x.$op as Description);
  if (isNested(x, "$tf")) return tf.as_dtype(x.$tf as string);
  return Array.isArray(x) ? x.map(argument) : x;
}
function built(d: Description): LinearOperatorImpl {
  const make = (tf.linalg as unknown as Record<string, Call>)[`LinearOperator${d.class}`]!;
  const kw = Object.fromEntries(Object.entries(d.kw).map(([k, v]) => [k, argument(v)]));
  return make(...d.args.map(argument), kw) as LinearOperatorImpl;
}
/** What a call gives, or raises. */
function outcome(f: () => unknown): unknown {
  try {
    return f() ?? null;
  } catch (e) {
    return { error: (e as Error).name, message: (e as Error).message };
  }
}
const HINTS = ["is_square", "is_non_singular", "is_self_adjoint", "is_positive_definite", "name"];
const facts = (o: LinearOperatorImpl): Any => ({
  class: (o.constructor as unknown as { __name__: string }).__name__,
  dense: o.to_dense(),
  ...Object.fromEntries(HINTS.map((h) => [h, (o as unknown as Any)[h]])),
});
const MAKING = ["adjoint", "inverse", "cholesky"];
const turned = (x: tf.Tensor): tf.Tensor => tf.linalg.adjoint(x);
const near = { rtol: 2e-4, atol: 2e-4 };
const check = (got: unknown, want: unknown): void => {
  const e = want as { error?: string; message?: string } | null;
  if (e?.error) expect(got).toEqual(want);
  else expect(got).toMatchGolden(want, near);
};

const cases = golden("tf/linalg/operators", { array }) as unknown as Any[];
const named = (pick: (g: Any) => boolean): [string, Any][] =>
  cases.filter(pick).map((g) => [g.name as string, g]);

describe("tf.linalg.LinearOperator", () => {
  describe.each(named((g) => "grads" in g))("%s", (_, g) => {
    const out = g.out as Any;
    const a = g.args as Record<string, tf.Tensor>;
    const o = built(g.op as Description);
    const call = (m: string, ...args: unknown[]): unknown =>
      outcome(() => (o as unknown as Record<string, Call>)[m]!(...args));
    const products: Record<string, () => unknown> = {
      matmul: () => call("matmul", a.x),
      "matmul adjoint": () => call("matmul", a.xt, { adjoint: true }),
      "matmul adjoint_arg": () => call("matmul", turned(a.x!), { adjoint_arg: true }),
      matvec: () => call("matvec", a.v),
      "matvec adjoint": () => call("matvec", a.vt, { adjoint: true }),
      solve: () => call("solve", a.xt),
      "solve adjoint": () => call("solve", a.x, { adjoint: true }),
      "solve adjoint_arg": () => call("solve", turned(a.xt!), { adjoint_arg: true }),
      solvevec: () => call("solvevec", a.vt),
      add_to_tensor: () =>
        call("add_to_tensor", tf.cast(tf.fill([...o.shape].slice(-2) as number[], 1.5), o.dtype)),
      shape: () => String(o.shape),
      hints: () => Object.fromEntries(HINTS.map((h) => [h, outcome(() => (o as unknown as Any)[h])])),
    };
    test.each(Object.keys(out))("%s", (m) => {
      const made = MAKING.includes(m);
      const got = made
        ? outcome(() => facts((o as unknown as Record<string, Call>)[m]!() as LinearOperatorImpl))
        : (products[m] ?? (() => call(m)))();
      check(got, out[m]);
    });
    test("gradients of a product", () => {
      const leaves: tf.Tensor[] = [];
      const collect = (x: unknown): void => {
        if (isNested(x, "$op")) {
          const d = x.$op as Description;
          for (const v of [...d.args, ...Object.values(d.kw)]) collect(v);
        } else if (Array.isArray(x)) x.forEach(collect);
        else if (x instanceof tf.Tensor && (x.dtype.is_floating || x.dtype.is_complex)) leaves.push(x);
      };
      collect({ $op: g.op });
      if (leaves.length === 0) return;
      const tape = tf.GradientTape();
      const loss = tape.record(() => {
        for (const t of leaves) tape.watch(t);
        const y = built(g.op as Description).matmul(a.x!) as tf.Tensor;
        const n = tf.size(y).item() as number;
        const w = tf.cast(tf.reshape(tf.range(1, n + 1), y.shape), y.dtype);
        return tf.reduce_sum(tf.math.real(tf.multiply(y, w)));
      });
      check(tape.gradient(loss, leaves as never), g.grads);
    });
  });

  test.each(named((g) => "other" in g))("%s", (_, g) => {
    const [a, b] = [built(g.op as Description), built(g.other as Description)];
    const out = g.out as Any;
    check(
      outcome(() => facts(a.matmul(b) as LinearOperatorImpl)),
      out.matmul,
    );
    check(
      outcome(() => facts(a.solve(b) as LinearOperatorImpl)),
      out.solve,
    );
    check(
      outcome(() => facts(tf.matmul(a as never, b as never) as unknown as LinearOperatorImpl)),
      out.function,
    );
  });

  test.each(named((g) => "index" in g))("%s", (_, g) => {
    const part = (built(g.op as Description) as unknown as { at: Call }).at(...(g.index as unknown[]));
    check((part as LinearOperatorImpl).to_dense(), (g.out as Any).dense);
  });

  test.each(named((g) => "error" in g))("%s", (_, g) => {
    const got = outcome(() => {
      const o = built(g.op as Description);
      return g.call ? (o as unknown as Record<string, Call>)[g.call as string]!(g.with) : null;
    });
    expect(got).toEqual(g.error);
  });

  test("variables are read when they are needed, and found as those of a module", () => {
    const v = tf.Variable([2.5, 4]);
    const o = tf.linalg.LinearOperatorDiag(v);
    v.assign([1, 10]);
    expect(o.diag_part()).toBe(v);
    expect(o.matvec([1, 1])).toMatchGolden(tf.constant([1, 10], tf.float32));
    expect((o as unknown as { variables: unknown[] }).variables).toContain(v);
  });

  test("lengths that only the run knows", () => {
    const f = tf.function(
      (x: tf.Tensor) => {
        const o = tf.linalg.LinearOperatorLowRankUpdate(tf.linalg.LinearOperatorDiag(x), tf.ones([3, 1]));
        return [o.to_dense(), o.trace(), o.shape_tensor()];
      },
      { input_signature: [tf.TensorSpec([null], tf.float32)] },
    );
    const [dense, trace, shape] = f(tf.constant([1.5, 2.5, 3.5])) as unknown as tf.Tensor[];
    expect(dense!.tolist()).toEqual([
      [2.5, 1, 1],
      [1, 3.5, 1],
      [1, 1, 4.5],
    ]);
    expect([trace!.item(), shape!.tolist()]).toEqual([10.5, [3, 3]]);
  });

  test("an operator of one's own", () => {
    class Double extends (tf.linalg.LinearOperator as unknown as new (
      ...a: unknown[]
    ) => LinearOperatorImpl) {
      constructor() {
        super(tf.float32, { is_square: true });
      }
      override _shape() {
        return tf.TensorShape([2, 2]);
      }
      override _matmul(x: tf.Tensor) {
        return tf.multiply(2, x);
      }
    }
    const o = new Double();
    expect(o.to_dense().tolist()).toEqual([
      [2, 0],
      [0, 2],
    ]);
    expect([o.determinant().item(), o.trace().item(), o.name]).toEqual([4, 4, "Double"]);
  });
});
