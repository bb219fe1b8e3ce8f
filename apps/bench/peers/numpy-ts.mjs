import * as np from "numpy-ts";
import { run } from "../src/harness.mjs";

const normal = (shape) => np.random.standard_normal(shape).astype("float32");
const square = (n) => () => {
  const [a, b] = [normal([n, n]), normal([n, n])];
  return () => np.matmul(a, b);
};
const million = (f) => () => {
  const x = normal([1_000_000]);
  return () => f(x);
};

await run({
  matmul: square(512),
  exp: million(np.exp),
  tanh: million(np.tanh),
  add4() {
    const [a, b] = [normal([4]), normal([4])];
    return () => np.add(a, b);
  },
  sort: million(np.sort),
  cumsum: million(np.cumsum),
  svd() {
    const x = np.random.standard_normal([256, 256]);
    return () => np.linalg.svd(x);
  },
  rfft2() {
    const x = np.random.standard_normal([64, 256, 256]);
    return () => np.fft.rfft2(x);
  },
  ...Object.fromEntries([64, 128, 256, 1024].map((n) => [`matmul${n}`, square(n)])),
});
