import { readFileSync } from "node:fs";
import { readNpz } from "@cognate/formats";
import { Matrix } from "../data/matrix.js";
import type { Rows } from "../data/storage.js";
import { Learner } from "./learner.js";

/** A training run of test-fixtures/xgboost/train: what it was trained on, how, and what came out. */
export interface Case {
  readonly name: string;
  readonly data: Spec;
  readonly test?: Spec;
  readonly params: Record<string, unknown>;
  readonly rounds: number;
  readonly metrics?: readonly string[];
  readonly custom?: string;
  readonly quantile?: number;
  readonly then?: {
    readonly first: number;
    readonly params: Record<string, unknown>;
    readonly data?: Spec;
  };
  readonly trees?: readonly PackedTree[];
  readonly info?: readonly number[];
  readonly weights?: string;
  readonly drop?: string;
  /** The position biases of unbiased LambdaMART, one list after the other. */
  readonly bias?: string;
  readonly base_score: string;
  readonly preds: string;
  readonly margins: string;
  readonly evals: Readonly<Record<string, string>>;
}
export interface PackedTree {
  readonly l: string;
  readonly r: string;
  readonly f: string;
  readonly c: string;
  readonly g: string;
  readonly h: string;
  readonly b: string;
  readonly v?: string;
  readonly cats?: readonly [number[], number[], number[], number[]];
}
interface Made {
  readonly n: number;
  readonly f: number;
  readonly seed: number;
  readonly label?: string;
  readonly missing?: number;
  readonly levels?: number;
  readonly cats?: readonly (readonly [number, number])[];
  readonly weights?: boolean;
  readonly groups?: number;
  readonly targets?: number;
  readonly skew?: boolean;
  readonly margin?: boolean;
  readonly feature_weights?: boolean;
  readonly sparse?: boolean;
}
interface Toy {
  readonly set: string;
  readonly from?: number;
  readonly to: number;
  readonly classes?: number;
}
type Spec = Made | Toy;

const ROOT = new URL("../../../../test-fixtures/", import.meta.url);
export const readCases = (file: string): Case[] =>
  JSON.parse(readFileSync(new URL(`xgboost/train/${file}.json`, ROOT), "utf8")) as Case[];

const bytes = (b64: string): ArrayBuffer => {
  const b = Buffer.from(b64, "base64");
  return b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength) as ArrayBuffer;
};
export const f32s = (b64: string): Float32Array => new Float32Array(bytes(b64));
export const f64s = (b64: string): Float64Array => new Float64Array(bytes(b64));
export const i16s = (b64: string): Int16Array => new Int16Array(bytes(b64));

function uniform(seed: number, count: number): Float64Array {
  const out = new Float64Array(count);
  const start = Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < count; i++) {
    let x = (start + i) | 0;
    x ^= x >>> 16;
    x = Math.imul(x, 0x85ebca6b);
    x ^= x >>> 13;
    x = Math.imul(x, 0xc2b2ae35);
    x ^= x >>> 16;
    out[i] = (x >>> 0) / 4294967296;
  }
  return out;
}

/** As made.py makes it. */
function make(s: Made): Matrix {
  const { n, f, seed, levels = 0, cats = [], missing = 0, targets = 1, label = "reg" } = s;
  const X = Float32Array.from(uniform(seed, n * f), (u) => {
    let x = u * 4 - 2;
    if (s.skew) x = x * x * x;
    return levels ? Math.floor(((x + 2) * levels) / 4) / 2 : x;
  });
  for (const [j, count] of cats) {
    const u = uniform(seed + 50 + j, n);
    for (let i = 0; i < n; i++) X[i * f + j] = Math.floor(u[i]! * count);
  }
  const noise = uniform(seed + 1, n).map((u) => u - 0.5);
  const y = new Float32Array(n * targets);
  const lower = new Float32Array(n);
  const upper = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const [a, b, c, d] = [0, 1, 2, 3].map((j) => X[i * f + (j % f)]!) as [number, number, number, number];
    for (let t = 0; t < targets; t++) {
      let v = a * 1.5 - b * c + (d > 0.3 ? 1 : -0.5) + noise[i]! * (0.6 + t) + t * b;
      for (const [j, count] of cats) v += (X[i * f + j]! * 7) % count < count / 2 ? 0.7 : -0.3;
      y[i * targets + t] = labelOf(label, v, noise[i]!);
      if (label === "bounds") {
        const w = Math.abs(v) + 0.1;
        lower[i] = noise[i]! < -0.4 ? 0 : w;
        upper[i] = noise[i]! < -0.4 ? w : noise[i]! > 0.3 ? Infinity : noise[i]! > 0.15 ? w * 1.5 : w;
      }
    }
  }
  if (missing) {
    const u = uniform(seed + 2, n * f);
    for (let k = 0; k < X.length; k++) if (u[k]! < missing) X[k] = Number.NaN;
  }
  const dense: Rows = { kind: "dense", rows: n, cols: f, values: X };
  const m = new Matrix(s.sparse ? sparse(dense) : dense);
  const { info } = m;
  info.labels = y;
  info.labelShape = [n, targets];
  if (label === "bounds") {
    info.labelLower = lower;
    info.labelUpper = upper;
  }
  if (s.weights) info.weights = Float32Array.from(uniform(seed + 3, n), (u) => u * 2 + 0.25);
  if (s.groups) {
    const size = Math.floor(n / s.groups);
    const ptr = [0];
    for (let g = 0; g < s.groups - 1; g++) ptr.push(ptr[g]! + size + (g % 3) - 1);
    ptr.push(n);
    info.groupPtr = Uint32Array.from(ptr);
    if (info.weights) info.weights = info.weights.slice(0, s.groups);
  }
  if (s.margin) {
    info.baseMargin = Float32Array.from(uniform(seed + 4, n), (u) => u - 0.5);
    info.baseMarginShape = [n, 1];
  }
  if (s.feature_weights) info.featureWeights = Float32Array.from(uniform(seed + 5, f), (u) => u + 0.1);
  if (cats.length > 0)
    info.featureTypes = Array.from({ length: f }, (_, j) => (cats.some(([c]) => c === j) ? "c" : "q"));
  return m;
}

function labelOf(label: string, s: number, noise: number): number {
  if (label === "reg") return s;
  if (label === "binary") return s > 0.2 ? 1 : 0;
  if (label === "unit") return Math.min(Math.max(s / 8 + 0.5, 0), 1);
  if (label === "positive" || label === "bounds") return Math.abs(s) + 0.1;
  if (label === "count") return Math.floor(Math.abs(s) * 2);
  if (label === "zeros") return Math.max(s, 0);
  if (label === "censored") return (noise > 0.2 ? -1 : 1) * (Math.abs(s) + 0.1);
  if (label === "grade") return Math.min(Math.floor(Math.abs(s) * 1.3), 4);
  const k = Number(label);
  return Math.floor((Math.abs(s) * k) / 3) % k;
}

function sparse(data: Rows): Rows {
  const indptr = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < data.rows; i++) {
    for (let j = 0; j < data.cols; j++) {
      const v = data.values[i * data.cols + j]!;
      if (Number.isNaN(v)) continue;
      indices.push(j);
      values.push(v);
    }
    indptr.push(values.length);
  }
  return {
    kind: "sparse",
    rows: data.rows,
    cols: data.cols,
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** A part of one of scikit-learn's sets, in a fixed order. */
function toy(s: Toy): Matrix {
  const file = readNpz(new Uint8Array(readFileSync(new URL(`svm/datasets/${s.set}.npz`, ROOT))));
  const column = (name: string) => Array.from(file.get(name)!.flat() as ArrayLike<number | bigint>, Number);
  const target = column("target");
  const codes: number[][] = [];
  for (let j = 0; file.has(`c${j}`); j++) {
    const [divisor] = column(`d${j}`);
    codes.push(column(`c${j}`).map((c) => c / divisor!));
  }
  const n = target.length;
  if (file.has("data")) {
    const all = column("data");
    const width = all.length / n;
    for (let j = 0; j < width; j++) codes.push(target.map((_, i) => all[i * width + j]!));
  }
  const f = codes.length;
  const rows = Array.from({ length: n }, (_, i) => (i * 7919 + 13) % n).slice(s.from ?? 0, s.to);
  const values = new Float32Array(rows.length * f);
  rows.forEach((r, i) => {
    for (let j = 0; j < f; j++) values[i * f + j] = codes[j]![r]!;
  });
  const m = new Matrix({ kind: "dense", rows: rows.length, cols: f, values });
  m.info.labels = Float32Array.from(rows, (r) => {
    const y = target[r]!;
    return s.classes === undefined ? y : y < s.classes ? 1 : 0;
  });
  m.info.labelShape = [rows.length, 1];
  return m;
}

export const matrixOf = (s: Spec): Matrix => ("set" in s ? toy(s) : make(s));

const textOf = (v: unknown): string =>
  typeof v === "boolean" ? (v ? "True" : "False") : Array.isArray(v) ? JSON.stringify(v) : String(v);

const setAll = (learner: Learner, params: Record<string, unknown>) => {
  for (const [key, value] of Object.entries(params)) learner.setParam(key, textOf(value));
};

/** Objectives given by their gradients. */
function customGradient(name: string, margins: Float32Array, labels: Float32Array): Float32Array {
  const out = new Float32Array(2 * margins.length);
  const f = Math.fround;
  for (let i = 0; i < margins.length; i++) {
    const d = f(margins[i]! - labels[i]!);
    out[2 * i] = name === "squared" ? d : d * Math.abs(d);
    out[2 * i + 1] = name === "squared" ? 1 : f(2 * Math.abs(d)) + 0.5;
  }
  return out;
}

/** Runs a case as `xgboost.train` does. */
export function runCase(c: Case): { learner: Learner; evals: Map<string, number[]>; shown: Matrix } {
  const train = matrixOf(c.data);
  const test = c.test ? matrixOf(c.test) : null;
  let learner = new Learner([train]);
  setAll(learner, c.params);
  for (const m of c.metrics ?? []) learner.setParam("eval_metric", m);
  let target = train;
  if (c.then) {
    for (let i = 0; i < c.then.first; i++) learner.updateOneIter(i, train);
    target = c.then.data ? matrixOf(c.then.data) : train;
    const before = learner;
    learner = new Learner([target, ...(test ? [test] : [])]);
    learner.copyFrom(before);
    setAll(learner, { ...c.params, ...c.then.params });
    for (const m of c.metrics ?? []) learner.setParam("eval_metric", m);
  } else if (test) {
    learner = new Learner([train, test]);
    setAll(learner, c.params);
    for (const m of c.metrics ?? []) learner.setParam("eval_metric", m);
  }
  const sets = test ? [train, test] : [train];
  const evals = new Map<string, number[]>();
  for (let i = 0; i < c.rounds; i++) {
    if (c.custom) {
      const margins = learner.margins(target, true);
      learner.boostOneIter(i, target, customGradient(c.custom, margins, target.info.labels!));
    } else learner.updateOneIter(i, target);
    for (const [set, metric, value] of learner.evalOneIter(sets, ["train", "test"])) {
      const key = `${set}-${metric}`;
      evals.set(key, [...(evals.get(key) ?? []), value]);
    }
  }
  return { learner, evals, shown: test ?? train };
}
