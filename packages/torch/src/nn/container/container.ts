import { moduleClass } from "../module/keywords.js";
import { ModuleImpl } from "../module.js";

class ContainerImpl extends ModuleImpl {
  constructor(modules: Readonly<Record<string, ModuleImpl>> = {}) {
    super();
    for (const [name, module] of Object.entries(modules)) this.add_module(name, module);
  }
}

/** `torch.nn.Container`: modules by name, and no forward; for old code. */
export const Container = moduleClass("container.Container", "**modules", ContainerImpl);
export type Container = ContainerImpl;
