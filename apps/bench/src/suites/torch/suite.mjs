import { peer, python } from "../../libraries.mjs";
import { WORKLOADS } from "./workloads.mjs";

const AVX2 = {
  ATEN_CPU_CAPABILITY: "avx2",
  MKL_ENABLE_INSTRUCTIONS: "AVX2",
  ONEDNN_MAX_CPU_ISA: "AVX2",
};

/**
 * Tensors, layers and training steps in PyTorch's idiom: the design's table, and how time grows with size. The design's
 * goals are ratios to PyTorch on AVX2; beside it stands PyTorch with all that the processor has (AVX-512, where it does).
 */
export const suite = {
  title: "Tensors and training",
  workloads: WORKLOADS,
  reference: ["PyTorch, AVX2", "PyTorch"],
  peers: () => ({
    "tfjs (wasm)": peer("tfjs.mjs", { BENCH_BACKEND: "wasm" }),
    "tfjs (cpu)": peer("tfjs.mjs", { BENCH_BACKEND: "cpu" }),
    "onnxruntime-web": peer("onnxruntime.mjs"),
    "jax-js": peer("jax.mjs"),
    "numpy-ts": peer("numpy-ts.mjs"),
  }),
  references: () => ({
    "PyTorch, AVX2": python("torch", "torch", { BENCH_BACKEND: "torch", ...AVX2 }),
    PyTorch: python("torch", "torch", { BENCH_BACKEND: "torch" }),
    "PyTorch, 2 threads": python("torch", "torch", { BENCH_BACKEND: "torch", BENCH_THREADS: "2" }),
    NumPy: python("torch", "numpy", { BENCH_BACKEND: "numpy" }),
  }),
};
