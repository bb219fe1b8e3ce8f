import { isInteger, ops } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import type { TensorLike } from "../tensor/tensor.js";
import { alias, plan, pointwise, unary } from "./make.js";
import { operandOf } from "./operands.js";
import { notImplemented, unimplemented } from "./refuse.js";

const refuse = (name: string) => ({
  bool: unimplemented(`${name}_vml_cpu`),
  complex: notImplemented(`${name} is not supported for complex inputs`),
});

/** The largest whole number not above input. */
export const floor = unary("floor", ops.floor, "any", { refuse: refuse("floor") });
/** The smallest whole number not below input. */
export const ceil = unary("ceil", ops.ceil, "any", { refuse: refuse("ceil") });
/** input without its fraction. */
export const trunc = unary("trunc", ops.trunc, "any", { refuse: refuse("trunc") });
export const fix = alias("fix", trunc);
/** input rounded to whole numbers, or to `decimals` places; halves go to the even neighbour. */
export const round = pointwise(
  "round",
  "input|x|a|x1 * decimals",
  (input: TensorLike, decimals: number | null = null) => {
    const x = operandOf(input);
    if (decimals && x instanceof Value && isInteger(x.dtype) && !x.weak)
      throw unimplemented("round_cpu")(x.dtype);
    return plan(
      ops.round,
      [x],
      { decimals: decimals ?? 0 },
      {
        traits: {
          refuse: { bool: unimplemented("round_vml_cpu"), complex: unimplemented("round_vml_cpu") },
          gradFn: decimals === null ? "RoundBackward0" : "RoundBackward1",
        },
      },
    );
  },
);
/** input less {@link trunc} of it. */
export const frac = unary("frac", ops.frac, "floating");
