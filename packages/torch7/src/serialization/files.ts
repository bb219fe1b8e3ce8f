import {
  type ByteInput,
  readT7,
  T7Function,
  T7Object,
  T7Storage,
  T7Table,
  T7Tensor,
  type T7Value,
  writeFileAtomic,
  writeT7,
} from "@cognate/formats";
import { castTo, int64 } from "@cognate/kernel";
import { bareInstance, type Instance, metatableOf } from "../class.js";
import { LuaError } from "../errors.js";
import { entriesOf, Table } from "../table.js";
import { LongStorage, Storage } from "../tensor/storage.js";
import { TensorImpl, tensorOf } from "../tensor/tensor.js";

/* `.t7` files: objects of the classes here and in files. Functions in files are not taken over. */

type Mode = "binary" | "ascii";
type Fields = Record<string | number, unknown>;

/** Fields that hold lists in JavaScript, where Lua has tables counted from 1. */
const LISTS = new Set(["modules", "criterions", "weights"]);

/** What a file holds, as objects of this package. */
function revive(value: T7Value): unknown {
  const made = new Map<object, unknown>();
  const keep = <T>(of: object, x: T): T => {
    made.set(of, x);
    return x;
  };
  const table = (t: T7Table): unknown => {
    if (t.list()) {
      const list = keep(t, new Table<unknown>());
      t.list()!.forEach((v, i) => {
        list[i + 1] = of(v);
      });
      return list;
    }
    const fields = keep(t, {} as Fields);
    for (const [k, v] of t.entries) fields[keyOf(k)] = of(v);
    return fields;
  };
  const keyOf = (k: T7Value): string | number => {
    if (typeof k === "string" || typeof k === "number") return k;
    throw new LuaError(`a table key of type ${k === null ? "nil" : typeof k} is not supported`);
  };
  const object = (o: T7Object): unknown => {
    const methods = metatableOf(o.typename);
    if (!methods) throw new LuaError(`unknown Torch class <${o.typename}>`);
    const self = keep(o, bareInstance(methods));
    const fields = o.fields instanceof T7Table ? o.fields.entries : [];
    for (const [k, v] of fields) {
      const [name, content] = [keyOf(k), of(v)];
      self[name] = LISTS.has(String(name)) ? [...(entriesOf(content) ?? [])] : content;
    }
    return self;
  };
  const of = (v: T7Value): unknown => {
    if (v === null || typeof v !== "object") return v === null ? undefined : v;
    if (made.has(v)) return made.get(v);
    if (v instanceof T7Table) return table(v);
    if (v instanceof T7Object) return object(v);
    if (v instanceof T7Tensor) return keep(v, v.array ? new TensorImpl(v.array) : tensorOf());
    if (v instanceof T7Storage)
      return keep(
        v,
        v.typename === "torch.LongStorage"
          ? LongStorage.from_([...(castTo(v.array, int64).flat() as BigInt64Array)].map(Number))
          : new Storage(v.array),
      );
    return keep(v, v instanceof T7Function ? undefined : null);
  };
  return of(value);
}

/** An object of this package as a file holds it. */
function describe(x: unknown): T7Value {
  const made = new Map<object, T7Value>();
  const keep = <T extends T7Value>(from: object, v: T): T => {
    made.set(from, v);
    return v;
  };
  const of = (v: unknown): T7Value => {
    if (v === undefined || v === null) return null;
    if (typeof v === "number" || typeof v === "string" || typeof v === "boolean") return v;
    if (v instanceof Number) return Number(v);
    const known = made.get(v as object);
    if (known !== undefined) return known;
    if (v instanceof TensorImpl) return tensor(v);
    if (v instanceof LongStorage)
      return keep(v, new T7Storage("torch.LongStorage", castTo(tensorOf([...v])._array, int64)));
    if (v instanceof Storage) return keep(v, new T7Storage(v.__typename, v.array));
    const list = entriesOf(v);
    if (list && (Array.isArray(v) || v instanceof Table))
      return fill(
        keep(v as object, new T7Table()),
        list.map((e, i) => [i + 1, e]),
      );
    if (typeof v === "function") return instance(v as unknown as Instance);
    return fill(
      keep(v as object, new T7Table()),
      Object.entries(v as object).map(([k, e]) => [/^\d+$/.test(k) ? Number(k) : k, e]),
    );
  };
  const fill = (t: T7Table, entries: readonly (readonly [string | number, unknown])[]): T7Table => {
    for (const [k, v] of entries) {
      const content = of(v);
      if (content !== null) t.entries.push([k, content]);
    }
    return t;
  };
  const tensor = (t: TensorImpl): T7Tensor => {
    const out = keep(t, new T7Tensor(t.__typename));
    out.array = t._array.rank === 0 ? null : t._array;
    return out;
  };
  const instance = (o: Instance): T7Value => {
    const typename = o.__typename;
    if (typeof typename !== "string") throw new LuaError("cannot write a function");
    const out = keep(o, new T7Object(typename));
    out.fields = fill(new T7Table(), Object.entries(o));
    return out;
  };
  return of(x);
}

/**
 * `torch.load(file [, mode])`: what a `.t7` file holds. Classes must be known (`torch.class`); functions come as nil.
 *
 * @param file - a path (Node) or the bytes
 * @throws LuaError for an unknown class, FormatError for a broken file
 */
export const load = (file: ByteInput, mode: Mode = "binary"): unknown => revive(readT7(file, { mode }));

/** `torch.save(file, object [, mode])`: writes a `.t7` file, which holds the old or the new content at any time. */
export function save(file: string, object: unknown, mode: Mode = "binary"): void {
  writeFileAtomic(file, [writeT7(describe(object), { mode })]);
}

/** `torch.serialize(object [, mode])`: the bytes that `torch.save` writes. */
export const serialize = (object: unknown, mode: Mode = "binary"): Uint8Array =>
  writeT7(describe(object), { mode });
/** `torch.deserialize(bytes [, mode])` */
export const deserialize = (bytes: Uint8Array, mode: Mode = "binary"): unknown =>
  revive(readT7(bytes, { mode }));
