import type { Tensor } from "../../tensor/tensor.js";
import { moduleClass } from "../module/keywords.js";
import { ModuleImpl } from "../module.js";

class IdentityImpl extends ModuleImpl {
  // Any arguments are taken and none is used, so that it can stand in for any layer.
  constructor(_args: readonly unknown[] = []) {
    super();
  }
  override forward(input: Tensor): Tensor {
    return input;
  }
}

/** `torch.nn.Identity`: gives its input back, and takes any arguments. */
export const Identity = moduleClass("linear.Identity", "...args:dict", IdentityImpl, "input");
export type Identity = IdentityImpl;
