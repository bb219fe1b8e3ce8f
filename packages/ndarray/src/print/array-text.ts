import type { Strided } from "@cognate/kernel";
import { elementText } from "./formats.js";
import type { PrintOptions } from "./options.js";

/** Positions along an axis that are shown; `null` where the dots stand. */
function shown(n: number, summarize: boolean, edge: number): (number | null)[] {
  const all = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
  return summarize && n > 2 * edge ? [...all(0, edge), null, ...all(n - edge, n)] : all(0, n);
}

/** Positions in the storage of the elements that a summary shows, which alone decide the format. */
function shownPositions(a: Strided, summarize: boolean, edge: number): number[] {
  const out: number[] = [];
  const walk = (axis: number, at: number): void => {
    if (axis === a.rank) {
      out.push(at);
      return;
    }
    for (const i of shown(a.shape[axis]!, summarize, edge))
      if (i !== null) walk(axis + 1, at + i * a.strides[axis]!);
  };
  walk(0, a.offset);
  return out;
}

/**
 * Elements in nested brackets, columns aligned, lines broken at the width: what `print` shows of an array.
 *
 * @param separator - between elements, `" "` in `str`, `", "` in `repr`
 * @param prefix - what stands before on the first line; later lines are indented as far
 * @param width - the longest line
 */
export function arrayText(
  a: Strided,
  o: PrintOptions,
  separator: string,
  prefix: string,
  width: number,
): string {
  if (a.size === 0) return "[]";
  const summarize = a.size > o.threshold;
  const text = elementText(a, shownPositions(a, summarize, o.edgeitems), o);
  const bare = separator.trimEnd();

  const row = (
    at: number,
    indent: string,
    step: number,
    items: readonly (number | null)[],
    room: number,
  ): string => {
    const limit = room - Math.max(bare.length, 1);
    let done = "";
    let line = indent;
    items.forEach((i, k) => {
      const word = i === null ? "..." : text(a, at + i * step);
      if (line.length + word.length > limit && line.length > indent.length) {
        done += `${line.trimEnd()}\n`;
        line = indent;
      }
      line += word;
      if (k < items.length - 1) line += separator;
    });
    return done + line;
  };

  const nest = (axis: number, at: number, indent: string, room: number): string => {
    if (axis === a.rank) return text(a, at);
    const step = a.strides[axis]!;
    const items = shown(a.shape[axis]!, summarize, o.edgeitems);
    if (axis === a.rank - 1) return `[${row(at, indent, step, items, room).slice(indent.length)}]`;
    const gap = bare + "\n".repeat(a.rank - axis - 1);
    const parts = items.map(
      (i) => indent + (i === null ? "..." : nest(axis + 1, at + i * step, `${indent} `, room - 1)),
    );
    return `[${parts.join(gap).slice(indent.length)}]`;
  };

  return nest(0, a.offset, ` ${" ".repeat(prefix.length)}`, width);
}
