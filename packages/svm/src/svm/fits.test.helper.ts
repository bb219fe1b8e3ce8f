import { readNpz } from "@cognate/formats";
import type { Strided } from "@cognate/kernel";
import { type ArrayLike, fromStrided, type ndarray, textArray } from "@cognate/ndarray/core";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { f64, floats } from "../base/arrays.js";
import { datasets, LinearSVC, LinearSVR, NuSVC, NuSVR, OneClassSVM, SVC, SVR } from "../index.js";
import { DenseRows } from "../solver/rows.js";
import { sparseRows } from "./machine-data.js";

const stored = readNpz(fixtureBytes("svm/fits/data.npz"));
const TOYS = { iris: datasets.load_iris, digits: datasets.load_digits } as const;
const WORDS = ["pear", "apple", "fig", "plum", "kiwi", "date", "lime", "nut", "oat", "rye"];
const TEST = 12;

/** The cases as they were written; arrays are NumPy's. */
export const cases = golden("svm/fits", {
  array: (a: GoldenArray) => fromStrided(a.array),
}) as unknown as readonly FitCase[];

/** One fit of scikit-learn's. */
export interface FitCase {
  readonly name: string;
  readonly class: "SVC" | "NuSVC" | "SVR" | "NuSVR" | "OneClassSVM" | "LinearSVC" | "LinearSVR";
  readonly params: Readonly<Record<string, unknown>>;
  readonly data: string;
  readonly rows?: number;
  readonly weight?: "positive" | "zeros";
  readonly labels?: "text" | "signs";
  readonly binary?: readonly number[];
  readonly form?: "csr";
  readonly out: Readonly<Record<string, ndarray | number | boolean | readonly string[]>>;
}

export interface Split {
  readonly X: ArrayLike;
  readonly y: ArrayLike | readonly string[];
  readonly Xt: ArrayLike;
  readonly weight: ArrayLike | null;
}

function table(name: string): { X: ndarray; y: ndarray } {
  const order = stored.get(`${name}.order`);
  if (!order)
    return {
      X: fromStrided(stored.get(`${name}.X`) as Strided),
      y: fromStrided(stored.get(`${name}.y`) as Strided),
    };
  const { data, target } = TOYS[name as keyof typeof TOYS]();
  const index = fromStrided(order).astype("int64");
  return { X: data.take(index, 0), y: target.take(index) };
}

/** The kernel of the fixture's own: (⟨a, b⟩ + 1)². */
export const dot2 = (a: ndarray, b: ndarray): ndarray => a.matmul(b.T).add(1).pow(2);

const weightList = golden("svm/fits", {}, "weights.json")[0] as unknown as { values: readonly number[] };

/** Training and test data of a case. */
export function dataOf(c: FitCase): Split {
  let { X, y } = table(c.data);
  let n = c.rows ?? X.shape[0]!;
  let [train, test] = [range(0, n - TEST), range(n - TEST, n)];
  if (c.binary) {
    const label = floats(y);
    const keep = (list: number[]): number[] => list.filter((i) => c.binary!.includes(label[i]!));
    [train, test] = [keep(train), keep(test)];
  }
  n = train.length;
  const [A, B] = [X.take(train, 0) as ndarray, X.take(test, 0) as ndarray];
  y = y.take(train) as ndarray;
  let labels: ArrayLike | readonly string[] = y;
  if (c.labels === "text") labels = textArray(Array.from(floats(y), (v) => WORDS[v]!));
  if (c.labels === "signs") {
    const low = Math.min(...floats(y));
    labels = Array.from(floats(y), (v) => (v === low ? -1 : 1));
  }
  let [left, right]: [unknown, unknown] = [A, B];
  if (c.params.kernel === "precomputed") [left, right] = [dot2(A, A), dot2(B, A)];
  if (c.form === "csr") [left, right] = [csr(A), csr(B)];
  const w = weightList.values.slice(0, n).map((v, i) => (c.weight === "zeros" && i % 5 === 0 ? 0 : v));
  return { X: left as ArrayLike, y: labels, Xt: right as ArrayLike, weight: c.weight ? w : null };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

function csr(a: ndarray): unknown {
  const data = floats(a).map((v) => (Math.abs(v) < 0.3 ? 0 : v));
  const m = sparseRows(new DenseRows(data, a.shape[0]!, a.shape[1]!));
  return { data: f64(m.data), indices: [...m.indices], indptr: [...m.indptr], shape: m.shape };
}

const CLASSES = { SVC, NuSVC, SVR, NuSVR, OneClassSVM, LinearSVC, LinearSVR };

/** An estimator as the case asks for it. */
export function estimatorOf(c: FitCase): SVC {
  const params = { ...c.params } as Record<string, unknown>;
  if (params.kernel === "dot2") params.kernel = dot2;
  return (CLASSES[c.class] as unknown as (p: object) => SVC)(params);
}
