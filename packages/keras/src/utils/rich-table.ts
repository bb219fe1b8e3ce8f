/*
 * Tables as Python's rich draws them: columns of fixed widths that shrink evenly where the table is too wide, cells wrapped
 * between words, too long words cut with an ellipsis.
 */

export type Alignment = "left" | "right" | "center";

export interface Column {
  readonly header: string;
  readonly align: Alignment;
  /** Without the blanks at both sides. */
  readonly width: number;
}

const PADDING = 2;

/** Python's round, halves to even. */
function roundEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

/** The widths of the columns, blanks at the sides included, in a table of a width. */
export function columnWidths(columns: readonly Column[], tableWidth: number): number[] {
  const room = tableWidth - columns.length - 1;
  const wanted = columns.map((c) => Math.min(c.width + PADDING, room));
  const total = wanted.reduce((a, b) => a + b, 0);
  if (total > room) {
    let excess = total - room;
    let left = wanted.length;
    return wanted.map((w) => {
      const less = Math.min(w, roundEven(excess / left--));
      excess -= less;
      return w - less;
    });
  }
  // Room that is left is shared out by width.
  let rest = room - total;
  let weight = total;
  return wanted.map((w) => {
    const more = weight > 0 ? Math.ceil((w * rest) / weight) : 0;
    rest -= more;
    weight -= w;
    return w + more;
  });
}

const size = (text: string): number => [...text].length;
const cut = (text: string, width: number): string =>
  size(text) > width ? `${[...text].slice(0, Math.max(0, width - 1)).join("")}…` : text;

/** A cell's lines, each of the width. */
export function wrapCell(text: string, width: number, align: Alignment): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/\s*\S+\s*/g) ?? [""]) {
    const fits = width - size(line) >= size(word.trimEnd());
    if (!fits && line !== "") {
      lines.push(line);
      line = "";
    }
    line += word;
  }
  lines.push(line);
  return lines.map((l) => aligned(size(l) > width ? l.trimEnd() : l, width, align));
}

function aligned(text: string, width: number, align: Alignment): string {
  const shown = cut(align === "left" ? text : text.trimEnd(), width);
  const room = width - size(shown);
  if (align === "right") return " ".repeat(room) + shown;
  const before = align === "center" ? Math.floor(room / 2) : 0;
  return " ".repeat(before) + shown + " ".repeat(room - before);
}

/** A table's lines, the first row a heavy head. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  tableWidth: number,
): string[] {
  const widths = columnWidths(columns, tableWidth);
  const rule = (left: string, fill: string, between: string, right: string): string =>
    left + widths.map((w) => fill.repeat(w)).join(between) + right;
  const row = (cells: readonly string[], bar: string, atBottom = false): string[] => {
    const wrapped = cells.map((cell, i) => wrapCell(cell, widths[i]! - PADDING, columns[i]!.align));
    const height = Math.max(...wrapped.map((c) => c.length));
    return Array.from({ length: height }, (_, k) => {
      const parts = wrapped.map((c, i) => {
        const line = atBottom ? c[k - height + c.length] : c[k];
        return ` ${line ?? " ".repeat(widths[i]! - PADDING)} `;
      });
      return bar + parts.join(bar) + bar;
    });
  };
  const head = row(
    columns.map((c) => c.header),
    "┃",
    true,
  );
  const body = rows.flatMap((cells, i) => [...(i > 0 ? [rule("├", "─", "┼", "┤")] : []), ...row(cells, "│")]);
  return [rule("┏", "━", "┳", "┓"), ...head, rule("┡", "━", "╇", "┩"), ...body, rule("└", "─", "┴", "┘")];
}
