import type { Definition, Expression, ScriptFunction, Statement } from "@cognate/formats";
import * as errors from "@cognate/py";
import { bool, complex, float, int, print, RuntimeError, range, tuple } from "@cognate/py";
import { dtypeOf, numberOf } from "../aten/dtypes.js";
import type { Operator } from "../aten/operator.js";
import { operator } from "../aten/resolve.js";
import { cpu, device } from "../device.js";
import { tensor as newTensor } from "../tensor/factories.js";
import { Tensor } from "../tensor/tensor.js";
import { filled, textOf } from "./text.js";
import type { ScriptEnum } from "./values.js";

/** A dotted name, where an expression is nothing else: `torch.add`. */
export function dotted(e: Expression): string | undefined {
  if (e.kind === "name") return e.name;
  if (e.kind !== "attribute") return undefined;
  const of = dotted(e.of);
  return of && `${of}.${e.name}`;
}

const toInt = (x: unknown): unknown => int((x instanceof Tensor ? x.item() : x) as never);
const toFloat = (x: unknown): unknown => float((x instanceof Tensor ? x.item() : x) as never);
const toBool = (x: unknown): boolean => bool(x instanceof Tensor ? x.item() : x);

/** Numbers out of tensors, where a program declares that something is a number. */
export const CONVERSIONS: Readonly<Record<string, (x: unknown) => unknown>> = {
  int: (x) => (x instanceof Tensor ? toInt(x) : x),
  float: (x) => (x instanceof Tensor ? toFloat(x) : x),
  bool: (x) => (x instanceof Tensor ? toBool(x) : x),
};

/** @throws the exception that a program raises */
function raise(message: unknown, type: unknown = "builtins.Exception"): never {
  const name = String(type).split(".").at(-1)!;
  const C = (errors as unknown as Record<string, typeof RuntimeError>)[name];
  if (typeof C === "function" && C.prototype instanceof Error) throw new C(String(message));
  throw new RuntimeError(`${name}: ${String(message)}`);
}

const TYPES: Readonly<Record<string, (x: unknown) => boolean>> = {
  Tensor: (x) => x instanceof Tensor,
  int: (x) => typeof x === "number" && Number.isSafeInteger(x),
  float: (x) => (typeof x === "number" && !Number.isSafeInteger(x)) || x instanceof Number,
  str: (x) => typeof x === "string",
  bool: (x) => typeof x === "boolean",
  NoneType: (x) => x === null,
  list: Array.isArray,
};

/** What programs call under `ops.prim`. */
const PRIM: Readonly<Record<string, Operator>> = {
  NumToTensor: ([x]) => newTensor(x as never),
  RaiseException: ([message, type]) => raise(message, type ?? undefined),
  dtype: ([x]) => numberOf((x as Tensor).dtype),
  device: () => cpu,
  layout: () => 0,
  itemsize: ([x]) => (x as Tensor).dtype.itemsize,
  shape: ([x]) => [...(x as Tensor).shape],
  data: ([x]) => (x as Tensor).detach(),
  grad: ([x]) => (x as Tensor).grad,
  requires_grad: ([x]) => (x as Tensor).requires_grad,
  is_leaf: ([x]) => (x as Tensor).is_leaf,
  is_cpu: () => true,
  is_cuda: () => false,
  is_meta: () => false,
  is_mps: () => false,
  is_xpu: () => false,
  is_sparse: () => false,
  is_mkldnn: () => false,
  is_quantized: () => false,
  is_nested: () => false,
  ndim: ([x]) => (x as Tensor).ndim,
  T: ([x]) => (x as Tensor).T,
  H: ([x]) => (x as Tensor).H,
  mT: ([x]) => (x as Tensor).mT,
  mH: ([x]) => (x as Tensor).mH,
  real: ([x]) => (x as Tensor).real,
  imag: ([x]) => (x as Tensor).imag,
  name: () => null,
  type: ([x]) => (x instanceof device ? x.type : String((x as Tensor).type())),
  index: ([x]) => (x instanceof device ? x.index : null),
  tolist: ([x]) => (x as Tensor).tolist(),
  unchecked_unwrap_optional: ([x]) => x,
  min: (args) => operator("min")!(args),
  max: (args) => operator("max")!(args),
  abs: (args) => operator("abs")!(args),
  rangelist: ([n]) => [...range(n as number)],
  Print: (args) => print(...args.map(textOf)),
  EnumName: ([x]) => (x as ScriptEnum).name,
  EnumValue: ([x]) => (x as ScriptEnum).value,
  IgnoredPythonOp: () => raise("an ignored function of Python cannot be run", "builtins.RuntimeError"),
  AutogradZero: () => null,
};

const ROOT: Readonly<Record<string, Operator>> = {
  __is__: ([a, b]) => (a ?? null) === (b ?? null),
  __isnot__: ([a, b]) => (a ?? null) !== (b ?? null),
  device: ([text, index = null]) => new device(text as string, index as number | null),
  warn: () => null,
  save: () => raise("torch.save does not exist in programs here", "builtins.RuntimeError"),
  is_scripting: () => true,
  is_autocast_enabled: () => false,
  is_autocast_cpu_enabled: () => false,
  is_grad_enabled: (args) => operator("is_grad_enabled")?.(args) ?? true,
  unwrap_optional: ([x]) => x ?? raise("Unwrapping null optional", "builtins.RuntimeError"),
  _unwrap_optional: ([x]) => x ?? raise("Unwrapping null optional", "builtins.RuntimeError"),
  __range_length: ([from, to, step]) => range(from as number, to as number, step as number).length,
  __derive_index: ([i, from, step]) => Number(from) + Number(i) * Number(step),
  IntImplicit: ([x]) => toInt(x),
  FloatImplicit: ([x]) => toFloat(x),
  ComplexImplicit: ([x]) => (x as Tensor).item(),
  ScalarImplicit: ([x]) => (x as Tensor).item(),
  Int: ([x]) => toInt(x),
  Float: ([x]) => toFloat(x),
  Bool: ([x]) => toBool(x),
  str: ([x]) => textOf(x),
  format: ([template, ...values]) => filled(template as string, values),
};

/** What stands for itself in programs. */
export const BUILTINS: Readonly<Record<string, Operator>> = {
  int: ([x]) => toInt(x),
  float: ([x]) => toFloat(x),
  bool: ([x]) => toBool(x),
  complex: ([re, im = 0]) => complex(re as number, im as number),
  str: ([x]) => textOf(x),
  range: (args) => range(...(args as [number])),
  print: (args) => print(...args.map(textOf)),
  tuple: ([x]) => tuple(x as never),
};

/** Element types are numbers in programs; operators here take the types. */
function typed(name: string, f: Operator): Operator {
  const byPlace = name === "to" || name === "type_as" ? 1 : /^(log_)?softmax$/.test(name) ? 2 : -1;
  return (args, keywords = {}) => {
    const { dtype: number } = keywords;
    const named = typeof number === "number" ? { ...keywords, dtype: dtypeOf(number) } : keywords;
    if (byPlace < 0) return f(args, named);
    return f(
      args.map((x, i) => (i >= byPlace && typeof x === "number" ? dtypeOf(x) : x)),
      named,
    );
  };
}

const cache = new Map<string, Operator | undefined>();

/** The operator that a program calls by a dotted name, or `undefined`. */
export function operatorNamed(name: string): Operator | undefined {
  if (!cache.has(name)) cache.set(name, find(name));
  return cache.get(name);
}

function find(name: string): Operator | undefined {
  const [space, ...rest] = name.split(".");
  const last = rest.join(".");
  if (space === "torch" && Object.hasOwn(ROOT, last)) return ROOT[last];
  if (space === "ops" && rest[0] === "prim" && Object.hasOwn(PRIM, rest[1]!)) return PRIM[rest[1]!];
  if (space !== "torch" && !(space === "ops" && rest[0] === "aten")) return undefined;
  const short = rest.at(-1)!;
  const f = rest.length > (space === "ops" ? 2 : 1) ? undefined : operator(short);
  return f && typed(short, f);
}

/** Names that begin like operators' and are not found here, in the order of the program's text. */
export function unsupportedOperators(definitions: readonly Definition[]): string[] {
  const out = new Set<string>();
  const look = (name: string): void => {
    if (/^(torch|ops)\./.test(name) && !operatorNamed(name)) out.add(native(name));
  };
  for (const d of definitions)
    for (const f of d.kind === "class" ? d.methods.values() : [d]) for (const e of callsOf(f)) look(e);
  return [...out];
}

/** `torch.conv2d` as PyTorch names operators: `aten::conv2d`. */
const native = (name: string): string => {
  const parts = name.split(".");
  return parts[0] === "ops"
    ? `${parts[1]}::${parts.slice(2).join(".")}`
    : `aten::${parts.slice(1).join(".")}`;
};

function* callsOf(f: ScriptFunction): Generator<string> {
  yield* inStatements(f.body);
}
function* inStatements(statements: readonly Statement[]): Generator<string> {
  for (const s of statements) {
    if ("value" in s && s.value) yield* inExpression(s.value);
    if ("test" in s) yield* inExpression(s.test);
    if ("over" in s) yield* inExpression(s.over);
    for (const body of "body" in s ? [s.body] : "consequent" in s ? [s.consequent, s.alternate] : [])
      yield* inStatements(body);
  }
}
function* inExpression(e: Expression): Generator<string> {
  if (e.kind === "call") {
    const name = dotted(e.of);
    if (name !== undefined) yield name;
    else yield* inExpression(e.of);
    for (const x of e.args) yield* inExpression(x);
    for (const [, x] of e.keywords) yield* inExpression(x);
  } else if (e.kind === "attribute" || e.kind === "negative") yield* inExpression(e.of);
  else if (e.kind === "index") {
    yield* inExpression(e.of);
    yield* inExpression(e.at);
  } else if (e.kind === "list" || e.kind === "tuple") for (const x of e.items) yield* inExpression(x);
  else if (e.kind === "dict") for (const [k, v] of e.entries) for (const x of [k, v]) yield* inExpression(x);
  else if (e.kind === "choice") for (const x of [e.test, e.consequent, e.alternate]) yield* inExpression(x);
}

/** Whether a value is of a declared type, as far as values tell. */
export const isOfType = (x: unknown, type: Expression): boolean =>
  type.kind === "name" && Object.hasOwn(TYPES, type.name) ? TYPES[type.name]!(x) : true;
