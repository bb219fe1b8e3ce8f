import { ops } from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { scalarName } from "../promotion.js";
import type { TensorLike } from "../tensor/tensor.js";
import { functional, plan, unary } from "./make.js";
import { operandOf, valueOf } from "./operands.js";
import { notImplemented, refused, unimplemented } from "./refuse.js";

const CLAMPED = { complex: notImplemented("clamp is not supported for complex types") };

/** input where it is above 0, else 0. */
export const relu = unary("relu", ops.relu, "any", {
  refuse: { ...CLAMPED, bool: refused("Boolean inputs not supported for relu") },
});

/** input where |input| > lambd, else 0. */
export const hardshrink = functional(
  "hardshrink",
  "input lambd",
  (input: TensorLike, lambd: number | Number = 0.5) =>
    plan(
      ops.hardshrink,
      [operandOf(input)],
      { lambda: Number(lambd) },
      {
        traits: { computes: "floating", refuse: { bool: unimplemented("hardshrink_cpu") } },
      },
    ),
);

/** input above 0, weight·input below; one weight, or one for each channel (axis 1). */
export const prelu = functional("prelu", "input weight", (input: TensorLike, weight: TensorLike) => {
  const x = valueOf(input);
  const w = valueOf(weight);
  if (x.dtype !== w.dtype && !x.weak && !w.weak)
    throw new RuntimeError(
      `prelu: Type promoting not supported. Got ${scalarName(x.dtype)} and ${scalarName(w.dtype)}`,
    );
  if (w.size !== 1) {
    if (x.shape.length === 0) throw new RuntimeError("Not allow zero-dim input tensor.");
    const channels = x.shape.length > 1 ? x.shape[1]! : 1;
    if (channels !== w.size)
      throw new RuntimeError(
        `Mismatch of parameter numbers and input channel size. Found parameter numbers = ${w.size} and channel size = ${channels}.`,
      );
  }
  if (w.shape.length > 1)
    throw new RuntimeError(
      `prelu: Expected \`weight\` to be a scalar or 1D tensor, but got: ndim = ${w.shape.length}`,
    );
  const shape = x.shape.map((_, i) => (i === 1 ? w.size : 1));
  const aligned = w.shape.length > 0 ? (w.reshape({ shape }) as Value) : w;
  return plan(ops.prelu, [x, aligned], undefined, {
    traits: { computes: "floating", gradFn: "PreluKernelBackward0" },
  });
});
