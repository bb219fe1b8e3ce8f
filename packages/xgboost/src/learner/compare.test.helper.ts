import type { RegTree } from "../tree/reg-tree.js";
import { type Case, f32s, f64s, i16s, type PackedTree, runCase } from "./cases.test.helper.js";

/** The first difference between a run of ours and XGBoost's, or null. */
export function difference(c: Case): string | null {
  const { learner, evals, shown } = runCase(c);
  const base = JSON.parse(c.base_score) as number | number[];
  const bases = Array.isArray(base) ? base : [base];
  const near = (a: number, b: number, rel = 1e-5, abs = 1e-7) =>
    a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= rel * Math.abs(b) + abs;
  if (bases.length !== learner.baseScore.length) return `base_score ${learner.baseScore} wants ${bases}`;
  for (let i = 0; i < bases.length; i++)
    if (!near(learner.baseScore[i]!, bases[i]!)) return `base_score ${learner.baseScore} wants ${bases}`;
  if (c.trees) {
    const ours = learner.trees.trees;
    if (ours.length !== c.trees.length) return `${ours.length} trees, wants ${c.trees.length}`;
    for (let t = 0; t < ours.length; t++) {
      if (learner.trees.treeInfo[t] !== c.info![t]) return `tree ${t}: group`;
      const d = treeDifference(ours[t]!, c.trees[t]!);
      if (d) return `tree ${t}: ${d}`;
    }
  }
  const list = (
    name: string,
    got: ArrayLike<number>,
    want: ArrayLike<number>,
    rel?: number,
    abs?: number,
  ) => {
    if (got.length !== want.length) return `${name}: ${got.length} values, wants ${want.length}`;
    for (let i = 0; i < want.length; i++)
      if (!near(got[i]!, want[i]!, rel, abs)) return `${name} ${i}: ${got[i]} wants ${want[i]}`;
    return null;
  };
  if (c.weights) {
    const d = list("weights", learner.linear.weights, f32s(c.weights));
    if (d) return d;
  }
  if (c.bias) {
    const { vectors } = learner.objective;
    const d = list("position bias", [...vectors["ti+"]!, ...vectors["tj-"]!], f32s(c.bias));
    if (d) return d;
  }
  if (c.drop) {
    const d = list("weight_drop", learner.trees.weightDrop, f32s(c.drop), 1e-6);
    if (d) return d;
  }
  const d =
    list("margin", learner.predict(shown, true), f32s(c.margins), 1e-5, 1e-6) ??
    list("prediction", learner.predict(shown, false), f32s(c.preds), 1e-5, 1e-6);
  if (d) return d;
  for (const [key, packed] of Object.entries(c.evals)) {
    const got = evals.get(key);
    if (!got) return `no ${key}, only ${[...evals.keys()].join(", ")}`;
    const e = list(key, got, f64s(packed), 1e-5, 1e-9);
    if (e) return e;
  }
  return null;
}

function treeDifference(tree: RegTree, p: PackedTree): string | null {
  const [l, r, f, c, g, h, b] = [i16s(p.l), i16s(p.r), i16s(p.f), f32s(p.c), f32s(p.g), f32s(p.h), f32s(p.b)];
  if (tree.numNodes !== l.length) return `${tree.numNodes} nodes, wants ${l.length}`;
  const near = (x: number, y: number, rel: number, abs: number) =>
    x === y || (Number.isNaN(x) && Number.isNaN(y)) || Math.abs(x - y) <= rel * Math.abs(y) + abs;
  for (let n = 0; n < l.length; n++) {
    if (tree.deleted[n] === 1) continue;
    if (tree.leftChild[n] !== l[n]) return `node ${n}: left child ${tree.leftChild[n]} wants ${l[n]}`;
    const leaf = l[n] === -1;
    if (!leaf && tree.rightChild[n] !== r[n]) return `node ${n}: right child`;
    if (!leaf) {
      const feature = tree.splitIndex[n]! * 2 + tree.defaultLeft[n]!;
      if (feature !== f[n])
        return `node ${n}: feature ${tree.splitIndex[n]} default ${tree.defaultLeft[n]} wants ${f[n]! >> 1} ${f[n]! & 1}`;
      if (!near(tree.splitCond[n]!, c[n]!, 0, 0)) return `node ${n}: cut ${tree.splitCond[n]} wants ${c[n]}`;
      if (!near(tree.lossChg[n]!, g[n]!, 1e-4, 1e-4))
        return `node ${n}: gain ${tree.lossChg[n]} wants ${g[n]}`;
    } else if (tree.numTarget === 1 && !near(tree.splitCond[n]!, c[n]!, 1e-5, 1e-7))
      return `node ${n}: leaf ${tree.splitCond[n]} wants ${c[n]}`;
    if (!near(tree.sumHess[n]!, h[n]!, 1e-5, 1e-6))
      return `node ${n}: cover ${tree.sumHess[n]} wants ${h[n]}`;
    for (let t = 0; t < tree.numTarget; t++)
      if (!near(tree.baseWeight[n * tree.numTarget + t]!, b[n * tree.numTarget + t]!, 1e-4, 1e-5))
        return `node ${n}: weight ${tree.baseWeight[n * tree.numTarget + t]} wants ${b[n * tree.numTarget + t]}`;
  }
  if (p.cats) {
    const [nodes, begins, sizes, all] = p.cats;
    for (let i = 0; i < nodes.length; i++) {
      const want = all.slice(begins[i]!, begins[i]! + sizes[i]!).join();
      const got = tree.categories(nodes[i]!).join();
      if (got !== want) return `node ${nodes[i]}: categories ${got} wants ${want}`;
    }
  }
  if (p.v) {
    const want = f32s(p.v);
    const got = tree.leafVectors!;
    for (let i = 0; i < want.length; i++)
      if (!near(got[i]!, want[i]!, 1e-5, 1e-7)) return `leaf vector ${i}: ${got[i]} wants ${want[i]}`;
  }
  return null;
}
