import { fieldsOf } from "../module/fields.js";
import { moduleClass } from "../module/keywords.js";
import type { ModuleImpl, OpenModule } from "../module.js";
import { type Entries, MappingModule } from "./mapping.js";

class ModuleDictImpl extends MappingModule<OpenModule> {
  constructor(modules: Entries<ModuleImpl> | null = null) {
    super();
    if (modules !== null) this.update(modules);
  }

  override keys(): string[] {
    return fieldsOf(this, "module").map(([name]) => name);
  }
  override set(key: string, module: ModuleImpl): void {
    this.add_module(key, module);
  }
}

/**
 * `torch.nn.ModuleDict`: modules by key, all of which belong to the module that has it.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const choices = torch.nn.ModuleDict({ relu: torch.nn.ReLU(), tanh: torch.nn.Tanh() });
 * print(choices.at("tanh"), choices.keys()); // prints Tanh() ['relu', 'tanh']
 * ```
 */
export const ModuleDict = moduleClass("container.ModuleDict", "modules:dict", ModuleDictImpl);
export type ModuleDict = ModuleDictImpl;
