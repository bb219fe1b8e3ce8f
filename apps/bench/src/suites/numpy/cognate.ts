import { setThreads } from "@cognate/kernel";
import * as np from "@cognate/numpy";
import { SIZES } from "./workloads.mjs";

declare const process: { env: Record<string, string | undefined> };
setThreads(Number(process.env.BENCH_THREADS ?? 1));

const rng = np.random.default_rng(0);
const normal = (...shape: number[]) => np.asarray(rng.standard_normal(shape));
type Work = () => () => unknown;

const vectors: Record<string, (n: number) => () => unknown> = {
  add(n) {
    const [a, b] = [normal(n), normal(n)];
    return () => a.add(b);
  },
  multiply(n) {
    const a = normal(n);
    return () => a.mul(2);
  },
  exp(n) {
    const a = normal(n);
    return () => np.exp(a);
  },
  log(n) {
    const a = np.asarray(np.abs(normal(n)));
    return () => np.log(a);
  },
  sqrt(n) {
    const a = np.asarray(np.abs(normal(n)));
    return () => np.sqrt(a);
  },
  sum(n) {
    const a = normal(n);
    return () => a.sum();
  },
  argmax(n) {
    const a = normal(n);
    return () => a.argmax();
  },
  cumsum(n) {
    const a = normal(n);
    return () => a.cumsum();
  },
  sort(n) {
    const a = normal(n);
    return () => np.sort(a);
  },
  where(n) {
    const [a, b] = [normal(n), normal(n)];
    return () => np.where(a.gt(0), a, b);
  },
  mask(n) {
    const a = normal(n);
    return () => a.at(a.gt(0));
  },
  take(n) {
    const a = normal(n);
    const at = np.asarray(rng.permutation(n));
    return () => a.at(at);
  },
};
const wellPosed = (n: number) => np.asarray(normal(n, n).add(np.eye(n).mul(n)));

export const workloads: Record<string, Work> = {
  ...Object.fromEntries(
    Object.entries(vectors).flatMap(([name, make]) => SIZES.map((n) => [`${name}${n}`, () => make(n)])),
  ),
  matmul() {
    const [a, b] = [normal(512, 512), normal(512, 512)];
    return () => np.matmul(a, b);
  },
  mean_axis() {
    const a = normal(1000, 1000);
    return () => a.mean(0);
  },
  transpose() {
    const a = normal(1000, 1000);
    return () => np.ascontiguousarray(a.T);
  },
  svd() {
    const a = normal(256, 256);
    return () => np.linalg.svd(a);
  },
  inv() {
    const a = wellPosed(256);
    return () => np.linalg.inv(a);
  },
  solve() {
    const [a, b] = [wellPosed(256), normal(256)];
    return () => np.linalg.solve(a, b);
  },
  eigh() {
    const a = normal(128, 128);
    const s = np.asarray(a.add(a.T));
    return () => np.linalg.eigh(s);
  },
  normal: () => () => rng.standard_normal(1_000_000),
  uniform: () => () => rng.random(1_000_000),
  fft() {
    const a = normal(65_536);
    return () => np.fft.fft(a);
  },
  broadcast() {
    const [a, b] = [normal(1000, 1), normal(1000)];
    return () => a.add(b);
  },
  astype() {
    const a = normal(1_000_000);
    return () => a.astype("float32");
  },
};
