import { ops } from "@cognate/kernel";
import { type Guard, RuntimeError, UserWarning, warn } from "@cognate/py";
import { call, type GraphNode, observeBackward, type Value } from "@cognate/tensor";
import { gradFnName } from "../policy.js";

interface Anomaly {
  readonly enabled: boolean;
  readonly checkNan: boolean;
}

let state: Anomaly = { enabled: false, checkNan: true };

const hasNan = (g: Value): boolean => {
  if (g.dtype.kind !== "float" && g.dtype.kind !== "complex") return false;
  const whole = call(ops.all, [call(ops.eq, [g, g], undefined)], {});
  return whole.array.peek[0] !== 1;
};

/** @throws RuntimeError where a gradient that a node gives is NaN */
function check(node: GraphNode, gradients: readonly (Value | null | undefined)[]): void {
  gradients.forEach((g, i) => {
    if (!g || !hasNan(g)) return;
    const name = gradFnName(node.name);
    warn(`Error detected in ${name}.`, UserWarning);
    throw new RuntimeError(`Function '${name}' returned nan values in its ${i}th output.`);
  });
}

function become(next: Anomaly): void {
  state = next;
  observeBackward(next.enabled && next.checkNan ? check : null);
}

function entered<R>(next: Anomaly, body: (() => R) | undefined): R | (Disposable & Guard<void>) {
  const before = state;
  become(next);
  const exit = (): void => become(before);
  if (!body) return { enter: () => undefined, exit, [Symbol.dispose]: exit };
  try {
    return body();
  } finally {
    exit();
  }
}

/**
 * Looks in backward at every gradient, from now on or as long as a callback runs.
 *
 * @throws RuntimeError from backward, naming the function whose gradient is NaN
 */
export function set_detect_anomaly<R>(mode: boolean, check_nan: boolean | undefined, body: () => R): R;
export function set_detect_anomaly(mode: boolean, check_nan?: boolean): Disposable & Guard<void>;
export function set_detect_anomaly(mode: boolean, check_nan = true, body?: () => unknown): unknown {
  return entered({ enabled: mode, checkNan: check_nan }, body);
}

/**
 * `with torch.autograd.detect_anomaly():` – backward inside raises where a gradient is NaN.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([-1, 4], { dtype: torch.float32, requires_grad: true });
 * try {
 *   torch.autograd.detect_anomaly(() => x.sqrt().sum().backward());
 * } catch (e) {
 *   print((e as Error).message); // prints Function 'SqrtBackward0' returned nan values in its 0th output.
 * }
 * ```
 */
export function detect_anomaly<R>(body: () => R): R;
export function detect_anomaly<R>(keywords: { check_nan?: boolean }, body: () => R): R;
export function detect_anomaly(keywords?: { check_nan?: boolean } | boolean): Disposable & Guard<void>;
export function detect_anomaly(
  first?: (() => unknown) | { check_nan?: boolean } | boolean,
  body?: () => unknown,
): unknown {
  warn(
    "Anomaly Detection has been enabled. This mode will increase the runtime and should only be enabled for debugging.",
    UserWarning,
  );
  const run = typeof first === "function" ? first : body;
  const checkNan = typeof first === "object" ? (first.check_nan ?? true) : first !== false;
  return entered({ enabled: true, checkNan }, run);
}

/** Whether {@link detect_anomaly} is on. */
export const is_anomaly_enabled = (): boolean => state.enabled;
/** Whether it looks for NaN. */
export const is_anomaly_check_nan_enabled = (): boolean => state.checkNan;
/** {@link set_detect_anomaly} without a way back. */
export const set_anomaly_enabled = (mode: boolean, check_nan = true): void =>
  become({ enabled: mode, checkNan: check_nan });
