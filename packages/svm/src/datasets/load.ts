import { readNpz } from "@cognate/formats";
import type { Strided } from "@cognate/kernel";
import { type ndarray, textArray } from "@cognate/ndarray/core";
import { def, Tuple } from "@cognate/py";
import { f64, floats, i64 } from "../base/arrays.js";
import { Bunch } from "./bunch.js";
import { BREAST_CANCER } from "./data/breast_cancer.js";
import { DIABETES } from "./data/diabetes.js";
import { DIGITS } from "./data/digits.js";
import { IRIS } from "./data/iris.js";
import { WINE } from "./data/wine.js";

/** A data set as it was loaded. */
export interface Dataset extends Bunch {
  /** Samples, [n_samples, n_features]. */
  readonly data: ndarray;
  /** Labels or numbers, [n_samples]. */
  readonly target: ndarray;
  readonly feature_names: readonly string[] | ndarray;
  readonly target_names: ndarray;
  readonly frame: null;
  readonly DESCR: string;
  /** digits: the samples as pictures, [n_samples, 8, 8]. */
  readonly images: ndarray;
}

/** The data set, or with `return_X_y` the pair of samples and targets. */
export interface Loaded extends Dataset {
  readonly [index: number]: ndarray;
  [Symbol.iterator](): Iterator<ndarray>;
}

const cache = new Map<string, Map<string, Strided>>();

function arraysOf(text: string): Map<string, Strided> {
  let known = cache.get(text);
  if (!known) {
    known = readNpz(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
    cache.set(text, known);
  }
  return known;
}

/** The samples of a file whose columns are stored each in the type that holds it, with a divisor. */
function columnsOf(arrays: Map<string, Strided>): Float64Array {
  const columns: Float64Array[] = [];
  for (let c = 0; arrays.has(`c${c}`); c++) {
    const [divisor] = floats(arrays.get(`d${c}`)!);
    columns.push(floats(arrays.get(`c${c}`)!).map((v) => v / divisor!));
  }
  const n = columns[0]!.length;
  const d = columns.length;
  const out = new Float64Array(n * d);
  columns.forEach((list, c) => {
    list.forEach((v, i) => {
      out[i * d + c] = v;
    });
  });
  return out;
}

function handed(bunch: Readonly<Record<string, unknown>>, asPair: boolean): Loaded {
  if (asPair) return Tuple.of_([bunch.data, bunch.target]) as never;
  return new Bunch(bunch) as never;
}

const signature = "* return_X_y as_frame";

const classified = (
  name: string,
  text: string,
  features: readonly string[],
  classes: readonly string[],
  about: string,
  namesAsArray = false,
) =>
  def(`sklearn.datasets.load_${name}`, signature, (return_X_y = false, _as_frame = false): Loaded => {
    const arrays = arraysOf(text);
    const data = columnsOf(arrays);
    return handed(
      {
        data: f64(data, [data.length / features.length, features.length]),
        target: i64(floats(arrays.get("target")!)),
        frame: null,
        target_names: textArray([...classes]),
        DESCR: about,
        feature_names: namesAsArray ? textArray([...features]) : [...features],
      },
      return_X_y,
    );
  });

/**
 * Fisher's irises: 150 flowers of three species, four lengths each.
 *
 * @param return_X_y - gives the pair of samples and labels
 *
 * @example
 * ```ts
 * import { datasets } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const iris = datasets.load_iris();
 * print(iris.data.shape, iris.target_names, iris.data.at(0)); // prints (150, 4) ['setosa' 'versicolor' 'virginica'] [5.1 3.5 1.4 0.2]
 * ```
 */
export const load_iris = classified(
  "iris",
  IRIS,
  ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"],
  ["setosa", "versicolor", "virginica"],
  "Iris flowers: 50 each of three species, four measurements in centimetres (R. A. Fisher, 1936).",
);

/** Wines of three growers: 178 samples, 13 chemical measurements. */
export const load_wine = classified(
  "wine",
  WINE,
  [
    "alcohol",
    "malic_acid",
    "ash",
    "alcalinity_of_ash",
    "magnesium",
    "total_phenols",
    "flavanoids",
    "nonflavanoid_phenols",
    "proanthocyanins",
    "color_intensity",
    "hue",
    "od280/od315_of_diluted_wines",
    "proline",
  ],
  ["class_0", "class_1", "class_2"],
  "Wines of three cultivars from one region of Italy, 13 chemical measurements (M. Forina et al.).",
);

const CELL = [
  "radius",
  "texture",
  "perimeter",
  "area",
  "smoothness",
  "compactness",
  "concavity",
  "concave points",
  "symmetry",
  "fractal dimension",
];

/** Tumours of the breast, malignant or benign: 569 samples, 30 measurements of cell nuclei. */
export const load_breast_cancer = classified(
  "breast_cancer",
  BREAST_CANCER,
  [...CELL.map((c) => `mean ${c}`), ...CELL.map((c) => `${c} error`), ...CELL.map((c) => `worst ${c}`)],
  ["malignant", "benign"],
  "Breast tumours, 212 malignant and 357 benign, 30 measurements of cell nuclei (W. Wolberg et al., Wisconsin, 1995).",
  true,
);

/** Handwritten digits: 1797 pictures of 8 × 8 grey values 0 … 16, or those of the first `n_class` digits. */
export const load_digits = def(
  "sklearn.datasets.load_digits",
  "* n_class return_X_y as_frame",
  (n_class = 10, return_X_y = false, _as_frame = false): Loaded => {
    const arrays = arraysOf(DIGITS);
    const labels = floats(arrays.get("target")!);
    const all = floats(arrays.get("data")!);
    const kept = [...labels.keys()].filter((i) => labels[i]! < n_class);
    const data = new Float64Array(kept.length * 64);
    kept.forEach((i, r) => {
      data.set(all.subarray(i * 64, (i + 1) * 64), r * 64);
    });
    const grid = Array.from({ length: 64 }, (_, i) => `pixel_${Math.floor(i / 8)}_${i % 8}`);
    return handed(
      {
        data: f64(data, [kept.length, 64]),
        target: i64(kept.map((i) => labels[i]!)),
        frame: null,
        feature_names: grid,
        target_names: i64(Array.from({ length: 10 }, (_, i) => i)),
        images: f64(data.slice(), [kept.length, 8, 8]),
        DESCR: "Handwritten digits as 8 × 8 grey values (E. Alpaydin, C. Kaynak, 1998; the test part).",
      },
      return_X_y,
    );
  },
);

/** Diabetes patients: 442 samples of 10 measurements and a number that says how the disease went on a year later. */
export const load_diabetes = def(
  "sklearn.datasets.load_diabetes",
  "* return_X_y as_frame scaled",
  (return_X_y = false, _as_frame = false, scaled = true): Loaded => {
    const arrays = arraysOf(DIABETES);
    const raw = columnsOf(arrays);
    const n = raw.length / 10;
    return handed(
      {
        data: f64(scaled ? standardized(raw, n, 10) : raw, [n, 10]),
        target: f64(floats(arrays.get("target")!).slice()),
        frame: null,
        DESCR: "442 diabetes patients, ten measurements, progression after a year (B. Efron et al., 2004).",
        feature_names: ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"],
      },
      return_X_y,
    );
  },
);

/** Columns with mean 0 and sum of squares 1. */
function standardized(x: Float64Array, n: number, d: number): Float64Array {
  const out = x.slice();
  for (let c = 0; c < d; c++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += x[i * d + c]!;
    mean /= n;
    let square = 0;
    for (let i = 0; i < n; i++) square += (x[i * d + c]! - mean) ** 2;
    const scale = Math.sqrt(square / n);
    for (let i = 0; i < n; i++) out[i * d + c] = (x[i * d + c]! - mean) / scale / Math.sqrt(n);
  }
  return out;
}
