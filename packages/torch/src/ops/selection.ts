import { bool, ops, uint8 } from "@cognate/kernel";
import { def, RuntimeError, type Tuple, TypeError } from "@cognate/py";
import { call } from "@cognate/tensor";
import { reword } from "../errors.js";
import { scalarName } from "../promotion.js";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { nonzero } from "./indexing.js";
import { castValue, markWeak, promote } from "./make.js";
import { operandOf, valueOf } from "./operands.js";
import { writeOut } from "./out.js";

function choose(condition: TensorLike, input: TensorLike, other: TensorLike, out: Tensor | null): Tensor {
  let cond = valueOf(condition);
  if (cond.dtype === uint8) cond = castValue(cond, bool);
  if (cond.dtype !== bool)
    throw new RuntimeError(
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${scalarName(cond.dtype)}`,
    );
  const { inputs } = promote([operandOf(input), operandOf(other)]);
  try {
    const y = call(ops.where, [inputs[0]!, cond, inputs[1]!], undefined);
    markWeak(y, inputs);
    return out ? writeOut(out, y, "where", inputs) : wrap(y);
  } catch (e) {
    throw reword(e, "where");
  }
}

/** How `torch.where` may be called. */
export interface Where {
  /** input where the condition holds, else other; all three broadcast. */
  (condition: TensorLike, input: TensorLike, other: TensorLike, keywords?: { out?: Tensor | null }): Tensor;
  /** The places where the condition holds, one tensor of positions an axis. */
  (condition: TensorLike): Tuple<Tensor>;
  readonly __name__: string;
  /** `x.where(condition, other)` */
  readonly method: typeof asMethod;
}

const asMethod = def(
  "torch.where",
  "input condition other",
  (input: TensorLike, condition: TensorLike, other: TensorLike): Tensor =>
    choose(condition, input, other, null),
);

/**
 * input where the condition holds, else other; all three broadcast. With a condition alone, the places where it holds.
 *
 * @throws RuntimeError for a condition that is not bool
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([1.5, -2, 3]);
 * print(torch.where(x.gt(0), x, 0)); // prints tensor([1.5000, 0.0000, 3.0000])
 * ```
 */
export const where = Object.assign(
  def(
    "torch.where",
    "condition input|self other * out",
    (
      condition: TensorLike,
      input: TensorLike | null = null,
      other: TensorLike | null = null,
      out: Tensor | null = null,
    ) => {
      if (input === null && other === null) return nonzero(condition, { as_tuple: true });
      if (input === null || other === null)
        throw new TypeError("where() takes a condition alone, or a condition with both input and other");
      return choose(condition, input, other, out);
    },
  ),
  { method: asMethod },
) as unknown as Where;
