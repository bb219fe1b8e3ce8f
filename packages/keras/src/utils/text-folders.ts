import { readFile } from "@cognate/formats";
import { def, ValueError } from "@cognate/py";
import type { Dataset } from "./dataset.js";
import {
  checkLabels,
  checkSplit,
  type FileKind,
  type FolderOptions,
  folderDatasets,
  type LabelMode,
  type Labels,
  type Subset,
} from "./directories.js";

const KIND: FileKind = {
  name: "text",
  samples: "text samples",
  the: "",
  endings: [".txt"],
  none: (part, directory) => `No ${part}text files found in directory ${directory}. Allowed format: .txt`,
};

/** A text of at most so many bytes. */
const textOf = (bytes: Uint8Array, most: number | null): string =>
  new TextDecoder().decode(most === null ? bytes : bytes.subarray(0, most));

/**
 * `keras.utils.text_dataset_from_directory`: batches of texts out of `.txt` files, with labels by the folders that they
 * lie in. A batch's texts are a list.
 *
 * @param max_length - how many bytes of a text are taken
 * @throws ValueError for arguments that do not go together, and where there are no files
 */
export const text_dataset_from_directory = def(
  "keras.utils.text_dataset_from_directory",
  "directory labels label_mode class_names batch_size max_length shuffle seed validation_split subset follow_links format verbose",
  (
    directory: string,
    labels: Labels = "inferred",
    label_mode: LabelMode = "int",
    class_names: readonly string[] | null = null,
    batch_size: number | null = 32,
    max_length: number | null = null,
    shuffle = true,
    seed: number | null = null,
    validation_split: number | null = null,
    subset: Subset = null,
    _follow_links = false,
    format = "tf",
    verbose = true,
  ): Dataset | Dataset[] => {
    const o: FolderOptions = {
      directory,
      labels,
      label_mode,
      class_names,
      batch_size,
      shuffle,
      seed,
      validation_split,
      subset,
      verbose,
    };
    checkLabels(o, KIND);
    if (format !== "tf" && format !== "grain")
      throw new ValueError(`\`format\` should be either "tf" or "grain". Received: format=${format}`);
    checkSplit(o);
    return folderDatasets(
      o,
      KIND,
      (path) => textOf(readFile(path), max_length),
      (elements) => (batch_size === null ? elements : elements.batch(batch_size)),
    );
  },
);
