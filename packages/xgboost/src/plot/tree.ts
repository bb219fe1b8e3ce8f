import { def, FutureWarning, ValueError, warn } from "@cognate/py";
import { featureMap } from "../dump/feature-map.js";
import { leafValues, splitOf } from "../dump/node.js";
import { general, generalList } from "../dump/number.js";
import type { Booster, MapFile } from "../python/booster.js";
import { XGBModel } from "../sklearn/model.js";
import type { RegTree } from "../tree/reg-tree.js";
import { at, escaped, picture, textWidth } from "./svg.js";

const boosterOf = (given: Booster | XGBModel): Booster =>
  given instanceof XGBModel ? given.get_booster() : given;

/** A graph in Graphviz's language. */
export class Source {
  constructor(readonly source: string) {}
  toString(): string {
    return this.source;
  }
}

type Texts = Readonly<Record<string, string>> | null;

function chosen(num_trees: number | null, tree_idx: number): number {
  if (num_trees === null) return tree_idx;
  warn("The `num_trees` parameter is deprecated, use `tree_idx` insetad. ", FutureWarning);
  if (tree_idx !== 0 && tree_idx !== num_trees)
    throw new ValueError("Both `num_trees` and `tree_idx` are used, prefer `tree_idx` instead.");
  return num_trees;
}

/**
 * One tree as a graph in Graphviz's language, `.source`.
 *
 * Source: XGBoost 3.2, `xgboost.to_graphviz`.
 *
 * @example
 * ```ts
 * import * as xgb from "@cognate/xgboost";
 * import { print } from "@cognate/py";
 * const m = xgb.XGBRegressor({ n_estimators: 1, max_depth: 1, tree_method: "exact" }).fit([[1], [2], [3]], [1, 2, 3]);
 * print(xgb.to_graphviz(m).source.split("\n")[0]); // prints digraph {
 * ```
 */
export const to_graphviz = def(
  "to_graphviz",
  "booster fmap num_trees rankdir yes_color no_color condition_node_params leaf_node_params with_stats tree_idx **kwargs",
  (
    booster: Booster | XGBModel,
    fmap: MapFile = "",
    num_trees: number | null = null,
    rankdir: string | null = null,
    yes_color: string | null = null,
    no_color: string | null = null,
    condition_node_params: Texts = null,
    leaf_node_params: Texts = null,
    with_stats = false,
    tree_idx = 0,
    kwargs: Readonly<Record<string, unknown>> = {},
  ): Source => {
    const graph = { ...kwargs, ...(rankdir === null ? {} : { rankdir }) };
    const edge = {
      ...(yes_color === null ? {} : { yes_color }),
      ...(no_color === null ? {} : { no_color }),
    };
    const style = {
      ...(Object.keys(graph).length > 0 ? { graph_attrs: graph } : {}),
      ...(Object.keys(edge).length > 0 ? { edge } : {}),
      ...(condition_node_params === null ? {} : { condition_node_params }),
      ...(leaf_node_params === null ? {} : { leaf_node_params }),
    };
    const format = Object.keys(style).length > 0 ? `dot:${JSON.stringify(style)}` : "dot";
    const dumps = boosterOf(booster).get_dump(fmap, with_stats, format as "text");
    return new Source(dumps[chosen(num_trees, tree_idx)]!);
  },
);

interface Shown {
  readonly lines: readonly string[];
  readonly children: readonly { readonly node: Shown; readonly label: string; readonly color: string }[];
  readonly width: number;
  readonly leaf: boolean;
  x: number;
}

const FONT = 13;
const LINE = 17;
const GAP = 22;
const LEVEL = 86;

function layout(t: RegTree, node: number, map: ReturnType<typeof featureMap>, stats: boolean): Shown {
  const cover = stats ? [`cover=${general(t.sumHess[node]!)}`] : [];
  if (t.isLeaf(node)) {
    const lines = [`leaf=${generalList(leafValues(t, node))}`, ...cover];
    return { lines, children: [], width: boxWidth(lines), leaf: true, x: 0 };
  }
  const s = splitOf(t, node, map);
  const test = s.categories ? `:{${s.categories.join(",")}}` : s.kind === "i" ? "" : `<${s.cond}`;
  const lines = [s.name + test, ...(stats ? [`gain=${general(t.lossChg[node]!)}`, ...cover] : [])];
  const children = [s.left, s.right].map((child, k) => {
    const missing = s.missing === child;
    const answer = (k === 0) === !s.categories ? "yes" : "no";
    return {
      node: layout(t, child, map, stats),
      label: answer + (missing ? ", missing" : ""),
      color: missing ? "#0000FF" : "#FF0000",
    };
  });
  return { lines, children, width: boxWidth(lines), leaf: false, x: 0 };
}
const boxWidth = (lines: readonly string[]): number => 28 + Math.max(...lines.map((l) => textWidth(l, FONT)));

/** Puts leaves side by side and every node above the middle of its children; gives where the next leaf may stand. */
function arrange(s: Shown, from: number): number {
  if (s.children.length === 0) {
    s.x = from + s.width / 2;
    return from + s.width + GAP;
  }
  let next = from;
  for (const c of s.children) next = arrange(c.node, next);
  s.x = (s.children[0]!.node.x + s.children.at(-1)!.node.x) / 2;
  return Math.max(next, s.x + s.width / 2 + GAP);
}

function draw(s: Shown, depth: number, parts: string[]): number {
  const height = 18 + LINE * s.lines.length;
  const y = 14 + depth * LEVEL;
  const shape = s.leaf
    ? `<ellipse class="leaf" cx="${at(s.x)}" cy="${at(y + height / 2)}" rx="${at(s.width / 2)}" ry="${at(height / 2)}" fill="#fff" stroke="#000"/>`
    : `<ellipse class="split" cx="${at(s.x)}" cy="${at(y + height / 2)}" rx="${at(s.width / 2)}" ry="${at(height / 2)}" fill="#eef" stroke="#000"/>`;
  let deepest = y + height;
  for (const { node, label, color } of s.children) {
    const top = 14 + (depth + 1) * LEVEL;
    parts.push(
      `<line class="edge" x1="${at(s.x)}" y1="${at(y + height)}" x2="${at(node.x)}" y2="${at(top)}" stroke="${color}"/>`,
      `<text x="${at((s.x + node.x) / 2)}" y="${at((y + height + top) / 2)}" font-size="11" text-anchor="middle">${label}</text>`,
    );
    deepest = Math.max(deepest, draw(node, depth + 1, parts));
  }
  parts.push(shape);
  s.lines.forEach((line, i) => {
    parts.push(
      `<text x="${at(s.x)}" y="${at(y + 9 + LINE * (i + 0.75))}" font-size="${FONT}" text-anchor="middle">${escaped(line)}</text>`,
    );
  });
  return deepest;
}

/**
 * One tree as an SVG picture.
 *
 * **Differs from XGBoost**: the picture is the result; there are no axes to draw into (`ax`).
 *
 * Source: XGBoost 3.2, `xgboost.plot_tree`.
 *
 * @example
 * ```ts
 * import * as xgb from "@cognate/xgboost";
 * import { print } from "@cognate/py";
 * const m = xgb.XGBRegressor({ n_estimators: 1, max_depth: 1, tree_method: "exact" }).fit([[1], [2], [3]], [1, 2, 3]);
 * print(xgb.plot_tree(m).split('class="leaf"').length - 1); // prints 2
 * ```
 */
export const plot_tree = def(
  "plot_tree",
  "booster fmap num_trees rankdir with_stats tree_idx",
  (
    booster: Booster | XGBModel,
    fmap: MapFile = "",
    num_trees: number | null = null,
    rankdir: string | null = null,
    with_stats = false,
    tree_idx = 0,
  ): string => {
    if (rankdir !== null && rankdir !== "TB")
      throw new ValueError(`rankdir of pictures is 'TB', got '${rankdir}': use to_graphviz for others`);
    const { _learner } = boosterOf(booster);
    _learner.configure();
    const tree = _learner.trees.trees[chosen(num_trees, tree_idx)];
    if (!tree) throw new ValueError(`there is no tree ${chosen(num_trees, tree_idx)}`);
    const root = layout(tree, 0, featureMap(_learner, fmap), with_stats);
    const width = arrange(root, GAP);
    const parts: string[] = [];
    const height = draw(root, 0, parts);
    return picture(width, height + 14, parts);
  },
);
