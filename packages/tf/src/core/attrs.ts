import type { DType, TensorShape } from "../shared.js";
import { typeNamed } from "./dtypes.js";
import type { AttrDef, OpDef } from "./op-def.js";

const num = (text: string): number => (text === "inf" ? Number.POSITIVE_INFINITY : Number(text));

function parsed(kind: string, text: string): unknown {
  switch (kind) {
    case "bool":
      return text === "true";
    case "int":
    case "float":
      return num(text);
    case "string":
      return text.startsWith("'") ? text.slice(1, -1).replaceAll("<nl>", "\n") : text;
    case "type":
      return typeNamed(text);
    case "shape":
      return text === "?" ? null : text.slice(1, -1).split(",").filter(Boolean).map(Number);
    default:
      return text;
  }
}

/** The default of an attribute, `undefined` if it has none. */
export function defaultOf(a: AttrDef): unknown {
  if (a.defaultText === null) return undefined;
  if (!a.isList) return parsed(a.kind, a.defaultText);
  return a.defaultText
    .slice(1, -1)
    .split(",")
    .filter(Boolean)
    .map((t) => parsed(a.kind, t));
}

/** The attributes of one call of an operation; those that were not given have their defaults. */
export class Attrs {
  constructor(
    readonly def: OpDef,
    readonly given: Readonly<Record<string, unknown>>,
  ) {}

  /** An attribute as it is: numbers, booleans, texts, `DType`s, shapes, lists of them. */
  get(name: string): unknown {
    const own = this.given[name];
    if (own !== undefined) return own;
    const a = this.def.attrs.find((d) => d.name === name);
    return a ? defaultOf(a) : undefined;
  }
  int(name: string): number {
    return Number(this.get(name));
  }
  /** In single precision, as NodeDefs carry it. */
  float(name: string): number {
    return Math.fround(Number(this.get(name)));
  }
  bool(name: string): boolean {
    return Boolean(this.get(name));
  }
  text(name: string): string {
    return String(this.get(name));
  }
  ints(name: string): readonly number[] {
    return ((this.get(name) ?? []) as readonly unknown[]).map(Number);
  }
  texts(name: string): readonly string[] {
    return ((this.get(name) ?? []) as readonly unknown[]).map(String);
  }
  type(name: string): DType {
    return this.get(name) as DType;
  }
  types(name: string): readonly DType[] {
    return (this.get(name) ?? []) as readonly DType[];
  }
  /** A shape attribute, `null` for an unknown rank. */
  shape(name: string): TensorShape | readonly (number | null)[] | null {
    return (this.get(name) ?? null) as readonly (number | null)[] | null;
  }
}
