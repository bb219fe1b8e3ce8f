import { PickledArray, PickledObject, TorchName, TorchParameter, TorchTensor } from "@cognate/formats";
import { ops, type Strided } from "@cognate/kernel";
import { type Entry, entryOf } from "./contents.js";

/** The arrays of an unpickled value by path, and the numbers and texts beside them. */
export interface Flattened {
  readonly entries: Entry[];
  readonly values: Record<string, unknown>;
  /** Objects of classes, by path. */
  readonly objects: ReadonlyMap<string, PickledObject>;
}

type Fields = ReadonlyMap<unknown, unknown>;
const asMap = (x: unknown): Fields => (x instanceof Map ? x : new Map());

/** The fields of an object: its `__dict__`, also where a second dict of slots comes with it. */
export function fieldsOf({ state }: PickledObject): Fields {
  if (!Array.isArray(state)) return asMap(state);
  return new Map(state.flatMap((part) => [...asMap(part)]));
}

/** Whether an object is one of PyTorch's modules. */
export function isModule(x: unknown): boolean {
  if (!(x instanceof PickledObject)) return false;
  const fields = fieldsOf(x);
  return fields.has("_modules") && fields.has("_parameters");
}

/** The elements of a tensor as they are to be seen: a flag may say that they are conjugated or negated. */
export function arrayOf(t: TorchTensor): Strided {
  let out = t.array;
  if (t.conj) out = ops.conj.run([out], undefined) as Strided;
  if (t.neg) out = ops.neg.run([out], undefined) as Strided;
  return out;
}

const isScalar = (x: unknown): boolean =>
  x === null || typeof x !== "object" || x instanceof Number || x instanceof TorchName;
const scalar = (x: unknown): unknown =>
  x instanceof Number ? x.valueOf() : x instanceof TorchName ? String(x) : x;

export function flatten(root: unknown): Flattened {
  const entries: Entry[] = [];
  const values: Record<string, unknown> = {};
  const objects = new Map<string, PickledObject>();
  const open = new Set<unknown>();
  const under = (path: string, key: unknown): string => (path === "" ? String(key) : `${path}.${key}`);

  const visit = (x: unknown, path: string): void => {
    if (x instanceof TorchParameter) return visit(x.data, path);
    if (x instanceof TorchTensor) entries.push(entryOf(path, arrayOf(x)));
    else if (x instanceof PickledArray) {
      if (x.array) entries.push(entryOf(path, x.array));
    } else if (isScalar(x)) values[path] = scalar(x);
    else if (Array.isArray(x) && x.every(isScalar)) values[path] = Array.from(x, scalar);
    else if (!open.has(x)) {
      // A circle is followed once.
      open.add(x);
      for (const [key, value] of childrenOf(x as object, path, objects)) visit(value, under(path, key));
      open.delete(x);
    }
  };
  visit(root, "");
  return { entries, values, objects };
}

function childrenOf(
  x: object,
  path: string,
  objects: Map<string, PickledObject>,
): Iterable<readonly [unknown, unknown]> {
  if (x instanceof Map) return x;
  if (Array.isArray(x)) return x.entries();
  if (x instanceof Set) return [...x].entries();
  if (!(x instanceof PickledObject)) return [];
  objects.set(path, x);
  const fields = fieldsOf(x);
  if (!isModule(x)) return [...fields, ...(x.dictItems ?? []), ...(x.listItems ?? []).entries()];
  // The state dict of a module: parameters, persistent buffers, inner modules.
  const hidden = fields.get("_non_persistent_buffers_set");
  const kept = [...asMap(fields.get("_buffers"))].filter(([k]) => !(hidden instanceof Set && hidden.has(k)));
  return [...asMap(fields.get("_parameters")), ...kept, ...asMap(fields.get("_modules"))].filter(
    ([, value]) => value !== null,
  );
}
