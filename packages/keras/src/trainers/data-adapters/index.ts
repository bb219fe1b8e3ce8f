import { repr, type, ValueError, warn } from "@cognate/py";
import * as tree from "../../tree.js";
import { Dataset } from "../../utils/dataset.js";
import { ArrayDataAdapter, type Shuffle } from "./array-data-adapter.js";
import type { ClassWeight } from "./arrays.js";
import { type DataAdapter, isArray } from "./data-adapter.js";
import { DatasetAdapter, GeneratorAdapter } from "./iterators.js";
import { PyDatasetAdapter, PyDatasetImpl } from "./py-dataset.js";

/** What `fit` and the like are given. */
export interface Data {
  readonly x: unknown;
  readonly y: unknown;
  readonly sample_weight: unknown;
  readonly batch_size: number | null;
  readonly steps: number | null;
  readonly shuffle: Shuffle;
  readonly class_weight: ClassWeight | null;
}

const areArrays = (parts: readonly unknown[]): boolean =>
  parts.flatMap((p) => tree.flatten(p)).every((x) => x === null || x === undefined || isArray(x));

function refuse(d: Data, kind: string): void {
  const message = (name: string, meaning: string): string =>
    `When providing \`x\` as a ${kind}, \`${name}\` should not be passed. Instead, ${meaning} should be included as part of the ${kind}.`;
  if (d.y !== null) throw new ValueError(message("y", "the targets"));
  if (d.sample_weight !== null) throw new ValueError(message("sample_weights", "the sample weights"));
}

const ignored = (what: string, expected: string): string =>
  `\`shuffle=True\` was passed, but will be ignored since the data \`x\` was provided as ${what}. The ${expected}`;

/** The adapter for what was given. @throws ValueError for data of an unknown kind */
export function adapterFor(d: Data): DataAdapter {
  const { x } = d;
  if (areArrays([x, d.y, d.sample_weight]))
    return new ArrayDataAdapter(x, d.y, d.sample_weight, d.batch_size, d.steps, d.shuffle, d.class_weight);
  if (x instanceof Dataset) {
    refuse(d, "tf.data.Dataset");
    if (d.shuffle)
      warn(
        ignored(
          "a tf.data.Dataset",
          "Dataset is expected to already be shuffled (via `.shuffle(buffer_size)`).",
        ),
      );
    return new DatasetAdapter(x, d.class_weight);
  }
  if (x instanceof PyDatasetImpl) {
    refuse(d, "PyDataset");
    if (x.num_batches === null && d.shuffle)
      warn(ignored("an infinite PyDataset", "PyDataset is expected to already be shuffled."));
    return new PyDatasetAdapter(x, Boolean(d.shuffle), d.class_weight);
  }
  const iterator = x as Partial<Iterator<unknown>> | null;
  if (typeof iterator === "object" && typeof iterator?.next === "function") {
    refuse(d, "generator");
    if (d.class_weight !== null)
      throw new ValueError(
        `Argument \`class_weight\` is not supported for Python generator inputs. Received: class_weight=${repr(d.class_weight)}`,
      );
    if (d.shuffle) warn(ignored("a generator", "generator is expected to yield already-shuffled data."));
    return new GeneratorAdapter(iterator as Iterator<unknown>);
  }
  throw new ValueError(
    `Unrecognized data type: x=${typeof x === "string" ? x : repr(x)} (of type ${repr(type(x))})`,
  );
}
