/** Whether calls are written to the tape, and whether what they make may ever be. */
export interface Mode {
  /** Calls on values that want gradients are recorded. */
  grad: boolean;
  /** Results can never take part in a graph (PyTorch's inference_mode). */
  inference: boolean;
}

/** A span of a program in which tangents live; they are gone when it ends. */
export class ForwardLevel {
  active = true;
  constructor(readonly depth: number) {}
}

/** How many levels of forward mode are open: calls look no further where there is none. */
export const forward = { depth: 0 };

const mode: Mode = { grad: true, inference: false };

export const gradEnabled = (): boolean => mode.grad;
export const inferenceEnabled = (): boolean => mode.inference;

/** Says whether calls are recorded, and returns what held before. */
export function setGrad(on: boolean): boolean {
  const before = mode.grad;
  mode.grad = on;
  return before;
}

/** Sets parts of the mode and returns what they were, for {@link restoreMode}. */
export function setMode(next: Partial<Mode>): Mode {
  const before = { ...mode };
  Object.assign(mode, next);
  return before;
}

export function restoreMode(before: Mode): void {
  Object.assign(mode, before);
}

/** `f` run under a mode, which ends with it, also by an exception. */
export function withMode<T>(next: Partial<Mode>, f: () => T): T {
  const before = setMode(next);
  try {
    return f();
  } finally {
    restoreMode(before);
  }
}

/** `f` run without recording. */
export function noGrad<T>(f: () => T): T {
  if (!mode.grad) return f();
  mode.grad = false;
  try {
    return f();
  } finally {
    mode.grad = true;
  }
}
