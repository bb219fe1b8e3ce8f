import { createRequire } from "node:module";
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

const machine = () =>
  new SVM({
    kernel: SVM.KERNEL_TYPES.RBF,
    type: SVM.SVM_TYPES.C_SVC,
    gamma: 1 / COLUMNS,
    cost: 1,
    cacheSize: 200,
    quiet: true,
  });

await run({
  large() {
    const { X, y } = large();
    return () => {
      const svm = machine();
      svm.train(X, y);
      svm.free();
    };
  },
  largePredict() {
    const { X, y } = large();
    const svm = machine();
    svm.train(X, y);
    return () => svm.predict(X);
  },
});
