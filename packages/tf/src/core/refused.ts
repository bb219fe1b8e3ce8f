import { LookupError } from "@cognate/py";
import { CustomNode } from "@cognate/tensor";
import { Value } from "../shared.js";
import { NoKernel } from "./errors.js";
import type { OpDef } from "./op-def.js";
import { CONSTANT, KERNEL_GAPS, WITHOUT_GRADIENT } from "./op-defs/refusals.js";
import type { Datum, OpRow } from "./row.js";

/* What TensorFlow's CPU does not compute and its tape does not differentiate, though a row here could. */

interface Tables {
  /** Inputs without a derivative. */
  readonly constant: ReadonlyMap<string, Set<number> | "all">;
  /** Element types without a kernel, by operation and attribute. */
  readonly gaps: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
  /** Operations without a derivative. */
  readonly missing: ReadonlySet<string>;
}

function read(): Tables {
  const constant = new Map<string, Set<number> | "all">();
  for (const line of CONSTANT.split("\n")) {
    const [type, input] = line.split(" ") as [string, string?];
    const known = constant.get(type);
    if (input === undefined) constant.set(type, "all");
    else if (known instanceof Set) known.add(Number(input));
    else constant.set(type, new Set([Number(input)]));
  }
  const gaps = new Map<string, Map<string, ReadonlySet<string>>>();
  for (const line of KERNEL_GAPS.split("\n")) {
    const [type, attr, names] = line.split(/[ :]/) as [string, string, string];
    const own = gaps.get(type) ?? new Map<string, ReadonlySet<string>>();
    own.set(attr, new Set(names.split(",")));
    gaps.set(type, own);
  }
  const missing = new Set(WITHOUT_GRADIENT.split(" "));
  // tf.linalg.expm is a program of many operations there, through which gradients go.
  missing.delete("MatrixExponential");
  return { constant, gaps, missing };
}
let tables: Tables | null = null;

const typeName = (d: Datum): string => (d instanceof Value ? d.dtype.name : "handle" in d ? "" : "string");

/** Where each input's element type stands in the gaps: the data of one call are flat, so lists end the checks. */
function checksOf(
  def: OpDef,
  own: ReadonlyMap<string, ReadonlySet<string>> | undefined,
): readonly (readonly [at: number, refused: ReadonlySet<string>])[] {
  if (!own) return [];
  const out: [number, ReadonlySet<string>][] = [];
  for (const [i, arg] of def.inputs.entries()) {
    const refused = arg.typeAttr ? own.get(arg.typeAttr) : undefined;
    if (refused) out.push([i, refused]);
    if (arg.numberAttr || arg.typeListAttr) break;
  }
  return out;
}

/** Outputs whose history ends in TensorFlow's complaint. */
function dead(type: string, inputs: readonly Datum[], outputs: readonly Datum[]): readonly Datum[] {
  const history = inputs.filter((x): x is Value => x instanceof Value && x.requiresGrad);
  if (history.length === 0) return outputs;
  const smooth = outputs.filter(
    (y): y is Value => y instanceof Value && (y.dtype.kind === "float" || y.dtype.kind === "complex"),
  );
  if (smooth.length === 0) return outputs;
  const cut = new Map(smooth.map((y) => [y, y.detach() as Value]));
  const node = new CustomNode(
    type,
    history,
    smooth.map((y) => ({ shape: y.shape, dtype: y.dtype })),
    () => {
      throw new LookupError(`gradient registry has no entry for: ${type}`);
    },
  );
  smooth.forEach((y, k) => void cut.get(y)!.setNode(node, k));
  return outputs.map((y) => cut.get(y as Value) ?? y);
}

const list = (out: Datum | readonly Datum[]): readonly Datum[] =>
  Array.isArray(out) ? (out as readonly Datum[]) : [out as Datum];

/** A row that takes and differentiates no more than TensorFlow's operation does. */
export function asTensorFlow(def: OpDef, row: OpRow): OpRow {
  tables ??= read();
  const { constant, gaps, missing } = tables;
  const checks = checksOf(def, gaps.get(def.name));
  const stops = constant.get(def.name);
  const without = missing.has(def.name);
  if (checks.length === 0 && !stops && !without) return row;
  const cut = (d: Datum, i: number): Datum =>
    d instanceof Value && d.requiresGrad && (stops === "all" || stops!.has(i)) ? (d.detach() as Value) : d;
  return {
    ...row,
    unchecked: row,
    run: (inputs, attrs) => {
      for (const [at, refused] of checks)
        if (at < inputs.length && refused.has(typeName(inputs[at]!))) throw new NoKernel();
      const out = row.run(stops ? inputs.map(cut) : inputs, attrs);
      return without ? dead(def.name, inputs, list(out)) : out;
    },
  };
}
