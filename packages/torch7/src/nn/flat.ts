import { Strided, sizeOf } from "@cognate/kernel";
import { defaultType } from "../tensor/default-type.js";
import { writeArray } from "../tensor/elements.js";
import { TensorImpl } from "../tensor/tensor.js";

/** A stretch of a storage that parameters use. */
interface Stretch {
  from: number;
  to: number;
  /** Where it begins in the flat vector. */
  at: number;
}

/**
 * Moves the memory of tensors into one vector, which is returned; the tensors become views of it. What shared memory
 * before shares it after, once.
 */
export function flattenParameters(tensors: readonly TensorImpl[]): TensorImpl {
  const used = new Map<object, { readonly array: Strided; readonly stretches: Stretch[] }>();
  for (const { _array: a } of tensors) {
    const entry = used.get(a.storage) ?? { array: a, stretches: [] };
    entry.stretches.push({ from: a.offset, to: a.offset + extent(a), at: 0 });
    used.set(a.storage, entry);
  }
  let total = 0;
  for (const entry of used.values()) {
    const merged = merge(entry.stretches);
    entry.stretches.splice(0, entry.stretches.length, ...merged);
    for (const s of merged) {
      s.at = total;
      total += s.to - s.from;
    }
  }
  const dtype = tensors[0]?._array.dtype ?? defaultType();
  const flat = Strided.zeros(dtype, [total]);
  for (const { array, stretches } of used.values())
    for (const { from, to, at } of stretches)
      writeArray(flat.view([to - from], [1], at), array.view([to - from], [1], from));
  for (const t of tensors) {
    const a = t._array;
    const s = used
      .get(a.storage)!
      .stretches.find(({ from, to }) => from <= a.offset && a.offset < Math.max(to, from + 1))!;
    t._array = flat.view(a.shape, a.strides, s.at + a.offset - s.from);
  }
  return new TensorImpl(flat);
}

const extent = (a: Strided): number =>
  sizeOf(a.shape) === 0 ? 0 : 1 + a.shape.reduce((n, len, i) => n + (len - 1) * a.strides[i]!, 0);

/** Stretches that touch or overlap as one. */
function merge(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const s of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = out[out.length - 1];
    if (last && s.from < last.to) last.to = Math.max(last.to, s.to);
    else out.push({ ...s });
  }
  return out;
}
