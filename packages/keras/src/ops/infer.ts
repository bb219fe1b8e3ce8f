import { dtypeNamed, ops, type Strided, scalarArray } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { KerasTensor } from "../backend/keras-tensor.js";
import { unrecorded } from "../backend/record.js";
import { withoutState } from "../backend/scope.js";
import type { Shape } from "../backend/shape.js";
import { Tensor } from "../backend/tensor.js";
import type { CallArguments } from "../call-signature.js";
import * as tree from "../tree.js";

/*
 * Shapes and types of what a call gives, without a rule of the operation's own: it is run, either on symbolic tensors that
 * leave no trace in a graph, or on ones in place of them, unknown lengths set to two different numbers; lengths of the
 * result that differ are unknown.
 */

/** Pairs of lengths for unknown axes: small ones first, larger ones for windows that need room. */
const LENGTHS = [
  [2, 3],
  [7, 11],
  [83, 89],
] as const;

let tracing = false;

/** Whether a `call` is run for shapes only. */
export const isTracing = (): boolean => tracing;

/** Ones of a shape that take the memory of one. */
function ones(shape: Shape, dtype: string, length: number): Tensor {
  const one = scalarArray(1, dtypeNamed(dtype)!);
  const lengths = shape.map((d) => d ?? length);
  return new Tensor(new Value(ops.expand.run([one], { shape: lengths }) as Strided));
}

interface Found {
  readonly shape: readonly number[];
  readonly dtype: string;
}

function substitute(call: CallArguments, length: number): CallArguments {
  const swap = (x: unknown): unknown => {
    if (!(x instanceof KerasTensor)) return x;
    const y = ones(x.shape, x.dtype, length);
    if (x._keras_mask) y._keras_mask = ones(x._keras_mask.shape, x._keras_mask.dtype, length);
    return y;
  };
  return {
    args: tree.map(swap, call.args) as unknown[],
    kwargs: tree.map(swap, call.kwargs) as Record<string, unknown>,
  };
}

const tensorsIn = (call: CallArguments): KerasTensor[] =>
  [...tree.flatten(call.args), ...tree.flatten(call.kwargs)].filter((x) => x instanceof KerasTensor);

/** Symbolic tensors for what `f` gives with numbers in place of symbolic tensors. */
export function inferBySubstitution(f: (call: CallArguments) => unknown, call: CallArguments): unknown {
  const inputs = tensorsIn(call);
  const record = inputs.every((x) => x.record_history);
  const unknown = inputs.some((x) => x.shape.includes(null));
  const at = (length: number): unknown =>
    withoutState(() =>
      unrecorded(() =>
        tree.map(
          (x: unknown): unknown => {
            if (!(x instanceof Tensor)) return x;
            return { shape: x._value.shape, dtype: x._type.name };
          },
          f(substitute(call, length)),
        ),
      ),
    );
  let first: unknown;
  for (const [low, high] of unknown ? LENGTHS : [[1, 1] as const])
    try {
      const a = at(low);
      const b = unknown ? at(high) : a;
      return combine(a, b, record);
    } catch (e) {
      first ??= e;
    }
  throw first;
}

const isFound = (x: unknown): x is Found =>
  typeof x === "object" && x !== null && "shape" in x && "dtype" in x && !(x instanceof KerasTensor);

function combine(a: unknown, b: unknown, record: boolean): unknown {
  if (isFound(a)) {
    const other = (b as Found).shape;
    return new KerasTensor(
      a.shape.map((d, i) => (d === other[i] ? d : null)),
      a.dtype,
      null,
      record,
    );
  }
  if (Array.isArray(a))
    return tree.listLike(
      a,
      a.map((x, i) => combine(x, (b as unknown[])[i], record)),
    );
  if (tree.isNested(a))
    return Object.fromEntries(
      Object.entries(a).map(([k, x]) => [k, combine(x, (b as Record<string, unknown>)[k], record)]),
    );
  return a;
}

/** A symbolic tensor like another, whose calls leave no trace. */
export function untraced(x: KerasTensor): KerasTensor {
  const y = new KerasTensor(x.shape, x.dtype, x.name, false);
  if (x._keras_mask) y._keras_mask = x._keras_mask;
  return y;
}

/** The same tensors as parts of the graph again. */
const traced = (outputs: unknown, record: boolean): unknown =>
  tree.map((x: unknown) => {
    if (!(x instanceof KerasTensor)) return x;
    const y = new KerasTensor(x.shape, x.dtype, null, record);
    if (x._keras_mask) y._keras_mask = x._keras_mask;
    return y;
  }, outputs);

/**
 * Symbolic tensors for what a `call` gives: by running it on symbolic tensors, or, if it asks for numbers, on ones.
 *
 * @throws the error of the run on symbolic tensors, if neither works
 */
export function inferSpec(f: (call: CallArguments) => unknown, call: CallArguments): unknown {
  const inputs = tensorsIn(call);
  const record = inputs.every((x) => x.record_history);
  const swap = (x: unknown): unknown => (x instanceof KerasTensor ? untraced(x) : x);
  const before = tracing;
  tracing = true;
  try {
    const outputs = withoutState(() =>
      unrecorded(() =>
        f({
          args: tree.map(swap, call.args) as unknown[],
          kwargs: tree.map(swap, call.kwargs) as Record<string, unknown>,
        }),
      ),
    );
    return traced(outputs, record);
  } catch (e) {
    try {
      return inferBySubstitution(f, call);
    } catch {
      throw e;
    }
  } finally {
    tracing = before;
  }
}
