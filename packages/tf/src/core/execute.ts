import { castValue, recording, reword, seen } from "@cognate/keras/tensorflow";
import { DTypeError, isInteger } from "@cognate/kernel";
import { Complex, RuntimeError } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import { DType, Tensor, Value } from "../shared.js";
import { Attrs } from "./attrs.js";
import { graphFor } from "./context.js";
import { datumOf, isTensor, tensorOf, toTensor, typeOf } from "./convert.js";
import { float32, typeNamed } from "./dtypes.js";
import {
  framed,
  InvalidArgumentError,
  KernelProblem,
  kernelOf,
  NoKernel,
  NotFoundError,
  OpError,
} from "./errors.js";
import { type ArgDef, nativeName, type OpDef, opDefText, protoName } from "./op-def.js";
import { registered } from "./registry.js";
import type { Datum, OpRow } from "./row.js";

export interface CallOptions {
  /** Data beside a tensor keeps its own type where it does not fit, so that the operation complains. */
  readonly loose?: boolean;
}

/** Calls an operation: computes it, or adds it to the graph that is being built or that an input belongs to. */
export function op(
  type: string,
  inputs: readonly unknown[],
  attrs: Readonly<Record<string, unknown>> = {},
  name: string | null = null,
  options: CallOptions = {},
): Tensor[] {
  const graph = graphFor(inputs);
  return graph ? graph.createOp(type, inputs, attrs, name) : execute(type, inputs, attrs, name, options);
}

/** {@link op} for operations of one output. */
export const one = (
  type: string,
  inputs: readonly unknown[],
  attrs: Readonly<Record<string, unknown>> = {},
  name: string | null = null,
  options: CallOptions = {},
): Tensor => op(type, inputs, attrs, name, options)[0]!;

type Types = Map<string, DType>;

/** The type of an input's attribute, from the first tensor that has it, else from the attribute's default. */
function typesOf(def: OpDef, inputs: readonly unknown[], given: Readonly<Record<string, unknown>>): Types {
  const types: Types = new Map();
  for (const [i, arg] of def.inputs.entries()) {
    if (!arg.typeAttr || types.has(arg.typeAttr)) continue;
    const set = given[arg.typeAttr];
    if (set) {
      types.set(arg.typeAttr, set as DType);
      continue;
    }
    const found = firstTyped(def, inputs, arg.typeAttr, i);
    if (found) types.set(arg.typeAttr, found);
  }
  return types;
}

function firstTyped(def: OpDef, inputs: readonly unknown[], attr: string, from: number): DType | undefined {
  let weak: DType | undefined;
  for (let i = from; i < def.inputs.length; i++) {
    const arg = def.inputs[i]!;
    if (arg.typeAttr !== attr) continue;
    const items = arg.numberAttr ? (inputs[i] as readonly unknown[]) : [inputs[i]];
    for (const x of items) {
      if (!isTensor(x)) continue;
      if (x instanceof Tensor && x._value?.weak) {
        weak ??= typeOf(x);
        continue;
      }
      return typeOf(x);
    }
  }
  // Whole numbers alone, which JavaScript cannot write as floats: a float among the others decides.
  return rawFloat(def, inputs, attr, from) ? float32 : weak;
}

/** Whether plain numbers with fractions stand where the attribute's type counts, the first of them being whole. */
function rawFloat(def: OpDef, inputs: readonly unknown[], attr: string, from: number): boolean {
  const own = def.inputs.flatMap((arg, i) =>
    i >= from && arg.typeAttr === attr
      ? arg.numberAttr
        ? (inputs[i] as readonly unknown[])
        : [inputs[i]]
      : [],
  );
  return (
    own.length > 1 &&
    own.some((x) => typeof x === "number" && !Number.isInteger(x)) &&
    own.every((x) => typeof x === "number" || isTensor(x))
  );
}

/** Python's own numbers, texts and lists of them, which have no element type to keep. */
const isData = (x: unknown): boolean =>
  typeof x === "number" ||
  typeof x === "string" ||
  x instanceof Number ||
  (Array.isArray(x) && x.every(isData));

const mismatch = (type: string, at: number, want: DType, got: DType, name: string): OpError =>
  new InvalidArgumentError(
    `cannot compute ${kernelOf(type, want.name) ?? type} as input #${at}(zero-based) was expected to be a ${nativeName(want.name)} tensor but is a ${nativeName(got.name)} tensor [Op:${type}] name: ${name}`,
  );

const disallowed = (
  def: OpDef,
  attr: string,
  got: string,
  allowed: readonly string[],
  tail: string,
): OpError =>
  new InvalidArgumentError(
    `Value for attr '${attr}' of ${got} is not in the list of allowed values: ${allowed.join(", ")}\n\t; NodeDef: {{node ${def.name}}}; ${opDefText(def)} [Op:${def.name}]${tail}`,
  );

/** Widens whole numbers that JavaScript could not write as floats. */
const bent = (x: Tensor, to: DType): Tensor => new Tensor(castValue(x._value, to.kernel));
const isWeak = (x: Tensor): boolean => x._value?.weak === true && isInteger(x._value.dtype);

/** Runs an operation now. */
export function execute(
  type: string,
  inputs: readonly unknown[],
  given: Readonly<Record<string, unknown>>,
  name: string | null,
  { loose = false }: CallOptions = {},
): Tensor[] {
  const entry = registered(type);
  if (!entry) throw new RuntimeError(`TensorFlow's operation ${type} has no counterpart here.`);
  const { def, row } = entry;
  const shownName = name ?? "";
  const tail =
    name === null &&
    inputs.some(
      (x, i) =>
        (Array.isArray(x) || typeof x === "string" || x instanceof Complex) && !def.inputs[i]?.numberAttr,
    )
      ? ""
      : ` name: ${shownName}`;
  const types = typesOf(def, inputs, given);
  const convert = (x: unknown, arg: ArgDef): Tensor => {
    const want = arg.type ? typeNamed(arg.type) : arg.typeAttr ? types.get(arg.typeAttr) : undefined;
    let t: Tensor;
    if (isTensor(x)) t = toTensor(x);
    else if (want) t = toTensor(x, loose ? { hint: want } : { dtype: want });
    else {
      const preset = def.attrs.find((a) => a.name === arg.typeAttr)?.defaultText;
      t = toTensor(x, preset ? { [isData(x) ? "dtype" : "hint"]: typeNamed(preset) } : {});
    }
    if (arg.typeAttr && !types.has(arg.typeAttr)) types.set(arg.typeAttr, t.dtype);
    return t;
  };
  const converted = inputs.map((x, i): Tensor | Tensor[] => {
    const arg = def.inputs[i]!;
    if (arg.numberAttr || arg.typeListAttr)
      return (x as readonly unknown[]).map((item) => convert(item, arg));
    return convert(x, arg);
  });
  checkTypes(def, types, converted, shownName, tail);
  checkTexts(def, given, tail);
  checkGiven(def, given, tail);
  const attrs = new Attrs(def, types.size > 0 ? { ...Object.fromEntries(types), ...given } : given);
  const data: Datum[] = converted.flat().map(datumOf);
  try {
    const results = runRow(row, data, attrs);
    markWeak(data, results);
    return results.map((d) => tensorOf(d));
  } catch (e) {
    if (e instanceof OpError) throw e;
    if (e instanceof NoKernel || e instanceof DTypeError) throw unregistered(def, types, given, tail);
    if (e instanceof KernelProblem) throw framed(type, counted(def, inputs, attrs), e, tail);
    const words = reword(e, type);
    if (words instanceof OpError) throw refit(words, type, counted(def, inputs, attrs), tail);
    throw words;
  }
}

/** Attributes as TensorFlow's complaints about kernels show them. */
export const attrsText = (def: OpDef, attrs: Readonly<Record<string, unknown>>): string =>
  def.attrs
    .map((a) => a.name)
    .sort()
    .flatMap((name) => {
      const v = attrs[name];
      if (v instanceof DType) return [`${name}=${protoName(v.name)}`];
      return typeof v === "number" || typeof v === "boolean" ? [`${name}=${v}`] : [];
    })
    .join(", ");

/** TensorFlow's words for a type that an operation allows and no processor computes. */
function unregistered(
  def: OpDef,
  types: Types,
  given: Readonly<Record<string, unknown>>,
  tail: string,
): OpError {
  return new NotFoundError(
    `Could not find device for node: {{node ${def.name}}} = ${def.name}[${attrsText(def, { ...given, ...Object.fromEntries(types) })}] [Op:${def.name}]${tail}`,
  );
}

/** Results of whole numbers alone that JavaScript could not write as floats are such themselves. */
function markWeak(data: readonly Datum[], results: readonly Datum[]): void {
  if (data.length === 0) return;
  let weak = false;
  for (const d of data) {
    if (!(d instanceof Value)) return;
    if (d.weak) weak = true;
    else if (d.dtype.kind !== "bool" && d.array.rank > 0) return;
  }
  if (!weak || !(data[0] as Value).weak) return;
  for (const r of results)
    if (r instanceof Value && r.dtype === (data[0] as Value).dtype && isInteger(r.dtype) && !data.includes(r))
      r.weak = true;
}

/** The part of a kernel's name that counts list inputs or outputs: `_N_2`. */
function counted(def: OpDef, inputs: readonly unknown[], attrs: Attrs): string {
  const parts: string[] = [];
  for (const [i, arg] of def.inputs.entries())
    if (arg.numberAttr ?? arg.typeListAttr)
      parts.push(`_${arg.numberAttr ?? arg.typeListAttr}_${(inputs[i] as readonly unknown[]).length}`);
  for (const arg of def.outputs)
    if (arg.numberAttr && !parts.some((p) => p.startsWith(`_${arg.numberAttr}_`)))
      parts.push(`_${arg.numberAttr}_${attrs.int(arg.numberAttr)}`);
  return parts.join("");
}

/** An error that was worded below, with this call's frame. */
function refit(e: OpError, type: string, count: string, tail: string): OpError {
  const m = /^\{\{function_node [^}]*\}\} ([\s\S]*) \[Op:[^\]]*\](?: name: .*)?$/.exec(e.message);
  if (!m) return e;
  return framed(type, count, new KernelProblem(m[1]!, e.constructor as never), tail);
}

function checkTypes(
  def: OpDef,
  types: Types,
  converted: (Tensor | Tensor[])[],
  name: string,
  tail: string,
): void {
  for (const a of def.attrs) {
    const got = a.kind === "type" && a.allowed ? types.get(a.name) : undefined;
    if (!got || a.allowed!.includes(got.name)) continue;
    // Whole numbers without a type: the operation's floats.
    const own = def.inputs.flatMap((arg, i) => (arg.typeAttr === a.name ? [converted[i]!].flat() : []));
    if (a.allowed!.includes("float32") && own.every((t) => isWeak(t))) {
      types.set(a.name, float32);
      continue;
    }
    throw disallowed(def, a.name, nativeName(got.name), a.allowed!.map(nativeName), tail);
  }
  let at = 0;
  for (const [i, arg] of def.inputs.entries()) {
    const list = converted[i];
    if (list === undefined) break;
    const want = arg.type ? typeNamed(arg.type) : arg.typeAttr ? types.get(arg.typeAttr) : undefined;
    const fit = (t: Tensor): Tensor => {
      const place = at++;
      if (!want || t.dtype === want) return t;
      if (isWeak(t) && (want.is_floating || want.is_complex || want.is_integer)) return bent(t, want);
      throw mismatch(def.name, place, want, t.dtype, name);
    };
    converted[i] = Array.isArray(list) ? list.map(fit) : fit(list);
  }
}

/** Numbers and types that are given as attributes. @throws InvalidArgumentError for those that are not allowed */
function checkGiven(def: OpDef, given: Readonly<Record<string, unknown>>, tail: string): void {
  for (const a of def.attrs) {
    const v = given[a.name];
    if (v === undefined || a.isList) continue;
    if (a.kind === "int" && a.minimum !== null && typeof v === "number" && v < a.minimum)
      throw new InvalidArgumentError(
        `Value for attr '${a.name}' of ${v} must be at least minimum ${a.minimum}\n\t; NodeDef: {{node ${def.name}}}; ${opDefText(def)} [Op:${def.name}]${tail}`,
      );
    if (a.kind === "type" && a.allowed && v instanceof DType && !a.allowed.includes(v.name))
      throw disallowed(def, a.name, nativeName(v.name), a.allowed.map(nativeName), tail);
  }
}

function checkTexts(def: OpDef, given: Readonly<Record<string, unknown>>, tail: string): void {
  for (const a of def.attrs) {
    if (a.kind !== "string" || !a.allowed || a.isList) continue;
    const v = given[a.name];
    if (v !== undefined && !a.allowed.includes(String(v)))
      throw disallowed(
        def,
        a.name,
        `"${String(v)}"`,
        a.allowed.map((t) => `"${t}"`),
        tail,
      );
  }
}

/** Runs a row on data, for executors of graphs, too: types fit already. Recorded only where a tape is active. */
export function runRow(row: OpRow, data: readonly Datum[], attrs: Attrs): readonly Datum[] {
  const out = recording()
    ? row.run(
        data.map((d) => (d instanceof Value ? (seen(d) as Value) : d)),
        attrs,
      )
    : noGrad(() => row.run(data, attrs));
  return Array.isArray(out) ? (out as readonly Datum[]) : [out as Datum];
}
