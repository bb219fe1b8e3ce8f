import type { Box, ModelPlot, PlotOptions } from "./model-graph.js";

/*
 * Plots of models as SVG: layers in ranks by the longest way from the inputs, each rank's boxes side by side under the
 * middle of what they come from.
 */

const ROW = 34;
const GAP = { rank: 46, box: 28 };
const MARGIN = 16;
const PADDING = 12;
const widthOf = (text: string, size: number): number => Math.ceil(text.length * size * 0.58) + 2 * PADDING;

interface Placed extends Box {
  readonly width: number;
  readonly height: number;
  x: number;
  y: number;
}
const titleOf = (b: Box): string => (b.kind === null ? b.title : `${b.title} (${b.kind})`);
const cellWidths = (b: Box): number[] => b.cells.map((c) => widthOf(c.text + c.value, 14));

function sized(box: Box): Placed {
  const rows = 1 + (box.activation === null ? 0 : 1) + (box.cells.length > 0 ? 1 : 0);
  const cells = cellWidths(box).reduce((a, b) => a + b, 0);
  const activation = box.activation === null ? 0 : widthOf(`Activation: ${box.activation}`, 14);
  return {
    ...box,
    width: Math.max(widthOf(titleOf(box), 16), cells, activation),
    height: rows * ROW,
    x: 0,
    y: 0,
  };
}

/** How far each box is from the inputs, by the longest way. */
function ranks({ boxes, edges }: ModelPlot): number[] {
  const found = boxes.map(() => 0);
  // Boxes come before those that they lead to, save where a layer is used more than once.
  for (let round = 0; round < boxes.length; round++) {
    let changed = false;
    for (const [a, b] of edges)
      if (a !== b && found[b]! < found[a]! + 1 && found[a]! + 1 < boxes.length) {
        found[b] = found[a]! + 1;
        changed = true;
      }
    if (!changed) break;
  }
  return found;
}

function placed(plot: ModelPlot, across: boolean): { boxes: Placed[]; width: number; height: number } {
  const boxes = plot.boxes.map(sized);
  const rank = ranks(plot);
  const rows: Placed[][] = [];
  boxes.forEach((b, i) => {
    rows[rank[i]!] ??= [];
    rows[rank[i]!]!.push(b);
  });
  const middle = new Map<number, number>();
  const wanted = (b: Placed): number => {
    const from = plot.edges.filter(([, to]) => to === b.id).map(([a]) => middle.get(a) ?? 0);
    return from.length === 0 ? 0 : from.reduce((s, x) => s + x, 0) / from.length;
  };
  const breadth = (b: Placed): number => (across ? b.height : b.width);
  let depth = MARGIN;
  for (const row of rows) {
    if (!row) continue;
    const order = row.map((b) => [wanted(b), b] as const).sort(([a], [b]) => a - b);
    let edge = Number.NEGATIVE_INFINITY;
    for (const [at, b] of order) {
      const start = Math.max(at - breadth(b) / 2, edge);
      middle.set(b.id, start + breadth(b) / 2);
      edge = start + breadth(b) + GAP.box;
      if (across) [b.x, b.y] = [depth, start];
      else [b.x, b.y] = [start, depth];
    }
    depth += Math.max(...row.map((b) => (across ? b.width : b.height))) + GAP.rank;
  }
  const least = Math.min(...boxes.map((b) => (across ? b.y : b.x)));
  for (const b of boxes)
    if (across) b.y += MARGIN - least;
    else b.x += MARGIN - least;
  return {
    boxes,
    width: Math.max(...boxes.map((b) => b.x + b.width)) + MARGIN,
    height: Math.max(...boxes.map((b) => b.y + b.height)) + MARGIN,
  };
}

const escaped = (s: string): string => s.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const rect = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" stroke="black"/>`;
const words = (x: number, y: number, size: number, fill: string, inner: string): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="middle" dominant-baseline="central">${inner}</text>`;

function drawn(b: Placed): string[] {
  const centre = b.x + b.width / 2;
  const bold = (s: string): string => `<tspan font-weight="bold">${escaped(s)}</tspan>`;
  const title = b.kind === null ? bold(b.title) : `${bold(b.title)} ${escaped(`(${b.kind})`)}`;
  const out = [rect(b.x, b.y, b.width, ROW, "black"), words(centre, b.y + ROW / 2, 16, "white", title)];
  let y = b.y + ROW;
  if (b.activation !== null) {
    out.push(rect(b.x, y, b.width, ROW, "white"));
    out.push(words(centre, y + ROW / 2, 14, "black", `Activation: ${bold(b.activation)}`));
    y += ROW;
  }
  const widths = cellWidths(b);
  const spare = b.width - widths.reduce((s, w) => s + w, 0);
  let x = b.x;
  b.cells.forEach((c, i) => {
    const width = widths[i]! + spare / b.cells.length;
    const ink = c.background === "white" ? "black" : "white";
    out.push(rect(x, y, width, ROW, c.background));
    out.push(words(x + width / 2, y + ROW / 2, 14, ink, `${escaped(c.text)}${bold(c.value)}`));
    x += width;
  });
  return out;
}

/** Frames around the boxes of nested models. */
function frames(boxes: readonly Placed[]): string[] {
  const keys = new Set(boxes.flatMap((b) => b.clusters.map((_, i) => b.clusters.slice(0, i + 1).join("/"))));
  return [...keys].flatMap((key) => {
    const inside = boxes.filter((b) => `${b.clusters.join("/")}/`.startsWith(`${key}/`));
    const [x, y] = [Math.min(...inside.map((b) => b.x)) - 8, Math.min(...inside.map((b) => b.y)) - 20];
    const right = Math.max(...inside.map((b) => b.x + b.width)) + 8;
    const bottom = Math.max(...inside.map((b) => b.y + b.height)) + 8;
    return [
      `<rect x="${x}" y="${y}" width="${right - x}" height="${bottom - y}" fill="none" stroke="black" stroke-dasharray="6 4"/>`,
      `<text x="${x + 4}" y="${y + 10}" font-size="12" dominant-baseline="central">${escaped(key.slice(key.lastIndexOf("/") + 1))}</text>`,
    ];
  });
}

/** A plot as an SVG picture. */
export function svgText(plot: ModelPlot, o: PlotOptions): string {
  const across = o.rankdir === "LR" || o.rankdir === "RL";
  const { boxes, width, height } = placed(plot, across);
  const arrows = plot.edges.map(([a, b]) => {
    const [from, to] = [boxes[a]!, boxes[b]!];
    const [x1, y1] = across
      ? [from.x + from.width, from.y + from.height / 2]
      : [from.x + from.width / 2, from.y + from.height];
    const [x2, y2] = across ? [to.x, to.y + to.height / 2] : [to.x + to.width / 2, to.y];
    const bend = across
      ? `${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2}`
      : `${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2}`;
    return `<path d="M ${x1} ${y1} C ${bend} ${x2} ${y2}" fill="none" stroke="black" stroke-width="2" marker-end="url(#arrow)"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Helvetica, sans-serif">`,
    '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6" markerHeight="6" orient="auto"><path d="M 0 0 L 10 5 L 0 10 z"/></marker></defs>',
    '<rect width="100%" height="100%" fill="white"/>',
    ...frames(boxes),
    ...arrows,
    ...boxes.flatMap(drawn),
    "</svg>",
    "",
  ].join("\n");
}
