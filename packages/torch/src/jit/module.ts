import type { ScriptClass } from "@cognate/formats";
import { isPlainObject, NotImplementedError, nameClass, PicklingError } from "@cognate/py";
import { hide } from "../nn/module/hide.js";
import { ModuleImpl } from "../nn/module.js";
import type { Program } from "./program.js";
import { intoScript, outOfScript } from "./values.js";

/** A module of a TorchScript archive: its weights are those of any module, its methods are the program's. */
export class ScriptModuleImpl extends ModuleImpl {
  declare readonly _script: ScriptClass;
  declare readonly _program: Program;

  /** The name of the class that was saved. */
  get original_name(): string {
    return this._script.name;
  }
  override _get_name(): string {
    return "RecursiveScriptModule";
  }
  override extra_repr(): string {
    return `original_name=${this._script.name}`;
  }
  override forward(...args: never[]): unknown {
    return this._call("forward", args);
  }
  /** @throws PicklingError: the program cannot be part of a pickle */
  __getstate__(): never {
    throw new PicklingError(
      "ScriptModules cannot be deepcopied using copy.deepcopy or saved using torch.save. Mixed serialization of script and non-script modules is not supported. For purely script modules use my_script_module.save(<filename>) instead.",
    );
  }
  /** Runs one of the program's methods. @throws NotImplementedError for a module without it */
  _call(name: string, args: readonly unknown[]): unknown {
    const method = this._script.methods.get(name);
    if (!method)
      throw new NotImplementedError(
        `Module [${this._get_name()}] is missing the required "${name}" function`,
      );
    const last = args.at(-1);
    const names = new Set(method.parameters.map((p) => p.name));
    const named = isPlainObject(last) && Object.keys(last).every((key) => names.has(key)) ? last : {};
    const placed = named === last ? args.slice(0, -1) : args;
    const keywords = Object.fromEntries(Object.entries(named).map(([k, v]) => [k, intoScript(v)]));
    return outOfScript(this._program.compiled(method).call(this, placed.map(intoScript), keywords));
  }
}
nameClass("torch.jit._script.RecursiveScriptModule", ScriptModuleImpl);

/** A bare module of a class of a program, with the program's other methods as its own. */
export function scriptModule(program: Program, type: ScriptClass): ScriptModuleImpl {
  const module = new ScriptModuleImpl();
  hide(module, "_script", type);
  hide(module, "_program", program);
  for (const name of type.methods.keys())
    if (!(name in module)) hide(module, name, (...args: unknown[]) => module._call(name, args));
  return module;
}
