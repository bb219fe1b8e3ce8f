/** `torch.cuda` of a build without CUDA: questions are answered with no, anything else raises. */
import { AssertionError } from "@cognate/py";

export const is_available = (): boolean => false;
export const is_initialized = (): boolean => false;
export const is_bf16_supported = (_including_emulation = true): boolean => false;
export const device_count = (): number => 0;
export const empty_cache = (): void => undefined;
export const manual_seed = (_seed: number): void => undefined;
export const manual_seed_all = (_seed: number): void => undefined;
export const memory_allocated = (_device: unknown = null): number => 0;
export const max_memory_allocated = (_device: unknown = null): number => 0;
export const memory_reserved = (_device: unknown = null): number => 0;
export const max_memory_reserved = (_device: unknown = null): number => 0;

function missing(..._args: unknown[]): never {
  throw new AssertionError("Torch not compiled with CUDA enabled");
}

export {
  missing as current_device,
  missing as current_stream,
  missing as get_device_capability,
  missing as get_device_name,
  missing as get_device_properties,
  missing as init,
  missing as set_device,
  missing as synchronize,
};
