import { def } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type Tensor, wrap } from "../tensor/tensor.js";

/**
 * `torch.autograd.Variable`, today a thin wrapper: the same numbers as a new leaf (a graph behind the argument is cut off,
 * which is why a re-wrapped loss leaves the parameters' `grad` None).
 */
export const Variable = def(
  "torch.autograd.Variable",
  "data requires_grad volatile",
  (data: Tensor, requires_grad = false, _volatile = false): Tensor => {
    const t = wrap(new Value(data._value.array));
    return requires_grad ? t.requires_grad_() : t;
  },
);
