import {
  DivisionByZeroError,
  DTypeError,
  IndexPlanError,
  type IndexProblem,
  IndexRangeError,
  MemoryError,
  NestedError,
  ParamError,
} from "@cognate/kernel";
import { IndexError, MemoryError as PyMemoryError, TypeError, ValueError } from "@cognate/py";
import { noLoopError, tupleText } from "./classes.js";

type Words<P extends { kind: string }> = { readonly [K in P["kind"]]: (p: Extract<P, { kind: K }>) => Error };

const INDEX: Words<IndexProblem> = {
  "too-many": (p) =>
    new IndexError(`too many indices for array: array is ${p.rank}-dimensional, but ${p.given} were indexed`),
  "out-of-range": (p) =>
    new IndexError(`index ${p.index} is out of bounds for axis ${p.axis} with size ${p.size}`),
  "mask-shape": (p) =>
    new IndexError(
      `boolean index did not match indexed array along axis ${p.axis}; size of axis is ${p.shape[p.axis]} but size of corresponding boolean axis is ${p.mask[p.at]}`,
    ),
  scalar: () => new IndexError("too many indices for array: array is 0-dimensional, but 1 were indexed"),
  dtype: () => new IndexError("arrays used as indices must be of integer (or boolean) type"),
  "two-ellipses": () => new IndexError("an index can only have a single ellipsis ('...')"),
  "zero-step": () => new ValueError("slice step cannot be zero"),
  "negative-step": () => new ValueError("slice step cannot be negative"),
};

/** An error of the kernel in NumPy's class and words; any other as it is. */
export function reword(e: unknown): unknown {
  if (e instanceof IndexPlanError) return (INDEX[e.problem.kind] as (p: IndexProblem) => Error)(e.problem);
  if (e instanceof IndexRangeError)
    return new IndexError(`index ${e.index} is out of bounds for axis ${e.axis} with size ${e.size}`);
  if (e instanceof NestedError) return nestedError(e);
  if (e instanceof MemoryError) return new PyMemoryError(`Unable to allocate ${e.bytes} bytes`);
  return e;
}

/** An error of an op's row, run by the ufunc of that name, in NumPy's words. */
export function wordsFor(e: unknown, name: string): unknown {
  if (e instanceof DTypeError) return noLoopError(name);
  if (e instanceof DivisionByZeroError || (e instanceof ParamError && name === "power"))
    return new ValueError("Integers to negative integer powers are not allowed.");
  return reword(e);
}

function nestedError({ problem }: NestedError): Error {
  if (problem.kind === "item")
    return new TypeError(
      `an array cannot hold ${describe(problem.item)}: arrays here hold bools, integers, floats and complex numbers`,
    );
  const { shape } = problem;
  return new ValueError(
    `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${shape.length} dimensions. The detected shape was ${tupleText(shape)} + inhomogeneous part.`,
  );
}

function describe(x: unknown): string {
  if (x === null) return "None";
  if (x === undefined) return "undefined";
  if (typeof x === "string") return `the string '${x}'`;
  return typeof x === "function" ? "a function" : `a ${(x as object).constructor?.name ?? "value"}`;
}

/** `f`'s value; errors of the kernel come out in NumPy's class and words. */
export function inNumpyWords<T>(f: () => T): T {
  try {
    return f();
  } catch (e) {
    throw reword(e);
  }
}
