import { className, def, RuntimeError, Tuple } from "@cognate/py";
import type { DeviceLike } from "../device.js";
import type { Tensor } from "../tensor/tensor.js";
import { load_file, type Model, type Notes, save_file } from "./files.js";
import { isComplete, sharedNames } from "./shared.js";

/** Of each group of names that share memory the one that is kept, with those that are left out. */
function duplicates(
  state: Readonly<Record<string, Tensor>>,
  preferred: ReadonlySet<string>,
): Map<string, string[]> {
  const out = new Map<string, string[]>();
  for (const names of sharedNames(state)) {
    const complete = names.filter((name) => isComplete(state[name]!._value.array)).sort();
    if (complete.length === 0)
      throw new RuntimeError(
        `Error while trying to find names to remove to save state dict, but found no suitable name to keep for saving amongst: {${names.map((n) => `'${n}'`).join(", ")}}. None is covering the entire storage.Refusing to save/load the model since you could be storing much more memory than needed. Please refer to https://huggingface.co/docs/safetensors/torch_shared_tensors for more information. Or open an issue.`,
      );
    const kept = complete.find((name) => preferred.has(name)) ?? complete[0]!;
    out.set(kept, names.filter((name) => name !== kept).sort());
  }
  return out;
}

/**
 * Writes a model's state; of tensors that share memory one is written, and the others are noted in the metadata.
 *
 * @param force_contiguous - write views of other memory layouts as plain tensors
 */
export const save_model = def(
  "safetensors.torch.save_model",
  "model filename metadata:dict force_contiguous",
  (model: Model, filename: string, metadata: Notes | null = null, force_contiguous = true): null => {
    const state = { ...model.state_dict() };
    const left = [...duplicates(state, new Set())];
    const notes: Record<string, string> = { ...metadata };
    for (const [kept, names] of left)
      for (const name of names) {
        notes[name] ??= kept;
        delete state[name];
      }
    const tensors = force_contiguous
      ? Object.fromEntries(Object.entries(state).map(([name, t]) => [name, t.contiguous()]))
      : state;
    return save_file.impl(tensors, filename, metadata || left.length > 0 ? notes : null);
  },
);

/**
 * Reads a model's state that {@link save_model} wrote.
 *
 * @returns the names that the file lacks and those that the model lacks
 * @throws RuntimeError for such names, unless `strict` is false
 */
export const load_model = def(
  "safetensors.torch.load_model",
  "model filename strict device * backend",
  (
    model: Model,
    filename: string,
    strict = true,
    device: DeviceLike = "cpu",
    backend = "mmap",
  ): Tuple<string[]> => {
    const state = load_file.impl(filename, device, backend);
    const left = [...duplicates(model.state_dict(), new Set(Object.keys(state))).values()].flat();
    const [missing, unexpected] = model.load_state_dict(state, { strict: false }) as unknown as [
      string[],
      string[],
    ];
    const lacking = new Set(missing);
    const extra = [...unexpected];
    for (const name of left) if (!lacking.delete(name)) extra.push(name);
    if (strict && lacking.size + extra.length > 0) {
      const list = (names: Iterable<string>): string =>
        [...names]
          .sort()
          .map((n) => `"${n}"`)
          .join(", ");
      throw new RuntimeError(
        `Error(s) in loading state_dict for ${className(model.constructor)}:${lacking.size > 0 ? `\n    Missing key(s) in state_dict: ${list(lacking)}` : ""}${extra.length > 0 ? `\n    Unexpected key(s) in state_dict: ${list(extra)}` : ""}`,
      );
    }
    return Tuple.of_([[...lacking], extra]);
  },
);
