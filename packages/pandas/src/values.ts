import { type ArrayLike, isText, type ndarray, textArray } from "@cognate/ndarray/core";
import { asArray } from "@cognate/ndarray/functions";

/** A column's values: numbers, or texts where some are; what is missing among texts reads `NaN`. */
export function columnArray(x: unknown): ndarray {
  if (Array.isArray(x) && x.some((v) => typeof v === "string"))
    return textArray(x.map((v) => (typeof v === "string" ? v : v === null ? "None" : "NaN")));
  // A series gives its values.
  const given = typeof x === "object" && x !== null && "values" in x && isText(x.values) ? x.values : x;
  return isText(given) ? textArray(given) : asArray(given as ArrayLike);
}
