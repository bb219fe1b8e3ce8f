import {
  AttrValue,
  emptyMessage,
  type NameAttrList,
  shapeToProto,
  type TensorShapeProto,
  tensorOfProto,
  tensorToProto,
} from "@cognate/formats";
import { typeNumbered } from "../core/dtypes.js";
import type { OpDef } from "../core/op-def.js";
import type { Datum, Dims } from "../core/row.js";
import { dimsOf } from "../graph/shape.js";
import type { DType } from "../shared.js";
import { datumOfFile, fileOfDatum } from "./datum.js";

/** The name of a function with the attributes it is called with. */
export class FunctionName {
  constructor(
    readonly name: string,
    readonly attr: NameAttrList["attr"],
  ) {}
}

const decoder = new TextDecoder();
export const dimsOfProto = (s: TensorShapeProto | undefined): Dims =>
  s === undefined || s.unknown_rank ? null : s.dim.map((d) => (d.size < 0 ? null : d.size));

/** An attribute of a NodeDef as operations here have it. */
export function valueOfAttr(a: AttrValue): unknown {
  if (a.s !== undefined) return decoder.decode(a.s);
  if (a.i !== undefined) return Number(a.i);
  if (a.f !== undefined) return a.f;
  if (a.b !== undefined) return a.b;
  if (a.type !== undefined) return typeNumbered(a.type);
  if (a.shape !== undefined) return dimsOfProto(a.shape);
  if (a.tensor !== undefined) return datumOfFile(tensorOfProto(a.tensor));
  if (a.func !== undefined) return new FunctionName(a.func.name, a.func.attr);
  const l = a.list;
  if (!l) return undefined;
  if (l.s.length) return l.s.map((s) => decoder.decode(s));
  if (l.i.length) return l.i.map(Number);
  if (l.f.length) return [...l.f];
  if (l.b.length) return [...l.b];
  if (l.type.length) return l.type.map((t) => typeNumbered(t));
  if (l.shape.length) return l.shape.map(dimsOfProto);
  if (l.func.length) return l.func.map((f) => new FunctionName(f.name, f.attr));
  return [];
}

const empty = (): AttrValue => emptyMessage(AttrValue);
const encoder = new TextEncoder();
export const protoOfDims = (d: Dims): TensorShapeProto =>
  d === null ? { dim: [], unknown_rank: true } : shapeToProto(d.map((n) => n ?? -1));

/** An attribute as a NodeDef has it; `undefined` for what no file can hold. */
export function attrOfValue(def: OpDef, name: string, v: unknown): AttrValue | undefined {
  const a = def.attrs.find((d) => d.name === name);
  if (!a || v === undefined) return undefined;
  const out = empty();
  const list = a.isList ? [...(v as Iterable<unknown>)] : null;
  const all = { s: [], i: [], f: [], b: [], type: [], shape: [], tensor: [], func: [] };
  const set = (part: Partial<AttrValue>): AttrValue => Object.assign(out, part);
  switch (a.kind) {
    case "string":
      return set(
        list
          ? { list: { ...all, s: list.map((x) => encoder.encode(String(x))) } }
          : { s: encoder.encode(String(v)) },
      );
    case "int":
      return set(list ? { list: { ...all, i: list.map(Number) } } : { i: Number(v) });
    case "float":
      return set(list ? { list: { ...all, f: list.map(Number) } } : { f: Number(v) });
    case "bool":
      return set(list ? { list: { ...all, b: list.map(Boolean) } } : { b: Boolean(v) });
    case "type":
      return set(
        list
          ? { list: { ...all, type: list.map((x) => (x as DType).as_datatype_enum) } }
          : { type: (v as DType).as_datatype_enum },
      );
    case "shape":
      return set(
        list
          ? { list: { ...all, shape: list.map((x) => protoOfDims(dimsOf(x))) } }
          : { shape: protoOfDims(dimsOf(v)) },
      );
    case "tensor":
      return set({
        tensor: Object.assign(empty().tensor ?? {}, tensorToProto(fileOfDatum(v as Datum))) as never,
      });
    default:
      return undefined;
  }
}
