import { def, TypeError, type_name } from "@cognate/py";
import { dtype, fromKernel } from "../dtype.js";
import { canCast, promoteTypes } from "../promotion.js";
import type { TensorLike } from "../tensor/tensor.js";
import { commonType, operandOf } from "./operands.js";

/** The type that arithmetic on the two would give; numbers and 0-d tensors count less than tensors with axes. */
export const result_type = def(
  "torch.result_type",
  "tensor1 tensor2",
  (tensor1: TensorLike, tensor2: TensorLike): dtype =>
    fromKernel(commonType([operandOf(tensor1), operandOf(tensor2)])),
);

/** The smallest type that both can be converted to. */
export const promote_types = def(
  "torch.promote_types",
  "type1 type2",
  (type1: dtype, type2: dtype): dtype => {
    [type1, type2].forEach((d, i) => {
      if (!(d instanceof dtype))
        throw new TypeError(
          `promote_types(): argument 'type${i + 1}' (position ${i + 1}) must be torch.dtype, not ${type_name(d)}`,
        );
    });
    return fromKernel(promoteTypes(type1.kernel, type2.kernel));
  },
);

/** Whether a result of one type may be stored in another. */
export const can_cast = def("torch.can_cast", "from_ to", (from: dtype, to: dtype): boolean =>
  canCast(from.kernel, to.kernel),
);
