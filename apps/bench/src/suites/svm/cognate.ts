import { setThreads } from "@cognate/kernel";
import * as np from "@cognate/numpy";
import { datasets, SVC } from "@cognate/svm";

declare const process: { env: Record<string, string | undefined> };
setThreads(Number(process.env.BENCH_THREADS ?? 1));

/** The same data as in python.py: a product and a sum of features, with noise. */
function large() {
  const r = np.random.default_rng(0);
  const X = r.standard_normal([8000, 40]);
  const x = (k: number) => X.at(":", k);
  const y = x(0).mul(x(1)).add(x(2)).add(r.standard_normal(8000).mul(0.5)).gt(0).astype("int64");
  return { X, y };
}
function digits() {
  const { data, target } = datasets.load_digits();
  return { X: data, y: target };
}
const fit =
  (data: typeof large | typeof digits): (() => () => unknown) =>
  () => {
    const { X, y } = data();
    return () => new SVC().fit(X, y);
  };
const predict =
  (data: typeof large | typeof digits): (() => () => unknown) =>
  () => {
    const { X, y } = data();
    const model = new SVC().fit(X, y);
    return () => model.predict(X);
  };

export const workloads: Record<string, () => () => unknown> = {
  digits: fit(digits),
  digitsPredict: predict(digits),
  large: fit(large),
  largePredict: predict(large),
};
