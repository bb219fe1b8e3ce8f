import { cloneContiguous, Strided } from "@cognate/kernel";
import { bareInstance, type MetaTable } from "../class.js";
import { Table } from "../table.js";
import { LongStorage } from "../tensor/storage.js";
import { TensorImpl } from "../tensor/tensor.js";

/** A copy of an object with all that it holds; tensors that share memory share it in the copy, too. */
export function deepClone(x: unknown): unknown {
  const copies = new Map<object, unknown>();
  const storages = new Map<object, Strided>();
  const tensor = (t: TensorImpl): TensorImpl => {
    const { storage, dtype, shape, strides, offset } = t._array;
    let memory = storages.get(storage);
    if (!memory) {
      const n = t._array.data.length / dtype.lanes;
      memory = cloneContiguous(new Strided(storage, dtype, [n], [1], 0));
      storages.set(storage, memory);
    }
    return new TensorImpl(memory.view(shape, strides, offset));
  };
  const clone = (v: unknown): unknown => {
    if ((typeof v !== "object" && typeof v !== "function") || v === null) return v;
    if (copies.has(v)) return copies.get(v);
    if (v instanceof TensorImpl) return keep(v, tensor(v));
    if (v instanceof LongStorage) return keep(v, LongStorage.from_(v));
    if (Array.isArray(v)) return fill(v, keep(v, []) as unknown as Record<string, unknown>);
    if (v instanceof Table) return fill(v, keep(v, new Table()) as unknown as Record<string, unknown>);
    if (typeof v === "function") {
      const table = Object.getPrototypeOf(v) as MetaTable | null;
      if (table === null || typeof table.__typename !== "string") return v;
      return fill(v, keep(v, bareInstance(table)) as Record<string, unknown>);
    }
    if (Object.getPrototypeOf(v) === Object.prototype) return fill(v, keep(v, {}) as Record<string, unknown>);
    return v;
  };
  const keep = <T>(from: object, copy: T): T => {
    copies.set(from, copy);
    return copy;
  };
  const fill = (from: object, into: Record<string, unknown>): unknown => {
    for (const [k, v] of Object.entries(from)) into[k] = clone(v);
    return into;
  };
  return clone(x);
}
