import * as jax from "@jax-js/jax";
import { run } from "../src/harness.mjs";

jax.defaultDevice("wasm");
const { numpy: np, random } = jax;
const normal = (shape) => random.normal(random.key(1), shape);

/** Results are computed when they are asked for, so each call waits for its own. */
const blocking = (f) => async () => {
  const y = f();
  await y.blockUntilReady?.();
  y.dispose?.();
};
const square = (n) => () => {
  const [a, b] = [normal([n, n]), normal([n, n])];
  return blocking(() => np.matmul(a.ref, b.ref));
};
const million = (f) => () => {
  const x = normal([1_000_000]);
  return blocking(() => f(x.ref));
};

await run({
  matmul: square(512),
  conv() {
    const [x, w] = [normal([8, 32, 56, 56]), normal([64, 32, 3, 3])];
    return blocking(() => jax.lax.convGeneralDilated(x.ref, w.ref, [1, 1], "VALID"));
  },
  exp: million(np.exp),
  tanh: million(np.tanh),
  add4() {
    const [a, b] = [normal([4]), normal([4])];
    return blocking(() => np.add(a.ref, b.ref));
  },
  tape4() {
    const [a, b] = [normal([4, 4]), normal([4, 4])];
    const g = jax.grad((x) => np.sum(np.tanh(np.matmul(x, b.ref))));
    return blocking(() => g(a.ref));
  },
  ...Object.fromEntries([64, 128, 256, 1024].map((n) => [`matmul${n}`, square(n)])),
});
