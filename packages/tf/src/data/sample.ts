import { def, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { float32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { stateless_categorical } from "../ops/random/stateless.js";
import type { Tensor } from "../shared.js";
import { makers } from "./makers.js";
import type { D } from "./methods.js";

interface Chain {
  batch(n: number, drop_remainder: boolean): Chain;
  map(f: (x: Tensor) => Tensor): Chain;
}

/** Elements of data sets, of which one is drawn each time. */
export const sample_from_datasets = def(
  "Dataset.sample_from_datasets",
  "datasets weights seed stop_on_empty_dataset rerandomize_each_iteration",
  (
    datasets: readonly D[],
    weights: readonly number[] | null = null,
    seed: number | null = null,
    stop_on_empty = false,
    _again: unknown = null,
  ): D => {
    if (datasets.length === 0) throw new ValueError("Invalid `datasets`. `datasets` should not be empty.");
    if (weights && weights.length !== datasets.length)
      throw new ValueError(
        `Invalid \`datasets\` and \`weights\`. It is expect that \`len(datasets) == len(weights)\` but got len(datasets)=${datasets.length} and len(weights)=${weights.length}.`,
      );
    const kept = datasets.filter((_d, i) => !weights || Number(weights[i]) !== 0);
    if (kept.length === 1) return kept[0]!;
    const own = weights?.filter((w) => Number(w) !== 0);
    const row = own ? own.map((w) => Math.log(Number(w))) : kept.map(() => 1);
    const logits = toTensor([row], { dtype: float32 });
    const choice = (makers.random(seed) as unknown as Chain)
      .batch(2, true)
      .map((seeds: Tensor) => one("Reshape", [stateless_categorical(logits, 1, seeds), []]));
    return makers.choose_from_datasets([...kept], choice as unknown as D, stop_on_empty);
  },
);
