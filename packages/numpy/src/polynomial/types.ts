import type { Strided } from "@cognate/kernel";
import { type ndarray, toKernel } from "@cognate/ndarray/core";
import { cast } from "../internal.js";
import { mintypecode } from "../types/relations.js";

/** Coefficients in the smallest floating type that holds them. */
export const promoteFor = (x: ndarray): Strided => cast(x._a, toKernel(mintypecode.impl(x.dtype.char)));
