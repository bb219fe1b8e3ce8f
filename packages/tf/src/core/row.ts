import type { DType, Value } from "../shared.js";
import type { Attrs } from "./attrs.js";
import { NoKernel } from "./errors.js";
import { StringArray } from "./strings.js";

/** What flows along a graph's edges: arrays of numbers, of texts, handles of variables and lists. */
export type Datum = Value | StringArray | Handle;

/** Something that is no array: a list of tensors, a table, a variable. */
export interface Handle {
  readonly handle: string;
}

/** A static shape: lengths, `null` where unknown; `null` for an unknown number of axes. */
export type Dims = readonly (number | null)[] | null;

/** What shape inference may look at. */
export interface ShapeContext {
  readonly shapes: readonly Dims[];
  readonly types: readonly DType[];
  readonly attrs: Attrs;
  /** An input's value, where it is known before the graph runs. */
  constant(input: number): Datum | undefined;
}

/** What an operation computes, and the shapes that follow before it does. */
export interface OpRow {
  /** Outputs of inputs; the element types fit already. Errors of the kernel come out in TensorFlow's words. */
  run(inputs: readonly Datum[], attrs: Attrs): Datum | readonly Datum[];
  /** Static shapes of the outputs; without it they are found by running the operation on zeros. */
  readonly shape?: (context: ShapeContext) => readonly Dims[];
  /** The same without the refusals that only a run makes: what shapes are found with. */
  readonly unchecked?: OpRow;
  /** How many results of a list output there are, where attributes do not say. */
  readonly count?: (attrs: Attrs) => number;
}

/** Rows of numbers alone, which most are. */
export type NumberRun = (inputs: readonly Value[], attrs: Attrs) => Value | readonly Value[];

/** A row whose inputs and outputs are arrays of numbers. */
export const row = (run: NumberRun, shape?: OpRow["shape"]): OpRow => ({
  run: (inputs, attrs) => {
    for (const x of inputs) if (x instanceof StringArray) throw new NoKernel();
    return run(inputs as readonly Value[], attrs);
  },
  ...(shape ? { shape } : {}),
});
