import { type ByteInput, Hdf5Dataset, Hdf5File, Hdf5Group, Hdf5Writer } from "@cognate/formats";
import { arrayOf, type Strided } from "@cognate/kernel";
import { arrayFrom } from "../backend/create.js";
import { Failures, type Saveable, walkState } from "./state-walk.js";

/* `.weights.h5`: a group for every part of the model, its variables by number in `vars`. */

const vars = (path: string): string => (path === "" ? "vars" : `${path}/vars`);

/** The state of a model as the pieces of an HDF5 file. */
export function weightsPieces(model: Saveable, skip: Iterable<object> = []): Uint8Array[] {
  const file = new Hdf5Writer();
  walkState(
    model,
    (saveable, path) => {
      if (!saveable.save_own_variables) return;
      const group = file.group(vars(path));
      if (typeof saveable.name === "string") group.attr("name", saveable.name);
      const store: Record<string, unknown> = {};
      saveable.save_own_variables(store);
      for (const [key, value] of Object.entries(store)) {
        const array = arrayOf(value) ?? arrayFrom(value);
        const dataset = group.dataset(key, array);
        if (array.dtype.name === "bfloat16") dataset.attr("dtype", "bfloat16");
      }
    },
    skip,
  );
  return file.pieces();
}

/** What an HDF5 file holds for one part. */
function storeAt(file: Hdf5Group, path: string): Record<string, Strided> {
  const found = file.find(vars(path));
  if (!(found instanceof Hdf5Group)) return {};
  const store: Record<string, Strided> = {};
  for (const key of found.keys) {
    const item = found.get(key);
    if (item instanceof Hdf5Dataset) store[key] = item.array();
  }
  return store;
}

interface Stepping {
  readonly variables?: readonly { readonly name: string }[];
}

/** Optimizers of Keras 2 kept their learning rate elsewhere: its place is between the count of steps and the slots. */
function withLearningRate(saveable: Saveable, store: Record<string, Strided>): Record<string, Strided> {
  if (saveable._obj_type() !== "Optimizer") return store;
  const own = (saveable as Stepping).variables ?? [];
  const count = Object.keys(store).length;
  if (count !== own.length - 1 || own[1]?.name !== "learning_rate") return store;
  const shifted: Record<string, Strided> = { 0: store["0"]!, 1: arrayFrom(own[1]) };
  for (let i = 1; i < count; i++) shifted[i + 1] = store[`${i}`]!;
  return shifted;
}

/**
 * Reads the state of a model.
 *
 * @throws ValueError with what could not be read, FormatError for a broken file; nothing changes where arrays do not fit
 */
export function readWeights(
  model: Saveable,
  input: ByteInput,
  { skip = [], skipMismatch = false }: { skip?: Iterable<object>; skipMismatch?: boolean } = {},
): void {
  const file = new Hdf5File(input);
  try {
    const plan: [Saveable, Record<string, Strided>][] = [];
    walkState(
      model,
      (saveable, path) => {
        if (saveable.load_own_variables)
          plan.push([saveable, withLearningRate(saveable, storeAt(file, path))]);
      },
      skip,
    );
    const failures = new Failures();
    for (const [saveable, store] of plan)
      failures.attempt(saveable, () => saveable.load_own_variables!(store));
    failures.report(skipMismatch);
  } finally {
    file.close();
  }
}
