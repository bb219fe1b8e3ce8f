import { bool, type OpRow, ops } from "@cognate/kernel";
import { def, RuntimeError, ValueError } from "@cognate/py";
import { call, Value } from "@cognate/tensor";
import { getDefault } from "../../dtype.js";
import { inTorchWords } from "../../errors.js";
import { MINUS_BOOL } from "../../ops/alpha.js";
import { evaluate, functional, overwritten, type Plan, plan, type Traits } from "../../ops/make.js";
import { castValue, operandOf, valueOf } from "../../ops/operands.js";
import { notImplemented, type Refusals, refused, unimplemented } from "../../ops/refuse.js";
import { type Scalar, type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";

export { hardshrink, prelu } from "../../ops/activation.js";
export { sigmoid } from "../../ops/exponential.js";
export { tanh } from "../../ops/trigonometric.js";

type Numeric = number | Number;

/** Functions of floating types, named as PyTorch's kernels. */
const floats = (kernel: string, gradFn?: string): Traits => ({
  computes: "floating",
  kernel,
  refuse: { bool: unimplemented(kernel) },
  gradFn,
});

/** A function with a last parameter `inplace`, and its twin with the underscore. */
function pair<const S extends string, A extends readonly unknown[]>(
  name: string,
  signature: S,
  make: (...args: A) => Plan,
) {
  const count = signature.split(" ").length;
  type Both = (...args: [...A, inplace?: boolean]) => Tensor;
  const required = (f: object): never => Object.defineProperty(f, "length", { value: make.length }) as never;
  const f = def<`${S} inplace`, Both>(
    `torch.nn.functional.${name}`,
    `${signature} inplace`,
    required((...args: unknown[]) => {
      const p = make(...(args.slice(0, count) as unknown as A));
      return args[count] === true ? overwritten(name, args[0] as Tensor, p) : evaluate(name, p);
    }),
  );
  const twin = def<S, (...args: A) => Tensor>(
    `torch.nn.functional.${name}_`,
    signature,
    required((...args: unknown[]) => overwritten(name, args[0] as Tensor, make(...(args as unknown as A)))),
  );
  return [f, twin] as const;
}

const one = <P>(row: OpRow<P>, input: TensorLike, params: P, traits: Traits): Plan =>
  plan(row, [operandOf(input)], params, { traits });

const CLAMPED: Refusals = { complex: notImplemented("clamp is not supported for complex types") };
const RELU: Traits = { refuse: { ...CLAMPED, bool: refused("Boolean inputs not supported for relu") } };
const ELU = floats("elu_cpu");

/**
 * input where it is above 0, else 0.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * print(F.relu(torch.tensor([-1.5, 2]))); // prints tensor([0., 2.])
 * ```
 */
export const [relu, relu_] = pair("relu", "input", (input: TensorLike) =>
  one(ops.relu, input, undefined, RELU),
);

const HARDTANH: Traits = {
  gradFn: "HardtanhBackward0",
  refuse: { ...CLAMPED, bool: refused("Bool inputs not supported for hardtanh") },
};

/** @throws ValueError for crossing limits, RuntimeError for negative ones beside unsigned integers */
function limited(input: TensorLike, min: Numeric, max: Numeric): Plan {
  if (Number(min) > Number(max)) throw new ValueError("min_val cannot be greater than max_val");
  const x = operandOf(input);
  if (x instanceof Value && x.dtype.kind === "uint" && Number(min) < 0)
    throw new RuntimeError("cannot do hardtanh on an unsigned type with negative limits");
  return plan(ops.hardtanh, [x], { min: Number(min), max: Number(max) }, { traits: HARDTANH });
}
/** input limited to [min_val, max_val]; no gradient at the bounds. */
export const [hardtanh, hardtanh_] = pair(
  "hardtanh",
  "input min_val max_val",
  (input: TensorLike, min_val: Numeric = -1, max_val: Numeric = 1) => limited(input, min_val, max_val),
);
/** input limited to [0, 6]. */
export const [relu6] = pair("relu6", "input", (input: TensorLike) => limited(input, 0, 6));

/** input above 0, alpha·(exp(input) − 1) below. */
export const [elu, elu_] = pair("elu", "input alpha", (input: TensorLike, alpha: Numeric = 1) =>
  one(ops.elu, input, { alpha: Number(alpha) }, ELU),
);
/** input above 0, alpha·(exp(input/alpha) − 1) below. @throws RuntimeError for alpha 0 */
export const [celu, celu_] = pair("celu", "input alpha", (input: TensorLike, alpha: Numeric = 1) => {
  if (Number(alpha) === 0) throw new RuntimeError("ZeroDivisionError: alpha cannot be 0 for CELU");
  const params = { alpha: Number(alpha), inputScale: 1 / Number(alpha) };
  return one(ops.elu, input, params, { ...ELU, gradFn: "CeluBackward0" });
});

// Klambauer et al., Self-normalizing neural networks (2017): the fixed point of mean 0 and variance 1.
const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };
/** {@link elu} with constants that keep mean 0 and variance 1 from layer to layer. */
export const [selu, selu_] = pair("selu", "input", (input: TensorLike) =>
  one(ops.elu, input, SELU, { ...ELU, gradFn: "EluBackward0" }),
);

/** input above 0, negative_slope·input below. */
export const [leaky_relu, leaky_relu_] = pair(
  "leaky_relu",
  "input negative_slope",
  (input: TensorLike, negative_slope: Numeric = 0.01) =>
    one(ops.leakyRelu, input, { slope: Number(negative_slope) }, floats("leaky_relu_cpu")),
);

/** input above the threshold, `value` elsewhere. */
export const [threshold, threshold_] = pair(
  "threshold",
  "input threshold value",
  (input: TensorLike, limit: Numeric, value: Numeric) =>
    one(
      ops.threshold,
      input,
      { threshold: Number(limit), value: Number(value) },
      { kernel: "threshold_cpu", refuse: { bool: unimplemented("threshold_cpu") } },
    ),
);

/** input·sigmoid(input), also called swish. */
export const [silu] = pair("silu", "input", (input: TensorLike) =>
  one(ops.silu, input, undefined, floats("silu_cpu")),
);
/** input·tanh(softplus(input)). */
export const [mish] = pair("mish", "input", (input: TensorLike) =>
  one(ops.mish, input, undefined, floats("mish_cpu")),
);
/** input/6 + ½ limited to [0, 1]. */
export const [hardsigmoid] = pair("hardsigmoid", "input", (input: TensorLike) =>
  one(ops.hardsigmoid, input, undefined, floats("hardsigmoid_cpu")),
);
/** input·{@link hardsigmoid}(input). */
export const [hardswish] = pair("hardswish", "input", (input: TensorLike) =>
  one(ops.hardswish, input, undefined, floats("hardswish_cpu")),
);

/** input·Φ(input), Φ the standard normal distribution's function, or its approximation by `tanh`. */
export const gelu = functional(
  "gelu",
  "input * approximate",
  (input: TensorLike, approximate: string = "none") => {
    if (approximate !== "none" && approximate !== "tanh")
      throw new RuntimeError("approximate argument must be either none or tanh.");
    return one(ops.gelu, input, { approximate }, floats("GeluKernelImpl"));
  },
);
/** log(1 + exp(beta·input))/beta; input itself where beta·input is above the threshold. */
export const softplus = functional(
  "softplus",
  "input beta threshold",
  (input: TensorLike, beta: Numeric = 1, limit: Numeric = 20) =>
    one(ops.softplus, input, { beta: Number(beta), threshold: Number(limit) }, floats("softplus_cpu")),
);
/** log(sigmoid(input)), accurate in both tails. */
export const logsigmoid = functional("logsigmoid", "input", (input: TensorLike) =>
  one(ops.logSigmoid, input, undefined, floats("log_sigmoid_cpu", "LogSigmoidBackward0")),
);
/** input moved by lambd towards 0. @throws RuntimeError for a negative lambd */
export const softshrink = functional(
  "softshrink",
  "input lambd",
  (input: TensorLike, lambd: Numeric = 0.5) => {
    if (Number(lambd) < 0)
      throw new RuntimeError(
        `lambda must be in range [0, 3.40282e+38] for input dtype Float, but found ${Number(lambd)}`,
      );
    return one(ops.softshrink, input, { lambda: Number(lambd) }, floats("softshrink_check"));
  },
);

/** @throws where a bool would be computed with: PyTorch composes these of ops that refuse it */
function refuseBool(input: TensorLike, refusal: () => Error): Value | Scalar {
  const x = operandOf(input);
  if (x instanceof Value && x.dtype.kind === "bool") throw refusal();
  return x;
}
/** input / (1 + |input|). */
export const softsign = functional("softsign", "input", (input: TensorLike) =>
  plan(ops.softsign, [refuseBool(input, () => unimplemented("abs_cpu")(bool))], undefined, {
    traits: { computes: "float", gradFn: "DivBackward0" },
  }),
);
/** input − tanh(input). */
export const tanhshrink = functional("tanhshrink", "input", (input: TensorLike) =>
  plan(ops.tanhshrink, [refuseBool(input, refused(MINUS_BOOL))], undefined, {
    traits: { computes: "float", gradFn: "SubBackward0" },
  }),
);

/** a·sigmoid(b), a and b the halves of input along `dim`. @throws RuntimeError for an odd length */
export const glu = def(
  "torch.nn.functional.glu",
  "input dim|axis",
  (input: TensorLike, dim: number = -1): Tensor => {
    const given = valueOf(input);
    const x = given.weak ? castValue(given, getDefault()) : given;
    if (x.shape.length === 0)
      throw new RuntimeError("glu does not support scalars because halving size must be even");
    const n = x.shape[dim < 0 ? dim + x.shape.length : dim];
    if (n !== undefined && n % 2 !== 0)
      throw new RuntimeError(
        `Halving dimension must be even, but dimension ${dim < 0 ? dim + x.shape.length : dim} is size ${n}`,
      );
    if (x.dtype.kind !== "float") throw unimplemented("glu_cpu")(x.dtype);
    return inTorchWords("glu", () => wrap(call(ops.glu, [x], { dim })));
  },
);
