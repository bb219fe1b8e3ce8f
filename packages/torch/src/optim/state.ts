import { AssertionError } from "@cognate/py";
import { float32, float64, get_default_dtype } from "../dtype.js";
import { zeros_like } from "../ops/creation.js";
import { tensor } from "../tensor/factories.js";
import type { Tensor } from "../tensor/tensor.js";
import type { ParamGroup, ParamState } from "./optimizer.js";

/** A number that the state keeps as a tensor without dimensions, as PyTorch does. */
export const scalarState = (value: number): Tensor =>
  tensor(value, { dtype: get_default_dtype() === float64 ? float64 : float32 });

/** The state of a parameter seen for the first time: a step counter, and zeros like the parameter by name. */
export function startState(state: ParamState, p: Tensor, ...names: readonly string[]): ParamState {
  if ("step" in state) return state;
  state.step = scalarState(0);
  for (const name of names) state[name] = zeros_like(p.detach());
  return state;
}

/** Counts a step and gives its number, the first being 1. */
export function countStep(state: ParamState): number {
  return Number((state.step as Tensor).add_(1).item());
}

/** @throws AssertionError as PyTorch does where there is no GPU */
export function requireNotCapturable(group: ParamGroup, what = "params and state_steps"): void {
  if (group.capturable)
    throw new AssertionError(
      `If capturable=True, ${what} must be on supported devices: ['cuda', 'xpu', 'hpu', 'privateuseone', 'xla'].`,
    );
}
