import { unrecorded } from "@cognate/keras/tensorflow";
import { type DType as KernelType, Strided } from "@cognate/kernel";
import { type DType, Value } from "../shared.js";
import type { Attrs } from "./attrs.js";
import { KernelProblem } from "./errors.js";
import type { Datum, Dims, OpRow } from "./row.js";
import { StringArray } from "./strings.js";

/** Two lengths that stand for unknown ones; what differs in the results is unknown. */
const LENGTHS = [2, 3] as const;

function stand(dims: Dims, type: DType, length: number): Datum {
  const shape = (dims ?? [length]).map((d) => d ?? length);
  if (type.name === "string")
    return new StringArray(shape, new Array<string>(shape.reduce((a, b) => a * b, 1)).fill(""));
  return new Value(Strided.zeros(type.kernel as KernelType, shape));
}

/**
 * Static shapes of an operation's outputs: by its rule, else by running it on zeros with two lengths for unknown ones.
 *
 * @param constants - values of inputs that are known before the graph runs
 * @returns one shape an output, `null` where even the number of axes is unknown
 * @throws KernelProblem where the shapes do not fit
 */
export function inferShapes(
  row: OpRow,
  shapes: readonly Dims[],
  types: readonly DType[],
  attrs: Attrs,
  constants: (input: number) => Datum | undefined,
  outputs: number,
): readonly Dims[] {
  if (row.shape) return row.shape({ shapes, types, attrs, constant: constants });
  if (shapes.some((s) => s === null)) return new Array<Dims>(outputs).fill(null);
  const { run } = row.unchecked ?? row;
  const at = (length: number): readonly (readonly number[])[] => {
    const data = shapes.map((s, i) => constants(i) ?? stand(s, types[i]!, length));
    const out = unrecorded(() => run(data, attrs));
    return (Array.isArray(out) ? (out as readonly Datum[]) : [out as Datum]).map(
      (d) => (d as Value).shape ?? [],
    );
  };
  const open = shapes.some((s) => s!.includes(null)) || shapes.some((_, i) => !constants(i));
  let first: unknown;
  try {
    const a = at(LENGTHS[0]);
    if (!shapes.some((s) => s!.includes(null))) return a;
    const b = at(LENGTHS[1]);
    return a.map((s, k) => (b[k]!.length === s.length ? s.map((d, i) => (d === b[k]![i] ? d : null)) : null));
  } catch (e) {
    first = e;
  }
  if (!open || (first instanceof KernelProblem && !shapes.some((s) => s!.includes(null)))) throw first;
  return new Array<Dims>(outputs).fill(null);
}
