import { XGBoostError } from "../errors.js";
import type { RegTree } from "../tree/reg-tree.js";
import { escaped, type FeatureKind, type FeatureMap } from "./feature-map.js";
import { general } from "./number.js";

/** A split as all dumps see it. */
export interface Split {
  readonly name: string;
  readonly kind: FeatureKind;
  readonly left: number;
  readonly right: number;
  readonly missing: number;
  readonly defaultLeft: boolean;
  /** The threshold's text; empty for categories and indicators. */
  readonly cond: string;
  /** The categories that go right. */
  readonly categories: readonly number[] | null;
}

/** @throws XGBoostError where the map's kind is not the split's */
export function splitOf(t: RegTree, node: number, map: FeatureMap): Split {
  const feature = t.splitIndex[node]!;
  const name = map.names[feature] ?? `f${feature}`;
  const kind = map.kinds[feature] ?? "q";
  const categorical = t.splitType[node] === 1;
  if (categorical !== (kind === "c"))
    throw new XGBoostError(
      categorical
        ? `Check failed: is_numerical: ${name} in feature map is numerical but tree node is categorical.`
        : `Check failed: is_categorical: ${name} in feature map is categorical but tree node is numerical.`,
    );
  const cond = t.splitCond[node]!;
  const defaultLeft = t.defaultLeft[node] === 1;
  const [left, right] = [t.leftChild[node]!, t.rightChild[node]!];
  return {
    name: escaped(name),
    kind,
    left,
    right,
    missing: defaultLeft ? left : right,
    defaultLeft,
    cond: categorical || kind === "i" ? "" : kind === "int" ? String(Math.ceil(cond)) : general(cond),
    categories: categorical ? t.categories(node) : null,
  };
}

/** A leaf's outputs. */
export function leafValues(t: RegTree, node: number): ArrayLike<number> {
  if (!t.leafVectors) return [t.splitCond[node]!];
  const from = t.rightChild[node]! * t.numTarget;
  return t.leafVectors.subarray(from, from + t.numTarget);
}

/** @throws XGBoostError: hessians of trees with several targets are not shown */
export function noStats(t: RegTree): void {
  if (t.isMultiTarget) throw new XGBoostError("multi-target tree model is not supported");
}
