import type { RegTree } from "../tree/reg-tree.js";
import type { FeatureMap } from "./feature-map.js";
import { leafValues, splitOf } from "./node.js";
import { general, generalList } from "./number.js";

function lines(
  t: RegTree,
  map: FeatureMap,
  stats: boolean,
  node: number,
  depth: number,
  out: string[],
): void {
  const tabs = "\t".repeat(depth);
  if (t.isLeaf(node)) {
    const cover = stats ? `,cover=${general(t.sumHess[node]!)}` : "";
    out.push(`${tabs}${node}:leaf=${generalList(leafValues(t, node))}${cover}`);
    return;
  }
  const s = splitOf(t, node, map);
  const stat = stats ? `,gain=${general(t.lossChg[node]!)},cover=${general(t.sumHess[node]!)}` : "";
  // An indicator's line has no indent, and its "yes" is where present values go.
  const text =
    s.kind === "i"
      ? `${node}:[${s.name}] yes=${s.defaultLeft ? s.right : s.left},no=${s.missing}`
      : s.categories
        ? `${tabs}${node}:[${s.name}:{${s.categories.join(",")}}] yes=${s.right},no=${s.left},missing=${s.missing}`
        : `${tabs}${node}:[${s.name}<${s.cond}] yes=${s.left},no=${s.right},missing=${s.missing}`;
  out.push(text + stat);
  lines(t, map, stats, s.left, depth + 1, out);
  lines(t, map, stats, s.right, depth + 1, out);
}

/** A tree as `get_dump(dump_format="text")` has it. */
export function treeText(t: RegTree, map: FeatureMap, stats: boolean): string {
  const out: string[] = [];
  lines(t, map, stats, 0, 0, out);
  return `${out.join("\n")}\n`;
}
