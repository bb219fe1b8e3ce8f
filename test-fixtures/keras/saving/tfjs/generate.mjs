// Layers models written by TensorFlow.js 4.22, and what they predict:
//     node generate.mjs FOLDER    where FOLDER has `@tensorflow/tfjs` in its node_modules (apps/bench/peers)
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const tf = createRequire(join(process.argv[2], "package.json"))("@tensorflow/tfjs");
await tf.setBackend("cpu");
const out = fileURLToPath(new URL(".", import.meta.url));
const cases = [];
const uniform = (shape, seed) => tf.randomUniform(shape, -1, 1, "float32", seed);
const noted = (t) => ({ shape: t.shape, data: [...t.dataSync()] });

async function add(name, model, x) {
  model.setWeights(model.getWeights().map((w, i) => tf.randomUniform(w.shape, 0.1, 0.9, "float32", 100 + i)));
  const y = model.predict(x);
  const save = async ({ modelTopology, format, generatedBy, convertedBy, weightSpecs, weightData }) => {
    const weightsManifest = [{ paths: [`./${name}.bin`], weights: weightSpecs }];
    const json = { modelTopology, format, generatedBy, convertedBy, weightsManifest };
    writeFileSync(join(out, `${name}.model.json`), JSON.stringify(json));
    writeFileSync(join(out, `${name}.bin`), Buffer.from(weightData));
    return { modelArtifactsInfo: {} };
  };
  await model.save({ save });
  cases.push({ name, x: Array.isArray(x) ? x.map(noted) : noted(x), y: noted(y) });
}

const L = tf.layers;
const dense = tf.sequential({
  layers: [
    L.dense({ units: 3, activation: "relu", inputShape: [4] }),
    L.batchNormalization(),
    L.dropout({ rate: 0.5 }),
    L.dense({ units: 2, activation: "softmax" }),
  ],
});
await add("dense", dense, uniform([3, 4], 1));
const conv = tf.sequential({
  layers: [
    L.conv2d({
      filters: 2,
      kernelSize: 3,
      padding: "same",
      activation: "hardSigmoid",
      inputShape: [6, 6, 2],
    }),
    L.maxPooling2d({ poolSize: 2 }),
    L.separableConv2d({ filters: 3, kernelSize: 2 }),
    L.depthwiseConv2d({ kernelSize: 2 }),
    L.flatten(),
    L.dense({ units: 1 }),
  ],
});
await add("conv", conv, uniform([2, 6, 6, 2], 2));
const recurrent = tf.sequential({
  layers: [
    L.embedding({ inputDim: 7, outputDim: 3, inputLength: 5, maskZero: true }),
    L.lstm({ units: 3, returnSequences: true }),
    L.bidirectional({ layer: L.gru({ units: 2, resetAfter: false }) }),
    L.dense({ units: 2 }),
  ],
});
await add(
  "recurrent",
  recurrent,
  tf.tensor2d([
    [1, 2, 3, 0, 0],
    [4, 5, 6, 1, 2],
  ]),
);
const [a, b] = [tf.input({ shape: [3] }), tf.input({ shape: [3] })];
const shared = L.dense({ units: 2, name: "shared" });
const product = L.multiply().apply([shared.apply(a), shared.apply(b)]);
const joined = L.concatenate().apply([shared.apply(a), shared.apply(b), product]);
const functional = tf.model({ inputs: [a, b], outputs: L.dense({ units: 1 }).apply(joined) });
await add("functional", functional, [uniform([2, 3], 3), uniform([2, 3], 4)]);
writeFileSync(join(out, "cases.json"), `${JSON.stringify(cases)}\n`);
