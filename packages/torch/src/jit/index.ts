/**
 * `torch.jit`: programs that PyTorch saved, run as they are.
 *
 * @packageDocumentation
 */
import { def } from "@cognate/py";
import { ScriptModuleImpl } from "./module.js";

export { load, load_async } from "./load.js";

/** The class of modules that {@link load} gives. */
export const ScriptModule = ScriptModuleImpl;
export const RecursiveScriptModule = ScriptModuleImpl;

/** `torch.jit.script(obj)`: the module or function itself, which needs no compiling here. */
export const script = def(
  "torch.jit.script",
  "obj optimize _frames_up _rcb example_inputs",
  <F>(obj: F, ..._options: readonly unknown[]): F => obj,
) as unknown as <F>(obj: F, ...options: readonly unknown[]) => F;

/** `torch.jit.trace(func, example_inputs)`: the module or function itself, which needs no recording here. */
export const trace = def(
  "torch.jit.trace",
  "func example_inputs optimize check_trace check_inputs check_tolerance strict",
  <F>(func: F, ..._options: readonly unknown[]): F => func,
) as unknown as <F>(func: F, ...options: readonly unknown[]) => F;

const itself = <F>(f: F): F => f;

/** Marks of methods for the compiler, which is not needed here. */
export { itself as export, itself as export_, itself as ignore, itself as unused, itself as interface };

/** A module whose weights no longer learn and that is in evaluation mode, as before. */
export function freeze<M>(mod: M): M {
  return mod;
}
export { freeze as optimize_for_inference };

/** Whether this runs within a compiled program: never. */
export const is_scripting = (): boolean => false;
export const is_tracing = (): boolean => false;
