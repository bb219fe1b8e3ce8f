import { ValueError } from "@cognate/py";
import { backend } from "../backend/config.js";
import { sessionAttribute, setSessionAttribute } from "../backend/global-state.js";

/* How long training may be at most, and switches of other backends. */

interface Runtime {
  process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}
const fromEnvironment = (name: string): number | null => {
  const text = (globalThis as Runtime).process?.env?.[name];
  return text === undefined ? null : Number(text);
};
const limits = {
  epochs: fromEnvironment("KERAS_MAX_EPOCHS"),
  steps: fromEnvironment("KERAS_MAX_STEPS_PER_EPOCH"),
};

/** How many epochs `fit` trains at most; `null` for no limit (`KERAS_MAX_EPOCHS`). */
export const max_epochs = (): number | null => limits.epochs;
export function set_max_epochs(max_epochs: number | null): void {
  limits.epochs = max_epochs;
}
/** How many batches an epoch has at most; `null` for no limit (`KERAS_MAX_STEPS_PER_EPOCH`). */
export const max_steps_per_epoch = (): number | null => limits.steps;
export function set_max_steps_per_epoch(max_steps_per_epoch: number | null): void {
  limits.steps = max_steps_per_epoch;
}

const FLASH = "flashAttention";
/** Whether attention is computed in one fused step; `null` leaves it to the backend, which has none here. */
export const is_flash_attention_enabled = (): boolean | null =>
  sessionAttribute<boolean | null>(FLASH, () => null);
export const enable_flash_attention = (): void => setSessionAttribute(FLASH, null);
export const disable_flash_attention = (): void => setSessionAttribute(FLASH, false);
/** Whether JAX's modules are used; never here. */
export const is_nnx_enabled = (): boolean => false;

/** Chooses the backend. @throws ValueError for another one than TensorFlow's */
export function set_backend(name: string): void {
  if (name !== backend())
    throw new ValueError(`Cannot set backend to ${name}: what is here follows Keras on TensorFlow.`);
}
