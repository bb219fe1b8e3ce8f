/**
 * `safetensors.torch`: tensors by name in a file that holds nothing else.
 *
 * @packageDocumentation
 */
import "../install.js";

export { SafetensorError } from "./errors.js";
export { load, load_file, save, save_file } from "./files.js";
export { load_model, save_model } from "./models.js";
export { SafeFile, SafeSlice, safe_open } from "./open.js";
