import { readWav } from "@cognate/formats";
import { ops } from "@cognate/kernel";
import { def, ImportError, repr, Tuple, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type Tensor, wrap } from "../backend/tensor.js";
import { apply } from "../ops/make.js";
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
  name: "audio",
  samples: "audio samples",
  the: "The ",
  endings: [".wav"],
  none: (part, directory) =>
    `No ${part}audio files found in directory ${directory}. Allowed format(s): ${repr(Tuple.of_([".wav"]))}`,
};

/** A sound of so many samples: cut, or filled up with silence. */
function soundOf(path: string, length: number | null): Tensor {
  const v = new Value(readWav(path).samples);
  const n = v.shape[0]!;
  if (length === null || length === n) return wrap(v);
  if (length < n) return wrap(apply(ops.slice, [v], { dim: 0, start: 0, step: 1, length }));
  return wrap(apply(ops.cat, [v, v.full([length - n, v.shape[1]!], 0) as Value], { dim: 0 }));
}

/**
 * `keras.utils.audio_dataset_from_directory`: batches of sounds `[samples, channels]` out of WAV files of 16 bits, with
 * labels by the folders that they lie in; shorter ones are filled up with silence.
 *
 * @param output_sequence_length - how many samples each sound has
 * @throws ValueError for arguments that do not go together, and where there are no files
 */
export const audio_dataset_from_directory = def(
  "keras.utils.audio_dataset_from_directory",
  "directory labels label_mode class_names batch_size sampling_rate output_sequence_length ragged shuffle seed validation_split subset follow_links verbose",
  (
    directory: string,
    labels: Labels = "inferred",
    label_mode: LabelMode = "int",
    class_names: readonly string[] | null = null,
    batch_size: number | null = 32,
    sampling_rate: number | null = null,
    output_sequence_length: number | null = null,
    ragged = false,
    shuffle = true,
    seed: number | null = null,
    validation_split: number | null = null,
    subset: Subset = null,
    _follow_links = false,
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
    if (ragged && output_sequence_length !== null)
      throw new ValueError("Cannot set both `ragged` and `output_sequence_length`");
    if (sampling_rate !== null) {
      if (!Number.isInteger(sampling_rate))
        throw new ValueError(
          `\`sampling_rate\` should have an integer value. Received: sampling_rate=${sampling_rate}`,
        );
      if (sampling_rate <= 0)
        throw new ValueError(
          `\`sampling_rate\` should be higher than 0. Received: sampling_rate=${sampling_rate}`,
        );
      throw new ImportError(
        "To use the argument `sampling_rate`, you should install tensorflow_io. You can install it via `pip install tensorflow-io`.",
      );
    }
    if (ragged) throw new ValueError("Ragged batches do not exist here: sounds are filled up with silence.");
    checkSplit(o);
    const batched = (elements: Dataset): Dataset =>
      batch_size === null
        ? elements
        : output_sequence_length === null
          ? elements.padded_batch(batch_size)
          : elements.batch(batch_size);
    return folderDatasets(o, KIND, (path) => soundOf(path, output_sequence_length), batched);
  },
);
