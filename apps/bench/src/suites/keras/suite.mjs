import { peer, python } from "../../libraries.mjs";
import { WORKLOADS } from "./workloads.mjs";

/** `fit` and `predict` of small models in Keras's idiom, by batch size. */
export const suite = {
  title: "Keras: fit and predict of small models",
  workloads: WORKLOADS,
  reference: "Keras",
  peers: () => ({
    "tfjs (cpu)": peer("tfjs-keras.mjs", { BENCH_BACKEND: "cpu" }),
    "tfjs (wasm)": peer("tfjs-keras.mjs", { BENCH_BACKEND: "wasm" }),
  }),
  references: () => ({
    Keras: python("keras", "keras"),
    "Keras, 2 threads": python("keras", "keras", { BENCH_THREADS: "2" }),
  }),
};
