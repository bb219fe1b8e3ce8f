/** `torch.amp`: mixed precision, which changes nothing for float32 on the CPU. */
import { context, RuntimeError } from "@cognate/py";
import { device } from "../device.js";
import { bfloat16, type dtype } from "../dtype.js";

interface AutocastOptions {
  readonly dtype?: dtype | null;
  readonly enabled?: boolean;
  readonly cache_enabled?: boolean | null;
}

const state = { enabled: false, type: bfloat16 };

/**
 * `with torch.autocast("cpu"):` – the block runs in the types that its tensors have: nothing here is faster in half
 * precision, so that nothing is cast.
 *
 * @throws RuntimeError for an unknown device
 */
export const autocast = context((device_type: string, options: AutocastOptions = {}) => {
  if (typeof device_type !== "string")
    throw new RuntimeError(`Expected \`device_type\` of type \`str\`, got: \`${typeof device_type}\``);
  device(device_type);
  const before = { ...state };
  return {
    enter: (): void => {
      state.enabled = options.enabled ?? true;
      state.type = options.dtype ?? bfloat16;
    },
    exit: (): void => void Object.assign(state, before),
  };
});

/** Whether this is inside {@link autocast}. */
export const is_autocast_enabled = (_device_type = "cpu"): boolean => state.enabled;
/** The type that {@link autocast} was told. */
export const get_autocast_dtype = (_device_type = "cpu"): dtype => state.type;
/** Whether a device can be told to {@link autocast}. */
export const is_autocast_available = (device_type: string): boolean => device_type === "cpu";
