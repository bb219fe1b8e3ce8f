/** `tf.config`: one CPU. */
interface Device {
  readonly name: string;
  readonly device_type: string;
}
export const list_physical_devices = (kind: string | null = null): Device[] =>
  kind === null || kind === "CPU" ? [{ name: "/physical_device:CPU:0", device_type: "CPU" }] : [];
export const list_logical_devices = (kind: string | null = null): Device[] =>
  kind === null || kind === "CPU" ? [{ name: "/device:CPU:0", device_type: "CPU" }] : [];
export { functions_run_eagerly, run_functions_eagerly } from "../function/function.js";
export const threading = {
  set_inter_op_parallelism_threads(_n: number): void {},
  set_intra_op_parallelism_threads(_n: number): void {},
} as const;
export const experimental = {
  enable_op_determinism(): void {},
  set_memory_growth(_d: unknown, _on: boolean): void {},
} as const;
