import type { Entry } from "../files/contents.js";
import { shapeText } from "./text.js";

interface Node {
  readonly children: Map<string, Node>;
  entry?: Entry;
}

/** The arrays of a file as a tree: names are split where the file's own names nest. */
export function tree(entries: readonly Entry[]): string[] {
  const root: Node = { children: new Map() };
  const separator = entries.some((e) => e.name.includes("/")) ? "/" : ".";
  for (const entry of entries) {
    let at = root;
    for (const part of entry.name.split(separator)) {
      let next = at.children.get(part);
      if (!next) at.children.set(part, (next = { children: new Map() }));
      at = next;
    }
    at.entry = entry;
  }
  const rows: [string, string, string][] = [];
  draw(root, "", separator, rows);
  const width = Math.max(...rows.map(([name]) => name.length));
  const type = Math.max(...rows.map(([, dtype]) => dtype.length));
  return rows.map(([name, dtype, shape]) =>
    dtype ? `${name.padEnd(width)}  ${dtype.padEnd(type)}  ${shape}` : name,
  );
}

function draw(node: Node, indent: string, separator: string, rows: [string, string, string][]): void {
  const children = [...node.children];
  // Formats that sort names put "10" before "2".
  if (children.every(([name]) => /^\d+$/.test(name))) children.sort(([a], [b]) => Number(a) - Number(b));
  children.forEach(([name, child], i) => {
    const last = i === children.length - 1;
    let label = name;
    let at = child;
    // A chain of names without a fork is one line.
    while (!at.entry && at.children.size === 1) {
      const [[next, below]] = [...at.children] as [[string, Node]];
      label += separator + next;
      at = below;
    }
    const { entry } = at;
    rows.push([
      `${indent}${last ? "└─" : "├─"} ${label}`,
      entry ? entry.dtype.name : "",
      entry ? shapeText(entry.shape) : "",
    ]);
    draw(at, `${indent}${last ? "   " : "│  "}`, separator, rows);
  });
}
