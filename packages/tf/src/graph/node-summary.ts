import { defaultOf } from "../core/attrs.js";
import { type AttrDef, type OpDef, protoName } from "../core/op-def.js";
import type { Datum } from "../core/row.js";
import { numbers } from "../kernels/tools.js";
import { DType, Value } from "../shared.js";
import { bracketText, dimsOf } from "./shape.js";
import type { GraphTensor } from "./tensor.js";

function shown(v: unknown, a: AttrDef): string {
  if (v instanceof DType) return protoName(v.name);
  if (Array.isArray(v) && a.isList) return `[${v.map((x) => shown(x, a)).join(", ")}]`;
  if (a.kind === "shape") return bracketText(dimsOf(v));
  if (a.kind === "string") return `"${String(v)}"`;
  return String(v);
}

/** A node as messages show it: `{{node MatMul}} = MatMul[T=DT_FLOAT, transpose_a=false](x, w)`. */
export function nodeSummary(
  name: string,
  def: OpDef,
  attrs: Readonly<Record<string, unknown>>,
  inputs: readonly GraphTensor[],
): string {
  const shownAttrs = [...def.attrs]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((a) => {
      const v = attrs[a.name] ?? defaultOf(a);
      return v === undefined || a.kind === "func" ? [] : [`${a.name}=${shown(v, a)}`];
    });
  const names = inputs.map((t) => (t.index === 0 ? t.op.name : t.name));
  return `'{{node ${name}}} = ${def.name}${shownAttrs.length ? `[${shownAttrs.join(", ")}]` : ""}(${names.join(", ")})'`;
}

/** The tail of a message about shapes: what they were, and the values that were known. */
export function shapesTail(
  inputs: readonly GraphTensor[],
  known: (i: number) => Datum | undefined,
  partial: boolean,
): string {
  const shapes = inputs.map((t) => (t._dims === null ? "<unknown>" : bracketText(t._dims))).join(", ");
  const values = inputs.flatMap((_, i) => {
    const v = known(i);
    if (!(v instanceof Value)) return [];
    const flat = numbers(v);
    if (partial) return [`input[${i}] = [${flat.join(",")}]`];
    return [`input[${i}] = <${v.shape.length === 0 ? "" : ""}${flat.join(" ")}>`];
  });
  const which = partial ? "input tensors computed as partial shapes" : "computed input tensors";
  return ` with input shapes: ${shapes}${values.length ? ` and with ${which}: ${values.join(", ")}` : ""}.`;
}
