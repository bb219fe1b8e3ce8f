import { peer, python } from "../../libraries.mjs";
import { WORKLOADS } from "./workloads.mjs";

/** Arrays of float64 in NumPy's idiom, from four elements to a million. */
export const suite = {
  title: "Arrays of float64",
  workloads: WORKLOADS,
  reference: "NumPy",
  peers: () => ({ "numpy-ts": peer("numpy-ts-arrays.mjs") }),
  references: () => ({ NumPy: python("numpy", "numpy") }),
};
