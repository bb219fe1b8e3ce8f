import { significant } from "./libsvm-model.js";

/** Samples as a svmlight file holds them. */
export interface SvmlightData {
  readonly data: readonly number[];
  readonly indices: readonly number[];
  readonly indptr: readonly number[];
  /** One number a sample; of multi-label files a list. */
  readonly labels: readonly (readonly number[])[];
  readonly queries: readonly number[];
}

/** A line that is no sample; `problem` is what scikit-learn would say. */
export class SvmlightError extends Error {}

const number = (word: string): number => {
  const text = word.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^[+-]?(inf|infinity)$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  throw new SvmlightError(`could not convert string to float: b'${text}'`);
};

/**
 * Reads lines `label index:value …`; what follows a `#` is a comment, `qid:n` a query's number.
 *
 * @throws SvmlightError
 */
export function readSvmlight(text: string, multilabel: boolean, zeroBased: boolean): SvmlightData {
  const data: number[] = [];
  const indices: number[] = [];
  const indptr = [0];
  const labels: number[][] = [];
  const queries: number[] = [];
  for (const line of text.split("\n")) {
    const words = line.replace(/#.*$/s, "").split(/\s+/).filter(Boolean);
    if (words.length === 0) continue;
    let [target, ...features] = words as [string, ...string[]];
    if (multilabel && target.includes(":")) {
      labels.push([]);
      features = words;
    } else
      labels.push(
        multilabel
          ? target
              .split(",")
              .map(number)
              .sort((a, b) => a - b)
          : [number(target)],
      );
    target = "";
    if (features[0]?.startsWith("qid")) {
      queries.push(Number(features[0].split(":")[1]));
      features = features.slice(1);
    }
    let previous = -1;
    for (const word of features) {
      const at = word.indexOf(":");
      if (at < 0) throw new SvmlightError("not enough values to unpack (expected 2, got 1)");
      const name = word.slice(0, at);
      if (!/^[+-]?\d+$/.test(name))
        throw new SvmlightError(`invalid literal for int() with base 10: b'${name}'`);
      const index = Number(name);
      if (index < 0 || (!zeroBased && index === 0))
        throw new SvmlightError(`Invalid index ${index} in SVMlight/LibSVM data file.`);
      if (index <= previous)
        throw new SvmlightError("Feature indices in SVMlight/LibSVM data file should be sorted and unique.");
      indices.push(index);
      data.push(number(word.slice(at + 1)));
      previous = index;
    }
    indptr.push(data.length);
  }
  return { data, indices, indptr, labels, queries };
}

/** Writes samples as lines; numbers have 16 significant digits, whole ones of integer arrays none behind the point. */
export function writeSvmlight(
  rows: readonly (readonly (readonly [index: number, value: number])[])[],
  labels: readonly string[],
  options: { oneBased: boolean; queries?: readonly number[] | null; header?: readonly string[] },
): string {
  const shift = options.oneBased ? 1 : 0;
  const lines = rows.map((entries, i) => {
    const query = options.queries ? ` qid:${options.queries[i]}` : "";
    return `${labels[i]}${query} ${entries.map(([k, v]) => `${k + shift}:${significant(v, 16)}`).join(" ")}\n`;
  });
  return (options.header ?? []).map((l) => `${l}\n`).join("") + lines.join("");
}
