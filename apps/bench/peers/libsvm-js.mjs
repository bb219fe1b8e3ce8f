import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateRawSync } from "node:zlib";
import { run } from "../src/harness.mjs";

const SVM = await createRequire(import.meta.url)("libsvm-js");
const ROWS = 8000;
const COLUMNS = 40;

/** Data of the kind that the other sides have: normal features, and the sign of a product and a sum with noise. */
function large() {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const X = Array.from({ length: ROWS }, () => Array.from({ length: COLUMNS }, normal));
  const y = X.map((x) => (x[0] * x[1] + x[2] + 0.5 * normal() > 0 ? 1 : 0));
  return { X, y };
}

/** The bytes of one array of an .npz file. */
function entry(zip, name) {
  const at = zip.indexOf(name) - 30;
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const npy = inflateRawSync(zip.subarray(start));
  return npy.subarray(10 + npy.readUInt16LE(8));
}

/** Handwritten digits, the data of the other sides. */
function digits() {
  const file = new URL("../../../test-fixtures/svm/datasets/digits.npz", import.meta.url);
  const zip = readFileSync(file);
  const pixels = entry(zip, "data.npy");
  const y = [...entry(zip, "target.npy")];
  return { X: y.map((_, i) => [...pixels.subarray(64 * i, 64 * (i + 1))]), y };
}

/** 1 / (features · variance), as gamma="scale" says. */
function scale(X) {
  const all = X.flat();
  const mean = all.reduce((s, v) => s + v, 0) / all.length;
  return all.length / (X[0].length * all.reduce((s, v) => s + (v - mean) ** 2, 0));
}

const machine = (X) =>
  new SVM({
    kernel: SVM.KERNEL_TYPES.RBF,
    type: SVM.SVM_TYPES.C_SVC,
    gamma: scale(X),
    cost: 1,
    cacheSize: 200,
    quiet: true,
  });

const fit = (data) => () => {
  const { X, y } = data();
  return () => {
    const svm = machine(X);
    svm.train(X, y);
    svm.free();
  };
};
const predict = (data) => () => {
  const { X, y } = data();
  const svm = machine(X);
  svm.train(X, y);
  return () => svm.predict(X);
};

await run({
  digits: fit(digits),
  digitsPredict: predict(digits),
  large: fit(large),
  largePredict: predict(large),
});
