import type { FastKernel } from "../registry.js";
import { CONVOLUTIONS } from "./conv.js";
import { ELEMENTWISE } from "./elementwise.js";
import { PRODUCTS } from "./gemm.js";
import { REDUCTIONS } from "./reduce.js";

/** Every fast kernel by the name that rows give in `simd`. */
export const KERNELS: Readonly<Record<string, FastKernel>> = {
  ...ELEMENTWISE,
  ...PRODUCTS,
  ...REDUCTIONS,
  ...CONVOLUTIONS,
};
