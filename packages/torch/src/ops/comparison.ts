import { ops } from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { scalarName } from "../promotion.js";
import type { TensorLike } from "../tensor/tensor.js";
import { alias, binary, functional, overloads, plan, unary } from "./make.js";
import { operandOf } from "./operands.js";
import { refused, unimplemented } from "./refuse.js";

/** Whether input = other, at each place. */
export const eq = binary("eq", ops.eq, "any", { gradFn: overloads("Eq", 0, 1) });
/** Whether input ≠ other. */
export const ne = binary("ne", ops.ne, "any", { gradFn: overloads("Ne", 0, 1) });
export const not_equal = alias("not_equal", ne);
// The nodes are those of the in-place forms, whose gradient is 0.
const ordered = (name: string, node: string) => ({
  refuse: { complex: unimplemented(`${name}_cpu`) },
  gradFn: overloads(node, 0, 1),
});
/** Whether input < other. */
export const lt = binary("lt", ops.lt, "any", ordered("lt", "Lt"));
export const less = alias("less", lt);
/** Whether input ≤ other. */
export const le = binary("le", ops.le, "any", ordered("le", "Le"));
export const less_equal = alias("less_equal", le);
/** Whether input > other. */
export const gt = binary("gt", ops.gt, "any", ordered("gt", "Gt"));
export const greater = alias("greater", gt);
/** Whether input ≥ other. */
export const ge = binary("ge", ops.ge, "any", ordered("ge", "Ge"));
export const greater_equal = alias("greater_equal", ge);

/** Whether both are not 0. */
export const logical_and = binary("logical_and", ops.logicalAnd);
/** Whether one is not 0. */
export const logical_or = binary("logical_or", ops.logicalOr);
/** Whether exactly one is not 0. */
export const logical_xor = binary("logical_xor", ops.logicalXor);
/** Whether input is 0. */
export const logical_not = unary("logical_not", ops.logicalNot);

const ONE = "input|x|a|x1";
/** Whether input is NaN. */
export const isnan = functional("isnan", ONE, (input: TensorLike) => plan(ops.isnan, [operandOf(input)]));
/** Whether input is infinite. */
export const isinf = functional("isinf", ONE, (input: TensorLike) => plan(ops.isinf, [operandOf(input)]));
/** Whether input is neither infinite nor NaN. */
export const isfinite = functional("isfinite", ONE, (input: TensorLike) =>
  plan(ops.isfinite, [operandOf(input)]),
);
/** Whether the imaginary part is 0. */
export const isreal = functional("isreal", ONE, (input: TensorLike) => plan(ops.isreal, [operandOf(input)]));
/** Whether input is +∞. */
export const isposinf = functional("isposinf", ONE, (input: TensorLike) =>
  plan(ops.isposinf, [operandOf(input)], undefined, {
    traits: { refuse: { complex: refused("isposinf does not support complex inputs.") } },
  }),
);
/** Whether input is −∞. */
export const isneginf = functional("isneginf", ONE, (input: TensorLike) =>
  plan(ops.isneginf, [operandOf(input)], undefined, {
    traits: { refuse: { complex: refused("isneginf does not support complex inputs.") } },
  }),
);

/** Whether |input − other| ≤ atol + rtol·|other|. @throws RuntimeError for unlike types */
export const isclose = functional(
  "isclose",
  "input|x|a|x1 other|x2 rtol atol equal_nan",
  (
    input: TensorLike,
    other: TensorLike,
    rtol: number | Number = 1e-5,
    atol: number | Number = 1e-8,
    equal_nan: boolean = false,
  ) => {
    const args = [operandOf(input), operandOf(other)] as const;
    const [a, b] = args;
    if (a instanceof Value && b instanceof Value && a.dtype !== b.dtype && !a.weak && !b.weak)
      throw new RuntimeError(`${scalarName(a.dtype)} did not match ${scalarName(b.dtype)}`);
    if (Number(rtol) < 0)
      throw new RuntimeError(`rtol must be greater than or equal to zero, but got ${rtol}`);
    if (Number(atol) < 0)
      throw new RuntimeError(`atol must be greater than or equal to zero, but got ${atol}`);
    return plan(ops.isclose, args, { rtol: Number(rtol), atol: Number(atol), equalNan: equal_nan });
  },
);
