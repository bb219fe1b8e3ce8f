import { type Decision, type Problem, solveOne, solverBytes, solveWith } from "./formulations.js";
import { SolverMemory } from "./memory.js";
import { decisionValues, type Samples, type SvmModel, vectorsOf } from "./model.js";
import { isClassifier, type SvmParameters } from "./parameters.js";
import { fitSigmoid } from "./platt.js";
import type { SolverRandom } from "./random.js";
import { DenseRows, PrecomputedRows, type Rows, SparseRows } from "./rows.js";
import { SharedKernel } from "./shared.js";

/** The samples of a problem that count: those of positive weight. */
function weighted({ rows, y, weight }: Problem): Problem {
  if (weight.every((w) => w > 0)) return { rows, y, weight };
  const kept = Int32Array.from([...weight.keys()].filter((i) => weight[i]! > 0));
  return part({ rows, y, weight }, kept);
}

function part({ rows, y, weight }: Problem, indices: ArrayLike<number>): Problem {
  return {
    rows: rows.subset(indices),
    y: Float64Array.from(indices, (i) => y[i]!),
    weight: Float64Array.from(indices, (i) => weight[i]!),
  };
}

/** Rows in a form that prediction takes. */
function samplesOf(rows: Rows, indices: ArrayLike<number>): Samples {
  if (rows instanceof SparseRows)
    return { kind: "sparse", matrix: (vectorsOf(rows, indices) as SparseRows).matrix };
  if (rows instanceof PrecomputedRows) return { kind: "dense", rows: rows.lines(indices) };
  return { kind: "dense", rows: rows.subset(indices) as DenseRows };
}

/** Decision values of samples that a fold was not trained on. */
function foldValues(model: SvmModel, rows: Rows, inner: Rows, test: Int32Array): Float64Array {
  // Kernel values of a precomputed matrix stand in the columns of all samples, not of the fold's.
  const placed =
    inner instanceof PrecomputedRows ? { ...model, support: inner.columns(model.support) } : model;
  return decisionValues(placed, samplesOf(rows, test));
}

/**
 * Trains a machine. Classes are solved pair by pair in the order of their labels; samples of weight 0 take no part.
 *
 * @param random - folds of the probability estimates
 * @param labels - the order of the classes; ascending by default
 */
export function train(
  given: Problem,
  p: SvmParameters,
  random: SolverRandom,
  labels?: readonly number[],
): SvmModel {
  const problem = weighted(given);
  return isClassifier(p.type) ? trainClasses(problem, p, random, labels) : trainNumbers(problem, p, random);
}

function trainNumbers(problem: Problem, p: SvmParameters, random: SolverRandom): SvmModel {
  const noise = p.probability && p.type !== "one_class" ? [noiseScale(problem, p, random)] : [];
  // The solver reorders its rows, so it works on a copy.
  const f = solveOne(part(problem, [...problem.y.keys()]), p, 0, 0);
  const support = Int32Array.from([...f.coefficients.keys()].filter((i) => f.coefficients[i] !== 0));
  return {
    parameters: p,
    labels: [],
    counts: Int32Array.of(support.length, support.length),
    support,
    vectors: vectorsOf(problem.rows, support),
    coefficients: [Float64Array.from(support, (i) => f.coefficients[i]!)],
    rho: Float64Array.of(f.rho),
    probA: Float64Array.from(noise),
    probB: new Float64Array(0),
    iterations: Int32Array.of(f.iterations),
    stoppedEarly: f.stoppedEarly,
  };
}

/** Where the samples of each class stand. */
function membersOf(y: Float64Array, labels: readonly number[]): Int32Array[] {
  const numbers = new Map(labels.map((label, c) => [label, c]));
  const lists = labels.map((): number[] => []);
  for (let i = 0; i < y.length; i++) lists[numbers.get(y[i]!)!]!.push(i);
  return lists.map((list) => Int32Array.from(list));
}

/** Kernel values that all pairs read, where there are several and the values fit into the cache's budget. */
function sharedKernel(
  rows: Rows,
  members: readonly Int32Array[],
  p: SvmParameters,
): { readonly kernel: SharedKernel; readonly memory: SolverMemory } | null {
  const n = rows.count;
  if (members.length < 3 || !(rows instanceof DenseRows) || n * n * 4 > p.cacheSize * 2 ** 20) return null;
  const order = new Int32Array(n);
  let at = 0;
  for (const list of members) {
    order.set(list, at);
    at += list.length;
  }
  const sizes = members.map((list) => list.length);
  const [first, second] = [...sizes].sort((a, b) => b - a) as [number, number];
  const memory = SolverMemory.of(SharedKernel.bytes(rows, p) + solverBytes(first + second, p));
  return { kernel: new SharedKernel(rows.subset(order), p, sizes, memory), memory };
}

function trainClasses(
  problem: Problem,
  p: SvmParameters,
  random: SolverRandom,
  order?: readonly number[],
): SvmModel {
  const labels = order ?? [...new Set(problem.y)].sort((a, b) => a - b);
  const k = labels.length;
  const members = membersOf(problem.y, labels);
  const upper = labels.map((label, i) => p.C * (p.classWeight[order ? i : label] ?? 1));
  const pairs: { i: number; j: number; f: Decision }[] = [];
  const sigmoids: (readonly [number, number])[] = [];
  const shared = sharedKernel(problem.rows, members, p);
  try {
    for (let i = 0; i < k; i++)
      for (let j = i + 1; j < k; j++) {
        const ci = members[i]!.length;
        const rows = new Int32Array(ci + members[j]!.length);
        rows.set(members[i]!);
        rows.set(members[j]!, ci);
        const targets = { y: new Float64Array(rows.length).fill(1), weight: new Float64Array(rows.length) };
        targets.y.fill(-1, ci);
        for (let t = 0; t < rows.length; t++) targets.weight[t] = problem.weight[rows[t]!]!;
        const pair = () => ({ ...targets, rows: problem.rows.subset(rows) });
        if (p.probability) sigmoids.push(pairSigmoid(pair(), p, upper[i]!, upper[j]!, random));
        const f = shared
          ? shared.memory.during(() =>
              solveWith(shared.kernel.pair(i, j), targets, p, upper[i]!, upper[j]!, shared.memory),
            )
          : solveOne(pair(), p, upper[i]!, upper[j]!);
        pairs.push({ i, j, f });
      }
  } finally {
    shared?.kernel.release();
    shared?.memory.release();
  }
  const used = members.map((m) => new Uint8Array(m.length));
  for (const { i, j, f } of pairs) {
    const ci = members[i]!.length;
    f.coefficients.forEach((c, t) => {
      if (c !== 0) used[t < ci ? i : j]![t < ci ? t : t - ci] = 1;
    });
  }
  const kept = used.map((u) => [...u.keys()].filter((t) => u[t]));
  const support = Int32Array.from(kept.flatMap((list, c) => list.map((t) => members[c]![t]!)));
  const coefficients = Array.from({ length: Math.max(k - 1, 0) }, () => new Float64Array(support.length));
  const start = kept.map((_, c) => kept.slice(0, c).reduce((n, l) => n + l.length, 0));
  for (const { i, j, f } of pairs) {
    const ci = members[i]!.length;
    kept[i]!.forEach((t, n) => {
      coefficients[j - 1]![start[i]! + n] = f.coefficients[t]!;
    });
    kept[j]!.forEach((t, n) => {
      coefficients[i]![start[j]! + n] = f.coefficients[ci + t]!;
    });
  }
  return {
    parameters: p,
    labels,
    counts: Int32Array.from(kept, (l) => l.length),
    support,
    vectors: vectorsOf(problem.rows, support),
    coefficients,
    rho: Float64Array.from(pairs, ({ f }) => f.rho),
    probA: Float64Array.from(sigmoids, ([a]) => a),
    probB: Float64Array.from(sigmoids, ([, b]) => b),
    iterations: Int32Array.from(pairs, ({ f }) => f.iterations),
    stoppedEarly: pairs.some(({ f }) => f.stoppedEarly),
  };
}

const FOLDS = 5;

/** Decision values of one pair by five-fold cross-validation, and the sigmoid fitted to them. */
function pairSigmoid(
  pair: Problem,
  p: SvmParameters,
  positive: number,
  negative: number,
  random: SolverRandom,
): readonly [number, number] {
  const n = pair.y.length;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  random.shuffle(order);
  const values = new Float64Array(n);
  for (let fold = 0; fold < FOLDS; fold++) {
    const begin = Math.floor((fold * n) / FOLDS);
    const end = Math.floor(((fold + 1) * n) / FOLDS);
    const test = order.subarray(begin, end);
    const rest = Int32Array.of(...order.subarray(0, begin), ...order.subarray(end));
    const inner = part(pair, rest);
    const positives = inner.y.some((v) => v > 0);
    const negatives = inner.y.some((v) => !(v > 0));
    if (!positives || !negatives) {
      for (const i of test) values[i] = positives ? 1 : negatives ? -1 : 0;
      continue;
    }
    // LIBSVM seeds its generator whenever it trains, also within a fold.
    random.restart();
    // Labels ascend, so that −1 is the first class and its sign has to be turned back.
    const model = trainClasses(
      inner,
      { ...p, probability: false, C: 1, classWeight: [negative, positive] },
      random,
      [-1, 1],
    );
    const found = foldValues(model, pair.rows, inner.rows, test);
    test.forEach((i, t) => {
      values[i] = -found[t]!;
    });
  }
  return fitSigmoid(values, pair.y);
}

/** The scale of the Laplace distribution that residuals of five-fold cross-validation have. */
function noiseScale(problem: Problem, p: SvmParameters, random: SolverRandom): number {
  const n = problem.y.length;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  random.shuffle(order);
  const residual = new Float64Array(n);
  for (let fold = 0; fold < FOLDS; fold++) {
    const begin = Math.floor((fold * n) / FOLDS);
    const end = Math.floor(((fold + 1) * n) / FOLDS);
    const test = order.subarray(begin, end);
    const rest = Int32Array.of(...order.subarray(0, begin), ...order.subarray(end));
    const inner = part(problem, rest);
    const model = trainNumbers(inner, { ...p, probability: false }, random);
    const found = foldValues(model, problem.rows, inner.rows, test);
    test.forEach((i, t) => {
      residual[i] = problem.y[i]! - found[t]!;
    });
  }
  const size = residual.map(Math.abs);
  const mean = size.reduce((s, v) => s + v, 0) / n;
  const limit = 5 * Math.sqrt(2 * mean * mean);
  const inliers = size.filter((v) => v <= limit);
  return inliers.reduce((s, v) => s + v, 0) / inliers.length;
}
