import { context, RuntimeError, repr } from "@cognate/py";
import type { Tensor } from "../tensor/tensor.js";
import {
  type Optimizer,
  OptimizerState,
  type OptimizerStateDict,
  type ParamGroup,
  type ParamState,
} from "./optimizer.js";

const NAME = "swap_in_optimizer_params_and_state";

/**
 * `with torch.optim.swap_in_optimizer_params_and_state(optimizer, parameters, state):` – inside of the callback the optimizer
 * works on other parameters with another state; afterwards it has its own again. Tensors of the given state change in place.
 *
 * @param swapin_parameters - tensors by name, in the order of the optimizer's parameters
 * @param swapin_optim_state - what `optimizer.state_dict()` gives
 * @throws RuntimeError for other numbers of groups or parameters
 */
export const swap_in_optimizer_params_and_state = context(
  (
    optimizer: Optimizer,
    swapin_parameters: Readonly<Record<string, Tensor>>,
    swapin_optim_state: OptimizerStateDict,
  ) => {
    let kept: { state: OptimizerState; groups: ParamGroup[] } | undefined;
    return {
      enter: (): void => {
        const swapped = prepared(optimizer, Object.values(swapin_parameters), swapin_optim_state);
        kept = { state: optimizer.state, groups: optimizer.param_groups.map((g) => ({ ...g })) };
        optimizer.param_groups.forEach((group, i) => Object.assign(group, swapped.groups[i]));
        optimizer.state = swapped.state;
      },
      exit: (): void => {
        if (!kept) return;
        optimizer.param_groups.forEach((group, i) => {
          for (const key of Object.keys(group)) delete group[key];
          Object.assign(group, kept!.groups[i]);
        });
        optimizer.state = kept.state;
      },
    };
  },
);

function prepared(
  optimizer: Optimizer,
  parameters: readonly Tensor[],
  { state, param_groups }: OptimizerStateDict,
): { state: OptimizerState; groups: Partial<ParamGroup>[] } {
  const fail = (text: string): never => {
    throw new RuntimeError(`${NAME} requires ${text}`);
  };
  if (param_groups.length !== optimizer.param_groups.length)
    fail("the explicit parameter state to match optimizer.param_groups ordering.");
  const out = new OptimizerState();
  const seen = new Set<unknown>();
  let next = 0;
  const groups = param_groups.map((given) => {
    const ids = given.params as unknown[];
    const params = parameters.slice(next, next + ids.length);
    next += ids.length;
    if (params.length < ids.length)
      fail("the explicit parameter state to match optimizer.param_groups ordering.");
    ids.forEach((id, i) => {
      seen.add(id);
      out.set(params[i], { ...((state.get(id) as ParamState | undefined) ?? {}) });
    });
    return { ...given, params } as Partial<ParamGroup>;
  });
  const extra = [...state.keys()].filter((key) => !seen.has(key));
  if (extra.length > 0)
    fail(
      `swapin_optim_state['state'] to be keyed only by packed parameter ids from param_groups[*]['params']; got extra keys ${repr(extra)}.`,
    );
  return { state: out, groups };
}
