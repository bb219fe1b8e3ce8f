import type { Box, ModelPlot, PlotOptions } from "./model-graph.js";

/* Plots of models in the language of Graphviz. */

/** A box as a table of its rows. */
function label(box: Box): string {
  const columns = Math.max(1, box.cells.length);
  const name = box.kind === null ? `<b>${box.title}</b>` : `<b>${box.title}</b> (${box.kind})`;
  const rows = [
    `<tr><td colspan="${columns}" bgcolor="black"><font point-size="16" color="white">${name}</font></td></tr>`,
  ];
  if (box.activation !== null)
    rows.push(
      `<tr><td bgcolor="white" colspan="${columns}"><font point-size="14">Activation: <b>${box.activation}</b></font></td></tr>`,
    );
  const cells = box.cells.map(({ background, text, value }) =>
    background === "white"
      ? `<td bgcolor="white"><font point-size="14">${text}<b>${value}</b></font></td>`
      : `<td bgcolor="${background}"><font point-size="14" color="white"><b>${value}</b></font></td>`,
  );
  if (cells.length > 0) rows.push(`<tr>${cells.join("")}</tr>`);
  return `<<table border="0" cellborder="1" bgcolor="black" cellpadding="10">${rows.join("")}</table>>`;
}

const node = (box: Box): string =>
  `${box.id} [label=${label(box)}, fontname="Helvetica", border="0", margin="0"];`;

/** Boxes of one nested model, and those of the models in it. */
function cluster(boxes: readonly Box[], depth: number): string[] {
  const lines: string[] = [];
  const done = new Set<string>();
  for (const box of boxes) {
    const name = box.clusters[depth];
    if (name === undefined) {
      lines.push(node(box));
      continue;
    }
    if (done.has(name)) continue;
    done.add(name);
    const inside = boxes.filter((b) => b.clusters[depth] === name);
    lines.push(`subgraph "cluster_${name}" {`, "style=dashed;", `label="${name}";`, "labeljust=l;");
    lines.push(...cluster(inside, depth + 1), "}");
  }
  return lines;
}

/** A plot as a text for Graphviz. */
export function dotText({ boxes, edges }: ModelPlot, o: PlotOptions): string {
  return [
    "digraph G {",
    `rankdir=${o.rankdir};`,
    "concentrate=True;",
    `dpi=${o.dpi};`,
    `splines=${o.splines};`,
    "node [shape=record];",
    ...cluster(boxes, 0),
    ...edges.map(([a, b]) => `${a} -> ${b} [penwidth=2];`),
    "}",
    "",
  ].join("\n");
}
