/**
 * `torch.serialization`: which classes files may name, and where their tensors go.
 *
 * @packageDocumentation
 */
export { get_unsafe_globals_in_checkpoint } from "./inspect.js";
export { load } from "./load.js";
export { type MapLocation, register_package } from "./location.js";
export {
  check_module_version_greater_or_equal,
  default_restore_location,
  get_crc32_options,
  get_default_load_endianness,
  get_default_mmap_options,
  LoadEndianness,
  location_tag,
  SourceChangeWarning,
  StorageType,
  set_crc32_options,
  set_default_load_endianness,
  set_default_mmap_options,
  skip_data,
  validate_cuda_device,
  validate_hpu_device,
} from "./options.js";
export {
  add_safe_globals,
  clear_safe_globals,
  get_safe_globals,
  type SafeGlobal,
  safe_globals,
} from "./safe-globals.js";
export { save } from "./save.js";
