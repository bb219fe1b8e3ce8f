import {
  type AttributeInput,
  Hdf5Writer,
  npyPieces,
  npzPieces,
  OrderedDict,
  SavedTensor,
  safetensorsPieces,
  torchPieces,
  writeFileAtomic,
  ZipArchive,
} from "@cognate/formats";
import { castTo, type DType, dtypeNamed, type Strided } from "@cognate/kernel";
import { CliError } from "../exit.js";
import type { Contents } from "../files/contents.js";
import { KERAS_WEIGHTS } from "../files/hdf5.js";
import { openFile } from "../files/open.js";
import { saveKerasModel } from "../models/keras.js";
import { bytesText, json } from "../print/text.js";
import { Progress, type ProgressMode } from "../progress.js";

export interface ConvertOptions {
  /** Floating tensors are written in this element type. */
  readonly dtype?: string;
  readonly compressed: boolean;
  readonly json: boolean;
  readonly progress: ProgressMode;
}

/** What is printed on stdout, and what the user should know besides. */
export interface Converted {
  readonly text: string;
  readonly warnings: readonly string[];
}

/** The formats that can be written, by the name's ending. */
const TARGETS = [
  ".weights.h5",
  ".safetensors",
  ".keras",
  ".pt",
  ".pth",
  ".npz",
  ".npy",
  ".h5",
  ".hdf5",
] as const;
type Target = (typeof TARGETS)[number];

/** `cognate convert IN OUT`. */
export async function convert(from: string, to: string, options: ConvertOptions): Promise<Converted> {
  const target = TARGETS.find((t) => to.toLowerCase().endsWith(t));
  if (!target)
    throw new CliError(
      "usage",
      `${to}: the name must end with one of ${TARGETS.join(", ")}, which tells the format.`,
    );
  const dtype = options.dtype === undefined ? undefined : floatNamed(options.dtype);
  const progress = new Progress(options.progress);
  const contents = openFile(from, { data: true }, progress);
  const warnings: string[] = [];
  try {
    if (isModelTarget(contents, target)) {
      if (dtype)
        throw new CliError("usage", "--dtype changes weights; a whole model keeps its element types.");
      contents.close();
      await saveKerasModel(from, to);
    } else {
      const pieces =
        contents.format === "keras" && target === ".weights.h5" && !dtype
          ? [new ZipArchive(from, { format: "keras" }).read(KERAS_WEIGHTS)]
          : piecesOf(contents, target, to, dtype, options, warnings);
      write(to, pieces, progress);
    }
  } finally {
    contents.close();
  }
  return { text: told(from, to, contents, options), warnings };
}

/** Whole models of Keras go from one of its formats to the other. */
function isModelTarget({ format, model }: Contents, target: Target): boolean {
  const keras = model && (format === "keras" || format === "hdf5");
  if (target === ".keras" && !keras)
    throw new CliError(
      "impossible",
      "a .keras file needs an architecture, which this file does not have: convert to .weights.h5 or .h5 instead.",
    );
  return keras && (target === ".keras" || target === ".h5" || target === ".hdf5");
}

function floatNamed(name: string): DType {
  const dtype = dtypeNamed(name);
  if (dtype?.kind === "float") return dtype;
  throw new CliError("usage", `--dtype ${name}: expected float16, bfloat16, float32 or float64.`);
}

function piecesOf(
  contents: Contents,
  target: Target,
  to: string,
  dtype: DType | undefined,
  { compressed }: ConvertOptions,
  warnings: string[],
): Uint8Array[] {
  const { entries, values, metadata, format } = contents;
  if (entries.length === 0) throw new CliError("impossible", `${contents.path} holds no tensors to convert.`);
  const left = Object.keys(values).length;
  if (left) warnings.push(`${left} values that are no tensors are left out (cognate inspect shows them).`);
  const array = (a: Strided): Strided => (dtype && a.dtype.kind === "float" ? castTo(a, dtype) : a);
  const arrays = entries.map((e) => [e.name, array(e.array())] as const);
  switch (target) {
    case ".safetensors":
      return safetensorsPieces(arrays, format === "safetensors" ? notes(metadata) : undefined);
    case ".pt":
    case ".pth":
      return torchPieces(new OrderedDict(arrays.map(([name, a]) => [name, new SavedTensor(a)])), {
        name: folderName(to),
      });
    case ".npz":
      return npzPieces(arrays, { compressed });
    case ".npy":
      if (arrays.length !== 1)
        throw new CliError(
          "impossible",
          `a .npy holds one array, and this file ${arrays.length}: convert to .npz.`,
        );
      return npyPieces(arrays[0]![1]);
    default:
      return hdf5Pieces(arrays, metadata);
  }
}

const notes = (metadata: Readonly<Record<string, unknown>>): [string, string][] | undefined => {
  const entries = Object.entries(metadata).map(([k, v]) => [k, String(v)] as [string, string]);
  return entries.length ? entries : undefined;
};

/** The folder in the archive: `torch.save` takes the file's name without its ending. */
const folderName = (path: string): string =>
  path.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "") || "archive";

function hdf5Pieces(
  arrays: readonly (readonly [string, Strided])[],
  metadata: Readonly<Record<string, unknown>>,
): Uint8Array[] {
  const h5 = new Hdf5Writer();
  for (const name of ["keras_version", "backend"])
    if (typeof metadata[name] === "string") h5.attr(name, metadata[name] as AttributeInput);
  for (const [name, a] of arrays) h5.dataset(name, a);
  return h5.pieces();
}

function write(path: string, pieces: readonly Uint8Array[], progress: Progress): void {
  const stage = progress.stage(
    "writing",
    pieces.reduce((n, p) => n + p.length, 0),
  );
  try {
    writeFileAtomic(path, pieces, { progress: (n) => stage.add(n) });
  } finally {
    stage.stop();
  }
}

function told(from: string, to: string, { entries, size }: Contents, options: ConvertOptions): string {
  const out = openFile(to, { data: false }, new Progress("never"));
  out.close();
  if (options.json)
    return json(
      { from, to, format: out.format, tensors: out.entries.length, bytes: { from: size, to: out.size } },
      2,
    );
  const what = entries.length === 1 ? "tensor" : "tensors";
  return `${to}: ${out.title}, ${out.entries.length} ${what}, ${bytesText(out.size)}`;
}
