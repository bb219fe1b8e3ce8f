import * as np from "numpy-ts";
import { run } from "../src/harness.mjs";
import { SIZES } from "../src/suites/numpy/workloads.mjs";

const normal = (...shape) => np.random.standard_normal(shape);
const one =
  (f, start = (n) => normal(n)) =>
  (n) => {
    const a = start(n);
    return () => f(a);
  };
const positive = (n) => np.abs(normal(n));
const vectors = {
  add(n) {
    const [a, b] = [normal(n), normal(n)];
    return () => np.add(a, b);
  },
  multiply: one((a) => np.multiply(a, 2)),
  exp: one(np.exp),
  log: one(np.log, positive),
  sqrt: one(np.sqrt, positive),
  sum: one(np.sum),
  argmax: one(np.argmax),
  cumsum: one(np.cumsum),
  sort: one(np.sort),
  where(n) {
    const [a, b] = [normal(n), normal(n)];
    return () => np.where(np.greater(a, 0), a, b);
  },
  mask: one((a) => np.compress(np.greater(a, 0), a)),
  take(n) {
    const [a, at] = [normal(n), np.random.permutation(n)];
    return () => np.take(a, at);
  },
};
const given = (make, f) => () => {
  const args = make();
  return () => f(...args);
};
const wellPosed = (n) => np.add(normal(n, n), np.multiply(np.eye(n), n));
const symmetric = (n) => {
  const a = normal(n, n);
  return np.add(a, np.transpose(a));
};

await run({
  ...Object.fromEntries(
    Object.entries(vectors).flatMap(([name, make]) => SIZES.map((n) => [`${name}${n}`, () => make(n)])),
  ),
  matmul: given(() => [normal(512, 512), normal(512, 512)], np.matmul),
  mean_axis: given(
    () => [normal(1000, 1000)],
    (a) => np.mean(a, 0),
  ),
  transpose: given(
    () => [normal(1000, 1000)],
    (a) => np.ascontiguousarray(np.transpose(a)),
  ),
  svd: given(() => [normal(256, 256)], np.linalg.svd),
  inv: given(() => [wellPosed(256)], np.linalg.inv),
  solve: given(() => [wellPosed(256), normal(256)], np.linalg.solve),
  eigh: given(() => [symmetric(128)], np.linalg.eigh),
  normal: () => () => np.random.standard_normal(1_000_000),
  uniform: () => () => np.random.random(1_000_000),
  fft: given(() => [normal(65_536)], np.fft.fft),
  broadcast: given(() => [normal(1000, 1), normal(1000)], np.add),
  astype: given(
    () => [normal(1_000_000)],
    (a) => a.astype("float32"),
  ),
});
