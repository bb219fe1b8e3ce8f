import { type ArrayLike, TextArray } from "@cognate/ndarray/core";
import { asFloat, def, format, repr, str, ValueError, warn } from "@cognate/py";
import type { TargetLike } from "../base/arrays.js";
import {
  averaged,
  countsAreFloats,
  placesOf,
  scoresOf,
  upTo,
  type Weights,
  type ZeroDivision,
} from "./classification.js";
import { compare } from "./targets.js";

/**
 * Precision, recall, F1 and support of every label as a table, or as nested dicts.
 *
 * @example
 * ```ts
 * import { metrics } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const report = metrics.classification_report([0, 1, 1], [0, 1, 0], { output_dict: true });
 * print(report["1"]); // prints {'precision': 1.0, 'recall': 0.5, 'f1-score': 0.6666666666666666, 'support': 2.0}
 * ```
 */
export const classification_report = def(
  "sklearn.metrics.classification_report",
  "y_true y_pred * labels target_names sample_weight digits output_dict zero_division",
  (
    y_true: TargetLike,
    y_pred: TargetLike,
    labels: TargetLike | null = null,
    target_names: ArrayLike | readonly string[] | null = null,
    sample_weight: Weights = null,
    digits = 2,
    output_dict = false,
    zero_division: ZeroDivision = "warn",
  ): string & Record<string, Record<string, number>> => {
    const c = compare(y_true, y_pred, sample_weight);
    const { names, place } = placesOf(c, labels);
    const complete = labels === null || upTo(c.labels.size).every((i) => place.includes(i));
    const given =
      target_names === null
        ? null
        : target_names instanceof TextArray
          ? target_names._flat()
          : [...(target_names as string[])];
    if (given && given.length !== place.length) {
      if (labels === null)
        throw new ValueError(
          `Number of classes, ${place.length}, does not match size of target_names, ${given.length}. Try specifying the labels parameter`,
        );
      warn(`labels size, ${place.length}, does not match size of target_names, ${given.length}`);
    }
    const heads = given ?? (names.tolist() as unknown[]).map((v) => str(v));
    const told = ["precision", "recall", "f-score"];
    const each = scoresOf(c, place, 1, null, told, zero_division);
    const total = each.support.reduce((a, v) => a + v, 0);
    const averages = (["micro", "macro", "weighted"] as const).map((average) => {
      const s = scoresOf(c, place, 1, average, told, zero_division);
      const title = average === "micro" && complete ? "accuracy" : `${average} avg`;
      return [title, ...averaged(s, average), total] as const;
    });
    const rows = heads.map(
      (name, i) => [name, each.precision[i]!, each.recall[i]!, each.f[i]!, each.support[i]!] as const,
    );
    if (output_dict) return asDict([...rows, ...averages]) as never;
    return asTable(rows, averages, digits, countsAreFloats(c)) as never;
  },
);

type Row = readonly [title: string, precision: number, recall: number, f: number, support: number];
const HEADS = ["precision", "recall", "f1-score", "support"];

function asDict(rows: readonly Row[]): Record<string, unknown> {
  return Object.fromEntries(
    rows.map(([title, ...scores]) => [
      title,
      title === "accuracy"
        ? asFloat(scores[0])
        : Object.fromEntries(HEADS.map((h, i) => [h, asFloat(scores[i]!)])),
    ]),
  );
}

function asTable(rows: readonly Row[], averages: readonly Row[], digits: number, floats: boolean): string {
  const width = Math.max(...rows.map(([t]) => t.length), "weighted avg".length, digits);
  const cells = (title: string, items: readonly string[]): string =>
    `${title.padStart(width)} ${items.map((v) => ` ${v.padStart(9)}`).join("")}\n`;
  const shown = (v: number): string => format(v, `.${digits}f`);
  const support = (v: number): string => (floats ? repr(asFloat(v)) : String(v));
  const line = ([title, p, r, f, n]: Row): string =>
    cells(title, [...(title === "accuracy" ? ["", ""] : [shown(p), shown(r)]), shown(f), support(n)]);
  return `${cells("", HEADS)}\n${rows.map(line).join("")}\n${averages.map(line).join("")}`;
}
