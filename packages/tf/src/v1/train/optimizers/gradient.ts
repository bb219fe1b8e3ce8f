import type { GraphTensor } from "../../../graph/tensor.js";
import type { IndexedSlices } from "../../indexed-slices.js";

export type Grad = GraphTensor | IndexedSlices;
