import { int64, isFloating, ops, Strided } from "@cognate/kernel";
import { fromStrided, type ndarray, TextArray, textFromCodes, textUnique } from "@cognate/ndarray/core";
import { isPlainObject, repr, ValueError } from "@cognate/py";
import { floats, wholes } from "./arrays.js";
import { assertFinite } from "./validation.js";

/** The different labels in order, and which of them each sample has. */
export interface Encoded {
  readonly classes: ndarray;
  readonly codes: Int32Array;
}

/** Sorts out labels. */
export function encode(y: ndarray): Encoded {
  if (y instanceof TextArray) {
    const { words, inverse } = textUnique(y);
    return { classes: textFromCodes(Int32Array.from(words.keys()), [words.length], words), codes: inverse };
  }
  const [values, inverse] = ops.unique.run([y._a], { equalNan: true }) as readonly Strided[];
  return { classes: fromStrided(values!), codes: wholes(inverse!) };
}

/** The labels that numbers into `classes` stand for. */
export function decode(classes: ndarray, codes: Int32Array): ndarray {
  const index = Strided.over(
    BigInt64Array.from(codes, (c) => BigInt(c)),
    int64,
    [codes.length],
  );
  return classes.take(fromStrided(index)) as ndarray;
}

export type TargetType =
  | "binary"
  | "multiclass"
  | "continuous"
  | "multiclass-multioutput"
  | "continuous-multioutput"
  | "multilabel-indicator"
  | "unknown";

/** What kind of target y is. @throws ValueError for NaN */
export function targetType(y: ndarray): TargetType {
  if (y.ndim !== 1 && y.ndim !== 2) return "unknown";
  const several = y.ndim === 2 && y.shape[1]! > 1;
  if (y instanceof TextArray) {
    if (several) return "multiclass-multioutput";
    return new Set(y._flat()).size > 2 ? "multiclass" : "binary";
  }
  const data = floats(y);
  const values = new Set(data);
  if (several && values.size <= 2 && data.every(Number.isInteger)) return "multilabel-indicator";
  if (isFloating(y._a.dtype) && !data.every(Number.isInteger)) {
    assertFinite(data, "", "", false, y._a.dtype.name);
    return several ? "continuous-multioutput" : "continuous";
  }
  if (several) return "multiclass-multioutput";
  return values.size > 2 ? "multiclass" : "binary";
}

/** @throws ValueError for targets that are no classes */
export function checkClassificationTargets(y: ndarray): void {
  const type = targetType(y);
  if (type.startsWith("continuous") || type === "unknown")
    throw new ValueError(
      `Unknown label type: ${type}. Maybe you are trying to fit a classifier, which expects discrete classes on a regression target with continuous values.`,
    );
}

/** `class_weight`: a weight by label, `"balanced"`, or `null` for 1 each. */
export type ClassWeight = ReadonlyMap<unknown, number> | Readonly<Record<string, number>> | "balanced" | null;

/** A weight for each class. @throws ValueError for labels that are none */
export function computeClassWeight(
  given: ClassWeight,
  { classes, codes }: Encoded,
  sampleWeight: Float64Array | null = null,
): Float64Array {
  const k = classes.size;
  const out = new Float64Array(k).fill(1);
  if (given === null || given === undefined) return out;
  if (given === "balanced") {
    const counts = new Float64Array(k);
    codes.forEach((c, i) => {
      counts[c]! += sampleWeight ? sampleWeight[i]! : 1;
    });
    const total = counts.reduce((s, v) => s + v, 0);
    return counts.map((c) => total / (k * c));
  }
  // Keys of plain objects are texts, so that numbers are compared by how they read.
  const entries = isPlainObject(given) ? Object.entries(given) : [...(given as ReadonlyMap<unknown, number>)];
  const byKey = new Map(entries.map(([key, v]) => [keyOf(key), Number(v)]));
  const labels = classes.tolist() as unknown[];
  const missing: unknown[] = [];
  labels.forEach((label, i) => {
    const weight = byKey.get(keyOf(label));
    if (weight === undefined) missing.push(label);
    else out[i] = weight;
  });
  if (missing.length > 0 && labels.length - missing.length !== byKey.size)
    throw new ValueError(`The classes, ${repr(missing)}, are not in class_weight`);
  return out;
}

const keyOf = (x: unknown): string => {
  if (typeof x === "boolean") return String(Number(x));
  if (typeof x === "string") {
    const number = Number(x);
    return x.trim() !== "" && !Number.isNaN(number) ? String(number) : x;
  }
  return String(Number(x));
};
