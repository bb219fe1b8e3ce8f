import { className, moduleName, type_name } from "@cognate/py";
import { scalarName } from "../../promotion.js";
import { Tensor } from "../../tensor/tensor.js";

/** `torch.typename(x)`: `torch.FloatTensor` for tensors, else the type's name. */
export function typename(x: unknown): string {
  if (x instanceof Tensor) return `torch.${scalarName(x._value.dtype)}Tensor`;
  if (typeof x !== "function" || x.constructor === Function) return type_name(x);
  const module = moduleName(x.constructor);
  return module === undefined ? className(x.constructor) : `${module}.${className(x.constructor)}`;
}
