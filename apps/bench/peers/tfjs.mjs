import * as tf from "@tensorflow/tfjs";

const backend = process.env.BENCH_BACKEND;
if (backend === "wasm") {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  wasm.setThreadsCount?.(1);
  wasm.default?.setThreadsCount?.(1);
}
const t = tf.default ?? tf;
await t.setBackend(backend);
await t.ready();

const keep = (f) => () => t.tidy(() => void f().dataSync());
const quiet = (f) => () => t.dispose(f());

const square = (n) => () => {
  const [a, b] = [t.randomNormal([n, n]), t.randomNormal([n, n])];
  return quiet(() => t.matMul(a, b));
};

const dense = (units, options = {}) => t.layers.dense({ units, ...options });
function trainer(layers, optimizer, loss, x, y) {
  const model = t.sequential({ layers });
  return () => {
    const l = optimizer.minimize(() => loss(y, model.apply(x, { training: true })), true);
    t.dispose(l);
  };
}
const oneHot = () => t.oneHot(t.randomUniform([32], 0, 10, "int32"), 10);
const cnn = () => [
  t.layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu", inputShape: [28, 28, 1] }),
  t.layers.conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
  t.layers.maxPooling2d({ poolSize: 2 }),
  t.layers.flatten(),
  dense(128, { activation: "relu" }),
  dense(10),
];

const { run } = await import("../src/harness.mjs");
await run({
  matmul: square(512),
  conv() {
    const [x, w] = [t.randomNormal([8, 56, 56, 32]), t.randomNormal([3, 3, 32, 64])];
    return quiet(() => t.conv2d(x, w, 1, "valid"));
  },
  exp() {
    const x = t.randomNormal([1_000_000]);
    return quiet(() => t.exp(x));
  },
  tanh() {
    const x = t.randomNormal([1_000_000]);
    return quiet(() => t.tanh(x));
  },
  add4() {
    const [a, b] = [t.randomNormal([4]), t.randomNormal([4])];
    return quiet(() => t.add(a, b));
  },
  tape4() {
    const [a, b] = [t.randomNormal([4, 4]), t.randomNormal([4, 4])];
    const g = t.grad((x) => t.sum(t.tanh(t.matMul(x, b))));
    return quiet(() => g(a));
  },
  mlp: () =>
    trainer(
      [dense(8, { activation: "tanh", inputShape: [2] }), dense(1)],
      t.train.sgd(0.01),
      t.losses.meanSquaredError,
      t.randomNormal([4, 2]),
      t.randomNormal([4, 1]),
    ),
  mlp784: () =>
    trainer(
      [dense(128, { activation: "relu", inputShape: [784] }), dense(10)],
      t.train.adam(),
      t.losses.softmaxCrossEntropy,
      t.randomNormal([32, 784]),
      oneHot(),
    ),
  ...(backend === "wasm"
    ? {}
    : {
        cnn: () =>
          trainer(
            cnn(),
            t.train.adam(),
            t.losses.softmaxCrossEntropy,
            t.randomNormal([32, 28, 28, 1]),
            oneHot(),
          ),
        lstm: () =>
          trainer(
            [t.layers.lstm({ units: 128, returnSequences: true, inputShape: [32, 64] })],
            t.train.sgd(0.01),
            (_y, p) => t.sum(p),
            t.randomNormal([16, 32, 64]),
            t.zeros([1]),
          ),
      }),
  cnnInference() {
    const model = t.sequential({ layers: cnn() });
    const x = t.randomNormal([32, 28, 28, 1]);
    return keep(() => model.predict(x));
  },
  cumsum() {
    const x = t.randomNormal([1_000_000]);
    return quiet(() => t.cumsum(x));
  },
  ...Object.fromEntries([64, 128, 256, 1024].map((n) => [`matmul${n}`, square(n)])),
});
