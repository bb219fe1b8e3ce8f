import { castValue } from "@cognate/keras/tensorflow";
import { isInteger } from "@cognate/kernel";
import { repr, str, TypeError, type_name, ValueError } from "@cognate/py";
import { isGraphTensor } from "../core/context.js";
import { constantDatum, converted, datumOf, isTensor, standsForTensor, typeOf } from "../core/convert.js";
import { typeNamed } from "../core/dtypes.js";
import type { ArgDef, AttrDef, OpDef } from "../core/op-def.js";
import type { Datum } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import { type DType, Tensor, Value } from "../shared.js";
import type { Graph } from "./graph.js";
import { Dimension } from "./shape.js";
import type { GraphTensor } from "./tensor.js";

const holdsTensor = (x: unknown): boolean =>
  Array.isArray(x) ? x.some(holdsTensor) : isGraphTensor(x) || (standsForTensor(x) && !(x instanceof Tensor));

const deepType = (x: unknown): DType | undefined => {
  if (Array.isArray(x)) {
    for (const item of x) {
      const t = deepType(item);
      if (t) return t;
    }
    return undefined;
  }
  return isTensor(x) ? typeOf(x) : undefined;
};

/** Lists in which tensors stand become `Pack` operations. */
function packed(graph: Graph, x: readonly unknown[], dtype: DType | undefined, name: string): GraphTensor {
  const type = dtype ?? deepType(x);
  return graph.scoped(name, (scope) => {
    const parts = x.map((item, i) =>
      Array.isArray(item) && holdsTensor(item)
        ? packed(graph, item, type, String(i))
        : toGraphTensor(graph, item, type, String(i)),
    );
    return graph.addKnown("Pack", parts, { N: parts.length, T: parts[0]!.dtype, axis: 0 }, scope).outputs[0]!;
  });
}

const plain = (x: unknown): unknown =>
  x instanceof Dimension ? x.value : Array.isArray(x) ? x.map(plain) : x;

/** A datum in another element type where whole numbers of JavaScript are wanted as floats. */
const bent = (d: Datum, dtype: DType): Datum =>
  d instanceof Value && d.weak && d.dtype !== dtype.kernel ? castValue(d, dtype.kernel) : d;

/** A tensor of the graph for a tensor, variable or data. @throws ValueError for a tensor of another type */
export function toGraphTensor(
  graph: Graph,
  x: unknown,
  dtype?: DType,
  name: string | null = null,
  preferred?: DType,
): GraphTensor {
  const own = converted(x, dtype, name);
  if (!Object.is(own, x)) return toGraphTensor(graph, own, dtype, name, preferred);
  if (standsForTensor(x) && !isGraphTensor(x))
    return toGraphTensor(graph, x._as_tensor(), dtype, name, preferred);
  if (isGraphTensor(x)) {
    const t = x as unknown as GraphTensor;
    if (dtype && t.dtype !== dtype) {
      const value = t.op.attrs["value"];
      // Whole numbers without a type: JavaScript cannot write them as floats.
      if (
        t.op.type === "Const" &&
        value instanceof Value &&
        value.weak &&
        (dtype.is_floating || dtype.is_complex || dtype.is_integer)
      )
        return graph.constant(bent(value, dtype), dtype, name);
      throw new ValueError(
        `${name === null ? "" : `${name}: `}Tensor conversion requested dtype ${dtype.name} for Tensor with dtype ${t.dtype.name}: ${repr(t)}`,
      );
    }
    return graph.capture(t);
  }
  if (x instanceof Tensor) {
    if (dtype && x.dtype !== dtype && !(x._value?.weak === true))
      throw new ValueError(
        `Tensor conversion requested dtype ${dtype.name} for Tensor with dtype ${x.dtype.name}: ${repr(x)}`,
      );
    const d = datumOf(x);
    return graph.constant(dtype ? bent(d, dtype) : d, dtype ?? x.dtype, name);
  }
  if (x === null || x === undefined) throw new ValueError("None values not supported.");
  const data = plain(x);
  if (Array.isArray(data) && holdsTensor(data)) return packed(graph, data, dtype, name ?? "packed");
  let datum: Datum | undefined;
  if (!dtype && preferred)
    try {
      datum = constantDatum(data, preferred);
    } catch {
      datum = undefined;
    }
  datum ??= graphConstant(data, dtype);
  const type = datum instanceof StringArray ? typeNamed("string") : typeNamed((datum as Value).dtype.name);
  return graph.constant(datum, type, name);
}

/** Data as a constant, with the words of graphs for what does not fit. @throws TypeError, ValueError */
function graphConstant(data: unknown, dtype: DType | undefined): Datum {
  try {
    return constantDatum(data, dtype);
  } catch (e) {
    if (e instanceof ValueError && e.message.startsWith("Can't convert non-rectangular"))
      throw new ValueError(
        `setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. The detected shape was (${(data as readonly unknown[]).length},) + inhomogeneous part.`,
      );
    if (!(e instanceof TypeError) || !dtype || !e.message.startsWith("Cannot convert ")) throw e;
    const bad = unfit(data, dtype);
    throw bad === undefined ? e : new TypeError(expected(bad, dtype));
  }
}

/** The first of numbers and texts in lists that an element type does not take. */
function unfit(x: unknown, dtype: DType): unknown {
  if (Array.isArray(x)) {
    for (const item of x) {
      const found = unfit(item, dtype);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  try {
    constantDatum(x, dtype);
    return undefined;
  } catch {
    return x;
  }
}
const expected = (x: unknown, wanted: DType): string =>
  `Expected ${wanted.name}, but got ${str(x)} of type '${type_name(x)}'.`;

const satisfies = (type: DType, attr: AttrDef | undefined, param: string): void => {
  if (!attr?.allowed || attr.allowed.includes(type.name)) return;
  throw new TypeError(
    `Value passed to parameter '${param}' has DataType ${type.name} not in list of allowed values: ${attr.allowed.join(", ")}`,
  );
};

interface Converted {
  readonly inputs: GraphTensor[];
  readonly attrs: Record<string, unknown>;
}

/** Inputs as tensors and attributes filled in, as TensorFlow's op_def_library does it. @throws TypeError, ValueError in its words */
export function convertInputs(
  graph: Graph,
  def: OpDef,
  given: readonly unknown[],
  set: Readonly<Record<string, unknown>>,
): Converted {
  const attrs: Record<string, unknown> = {};
  const from = new Map<string, string>();
  for (const [k, v] of Object.entries(set)) if (v !== undefined && v !== null) attrs[k] = v;
  const attrOf = (name: string | null): AttrDef | undefined => def.attrs.find((a) => a.name === name);
  const defaults = (name: string | null): DType | undefined => {
    const text = attrOf(name)?.defaultText;
    return text && attrOf(name)!.kind === "type" ? typeNamed(text) : undefined;
  };
  const inputs: GraphTensor[] = [];
  for (const [i, arg] of def.inputs.entries()) {
    const x = given[i];
    if (arg.numberAttr || arg.typeListAttr) {
      const list = listInput(graph, def, arg, x, attrs, from);
      if (arg.numberAttr) {
        attrs[arg.numberAttr] ??= list.length;
        const least = attrOf(arg.numberAttr)?.minimum ?? null;
        if (least !== null && list.length < least)
          throw new ValueError(
            `List argument '${arg.name}' to '${def.name}' Op with length ${list.length} shorter than minimum length ${least}.`,
          );
        if (arg.typeAttr && list[0]) {
          if (!(arg.typeAttr in attrs)) satisfies(list[0].dtype, attrOf(arg.typeAttr), arg.name);
          attrs[arg.typeAttr] ??= list[0].dtype;
          from.set(arg.typeAttr, arg.name);
        }
      } else attrs[arg.typeListAttr!] ??= list.map((t) => t.dtype);
      inputs.push(...list);
      continue;
    }
    const wanted = arg.type
      ? typeNamed(arg.type)
      : ((attrs[arg.typeAttr!] as DType | undefined) ?? laterType(def, given, i));
    const t = singleInput(graph, def, arg, x, wanted, wanted ? undefined : defaults(arg.typeAttr), from);
    if (arg.typeAttr && !(arg.typeAttr in attrs)) {
      satisfies(t.dtype, attrOf(arg.typeAttr), arg.name);
      attrs[arg.typeAttr] = t.dtype;
      from.set(arg.typeAttr, arg.name);
    }
    inputs.push(t);
  }
  for (const a of def.attrs)
    if (a.kind === "type" && !a.isList && !(a.name in attrs)) {
      const d = defaults(a.name);
      if (d) attrs[a.name] = d;
    }
  return { inputs, attrs };
}

/** Whole numbers of JavaScript take the type of a tensor that stands after them. */
function laterType(def: OpDef, given: readonly unknown[], at: number): DType | undefined {
  const x = given[at];
  if (isTensor(x) || !wholeNumbers(x)) return undefined;
  const { typeAttr } = def.inputs[at]!;
  const others = def.inputs.flatMap((a, i) =>
    i > at && a.typeAttr === typeAttr && !a.numberAttr ? [given[i]] : [],
  );
  const later = others.find(isTensor);
  if (later !== undefined) return typeOf(later);
  return others.some((o) => typeof o === "number" && !Number.isInteger(o)) ? typeNamed("float32") : undefined;
}
const wholeNumbers = (x: unknown): boolean =>
  Array.isArray(x) ? x.length > 0 && x.every(wholeNumbers) : typeof x === "number" && Number.isInteger(x);

function singleInput(
  graph: Graph,
  def: OpDef,
  arg: ArgDef,
  x: unknown,
  wanted: DType | undefined,
  preferred: DType | undefined,
  from: ReadonlyMap<string, string>,
): GraphTensor {
  try {
    const allowed = def.attrs.find((a) => a.name === arg.typeAttr)?.allowed;
    const t = toGraphTensor(graph, x, wanted, arg.name, preferred);
    // Whole numbers without a type where only floats may stand.
    const value = t.op.attrs["value"];
    if (
      !wanted &&
      allowed &&
      !allowed.includes(t.dtype.name) &&
      t.op.type === "Const" &&
      value instanceof Value &&
      value.weak &&
      isInteger(value.dtype) &&
      allowed.includes("float32") &&
      !isTensor(x)
    )
      return toGraphTensor(graph, x, typeNamed("float32"), arg.name);
    return t;
  } catch (e) {
    if (e instanceof TypeError && wanted)
      throw new TypeError(
        `Expected ${wanted.name} passed to parameter '${arg.name}' of op '${def.name}', got ${repr(x)} of type '${type_name(x)}' instead. Error: ${e.message}`,
      );
    if (!(e instanceof ValueError)) throw e;
    if (!isTensor(x))
      throw new ValueError(`Tried to convert '${arg.name}' to a tensor and failed. Error: ${e.message}`);
    const prefix = `Input '${arg.name}' of '${def.name}' Op has type ${typeOf(x).name} that does not match`;
    if (arg.type) throw new TypeError(`${prefix} expected type of ${arg.type}.`);
    throw new TypeError(
      `${prefix} type ${wanted!.name} of argument '${from.get(arg.typeAttr!) ?? "Default in OpDef"}'.`,
    );
  }
}

function listInput(
  graph: Graph,
  def: OpDef,
  arg: ArgDef,
  x: unknown,
  attrs: Readonly<Record<string, unknown>>,
  from: ReadonlyMap<string, string>,
): GraphTensor[] {
  if (!Array.isArray(x))
    throw new TypeError(`Expected list for '${arg.name}' argument to '${def.name}' Op, not ${repr(x)}.`);
  const fixed = arg.type
    ? typeNamed(arg.type)
    : arg.typeAttr
      ? (attrs[arg.typeAttr] as DType | undefined)
      : undefined;
  const strong = x.find((t) => isTensor(t) && !isWeak(t));
  const wanted = fixed ?? (arg.numberAttr ? (strong ? typeOf(strong) : deepType(x)) : undefined);
  try {
    return x.map((item, i) => toGraphTensor(graph, item, wanted, `${arg.name}_${i}`));
  } catch (e) {
    if (!(e instanceof TypeError) && !(e instanceof ValueError)) throw e;
    const seen = x.map((item) => {
      try {
        return (isTensor(item) ? typeOf(item) : toGraphTensor(graph, item).dtype).name;
      } catch {
        return "<NOT CONVERTIBLE TO TENSOR>";
      }
    });
    const prefix = `Tensors in list passed to '${arg.name}' of '${def.name}' Op have types [${seen.join(", ")}]`;
    if (!arg.numberAttr) throw new TypeError(`${prefix} that are invalid. Tensors: ${repr(x)}`);
    if (arg.type) throw new TypeError(`${prefix} that do not match expected type ${arg.type}.`);
    if (fixed && from.has(arg.typeAttr!))
      throw new TypeError(`${prefix} that do not match type ${fixed.name} inferred from earlier arguments.`);
    throw new TypeError(`${prefix} that don't all match.`);
  }
}

const isWeak = (t: unknown): boolean => {
  const v = isGraphTensor(t)
    ? (t as unknown as GraphTensor).op.attrs["value"]
    : (t as { _value?: Value })._value;
  return v instanceof Value && v.weak;
};
