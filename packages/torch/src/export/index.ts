/**
 * `torch.export`: graphs that PyTorch exported, run as they are.
 *
 * @packageDocumentation
 */
export { ExportedProgram, load, load_async } from "./program.js";
