import type { ndarray } from "@cognate/ndarray";

/** What is asked of a model of Keras. */
interface KerasModel {
  summary(options: { print_fn: (line: string) => void }): void;
  predict(x: unknown, options: { batch_size: number; verbose: number }): unknown;
  save(path: string): void;
}
interface KerasFace {
  readonly models: { load_model(path: string): KerasModel };
}

/** Keras's face is large: it is loaded where a model is. */
const kerasFace = async (): Promise<KerasFace> => (await import("@cognate/keras")) as unknown as KerasFace;

/** A model as `model.summary()` shows it. */
export async function printKerasModel(path: string): Promise<string> {
  const { models } = await kerasFace();
  const lines: string[] = [];
  models.load_model(path).summary({ print_fn: (line) => lines.push(line) });
  return lines.join("\n");
}

/** What a model gives for an input: one array an output. */
export async function predictKeras(
  path: string,
  inputs: readonly ndarray[],
  batch_size: number,
): Promise<ndarray[]> {
  const { models } = await kerasFace();
  const out = models
    .load_model(path)
    .predict(inputs.length === 1 ? inputs[0] : inputs, { batch_size, verbose: 0 });
  if (Array.isArray(out)) return out as ndarray[];
  const named = Object.getPrototypeOf(out) === Object.prototype;
  return named ? Object.values(out as Record<string, ndarray>) : [out as ndarray];
}

/** Reads a whole model and writes it in the other of Keras's formats. */
export async function saveKerasModel(from: string, to: string): Promise<void> {
  const { models } = await kerasFace();
  models.load_model(from).save(to);
}
