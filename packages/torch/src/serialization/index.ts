/**
 * `torch.serialization`: which classes files may name, and where their tensors go.
 *
 * @packageDocumentation
 */
export { get_unsafe_globals_in_checkpoint } from "./inspect.js";
export { load } from "./load.js";
export { type MapLocation, register_package } from "./location.js";
export {
  add_safe_globals,
  clear_safe_globals,
  get_safe_globals,
  type SafeGlobal,
  safe_globals,
} from "./safe-globals.js";
export { save } from "./save.js";
