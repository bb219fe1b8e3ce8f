import { def, Tuple, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { float32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { stateless_categorical } from "../ops/random/stateless.js";
import type { Tensor } from "../shared.js";
import { DatasetImpl } from "./dataset.js";
import { makers } from "./makers.js";
import type { D } from "./methods.js";

interface Chain {
  batch(n: number, drop_remainder: boolean): Chain;
  map(f: (...x: Tensor[]) => Tensor): Chain;
}
const drawn = (logits: Tensor, seeds: Tensor): Tensor =>
  one("Reshape", [stateless_categorical(logits, 1, seeds), []]);
/** The elements of data sets in the order of a choice. */
const chosen = (datasets: readonly D[], choice: Chain, stop: boolean): D =>
  makers.choose_from_datasets([...datasets], choice as unknown as D, stop);

/** Elements of data sets, of which one is drawn each time. */
export const sample_from_datasets = def(
  "Dataset.sample_from_datasets",
  "datasets weights seed stop_on_empty_dataset rerandomize_each_iteration",
  (
    datasets: readonly D[],
    weights: readonly number[] | D | null = null,
    seed: number | null = null,
    stop_on_empty = false,
    _again: unknown = null,
  ): D => {
    if (datasets.length === 0) throw new ValueError("Invalid `datasets`. `datasets` should not be empty.");
    const seeds = (): Chain => (makers.random(seed) as unknown as Chain).batch(2, true);
    if (weights instanceof DatasetImpl) {
      if (datasets.length === 1) return datasets[0]!;
      const logits = (weights as unknown as Chain).map((p) => one("Reshape", [one("Log", [p!]), [1, -1]]));
      const both = makers.zip(Tuple.of_([logits, seeds()])) as unknown as Chain;
      return chosen(
        datasets,
        both.map((row, pair) => drawn(row!, pair!)),
        stop_on_empty,
      );
    }
    if (weights && weights.length !== datasets.length)
      throw new ValueError(
        `Invalid \`datasets\` and \`weights\`. It is expect that \`len(datasets) == len(weights)\` but got len(datasets)=${datasets.length} and len(weights)=${weights.length}.`,
      );
    const kept = datasets.filter((_d, i) => !weights || Number(weights[i]) !== 0);
    if (kept.length === 1) return kept[0]!;
    const own = weights?.filter((w) => Number(w) !== 0);
    const logits = own
      ? one("Log", [toTensor([own], { dtype: float32 })])
      : toTensor([kept.map(() => 1)], { dtype: float32 });
    return chosen(
      kept,
      seeds().map((pair) => drawn(logits, pair!)),
      stop_on_empty,
    );
  },
);
