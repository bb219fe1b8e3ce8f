import { XGBoostError } from "../errors.js";
import type { RegTree } from "../tree/reg-tree.js";
import type { FeatureMap } from "./feature-map.js";
import { leafValues, type Split, splitOf } from "./node.js";
import { general, generalList } from "./number.js";

/** How a graph looks: what may stand behind `dot:` in `get_dump(dump_format=…)`. */
export interface DotStyle {
  readonly yesColor: string;
  readonly noColor: string;
  readonly rankdir: string;
  readonly condition: string;
  readonly leaf: string;
  readonly graph: string;
}

type Texts = Readonly<Record<string, string>>;

const pairs = (given: Texts | undefined, show: (k: string, v: string) => string): string =>
  Object.entries(given ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => show(k, v))
    .join("");

/** @throws XGBoostError for what is no JSON object of objects of texts */
export function dotStyle(text: string): DotStyle {
  let given: Readonly<Record<string, Texts>> = {};
  if (text !== "")
    try {
      given = JSON.parse(text.replaceAll("'", '"')) as typeof given;
    } catch {
      throw new XGBoostError(`Failed to parse graphviz parameters:\n\t${text}\nWith error:\n`);
    }
  return {
    yesColor: given.edge?.yes_color ?? "#0000FF",
    noColor: given.edge?.no_color ?? "#FF0000",
    rankdir: "TB",
    condition: pairs(given.condition_node_params, (k, v) => `${k}="${v}" `),
    leaf: pairs(given.leaf_node_params, (k, v) => `${k}="${v}" `),
    graph: pairs(given.graph_attrs, (k, v) => `    graph [ ${k}="${v}" ]\n`),
  };
}

function edge(node: number, s: Split, left: boolean, style: DotStyle): string {
  const child = left ? s.left : s.right;
  const missing = s.missing === child;
  const branch = (left === !s.categories ? "yes" : "no") + (missing ? ", missing" : "");
  // The colours follow the missing values, not the answer, as they do in XGBoost.
  const color = missing ? style.yesColor : style.noColor;
  return `    ${node} -> ${child} [label="${branch}" color="${color}"]\n`;
}

function nodeText(t: RegTree, map: FeatureMap, stats: boolean, style: DotStyle, node: number): string {
  if (t.isLeaf(node)) {
    const cover = stats ? `\ncover=${general(t.sumHess[node]!)}` : "";
    return `    ${node} [ label="leaf=${generalList(leafValues(t, node))}${cover}" ${style.leaf}]\n`;
  }
  const s = splitOf(t, node, map);
  // XGBoost 3.2 shows the numbers of categorical splits always.
  const stat =
    stats || s.categories ? `\ngain=${general(t.lossChg[node]!)}\ncover=${general(t.sumHess[node]!)}` : "";
  const test = s.categories
    ? `:{${s.categories.join(",")}}`
    : s.kind === "i"
      ? ""
      : `<${general(t.splitCond[node]!)}`;
  const own = `    ${node} [ label="${s.name}${test}${stat}" ${style.condition}]\n`;
  const edges = edge(node, s, true, style) + edge(node, s, false, style);
  const children = [s.left, s.right].map((c) => nodeText(t, map, stats, style, c));
  return `${own}${edges}\n${children[0]}\n${children[1]}`;
}

/** A tree as a graph in Graphviz's language, as `get_dump(dump_format="dot")` has it. */
export const treeDot = (t: RegTree, map: FeatureMap, stats: boolean, style: DotStyle): string =>
  `digraph {\n    graph [ rankdir=${style.rankdir} ]\n${style.graph}\n${nodeText(t, map, stats, style, 0)}}`;
