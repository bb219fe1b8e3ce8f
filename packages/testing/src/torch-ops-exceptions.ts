import type { Closeness } from "./compare.js";

/*
 * Where results of PyTorch's op database stray further than its tolerances, and where they differ: rows with reasons.
 */

interface Wider extends Closeness {
  readonly why: string;
}

const POLE: Wider = {
  rtol: 3e-5,
  atol: 1e-5,
  why: "beside a pole PyTorch takes the reflection's tangent in float32; ours is the rounded float64 value",
};
const IN_HALF: Wider = {
  rtol: 2e-2,
  atol: 1e-3,
  why: "PyTorch composes it of several ops and rounds each to half precision",
};

const SUMS_IN_HALF: Wider = {
  rtol: 0.12,
  atol: 0.05,
  why: "PyTorch rounds the running sum to half precision after each matrix",
};
const LOG_OF_GRADIENTS: Wider = {
  rtol: 2e-3,
  atol: 1e-5,
  why: "PyTorch takes the gradient through logarithms in float32; ours is the rounded float64 value",
};

const HALF_SUMS: Wider = {
  rtol: 2e-2,
  atol: 7e-2,
  why: "PyTorch adds up what overlaps in half precision; here the sum is rounded once",
};

const IN_FLOAT: Wider = {
  rtol: 2e-5,
  atol: 1e-4,
  why: "PyTorch factorises in float32; here the factors are rounded float64 values",
};

/** Where a result may stray further than `torch.testing.assert_close` allows: by file and element type. */
export const WIDER: Readonly<Record<string, Wider>> = {
  "digamma float32": POLE,
  "polygamma.polygamma_n_0 float32": POLE,
  "polygamma.polygamma_n_1 float32": POLE,
  "polygamma.polygamma_n_2 float32": POLE,
  "polygamma.polygamma_n_3 float32": POLE,
  "polygamma.polygamma_n_4 float32": POLE,
  "special.polygamma.special_polygamma_n_0 float32": POLE,
  "addbmm bfloat16": SUMS_IN_HALF,
  "addbmm float16": SUMS_IN_HALF,
  "logcumsumexp complex64": LOG_OF_GRADIENTS,
  "logcumsumexp float32": LOG_OF_GRADIENTS,
  "lerp float16": IN_HALF,
  "logit float16": IN_HALF,
  "special.ndtr float16": IN_HALF,
  "special.ndtr bfloat16": IN_HALF,
  "masked.log_softmax bfloat16": IN_HALF,
  "masked.log_softmax float16": IN_HALF,
  "log_softmax float16": IN_HALF,
  "log_softmax bfloat16": IN_HALF,
  "nn.functional.conv_transpose1d float16": HALF_SUMS,
  "nn.functional.conv_transpose2d float16": HALF_SUMS,
  "nn.functional.conv_transpose2d bfloat16": HALF_SUMS,
  "nn.functional.conv_transpose3d float16": HALF_SUMS,
  "linalg.eigh float32": IN_FLOAT,
  "linalg.pinv.hermitian complex64": IN_FLOAT,
  "triangular_solve float32": IN_FLOAT,
  "nn.functional.bilinear bfloat16": { ...IN_HALF, atol: 1e-2 },
  "nn.functional.bilinear float16": IN_HALF,
  "nn.functional.grid_sample float16": IN_HALF,
  "nn.functional.grid_sample bfloat16": { ...IN_HALF, rtol: 5e-2, atol: 1e-2 },
  "nn.functional.instance_norm float16": IN_HALF,
  "nn.functional.instance_norm bfloat16": { ...IN_HALF, rtol: 5e-2 },
  "nn.functional.layer_norm float32": {
    rtol: 1.3e-6,
    atol: 2e-5,
    why: "over a single element the normalised value is 0; PyTorch's float32 leaves a rest that its gradient shows",
  },
  "sinc complex64": {
    rtol: 1e-5,
    atol: 1e-5,
    why: "PyTorch rounds π·z to float32 before the sine of a large number",
  },
};

/**
 * What is known to differ, as `"<file> <dtype> <aspect>"`, with the reason. A row that passes is an error, too.
 */
const TIE = "which of several equal elements is named is not specified; here it is the first";
const COVERED =
  "PyTorch gives the gradient of the places that were written over, and none to the others; here it is the other way round";

const HALF_EXP = "PyTorch's sum in half precision gives NaN; here it is e^A";

export const EXPECTED: Readonly<Record<string, string>> = {
  "as_strided_scatter complex64 gradient": COVERED,
  "as_strided_scatter float32 gradient": COVERED,
  "as_strided_scatter float64 gradient": COVERED,
  "float float32 grad_fn":
    "a memory format of its own makes a copy in PyTorch; here memory formats are ignored",
  "matrix_exp bfloat16 call": HALF_EXP,
  "matrix_exp bfloat16 method": HALF_EXP,
  "matrix_exp float16 call": HALF_EXP,
  "matrix_exp float16 method": HALF_EXP,
  "kthvalue int64 call": TIE,
  "kthvalue int64 method": TIE,
  "renorm complex64 gradient": "PyTorch's gradient is NaN here",
  "topk int64 call": TIE,
  "topk int64 method": TIE,
};

/** Calls that are refused in other words, or not at all. */
const WHOLE_FLOAT = "a whole number of JavaScript is no float, so that 1. cannot be told from 1";
const CHUNKS = "the loss is composed of a product and a cross entropy, which refuse in words of their own";
export const OTHER_WORDS: Readonly<Record<string, string>> = {
  "linspace 1": WHOLE_FLOAT,
  "linspace:tensor_overload 1": WHOLE_FLOAT,
  "logspace 1": WHOLE_FLOAT,
  "logspace:tensor_overload 1": WHOLE_FLOAT,
  "masked_fill 2": "a complex number beside whole numbers loses its imaginary part, as in PyTorch's cast",
  "nn.functional.conv2d 5":
    "one space more before the weight's shape, which PyTorch leaves out for padding='same'",
  "nn.functional.conv3d 5":
    "one space more before the weight's shape, which PyTorch leaves out for padding='same'",
  "nn.functional.linear_cross_entropy 4": CHUNKS,
  "nn.functional.linear_cross_entropy 5": CHUNKS,
  "nn.functional.linear_cross_entropy:chunked 4": CHUNKS,
  "nn.functional.linear_cross_entropy:chunked 5": CHUNKS,
  "nn.functional.linear_cross_entropy:chunked_none 4": CHUNKS,
  "nn.functional.linear_cross_entropy:chunked_none 5": CHUNKS,
  "normal:in_place 0": "the database calls the in-place method here, whose check holds",
};
