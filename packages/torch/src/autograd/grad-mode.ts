import { context, type Guard } from "@cognate/py";
import { gradEnabled, inferenceEnabled, type Mode, restoreMode, setMode } from "@cognate/tensor";

function guard(next: Partial<Mode>): Guard<void> {
  let before: Mode | undefined;
  return {
    enter: () => {
      before = setMode(next);
    },
    exit: () => {
      if (before) restoreMode(before);
    },
  };
}

/**
 * `with torch.no_grad():` – nothing inside is recorded.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.ones(2, { requires_grad: true });
 * print(torch.no_grad(() => x.mul(2)), x.mul(2).requires_grad); // prints tensor([2., 2.]) True
 * ```
 */
export const no_grad = context(() => guard({ grad: false }));

/** `with torch.enable_grad():` – recording inside a {@link no_grad} block. */
export const enable_grad = context(() => guard({ grad: true }));

/** `with torch.inference_mode():` – nothing is recorded, and results can never take part in a graph. */
export const inference_mode = context((mode?: boolean) =>
  guard(mode === false ? {} : { grad: false, inference: true }),
);

/**
 * Sets recording at once and for good; with a callback, or as a manager until `exit()`, for a while.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.set_grad_enabled(false);
 * print(torch.is_grad_enabled(), torch.set_grad_enabled(true, () => torch.is_grad_enabled()), torch.is_grad_enabled());
 * torch.set_grad_enabled(true);
 * // prints False True False
 * ```
 */
export function set_grad_enabled<R>(mode: boolean, body: () => R): R;
export function set_grad_enabled(mode: boolean): Disposable & Guard<void>;
export function set_grad_enabled(mode: boolean, body?: () => unknown): unknown {
  const before = setMode({ grad: mode });
  const exit = (): void => restoreMode(before);
  if (!body) return { enter: () => undefined, exit, [Symbol.dispose]: exit };
  try {
    return body();
  } finally {
    exit();
  }
}

/** Whether calls are recorded. */
export const is_grad_enabled = (): boolean => gradEnabled();

/** Whether this is inside {@link inference_mode}. */
export const is_inference_mode_enabled = (): boolean => inferenceEnabled();
