import { repr, ValueError } from "@cognate/py";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import * as K from "../ops/index.js";
import { legacyBelow, legacyEngine, legacyShuffle, numpyRandom } from "../random/state.js";
import { Dataset } from "./dataset.js";
import { files, isFolder } from "./files.js";
import { printMessage } from "./io.js";

/* Datasets out of folders of files: which files there are, what their labels are, and which part is wanted. */

export type Labels = "inferred" | readonly number[] | null;
export type LabelMode = "int" | "categorical" | "binary" | null;
export type Subset = "training" | "validation" | "both" | null;

/** What the functions of folders have in common. */
export interface FolderOptions {
  readonly directory: string;
  readonly labels: Labels;
  readonly label_mode: LabelMode;
  readonly class_names: readonly string[] | null;
  readonly batch_size: number | null;
  readonly shuffle: boolean;
  readonly seed: number | null;
  readonly validation_split: number | null;
  readonly subset: Subset;
  readonly verbose: boolean;
}

/** What one kind of files is called, and the endings that it has. */
export interface FileKind {
  /** `image`, `text` or `audio`. */
  readonly name: string;
  readonly samples: string;
  readonly endings: readonly string[];
  /** What stands before the labels' error. */
  readonly the: string;
  /** The words for no files. */
  readonly none: (part: string, directory: string) => string;
}

/** @throws ValueError for labels and modes that do not go together */
export function checkLabels({ labels, label_mode, class_names }: FolderOptions, kind: FileKind): void {
  if (labels !== "inferred" && labels !== null) {
    if (!Array.isArray(labels))
      throw new ValueError(
        `${kind.the}\`labels\` argument should be a list/tuple of integer labels, of the same size as the number of ${kind.name} files in the target directory. If you wish to infer the labels from the subdirectory names in the target directory, pass \`labels="inferred"\`. If you wish to get a dataset that only contains ${kind.samples} (no labels), pass \`labels=None\`. Received: labels=${String(labels)}`,
      );
    if (class_names)
      throw new ValueError(
        `You can only pass \`class_names\` if \`labels="inferred"\`. Received: labels=${repr(labels)}, and class_names=${repr(class_names)}`,
      );
  }
  if (label_mode !== null && !["int", "categorical", "binary"].includes(label_mode))
    throw new ValueError(
      `\`label_mode\` argument must be one of "int", "categorical", "binary", or None. Received: label_mode=${String(label_mode)}`,
    );
}

/** @throws ValueError for a share and a part that do not go together */
export function checkSplit({ validation_split: share, subset, shuffle, seed }: FolderOptions): void {
  if (share && !(share > 0 && share < 1))
    throw new ValueError(`\`validation_split\` must be between 0 and 1, received: ${share}`);
  if ((share || subset) && !(share && subset))
    throw new ValueError("If `subset` is set, `validation_split` must be set, and inversely.");
  if (subset !== null && !["training", "validation", "both"].includes(subset))
    throw new ValueError(
      `\`subset\` must be either "training", "validation" or "both", received: ${String(subset)}`,
    );
  if (share && shuffle && seed === null)
    throw new ValueError(
      "If using `validation_split` and shuffling the data, you must provide a `seed` argument, to make sure that there is no overlap between the training and validation subset.",
    );
}

/** Files of the endings in a folder and those below: folders in order, files in order within each. */
function filesBelow(folder: string, endings: readonly string[]): string[] {
  const found: [folder: string, file: string][] = [];
  const walk = (at: string): void => {
    for (const name of files().readdirSync(at)) {
      if (isFolder(`${at}/${name}`)) walk(`${at}/${name}`);
      else if (endings.some((e) => name.toLowerCase().endsWith(e))) found.push([at, name]);
    }
  };
  walk(folder);
  const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return found.sort((a, b) => before(a[0], b[0]) || before(a[1], b[1])).map(([at, name]) => `${at}/${name}`);
}

interface Index {
  readonly paths: readonly string[];
  readonly labels: readonly number[] | null;
  readonly class_names: readonly string[] | null;
}

/** The files of a folder with their labels: by the folder that they lie in, or as given. @throws ValueError */
function indexed(o: FolderOptions, endings: readonly string[], seed: number): Index {
  const { directory } = o;
  const unlabelled = o.labels === null || o.label_mode === null;
  const given = unlabelled ? null : o.labels;
  let folders: readonly string[] = [""];
  if (given === "inferred") {
    folders = files()
      .readdirSync(directory)
      .filter((name) => !name.startsWith(".") && isFolder(`${directory}/${name}`))
      .sort();
    if (o.class_names !== null) {
      if (!o.class_names.every((name) => folders.includes(name)))
        throw new ValueError(
          `The \`class_names\` passed did not match the names of the subdirectories of the target directory. Expected: ${repr([...folders])} (or a subset of it), but received: class_names=${repr(o.class_names)}`,
        );
      folders = o.class_names;
    }
  } else if (o.class_names !== null)
    throw new ValueError(
      given === null
        ? "When `labels=None` (no labels), argument `class_names` cannot be specified."
        : "When argument `labels` is specified, argument `class_names` cannot be specified (the `class_names` will be the sorted list of labels).",
    );
  const groups = folders.map((name) => filesBelow(name === "" ? directory : `${directory}/${name}`, endings));
  let paths = groups.flat();
  let labels: number[] | null = null;
  let class_names: readonly string[] | null = null;
  if (given === "inferred") {
    labels = groups.flatMap((group, i) => group.map(() => i));
    class_names = folders;
  } else if (given !== null) {
    if (given.length !== paths.length)
      throw new ValueError(
        `Expected the lengths of \`labels\` to match the number of files in the target directory. len(labels) is ${given.length} while we found ${paths.length} files in directory ${directory}.`,
      );
    labels = [...given];
    class_names = [...new Set(given)].sort((a, b) => a - b).map(String);
  }
  if (o.verbose)
    printMessage(
      labels === null
        ? `Found ${paths.length} files.`
        : `Found ${paths.length} files belonging to ${class_names!.length} classes.`,
    );
  if (o.shuffle) {
    paths = legacyShuffle(legacyEngine(seed), paths);
    if (labels !== null) labels = legacyShuffle(legacyEngine(seed), labels);
  }
  return { paths, labels, class_names };
}

/** The part of the files that is wanted. */
function partOf(index: Index, share: number | null, subset: "training" | "validation" | null): Index {
  if (!share) return index;
  const n = Math.trunc(share * index.paths.length);
  const training = subset === "training";
  const used = training ? index.paths.length - n : n;
  printMessage(`Using ${used} files for ${subset}.`);
  const cut = <T>(list: readonly T[]): readonly T[] => {
    // The last none of a list are all of it in Python.
    if (n === 0) return training ? [] : list;
    return training ? list.slice(0, -n) : list.slice(-n);
  };
  return { ...index, paths: cut(index.paths), labels: index.labels && cut(index.labels) };
}

/** A label as the mode wants it. */
function labelOf(label: number, mode: LabelMode, classes: number): Tensor {
  const x = K.array(label as TensorLike, "int32");
  if (mode === "binary") return K.reshape(K.cast(x, "float32"), [1]);
  return mode === "categorical" ? K.one_hot(x, classes) : x;
}

/** The dataset of a folder, or the two of its parts, not yet in batches. */
export function folderDatasets(
  o: FolderOptions,
  kind: FileKind,
  read: (path: string) => Tensor | string,
  batched: (elements: Dataset) => Dataset,
): Dataset | Dataset[] {
  const seed = o.seed ?? legacyBelow(numpyRandom(), 10 ** 6);
  const index = indexed(o, kind.endings, seed);
  const classes = index.class_names?.length ?? 0;
  if (o.label_mode === "binary" && index.labels !== null && classes !== 2)
    throw new ValueError(
      `When passing \`label_mode="binary"\`, there must be exactly 2 class_names. Received: class_names=${repr(index.class_names)}`,
    );
  const made = (part: Index, shuffle: boolean): Dataset => {
    const { paths, labels } = part;
    const numbers = Dataset.from_list(paths.map((_, i) => i));
    const ordered = shuffle
      ? numbers.shuffle(o.batch_size === null ? 1024 : o.batch_size * 8, seed)
      : numbers;
    const elements = ordered.each((i: number) => {
      const x = read(paths[i]!);
      return labels === null ? x : [x, labelOf(labels[i]!, o.label_mode, classes)];
    });
    const out = batched(elements);
    out.class_names = part.class_names;
    out.file_paths = paths;
    return out;
  };
  const some = (part: Index, which: string): Index => {
    if (part.paths.length === 0) throw new ValueError(kind.none(which, o.directory));
    return part;
  };
  if (o.subset !== "both") return made(some(partOf(index, o.validation_split, o.subset), ""), o.shuffle);
  const training = some(partOf(index, o.validation_split, "training"), "training ");
  const validation = some(partOf(index, o.validation_split, "validation"), "validation ");
  return [made(training, o.shuffle), made(validation, false)];
}
