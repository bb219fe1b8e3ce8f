import { ValueError } from "@cognate/py";
import { SVM_TYPES, type SvmParameters } from "../solver/parameters.js";

const KERNELS = ["linear", "poly", "rbf", "sigmoid", "precomputed"] as const;

/** Options of `svm-train` as `svm_parameter` reads them. */
export interface TrainOptions extends SvmParameters {
  /** 0 stands for 1 / number of features. */
  readonly gamma: number;
  readonly weights: ReadonlyMap<number, number>;
  /** Folds of cross-validation; 0 for none. */
  readonly folds: number;
  readonly quiet: boolean;
}

/**
 * Reads `"-s 0 -t 2 -c 1"`: -s type, -t kernel, -d degree, -g gamma, -r coef0, -n nu, -m cache size, -c C, -e tolerance,
 * -p epsilon, -h shrinking, -b probability, -wi weight of class i, -v folds, -q.
 *
 * @throws ValueError for options that are none
 */
export function parseTrainOptions(text: string): TrainOptions {
  const words = text.split(/\s+/).filter(Boolean);
  const o = {
    type: "c_svc" as (typeof SVM_TYPES)[number],
    kernel: "rbf" as (typeof KERNELS)[number],
    degree: 3,
    gamma: 0,
    coef0: 0,
    nu: 0.5,
    cacheSize: 100,
    C: 1,
    tolerance: 0.001,
    epsilon: 0.1,
    shrinking: true,
    probability: false,
    maxIterations: -1,
    classWeight: [] as number[],
    weights: new Map<number, number>(),
    folds: 0,
    quiet: false,
  };
  for (let i = 0; i < words.length; i++) {
    const key = words[i]!;
    if (key === "-q") {
      o.quiet = true;
      continue;
    }
    const value = Number(words[++i]);
    if (words[i] === undefined || Number.isNaN(value)) throw new ValueError("Wrong options");
    const pick = <T>(list: readonly T[]): T => {
      const found = list[value];
      if (found === undefined) throw new ValueError(`unknown ${key === "-s" ? "svm" : "kernel"} type`);
      return found;
    };
    if (key === "-s") o.type = pick(SVM_TYPES);
    else if (key === "-t") o.kernel = pick(KERNELS);
    else if (key === "-d") o.degree = Math.trunc(value);
    else if (key === "-g") o.gamma = value;
    else if (key === "-r") o.coef0 = value;
    else if (key === "-n") o.nu = value;
    else if (key === "-m") o.cacheSize = value;
    else if (key === "-c") o.C = value;
    else if (key === "-e") o.tolerance = value;
    else if (key === "-p") o.epsilon = value;
    else if (key === "-h") o.shrinking = value !== 0;
    else if (key === "-b") o.probability = value !== 0;
    else if (key === "-v") {
      o.folds = Math.trunc(value);
      if (o.folds < 2) throw new ValueError("n-fold cross validation: n must >= 2");
    } else if (/^-w-?\d+$/.test(key)) o.weights.set(Number(key.slice(2)), value);
    else throw new ValueError("Wrong options");
  }
  return o;
}
