import { fingerprint } from "@cognate/keras/tensorflow";
import { int64, ops, uint8 } from "@cognate/kernel";
import type { OpRow } from "../core/row.js";
import { bytesOf, StringArray, toBytes } from "../core/strings.js";
import type { Value } from "../shared.js";
import { demand, intsValue, numbers, reshape, run, size } from "./tools.js";

/** The parts of a text between separators, at white space if there is none; `most` splits, −1 for all. */
export function split(text: string, sep: string, most: number): string[] {
  if (most === 0) return [text];
  const out: string[] = [];
  let rest = sep === "" ? text.replace(/^[ \t\n\v\f\r]+/, "") : text;
  for (;;) {
    const end = sep === "" ? /^[^ \t\n\v\f\r]+/.exec(rest)?.[0].length : rest.indexOf(sep);
    if (end === undefined) return out;
    if (end < 0) return [...out, rest];
    out.push(rest.slice(0, end));
    rest = sep === "" ? rest.slice(end).replace(/^[ \t\n\v\f\r]+/, "") : rest.slice(end + sep.length);
    if (out.length === most) return [...out, rest];
  }
}

/** Runs of neighbouring texts of each row, of several widths, the ends padded. */
export const ngrams: OpRow = {
  run: ([x, splits], a) => {
    const { data } = x as StringArray;
    const ends = numbers(splits as Value);
    const [sep, left, right] = ["separator", "left_pad", "right_pad"].map((n) => toBytes(a.text(n)));
    const widths = a.ints("ngram_widths");
    const own = a.int("pad_width");
    const padOf = (w: number): number => Math.min(own < 0 ? w - 1 : own, w - 1);
    const rows = ends.slice(1).map((end, r) => {
      const words = data.slice(ends[r], end);
      const out = widths.flatMap((w) => {
        const pads = padOf(w);
        const all = [
          ...new Array<string>(pads).fill(left!),
          ...words,
          ...new Array<string>(pads).fill(right!),
        ];
        return Array.from({ length: Math.max(0, all.length - w + 1) }, (_, i) =>
          all.slice(i, i + w).join(sep),
        );
      });
      return out.length === 0 && a.bool("preserve_short_sequences") && words.length > 0
        ? [words.join(sep)]
        : out;
    });
    let at = 0;
    const places = [0, ...rows.map((r) => (at += r.length))];
    const flat = rows.flat();
    return [new StringArray([flat.length], flat), intsValue(places, a.type("Tsplits")?.kernel ?? int64)];
  },
};

/** Eight bytes for each row, of the bytes in it. */
export const fingerprints: OpRow = {
  run: ([x, method]) => {
    const how = (method as StringArray).data[0];
    demand(how === "farmhash64", () => `Unsupported fingerprint method: ${how}`);
    const hashes: bigint[] = [];
    if (x instanceof StringArray) {
      demand(x.shape.length > 0, () => "`data` should have at least one dimension: []");
      const each = size(x.shape.slice(1));
      if (each === 1 && x.shape.length === 1) hashes.push(...x.data.map((t) => fingerprint(bytesOf(t))));
      else
        for (let i = 0; i < x.shape[0]!; i++)
          hashes.push(fingerprint(bytesOf(rowText(x.data.slice(i * each, (i + 1) * each)))));
    } else {
      const v = x as Value;
      demand(v.shape.length > 0, () => "`data` should have at least one dimension: []");
      const one = reshape(v, [v.size, 1]);
      const bytes = numbers(v.dtype.itemsize === 1 ? one : run(ops.bitcast, [one], { dtype: uint8 }));
      const each = (v.size / v.shape[0]!) * v.dtype.itemsize;
      for (let i = 0; i < v.shape[0]!; i++) {
        const row = bytes.slice(i * each, (i + 1) * each).map((b) => String.fromCharCode(b & 255));
        hashes.push(fingerprint(bytesOf(row.join(""))));
      }
    }
    const bytes = hashes.flatMap((h) =>
      Array.from({ length: 8 }, (_, i) => Number((h >> BigInt(8 * i)) & 255n)),
    );
    return reshape(intsValue(bytes, uint8), [hashes.length, 8]);
  },
};
/** The fingerprints of a row's texts behind each other. */
const rowText = (texts: readonly string[]): string =>
  texts
    .map((t) => fingerprint(bytesOf(t)))
    .flatMap((h) =>
      Array.from({ length: 8 }, (_, i) => String.fromCharCode(Number((h >> BigInt(8 * i)) & 255n))),
    )
    .join("");
