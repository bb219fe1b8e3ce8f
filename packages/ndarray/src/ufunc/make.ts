import { broadcastTo, cloneContiguous, copyInto, int32, integersOf, ops, Strided } from "@cognate/kernel";
import { def, Tuple, TypeError } from "@cognate/py";
import { ArrayBase } from "../array/base.js";
import { asStrided } from "../array/create.js";
import { entriesOf, locateFlat } from "../array/index.js";
import { fromStrided, type ndarray } from "../array/ndarray.js";
import type { ArrayLike, Axis, Index, Item } from "../array/types.js";
import type { DTypeLike } from "../dtype/dtype.js";
import { accumulate, reduce, reduceat } from "./reduce.js";
import { binaryCall, Core, cores, factsOf, type UfuncFacts, type UfuncSpec, unaryCall } from "./ufunc.js";

/** What a ufunc can do besides being called, whatever its number of inputs. */
interface Common extends UfuncFacts {
  /** Computes in place at an index; repeated positions are computed repeatedly. */
  at(a: ndarray, indices: Index | readonly Index[], b?: ArrayLike): null;
}

const reduceOf = (core: Core) =>
  def(
    "reduce",
    "array|a axis dtype out keepdims initial where",
    (
      array: ArrayLike,
      axis: Axis = 0,
      dtype: DTypeLike | null = null,
      out: ndarray | null = null,
      keepdims = false,
      initial: ArrayLike | null = null,
      where: ArrayLike | true = true,
    ): Item => reduce(core, array, { axis, dtype, out, keepdims, initial, where }),
  );

const accumulateOf = (core: Core) =>
  def(
    "accumulate",
    "array|a axis dtype out",
    (array: ArrayLike, axis = 0, dtype: DTypeLike | null = null, out: ndarray | null = null): Item =>
      accumulate(core, array, axis, dtype, out),
  );

const reduceatOf = (core: Core) =>
  def(
    "reduceat",
    "array|a indices axis dtype out",
    (
      array: ArrayLike,
      indices: ArrayLike,
      axis = 0,
      dtype: DTypeLike | null = null,
      out: ndarray | null = null,
    ): Item => reduceat(core, array, [...integersOf(asStrided(indices))], axis, dtype, out),
  );

const outerOf = (core: Core) =>
  def(
    "outer",
    "A B * dtype out",
    (A: ArrayLike, B: ArrayLike, dtype: DTypeLike | null = null, out: ndarray | null = null): Item => {
      const [a, b] = [asStrided(A), asStrided(B)];
      const tall = a.view([...a.shape, ...b.shape.map(() => 1)], [...a.strides, ...b.shape.map(() => 0)]);
      const options = { out, where: true, casting: "same_kind", order: null, dtype } as const;
      return core.call([tall, b], options) as Item;
    },
  );

/** A ufunc of two inputs and one result. */
export type BinaryUfunc = ReturnType<typeof binaryCall> &
  Common & {
    readonly reduce: ReturnType<typeof reduceOf>;
    readonly accumulate: ReturnType<typeof accumulateOf>;
    readonly reduceat: ReturnType<typeof reduceatOf>;
    readonly outer: ReturnType<typeof outerOf>;
  };
/** A ufunc of one input and one result. */
export type UnaryUfunc = ReturnType<typeof unaryCall> & Common;

function finish(core: Core, call: object, more: object): object {
  const f = Object.assign(call, factsOf(core), more, {
    at: (a: ndarray, indices: Index | readonly Index[], b?: ArrayLike) =>
      applyAt(core, a, isListOfPlaces(indices) ? [indices] : entriesOf(indices), b),
    __repr__: () => `<ufunc '${core.name}'>`,
  });
  cores.set(f, core);
  return f;
}

/** Declares a ufunc of one input. */
export function unary(name: string, spec: Omit<UfuncSpec, "nin">): UnaryUfunc {
  const core = new Core(name, { nin: 1, ...spec });
  return finish(core, unaryCall(core), {}) as UnaryUfunc;
}

/** Declares a ufunc of two inputs. */
export function binary(name: string, spec: Omit<UfuncSpec, "nin">): BinaryUfunc {
  const core = new Core(name, { nin: 2, ...spec });
  return finish(core, binaryCall(core), {
    reduce: reduceOf(core),
    accumulate: accumulateOf(core),
    reduceat: reduceatOf(core),
    outer: outerOf(core),
  }) as BinaryUfunc;
}

/** The numbers of the elements in rounds: first occurrences, second ones, …, so that no round meets a position twice. */
function roundsOf(
  positions: ArrayLike & { readonly length: number; readonly [i: number]: number },
): number[][] {
  const seen = new Map<number, number>();
  const rounds: number[][] = [];
  for (let k = 0; k < positions.length; k++) {
    const round = seen.get(positions[k]!) ?? 0;
    seen.set(positions[k]!, round + 1);
    (rounds[round] ??= []).push(k);
  }
  return rounds;
}

/** Numbers alone are a list of places along the first axis: what `at` exists for, unlike a single element. */
function isListOfPlaces(x: Index | readonly Index[]): x is readonly number[] {
  const list: unknown = x;
  if (!Array.isArray(list) || list instanceof Tuple) return false;
  return list.length > 0 && list.every((i) => typeof i === "number");
}

const gather = (x: Strided, at: Strided): ndarray =>
  fromStrided(ops.index.run([x], { indices: [at] }) as Strided);

function applyAt(core: Core, a: ndarray, index: readonly Index[], b: ArrayLike | undefined): null {
  if (!(a instanceof ArrayBase)) throw new TypeError("first operand must be array");
  const { positions, shape } = locateFlat(a._a, index);
  const flat = cloneContiguous(a._a).view([a._a.size], [1], 0);
  const values =
    core.spec.nin === 2
      ? cloneContiguous(broadcastTo(asStrided(b!), shape)).view([positions.length], [1], 0)
      : undefined;
  const list = (numbers: readonly number[]): Strided =>
    Strided.over(Int32Array.from(numbers), int32, [numbers.length]);
  for (const round of roundsOf(positions)) {
    const at = list(round.map((k) => positions[k]!));
    const out = gather(flat, at);
    const args = values ? [out, gather(values, list(round))] : [out];
    core.call(args, { out, where: true, casting: "same_kind", order: null, dtype: null });
    ops.indexPut.run([flat, out._a], { indices: [at] }, flat);
  }
  copyInto(a._a, ops.reshape.run([flat], { shape: a._a.shape }) as Strided);
  a._a.storage.version++;
  return null;
}
