import { className, type_name } from "@cognate/py";
import { scalarName } from "../../promotion.js";
import { Tensor } from "../../tensor/tensor.js";

/** `torch.typename(x)`: `torch.FloatTensor` for tensors, else the type's name. */
export function typename(x: unknown): string {
  if (x instanceof Tensor) return `torch.${scalarName(x._value.dtype)}Tensor`;
  return typeof x === "function" && x.constructor !== Function ? className(x.constructor) : type_name(x);
}
