import { peer, python } from "../../libraries.mjs";
import { WORKLOADS } from "./workloads.mjs";

/** Tensors, layers and training steps in PyTorch's idiom: the design's table, and how time grows with size. */
export const suite = {
  title: "Tensors and training",
  workloads: WORKLOADS,
  reference: "PyTorch",
  peers: () => ({
    "tfjs (wasm)": peer("tfjs.mjs", { BENCH_BACKEND: "wasm" }),
    "tfjs (cpu)": peer("tfjs.mjs", { BENCH_BACKEND: "cpu" }),
    "onnxruntime-web": peer("onnxruntime.mjs"),
    "jax-js": peer("jax.mjs"),
    "numpy-ts": peer("numpy-ts.mjs"),
  }),
  references: () => ({
    PyTorch: python("torch", "torch", { BENCH_BACKEND: "torch" }),
    "PyTorch, 2 threads": python("torch", "torch", { BENCH_BACKEND: "torch", BENCH_THREADS: "2" }),
    NumPy: python("torch", "numpy", { BENCH_BACKEND: "numpy" }),
  }),
};
