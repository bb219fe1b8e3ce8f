import { castTo, isDifferentiable, type Strided } from "@cognate/kernel";
import { AutogradError, restoreMode, runBackward, setMode, Value } from "@cognate/tensor";
import { LuaError } from "../errors.js";
import { entriesOf, Table } from "../table.js";
import { TensorImpl } from "../tensor/tensor.js";

/*
 * Stock modules are written as functions of values with a history; their two backward methods are derived from it.
 */

/** A tensor, or a table of tensors and tables. */
export type Data = TensorImpl | Table<Data>;
/** The same of values. */
export type Values = Value | readonly Values[];

/** Leaves of nested data in order. */
export function flatten<T>(x: T | readonly unknown[]): T[] {
  return Array.isArray(x) ? x.flatMap((e) => flatten<T>(e as T)) : [x as T];
}

/** Data as values that want gradients. @throws LuaError for what is neither tensor nor table */
export function valuesOf(x: unknown): Values {
  if (x instanceof TensorImpl) {
    const v = new Value(x._array);
    if (isDifferentiable(v.dtype)) v.setRequiresGrad(true);
    return v;
  }
  const entries = entriesOf(x);
  if (!entries) throw new LuaError("expecting a tensor or a table of tensors as input");
  return entries.map(valuesOf);
}

/** Puts values into the tensors of `into` where its structure is the same, so that results keep their identity. */
export function handOut(y: Values, into: unknown): Data {
  if (y instanceof Value) return handle(y.array, into);
  const old = into instanceof Table ? into : undefined;
  const table = old && old.length === y.length ? old : new Table<Data>();
  y.forEach((v, i) => {
    table[i + 1] = handOut(v, old?.[i + 1]);
  });
  return table as Table<Data>;
}
function handle(array: Strided, into: unknown): TensorImpl {
  if (into instanceof TensorImpl && into._array.dtype === array.dtype) {
    into._array = array;
    return into;
  }
  return new TensorImpl(array);
}

/** The structure of x, filled with what stands for its leaves. */
export function refill(x: Values, leaves: readonly (Value | null)[], next = { i: 0 }): Values {
  if (x instanceof Value) return leaves[next.i++] ?? x.full(x.shape, 0);
  return x.map((e) => refill(e, leaves, next));
}

/** One call of a module's function, with what its derivative needs. */
export interface Call {
  readonly source: unknown;
  readonly inputs: Values;
  readonly parameters: Readonly<Record<string, Value>>;
  readonly outputs: Values;
}
type Forward = (inputs: Values, parameters: Readonly<Record<string, Value>>) => Values;

/** Runs `forward` on data and parameters, recording. */
export function record(
  source: unknown,
  parameters: Readonly<Record<string, TensorImpl>>,
  forward: Forward,
): Call {
  const inputs = valuesOf(source);
  const values = Object.fromEntries(Object.entries(parameters).map(([k, t]) => [k, valuesOf(t) as Value]));
  const before = setMode({ grad: true });
  try {
    return { source, inputs, parameters: values, outputs: forward(inputs, values) };
  } finally {
    restoreMode(before);
  }
}

/** Gradients of a call's inputs (in their structure) and of its parameters. */
export interface Gradients {
  readonly inputs: Values;
  readonly parameters: Readonly<Record<string, Value>>;
}

/** Gradients from those of the outputs; runs the call anew where memory was changed since. */
export function gradientsOf(call: Call, again: () => Call, gradOutput: unknown): Gradients {
  try {
    return backward(call, gradOutput);
  } catch (e) {
    if (!(e instanceof AutogradError)) throw e;
    return backward(again(), gradOutput);
  }
}

function backward({ inputs, parameters, outputs }: Call, gradOutput: unknown): Gradients {
  const ys = flatten<Value>(outputs as Value);
  const gys = flatten<Value>(valuesOf(gradOutput) as Value);
  if (gys.length < ys.length) throw new LuaError("gradOutput has fewer tensors than output");
  const wanted = ys.map((y, i) => ({ y, g: gys[i]! })).filter(({ y }) => y.requiresGrad);
  const xs = flatten<Value>(inputs as Value);
  const names = Object.keys(parameters);
  const seeds = wanted.map(({ y, g }) => {
    if (g.size !== y.size)
      throw new LuaError(
        `inconsistent tensor size, expected gradOutput [${y.shape.join("x")}], got [${g.shape.join("x")}]`,
      );
    const cast = new Value(castTo(g.array, y.dtype));
    return (sameShape(cast, y) ? cast : cast.reshape({ shape: y.shape })) as Value;
  });
  const targets = [...xs, ...names.map((n) => parameters[n]!)];
  const gs =
    wanted.length > 0
      ? runBackward(
          wanted.map(({ y }) => y),
          seeds,
          targets,
          { retainGraph: true },
        )
      : targets.map(() => null);
  return {
    inputs: refill(inputs, gs.slice(0, xs.length)),
    parameters: Object.fromEntries(
      names.map((n, i) => {
        const p = parameters[n]!;
        return [n, gs[xs.length + i] ?? (p.full(p.shape, 0) as Value)];
      }),
    ),
  };
}
const sameShape = (a: Value, b: Value): boolean =>
  a.shape.length === b.shape.length && a.shape.every((n, i) => n === b.shape[i]);
