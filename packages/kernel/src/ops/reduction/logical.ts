import { type ReduceParams, reduction } from "../engines/lines.js";

const samples = [{ inputs: [[3, 4]] }, { inputs: [[3, 4]], params: { dims: [1], keepdim: true } }] as const;

function some(x: ArrayLike<number> | ArrayLike<bigint>): number {
  for (let i = 0; i < x.length; i++) if (x[i] || Number.isNaN(x[i])) return 1;
  return 0;
}

function every(x: ArrayLike<number> | ArrayLike<bigint>): number {
  for (let i = 0; i < x.length; i++) if (!x[i] && !Number.isNaN(x[i])) return 0;
  return 1;
}

function nonzeroCount(x: ArrayLike<number> | ArrayLike<bigint>): number {
  let n = 0;
  for (let i = 0; i < x.length; i++) if (x[i] || Number.isNaN(x[i])) n++;
  return n;
}

/** |re| + |im| a number, which is zero where the complex number is. */
function sizes(x: Float64Array): Float64Array {
  const out = new Float64Array(x.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Math.abs(x[2 * i]!) + Math.abs(x[2 * i + 1]!);
  return out;
}

/** Whether some element along the axes is not zero; NaN is not zero. */
export const any = reduction<ReduceParams>({
  name: "any",
  simd: { bool: "any_u8" },
  dtype: "bool",
  reference: some,
  bigint: "reference",
  complex: (x) => some(sizes(x)),
  noGradient: "the result is bool",
  samples,
});

/** Whether every element along the axes is not zero. */
export const all = reduction<ReduceParams>({
  name: "all",
  simd: { bool: "all_u8" },
  dtype: "bool",
  reference: every,
  bigint: "reference",
  complex: (x) => every(sizes(x)),
  noGradient: "the result is bool",
  samples,
});

/** The number of elements along the axes that are not zero. */
export const countNonzero = reduction<ReduceParams>({
  name: "countNonzero",
  simd: { bool: "count_u8" },
  dtype: "index",
  reference: nonzeroCount,
  bigint: "reference",
  complex: (x) => nonzeroCount(sizes(x)),
  noGradient: "the result counts",
  samples,
});
