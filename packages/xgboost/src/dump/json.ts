import type { RegTree } from "../tree/reg-tree.js";
import type { FeatureMap } from "./feature-map.js";
import { leafValues, splitOf } from "./node.js";
import { general, generalList } from "./number.js";

function nodeText(t: RegTree, map: FeatureMap, stats: boolean, node: number, depth: number): string {
  const indent = "  ".repeat(depth + 1);
  const start = `${depth === 0 ? "" : "\n"}${indent}`;
  if (t.isLeaf(node)) {
    const cover = stats ? `, "cover": ${general(t.sumHess[node]!)} ` : "";
    return `${start}{ "nodeid": ${node}, "leaf": ${generalList(leafValues(t, node), Infinity)} ${cover}}`;
  }
  const s = splitOf(t, node, map);
  const head = ` "nodeid": ${node}, "depth": ${depth}, "split": "${s.name}", `;
  const rest =
    s.kind === "i"
      ? `"yes": ${s.defaultLeft ? s.right : s.left}, "no": ${s.missing}`
      : s.categories
        ? `"split_condition": [${s.categories.join(", ")}], "yes": ${s.right}, "no": ${s.left}, "missing": ${s.missing}`
        : `"split_condition": ${s.cond}, "yes": ${s.left}, "no": ${s.right}, "missing": ${s.missing}`;
  const stat = stats ? `, "gain": ${general(t.lossChg[node]!)}, "cover": ${general(t.sumHess[node]!)}` : "";
  const children = [s.left, s.right].map((c) => nodeText(t, map, stats, c, depth + 1)).join(", ");
  return `${start}{${head}${rest} ${stat}, "children": [${children}\n${indent}]}`;
}

/** A tree as `get_dump(dump_format="json")` has it. */
export const treeJson = (t: RegTree, map: FeatureMap, stats: boolean): string =>
  nodeText(t, map, stats, 0, 0);
