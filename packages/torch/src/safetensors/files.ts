import {
  type ByteInput,
  joinBytes,
  readSafetensors,
  type Safetensors,
  safetensorsPieces,
  writeFileAtomic,
} from "@cognate/formats";
import { def } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type DeviceLike, requireCpu } from "../device.js";
import { type Tensor, wrap } from "../tensor/tensor.js";
import { inSafetensorsWords } from "./errors.js";
import { checkMetadata, checkSavable } from "./shared.js";

/** Tensors by name. */
export type Tensors = Record<string, Tensor>;
/** Notes by name, all texts. */
export type Notes = Readonly<Record<string, string>>;

const tensorsOf = ({ tensors }: Safetensors): Tensors =>
  Object.fromEntries([...tensors].map(([name, array]) => [name, wrap(new Value(array))]));

/**
 * Tensors by name from a `.safetensors` file, in the order in which they lie in it.
 *
 * @param filename - a path (Node) or the bytes
 * @throws FileNotFoundError, SafetensorError for a broken file
 */
export const load_file = def(
  "safetensors.torch.load_file",
  "filename device * backend",
  (filename: ByteInput, device: DeviceLike = "cpu", _backend = "mmap"): Tensors => {
    requireCpu(device);
    return tensorsOf(inSafetensorsWords(() => readSafetensors(filename)));
  },
);

/** Tensors by name from the bytes of a `.safetensors` file. @throws SafetensorError */
export const load = def(
  "safetensors.torch.load",
  "data",
  (data: Uint8Array | ArrayBuffer): Tensors => tensorsOf(inSafetensorsWords(() => readSafetensors(data), "")),
);

function pieces(tensors: unknown, metadata: Notes | null): Uint8Array[] {
  checkSavable(tensors);
  const notes = checkMetadata(metadata);
  const arrays = Object.entries(tensors).map(([name, t]) => [name, t._value.array] as const);
  return inSafetensorsWords(() => safetensorsPieces(arrays, notes));
}

/**
 * The bytes of a `.safetensors` file.
 *
 * @param metadata - texts that the file carries along
 * @throws RuntimeError for tensors that share memory, ValueError for one that is not contiguous
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as safetensors from "@cognate/torch/safetensors";
 * import { print } from "@cognate/py";
 * print(safetensors.load(safetensors.save({ weight: torch.tensor([1.5, 2]) }))); // prints {'weight': tensor([1.5000, 2.0000])}
 * ```
 */
export const save = def(
  "safetensors.torch.save",
  "tensors:dict metadata:dict",
  (tensors: Tensors, metadata: Notes | null = null): Uint8Array => joinBytes(pieces(tensors, metadata)),
);

/** Writes a `.safetensors` file; it holds the old or the new content at any time, never a part. */
export const save_file = def(
  "safetensors.torch.save_file",
  "tensors:dict filename metadata:dict",
  (tensors: Tensors, filename: string, metadata: Notes | null = null): null => {
    const content = pieces(tensors, metadata);
    inSafetensorsWords(() => writeFileAtomic(filename, content));
    return null;
  },
);

/** A model as the functions below need it. */
export interface Model {
  readonly constructor: Function;
  state_dict(): Tensors;
  load_state_dict(state: Tensors, options: { strict: boolean }): unknown;
}
