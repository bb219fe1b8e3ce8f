import type { ModelObject } from "@cognate/formats";
import { Categories } from "../python/frame.js";
import type { Place } from "./read-values.js";

/** The type of 64-bit numbers among categories. */
const INT64 = 15;

type Names = readonly string[] | null;

function names(p: Place): Names {
  const values = p.at("values").numbers();
  const offsets = p.at("offsets");
  if (!offsets.exists) return Array.from(values, String);
  const ends = offsets.numbers();
  if (ends.length === 0) return null;
  const bytes = Uint8Array.from(values, (v) => v & 255);
  return Array.from({ length: ends.length - 1 }, (_, i) =>
    new TextDecoder().decode(bytes.subarray(ends[i], ends[i + 1])),
  );
}

/** What a model's numbers of categories stand for. @throws FormatError */
export function readCategoryNames(model: Place): Categories {
  const cats = model.at("cats");
  if (!cats.exists) return new Categories();
  return new Categories(cats.at("enc").items.map(names));
}

function encoded(column: Names): ModelObject {
  if (column === null) return { offsets: new Int32Array(0), values: new Int8Array(0) };
  if (column.length > 0 && column.every((c) => /^-?\d{1,15}$/.test(c)))
    return { type: INT64, values: BigInt64Array.from(column, BigInt) };
  const texts = column.map((c) => new TextEncoder().encode(c));
  const offsets = new Int32Array(texts.length + 1);
  texts.forEach((t, i) => {
    offsets[i + 1] = offsets[i]! + t.length;
  });
  const values = new Int8Array(offsets[texts.length]!);
  texts.forEach((t, i) => {
    values.set(t, offsets[i]);
  });
  return { offsets, values };
}

/** The places of a column's categories in ascending order. */
function order(column: Names): number[] {
  if (column === null) return [];
  const numbers = column.every((c) => /^-?\d+$/.test(c));
  return [...column.keys()].sort((i, j) => {
    const [a, b] = [column[i]!, column[j]!];
    return numbers ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
  });
}

/** Categories as a model's document has them. */
export function categoriesObject({ columns }: Categories): ModelObject {
  if (columns.every((c) => c === null))
    return { enc: [], feature_segments: new Int32Array(0), sorted_idx: new Int32Array(0) };
  const segments = new Int32Array(columns.length + 1);
  columns.forEach((c, i) => {
    segments[i + 1] = segments[i]! + (c?.length ?? 0);
  });
  return {
    enc: columns.map(encoded),
    feature_segments: segments,
    sorted_idx: Int32Array.from(columns.flatMap(order)),
  };
}
