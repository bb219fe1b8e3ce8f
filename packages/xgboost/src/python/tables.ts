import type { ArrayLike } from "@cognate/ndarray/core";
import { asArray } from "@cognate/ndarray/functions";
import { DataFrame } from "@cognate/pandas";
import { ValueError } from "@cognate/py";
import { featureMap } from "../dump/feature-map.js";
import { noStats } from "../dump/node.js";
import { general } from "../dump/number.js";
import type { Learner } from "../learner/learner.js";

/** What pandas shows where there is nothing. */
const NONE = "NaN";

/** Numbers as they read in the text dump, from which XGBoost takes them. */
const read = (x: number): number => Number(general(x));

/** A row for each node of each tree. @throws ValueError for linear models, XGBoostError for several targets */
export function treesTable(learner: Learner, fmap: string | Uint8Array): DataFrame {
  if (learner.booster === "gblinear")
    throw new ValueError(`This method is not defined for Booster type ${learner.booster}`);
  const { names, kinds } = featureMap(learner, fmap);
  const rows: (readonly [number, number, string, number, string, string, string, number, number, string])[] =
    [];
  let categorical = false;
  learner.trees.trees.forEach((t, tree) => {
    noStats(t);
    for (let node = 0; node < t.numNodes; node++) {
      if (t.deleted[node] === 1) continue;
      const id = (n: number): string => `${tree}-${n}`;
      const cover = read(t.sumHess[node]!);
      if (t.isLeaf(node)) {
        const value = read(t.splitCond[node]!);
        rows.push([tree, node, "Leaf", Number.NaN, NONE, NONE, NONE, value, cover, NONE]);
        continue;
      }
      const feature = t.splitIndex[node]!;
      const [left, right] = [t.leftChild[node]!, t.rightChild[node]!];
      const isCategory = t.splitType[node] === 1;
      categorical ||= isCategory;
      const cond = t.splitCond[node]!;
      rows.push([
        tree,
        node,
        names[feature]!,
        isCategory ? Number.NaN : kinds[feature] === "int" ? Math.ceil(cond) : read(cond),
        id(isCategory ? right : left),
        id(isCategory ? left : right),
        id(t.defaultLeft[node] === 1 ? left : right),
        read(t.lossChg[node]!),
        cover,
        isCategory ? `[${t.categories(node).join(", ")}]` : "None",
      ]);
    }
  });
  const column = (k: number): ArrayLike => rows.map((r) => r[k]!) as unknown as ArrayLike;
  const floats = (k: number): ArrayLike => asArray(column(k)).astype("float64") as ArrayLike;
  return DataFrame({
    Tree: column(0),
    Node: column(1),
    ID: rows.map(([tree, node]) => `${tree}-${node}`) as unknown as ArrayLike,
    Feature: column(2),
    Split: floats(3),
    Yes: column(4),
    No: column(5),
    Missing: column(6),
    Gain: floats(7),
    Cover: floats(8),
    Category: categorical ? column(9) : (rows.map(() => Number.NaN) as unknown as ArrayLike),
  }) as DataFrame;
}

/** The upper ends of bins that hold something, with how many thresholds lie in each. */
export function splitHistogram(values: readonly number[], most: number | null): [number, number][] {
  const unique = new Set(values).size;
  const bins = Math.max(most === null ? unique : Math.min(unique, most), 1);
  let [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const step = (high - low) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * step));
  const counts = new Array<number>(bins).fill(0);
  for (const v of values) {
    let i = Math.floor(((v - low) / (high - low)) * bins);
    if (i === bins) i--;
    if (v < edges[i]!) i--;
    else if (i !== bins - 1 && v >= edges[i + 1]!) i++;
    counts[i]!++;
  }
  return counts.flatMap((n, i): [number, number][] => (n > 0 ? [[edges[i + 1]!, n]] : []));
}
