import type { ndarray } from "@cognate/ndarray";
import { CliError } from "../exit.js";

/** Keras's face is large: it is loaded where a model is. */
const kerasFace = () => import("@cognate/keras");

async function load(path: string) {
  const { models } = await kerasFace();
  try {
    return models.load_model(path);
  } catch (cause) {
    // Keras prints the whole configuration around the one sentence that helps.
    const unknown = /Could not locate (?:class|function) '[^']*'/.exec((cause as Error).message);
    if (!unknown) throw cause;
    throw new CliError(
      "impossible",
      `${path}: ${unknown[0]}. The command knows Keras's own layers; in a program, register the class with keras.saving.register_keras_serializable() before keras.models.load_model().`,
      { cause },
    );
  }
}

/** A model as `model.summary()` shows it. */
export async function printKerasModel(path: string): Promise<string> {
  const lines: string[] = [];
  (await load(path)).summary(null, null, (line) => lines.push(line));
  return lines.join("\n");
}

/** What a model gives for an input: one array an output. */
export async function predictKeras(
  path: string,
  inputs: readonly ndarray[],
  batch_size: number,
): Promise<ndarray[]> {
  const model = await load(path);
  const x = inputs.length === 1 ? inputs[0] : inputs;
  const out = model.predict(x as ndarray, { batch_size, verbose: 0 }) as unknown;
  if (Array.isArray(out)) return out as ndarray[];
  const named = Object.getPrototypeOf(out) === Object.prototype;
  return named ? Object.values(out as Record<string, ndarray>) : [out as ndarray];
}

/** Reads a whole model and writes it in the other of Keras's formats. */
export async function saveKerasModel(from: string, to: string): Promise<void> {
  (await load(from)).save(to);
}
