import { repr, Tuple, ValueError } from "@cognate/py";
import { op } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import { get_seed } from "../random/seeds.js";

type Ratio = number | readonly number[];
const PY = (ratio: Ratio): string => repr(ratio);

function checked(ratio: Ratio): void {
  if (!Array.isArray(ratio)) {
    if (Number(ratio) < 1)
      throw new ValueError(`\`pooling_ratio\` should be >= 1.0. Received: pooling_ratio=${PY(ratio)}`);
    return;
  }
  if (Number(ratio[0]) !== 1 || Number(ratio[ratio.length - 1]) !== 1)
    throw new ValueError(
      `\`pooling_ratio\` should have first and last elements with value 1.0. Received: pooling_ratio=${PY(ratio)}`,
    );
  if (ratio.some((r) => Number(r) < 1))
    throw new ValueError(`\`pooling_ratio\` elements should be >= 1.0. Received: pooling_ratio=${PY(ratio)}`);
}

const fractional = (py: string, type: string, check: boolean) =>
  def(
    `tensorflow.nn.${py}`,
    "value pooling_ratio pseudo_random overlapping seed name",
    (
      value: Data,
      pooling_ratio: Ratio,
      pseudo_random = false,
      overlapping = false,
      seed = 0,
      name: Name = null,
    ): Tuple<Tensor> => {
      if (check) checked(pooling_ratio);
      const list = (Array.isArray(pooling_ratio) ? pooling_ratio : [pooling_ratio]).map(Number);
      const ratio =
        list.length === 1 ? [1, list[0]!, list[0]!, 1] : list.length === 2 ? [1, ...list, 1] : list;
      const [a, b] = seed === 0 ? [0, 0] : get_seed(seed);
      return Tuple.of_(
        op(
          type,
          [value],
          {
            pooling_ratio: ratio,
            pseudo_random,
            overlapping,
            deterministic: seed !== 0,
            seed: Number(a),
            seed2: Number(b),
          },
          name,
        ),
      );
    },
  );
/** Maxima of regions of lengths k and k + 1 in random order; the regions' edges follow. */
export const fractional_max_pool = fractional("fractional_max_pool", "FractionalMaxPool", true);
/** Means of regions of lengths k and k + 1 in random order; the regions' edges follow. */
export const fractional_avg_pool = fractional("fractional_avg_pool", "FractionalAvgPool", false);
