import { type DType, float64, isFloating } from "@cognate/kernel";
import { badArgument } from "../errors.js";
import { dtypeOfTypename, elementName } from "./types.js";

let current: DType = float64;

/** The element type of `torch.Tensor` and of the factories. */
export const defaultType = (): DType => current;

/** `torch.setdefaulttensortype("torch.FloatTensor")`: what `torch.Tensor` and the factories make from now on. */
export function setdefaulttensortype(name: string): void {
  const dtype = dtypeOfTypename(name);
  if (!dtype || !isFloating(dtype))
    throw badArgument(1, "setdefaulttensortype", `torch.*Tensor expected, got ${name}`);
  current = dtype;
}

/** `torch.getdefaulttensortype()`: `torch.DoubleTensor` unless it was set. */
export const getdefaulttensortype = (): string => `torch.${elementName(current)}Tensor`;
