import { Tensor } from "../../tensor/tensor.js";
import { Buffer, Parameter } from "../parameter.js";

/** A field whose name is an integer: JavaScript would sort it before the others, so it is kept apart. */
interface NumberedField {
  value: unknown;
  /** How many fields of its kind stood before it. */
  readonly after: number;
}

/** What the own properties of a module do not tell about its fields. */
export class Fields {
  /** Names of buffers, and whether each is part of the state dict. */
  readonly buffers = new Map<string, boolean>();
  /** Names registered with `null` as their parameter or child. */
  readonly empty = new Map<string, "parameter" | "module">();
  readonly numbered = new Map<string, NumberedField>();
}

/** A module as far as its fields go. */
export interface Owner {
  readonly _registered: Fields;
}

type Kind = "parameter" | "buffer" | "module";

/** Modules are told by their fields: this file cannot import their class, which is built on it. */
const isModule = (x: object): boolean => (x as Partial<Owner>)._registered instanceof Fields;

const isNumbered = (name: string): boolean => /^(?:0|[1-9]\d*)$/.test(name);

function kindOf(fields: Fields, name: string, value: unknown): Kind | undefined {
  if (typeof value === "function") return isModule(value) ? "module" : undefined;
  if (value === null) return fields.buffers.has(name) ? "buffer" : fields.empty.get(name);
  if (!(value instanceof Tensor)) return undefined;
  if (value instanceof Parameter) return "parameter";
  return fields.buffers.has(name) || value instanceof Buffer ? "buffer" : undefined;
}

const plain = (owner: Owner): Record<string, unknown> => owner as unknown as Record<string, unknown>;

/** The names and values of one kind of field, in order of registration. */
export function fieldsOf(owner: Owner, kind: Kind): [string, unknown][] {
  const fields = owner._registered;
  const own: [string, unknown][] = [];
  for (const name of Object.keys(owner)) {
    const value = plain(owner)[name];
    if (kindOf(fields, name, value) === kind) own.push([name, value]);
  }
  if (fields.numbered.size === 0) return own;
  const out: [string, unknown][] = [];
  let i = 0;
  for (const [name, { value, after }] of fields.numbered) {
    if (kindOf(fields, name, value) !== kind) continue;
    while (i < Math.min(after, own.length)) out.push(own[i++]!);
    out.push([name, value]);
  }
  return out.concat(own.slice(i));
}

/** Python's `getattr`: `undefined` where there is none. */
export function getField(owner: Owner, name: string): unknown {
  const numbered = owner._registered.numbered.get(name);
  return numbered ? numbered.value : plain(owner)[name];
}

/** Python's `hasattr`. */
export const hasField = (owner: Owner, name: string): boolean =>
  owner._registered.numbered.has(name) || name in owner;

/** Python's `setattr`. */
export function setField(owner: Owner, name: string, value: unknown): void {
  const fields = owner._registered;
  if (!isNumbered(name)) {
    plain(owner)[name] = value;
    return;
  }
  const before = fields.numbered.get(name);
  if (before) {
    before.value = value;
    return;
  }
  const kind = kindOf(fields, name, value);
  const after = kind
    ? Object.keys(owner).filter((n) => kindOf(fields, n, plain(owner)[n]) === kind).length
    : 0;
  fields.numbered.set(name, { value, after });
}

/** Python's `delattr`. */
export function deleteField(owner: Owner, name: string): void {
  const fields = owner._registered;
  if (!fields.numbered.delete(name)) delete plain(owner)[name];
  fields.buffers.delete(name);
  fields.empty.delete(name);
}

/** Whether a buffer is part of the state dict. */
export function isPersistent(owner: Owner, name: string, value: unknown): boolean {
  return owner._registered.buffers.get(name) ?? (value instanceof Buffer ? value.persistent : true);
}
