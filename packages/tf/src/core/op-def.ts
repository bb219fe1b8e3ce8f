import { OP_DEFS, TYPE_SETS } from "./op-defs/index.js";

/** One input or output of an operation: a tensor, or several of one type (`numberAttr`) or of several (`typeListAttr`). */
export interface ArgDef {
  readonly name: string;
  /** The attribute that says the element type, if it is not fixed. */
  readonly typeAttr: string | null;
  /** The fixed element type's name. */
  readonly type: string | null;
  readonly numberAttr: string | null;
  readonly typeListAttr: string | null;
  readonly isRef: boolean;
}

/** An attribute as NodeDefs carry it. */
export interface AttrDef {
  readonly name: string;
  /** `type`, `int`, `bool`, `string`, `float`, `shape`, `tensor`, `func`. */
  readonly kind: string;
  readonly isList: boolean;
  /** Names of the element types, or the texts, that it may be. */
  readonly allowed: readonly string[] | null;
  readonly minimum: number | null;
  /** The default as a text of TensorFlow's registry. */
  readonly defaultText: string | null;
}

/** An operation as TensorFlow's registry describes it. */
export interface OpDef {
  readonly name: string;
  readonly inputs: readonly ArgDef[];
  readonly outputs: readonly ArgDef[];
  readonly attrs: readonly AttrDef[];
  readonly isStateful: boolean;
  readonly isCommutative: boolean;
  readonly isAggregate: boolean;
}

const TYPE_NAMES = new Set(
  "float32 float64 int32 uint8 int16 int8 string complex64 int64 bool qint8 quint8 qint32 bfloat16 qint16 quint16 uint16 complex128 float16 resource variant uint32 uint64".split(
    " ",
  ),
);

function argOf(text: string): ArgDef {
  const [name, rest] = text.split(":") as [string, string];
  const isRef = rest.endsWith("&");
  const kind = isRef ? rest.slice(0, -1) : rest;
  if (kind.startsWith("["))
    return { name, typeAttr: null, type: null, numberAttr: null, typeListAttr: kind.slice(1, -1), isRef };
  const [number, own] = kind.includes("*") ? (kind.split("*") as [string, string]) : [null, kind];
  const fixed = TYPE_NAMES.has(own);
  return {
    name,
    typeAttr: fixed ? null : own,
    type: fixed ? own : null,
    numberAttr: number,
    typeListAttr: null,
    isRef,
  };
}

function attrOf(text: string): AttrDef {
  const m = /^(\w+):(\w+)(\*?)(?:\{([^}]*)\})?(?:>=(-?\d+))?(?:=(.*))?$/s.exec(text)!;
  const [, name, kind, list, set, minimum, def] = m;
  const allowed =
    set === undefined ? null : set.startsWith("$") ? TYPE_SETS[set]!.split(" ") : set.split(",");
  return {
    name: name!,
    kind: kind!,
    isList: list === "*",
    allowed,
    minimum: minimum === undefined ? null : Number(minimum),
    defaultText: def ?? null,
  };
}

/** The words of a line's part; defaults in quotes hold no spaces but their own. */
const words = (text: string): string[] => text.match(/(?:'[^']*'|[^ '])+/g) ?? [];

function parse(line: string): OpDef {
  const [head, inputs, outputs, attrs] = line.split("|") as [string, string, string, string];
  return {
    name: head.replace(/[!~+]/g, ""),
    inputs: words(inputs).map(argOf),
    outputs: words(outputs).map(argOf),
    attrs: words(attrs).map(attrOf),
    isStateful: head.includes("!"),
    isCommutative: head.includes("~"),
    isAggregate: head.includes("+"),
  };
}

let lines: Map<string, string> | null = null;
const parsed = new Map<string, OpDef>();

function allLines(): Map<string, string> {
  lines ??= new Map(OP_DEFS.split("\n").map((l) => [/^\w+/.exec(l)![0], l]));
  return lines;
}

/** TensorFlow's description of an operation, or `undefined` for one that is not known. */
export function opDef(type: string): OpDef | undefined {
  const known = parsed.get(type);
  if (known) return known;
  const line = allLines().get(type);
  if (line === undefined) return undefined;
  const def = parse(line);
  parsed.set(type, def);
  return def;
}

/** The names of all operations that are described. */
export const opTypes = (): readonly string[] => [...allLines().keys()];

/** TensorFlow's name for an element type inside of messages: `DT_FLOAT`. */
export const protoName = (type: string): string =>
  `DT_${({ float16: "HALF", float32: "FLOAT", float64: "DOUBLE" } as Record<string, string>)[type] ?? type.toUpperCase()}`;

/** The element type's name in C++: `half`. */
export const nativeName = (type: string): string =>
  ({ float16: "half", float32: "float", float64: "double" })[type] ?? type;

function argText(a: ArgDef): string {
  const type = a.typeListAttr ?? a.typeAttr ?? nativeName(a.type!);
  return `${a.name}:${a.isRef ? `Ref(${type})` : a.numberAttr ? `${a.numberAttr}*${type}` : type}`;
}

function attrText(a: AttrDef): string {
  const kind = a.isList ? `list(${a.kind})` : a.kind;
  let text = `attr=${a.name}:${kind}`;
  if (a.defaultText !== null) text += `,default=${defaultShown(a)}`;
  if (a.minimum !== null) text += `,min=${a.minimum}`;
  if (a.allowed)
    text += `,allowed=[${a.allowed.map((t) => (a.kind === "type" ? protoName(t) : `"${t}"`)).join(", ")}]`;
  return text;
}
function defaultShown({ kind, isList, defaultText }: AttrDef): string {
  const text = defaultText!;
  if (isList) return `[${text.slice(1, -1).split(",").filter(Boolean).join(", ")}]`;
  if (kind === "type") return protoName(text);
  if (kind === "string") return `"${text.slice(1, -1).replaceAll("<nl>", "\\n")}"`;
  return text;
}

/** A description as messages of TensorFlow show it: `Op<name=Sin; signature=x:T -> y:T; attr=T:type,allowed=[…]>`. */
export function opDefText(d: OpDef): string {
  const signature = `${d.inputs.map(argText).join(", ")} -> ${d.outputs.map(argText).join(", ")}`;
  const parts = [`name=${d.name}`, `signature=${signature}`, ...d.attrs.map(attrText)];
  if (d.isCommutative) parts.push("is_commutative=true");
  if (d.isAggregate) parts.push("is_aggregate=true");
  if (d.isStateful) parts.push("is_stateful=true");
  return `Op<${parts.join("; ")}>`;
}
