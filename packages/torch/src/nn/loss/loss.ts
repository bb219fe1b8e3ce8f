import { warn } from "@cognate/py";

/** How a loss of many elements becomes one number, or stays as it is. */
export type Reduction = "none" | "mean" | "sum" | "batchmean";
type Flag = boolean | null;

/** The reduction that the deprecated flags `size_average` and `reduce` mean, where one of them is given. */
export function reductionOf(size_average: Flag, reduce: Flag, reduction: Reduction): Reduction {
  if (size_average === null && reduce === null) return reduction;
  const meant = reduce === false ? "none" : size_average === false ? "sum" : "mean";
  warn(`size_average and reduce args will be deprecated, please use reduction='${meant}' instead.`);
  return meant;
}

/** The options of a loss that has no more than a reduction. */
export const onlyReduction = (
  size_average: Flag = null,
  reduce: Flag = null,
  reduction: Reduction = "mean",
) => ({
  reduction: reductionOf(size_average, reduce, reduction),
});

export const REDUCTION = "size_average reduce reduction";
