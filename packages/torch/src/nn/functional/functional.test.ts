import { isDifferentiable, Strided } from "@cognate/kernel";
import { kw } from "@cognate/py";
import { runBackward, Value } from "@cognate/tensor";
import { type GoldenArray, type GoldenCase, GoldenError, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { fromKernel } from "../../dtype.js";
import "../../install.js";
import { manual_seed } from "../../random.js";
import { Tensor, wrap } from "../../tensor/tensor.js";

import * as attention from "./attention.js";
import * as conv from "./conv.js";
import * as distance from "./distance.js";
import * as embedding from "./embedding.js";
import * as linear from "./linear.js";
import * as loss from "./loss.js";
import * as norm from "./norm.js";
import * as pad from "./pad.js";
import * as pool from "./pool.js";
import * as recurrent from "./recurrent.js";
import * as softmax from "./softmax.js";
import * as vision from "./vision.js";

/*
 * The golden calls of every file of torch.nn.functional (test-fixtures/torch/nn/functional/<file>): results, gradients,
 * streams, what arguments became, errors.
 */

type Callable = (...args: never[]) => unknown;

const revive = {
  array: ({ array, grad }: GoldenArray): Tensor => {
    const value = new Value(array);
    if (grad) value.setRequiresGrad(true);
    return wrap(value);
  },
  dtype: ({ dtype }: { dtype: Parameters<typeof fromKernel>[0] }) => fromKernel(dtype),
};

/** All tensors of nested lists and dicts, in order. */
function tensors(v: unknown): Tensor[] {
  if (v instanceof Tensor) return [v];
  if (Array.isArray(v)) return v.flatMap(tensors);
  if (typeof v === "object" && v !== null) return Object.values(v).flatMap(tensors);
  return [];
}

/** What the elements of a result count in the sum that is differentiated, as calls.py has it. */
function weights(y: Value): Value {
  const w = Strided.zeros(y.dtype, y.shape);
  for (let i = 0; i < w.size; i++) w.data[i * y.dtype.lanes] = ((i % 7) + 1) / 4;
  return new Value(w);
}

/** Gradients of a call's leaves, `null` for one that does not matter. */
function gradients(out: unknown, leaves: readonly Tensor[]): (Tensor | null)[] {
  const ys = tensors(out)
    .map((y) => y._value)
    .filter((y) => y.requiresGrad && isDifferentiable(y.dtype));
  return runBackward(
    ys,
    ys.map(weights),
    leaves.map((x) => x._value),
  ).map((g) => g && wrap(g));
}

/** Tests every case of a fixture against functions of these names. */
function checkCalls(path: string, functions: object): void {
  const cases = golden(path, revive as never);
  describe(path, () => {
    test.each(cases)("$name", (c: GoldenCase) => {
      const f = (functions as Record<string, Callable>)[c.fn as string];
      expect(f, `torch.nn.functional.${String(c.fn)}`).toBeDefined();
      const args = [...(c.args as unknown[])];
      const kwargs = c.kwargs as Record<string, unknown>;
      const run = (): unknown =>
        f!(...(args as never[]), ...((Object.keys(kwargs).length ? [kw(kwargs)] : []) as never[]));
      if (c.seed !== undefined) manual_seed(c.seed as number);
      if (c.raises instanceof GoldenError) {
        const { type, message } = c.raises;
        let error: unknown = null;
        try {
          run();
        } catch (e) {
          error = e;
        }
        expect(error, `${type}: ${message}`).toBeInstanceOf(Error);
        expect((error as Error).message).toBe(message);
        expect((error as Error).constructor.name).toBe(type);
        return;
      }
      const closeness = c.tolerance as { rtol: number; atol: number } | undefined;
      const out = run();
      expect(out).toMatchGolden(c.out, closeness);
      (c.after as unknown[] | undefined)?.forEach((then, i) => {
        if (then !== null) expect(args[i], `argument ${i} afterwards`).toMatchGolden(then, closeness);
      });
      if (!c.grads) return;
      const leaves = tensors([args, kwargs]).filter((x) => x.requires_grad);
      expect(gradients(out, leaves)).toMatchGolden(c.grads, closeness);
    });
  });
}

const FILES = {
  attention,
  conv,
  distance,
  embedding,
  linear,
  loss,
  norm,
  pad,
  pool,
  recurrent,
  softmax,
  vision,
};

for (const [file, functions] of Object.entries(FILES)) checkCalls(`torch/nn/functional/${file}`, functions);
