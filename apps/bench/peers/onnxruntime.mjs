import * as ort from "onnxruntime-web";
import { run } from "../src/harness.mjs";
import { model } from "./onnx-model.mjs";

ort.env.wasm.numThreads = 1;

const size = (shape) => shape.reduce((n, d) => n * d, 1);
const operator = (op, inputs, output) => async () => {
  const session = await ort.InferenceSession.create(model(op, inputs, output));
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, shape]) => [
      name,
      new ort.Tensor("float32", Float32Array.from({ length: size(shape) }, Math.random), shape),
    ]),
  );
  return () => session.run(feeds);
};
const square = (n) => operator("MatMul", { a: [n, n], b: [n, n] }, [n, n]);

await run({
  matmul: square(512),
  conv: operator("Conv", { x: [8, 32, 56, 56], w: [64, 32, 3, 3], b: [64] }, [8, 64, 54, 54]),
  exp: operator("Exp", { x: [1_000_000] }, [1_000_000]),
  tanh: operator("Tanh", { x: [1_000_000] }, [1_000_000]),
  add4: operator("Add", { a: [4], b: [4] }, [4]),
  ...Object.fromEntries([64, 128, 256, 1024].map((n) => [`matmul${n}`, square(n)])),
});
