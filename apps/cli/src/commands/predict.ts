import { npyPieces, npzPieces, writeFileAtomic } from "@cognate/formats";
import { asStrided, fromStrided, type ndarray } from "@cognate/ndarray";
import { CliError, explained } from "../exit.js";
import type { Contents } from "../files/contents.js";
import { openFile } from "../files/open.js";
import { predictKeras } from "../models/keras.js";
import { predictTorch } from "../models/torch.js";
import { json, shapeText } from "../print/text.js";
import { Progress, type ProgressMode } from "../progress.js";

export interface PredictOptions {
  readonly input: readonly string[];
  readonly output?: string;
  readonly batchSize: number;
  readonly json: boolean;
  readonly progress: ProgressMode;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what stands there
const BOLD = /\u001b\[\d*m/g;

/** `cognate predict FILE --input x.npy`: what the command prints. */
export async function predict(path: string, options: PredictOptions): Promise<string> {
  const progress = new Progress(options.progress);
  const run = runnerOf(openFile(path, { data: false }, new Progress("never")), options);
  const inputs = options.input.flatMap((input) => arraysOf(input, progress));
  let outputs: ndarray[];
  try {
    outputs = await run(inputs);
  } catch (error) {
    // A model that could be read and a file that could not are told apart by the readers' errors.
    if (explained(error).exit !== "bug") throw error;
    const shapes = inputs.map((x) => `${x.dtype} ${shapeText([...x.shape])}`).join(", ");
    // Keras sets the sentence that matters in bold.
    const said = (error instanceof Error ? error.message : String(error)).replace(BOLD, "");
    throw new CliError("input", `${path} cannot take the input (${shapes}): ${said}`, { cause: error });
  }
  if (options.output !== undefined) write(options.output, outputs);
  if (options.json) return json({ file: path, outputs: outputs.map((y) => described(y, options.output)) }, 2);
  if (options.output !== undefined)
    return `${options.output}: ${outputs.map((y) => `${y.dtype} ${shapeText([...y.shape])}`).join(", ")}`;
  return outputs.map(String).join("\n");
}

type Runner = (inputs: readonly ndarray[]) => Promise<ndarray[]>;

function runnerOf(contents: Contents, { batchSize }: PredictOptions): Runner {
  contents.close();
  const { format, model, path, title } = contents;
  if (model && (format === "keras" || format === "hdf5"))
    return (inputs) => predictKeras(path, inputs, batchSize);
  if (model && format === "torch") return (inputs) => predictTorch(path, inputs);
  throw new CliError(
    "impossible",
    format === "torchscript"
      ? `${path} is a TorchScript program, which is not run here: torch.save(model) saves a model of PyTorch's own layers whole.`
      : `${path} holds weights and no model to predict with (${title}).`,
  );
}

function arraysOf(path: string, progress: Progress): ndarray[] {
  const contents = openFile(path, { data: true }, progress);
  try {
    if (contents.entries.length === 0) throw new CliError("input", `${path} holds no array.`);
    return contents.entries.map((e) => fromStrided(e.array()));
  } finally {
    contents.close();
  }
}

function write(path: string, outputs: readonly ndarray[]): void {
  const arrays = outputs.map((y) => asStrided(y));
  if (path.endsWith(".npz"))
    return writeFileAtomic(path, npzPieces(arrays.map((a, i) => [`arr_${i}`, a] as const)));
  if (!path.endsWith(".npy"))
    throw new CliError("usage", `${path}: outputs are written as .npy or, several of them, as .npz.`);
  if (arrays.length !== 1)
    throw new CliError("usage", `${path}: the model has ${arrays.length} outputs, which need a .npz.`);
  writeFileAtomic(path, npyPieces(arrays[0]!));
}

const described = (y: ndarray, written: string | undefined): object => ({
  shape: [...y.shape],
  dtype: String(y.dtype),
  ...(written === undefined ? { data: y.tolist() } : { written }),
});
