import type { Strided } from "@cognate/kernel";
import { RuntimeError, repr, TypeError, type, type_name, ValueError } from "@cognate/py";
import { Tensor } from "../tensor/tensor.js";

/** First byte and the byte after the last that a contiguous array covers. */
function span(a: Strided): readonly [number, number] {
  const from = a.storage.address + a.offset * a.dtype.itemsize;
  return [from, from + a.size * a.dtype.itemsize];
}

/** Whether an array covers all of its storage. */
export const isComplete = (a: Strided): boolean =>
  a.contiguous && a.size * a.dtype.itemsize === a.storage.byteLength;

/** Groups of names whose tensors share a storage, in order; those that lie apart within it do not share. */
export function sharedNames(tensors: Readonly<Record<string, Tensor>>): string[][] {
  const byStorage = new Map<number, string[]>();
  for (const [name, t] of Object.entries(tensors)) {
    const { storage } = t._value.array;
    if (storage.byteLength === 0) continue;
    const names = byStorage.get(storage.address);
    if (names) names.push(name);
    else byStorage.set(storage.address, [name]);
  }
  return [...byStorage.values()]
    .filter((names) => names.length > 1)
    .flatMap((names) => overlapping(tensors, names));
}

function overlapping(tensors: Readonly<Record<string, Tensor>>, names: readonly string[]): string[][] {
  const spans = names
    .map((name) => ({ name, span: span(tensors[name]!._value.array) }))
    .sort((a, b) => a.span[0] - b.span[0]);
  const groups: string[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const { name, span } of spans) {
    if (span[0] >= end) groups.push([]);
    groups[groups.length - 1]!.push(name);
    end = Math.max(end, span[1]);
  }
  return groups.filter((group) => group.length > 1);
}

/** @throws ValueError, RuntimeError in the library's words for what the format cannot hold */
export function checkSavable(tensors: unknown): asserts tensors is Record<string, Tensor> {
  if (typeof tensors !== "object" || tensors === null || Array.isArray(tensors) || tensors instanceof Tensor)
    throw new ValueError(`Expected a dict of [str, torch.Tensor] but received ${repr(type(tensors))}`);
  for (const [name, t] of Object.entries(tensors))
    if (!(t instanceof Tensor))
      throw new ValueError(`Key \`${name}\` is invalid, expected torch.Tensor but received ${repr(type(t))}`);
  const all = tensors as Record<string, Tensor>;
  const shared = sharedNames(all);
  if (shared.length > 0)
    throw new RuntimeError(
      `\n            Some tensors share memory, this will lead to duplicate memory on disk and potential differences when loading them again: [${shared.map((names) => `{${names.map((n) => repr(n)).join(", ")}}`).join(", ")}].\n            A potential way to correctly save your model is to use \`save_model\`.\n            More information at https://huggingface.co/docs/safetensors/torch_shared_tensors\n            `,
    );
  for (const [name, t] of Object.entries(all))
    if (!t._value.array.contiguous)
      throw new ValueError(
        `You are trying to save a non contiguous tensor: \`${name}\` which is not allowed. It either means you are trying to save tensors which are reference of each other in which case it's recommended to save only the full tensors, and reslice at load time, or simply call \`.contiguous()\` on your tensor to pack it before saving.`,
      );
}

/** @throws TypeError for a note that is no text */
export function checkMetadata(
  metadata: Readonly<Record<string, unknown>> | null,
): [string, string][] | undefined {
  if (metadata === null) return undefined;
  for (const value of Object.values(metadata))
    if (typeof value !== "string")
      throw new TypeError(`argument 'metadata': '${type_name(value)}' object is not an instance of 'str'`);
  return Object.entries(metadata) as [string, string][];
}
