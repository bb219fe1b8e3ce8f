import { def, RuntimeError } from "@cognate/py";

interface Options {
  readonly fullgraph?: boolean;
  readonly dynamic?: boolean | null;
  readonly backend?: unknown;
  readonly mode?: string | null;
  readonly options?: unknown;
  readonly disable?: boolean;
}

interface Compile {
  <F>(model: F, options?: Options): F;
  (options: Options): <F>(model: F) => F;
}

/** `torch.compile(model)`: the model or function itself, which needs no compiling here; with options only, a decorator. */
export const compile = def(
  "torch.compile",
  "model * fullgraph dynamic backend mode options disable",
  (
    model: unknown = null,
    _fullgraph = false,
    _dynamic: boolean | null = null,
    _backend: unknown = "inductor",
    mode: string | null = null,
    options: unknown = null,
    _disable = false,
  ): unknown => {
    if (mode !== null && options !== null)
      throw new RuntimeError(
        "Either mode or options can be specified, but both can't be specified at the same time.",
      );
    return model === null ? (f: unknown) => f : model;
  },
) as unknown as Compile;

/** `torch.cond(pred, true_fn, false_fn, operands)`: one of two functions of the operands. */
export const cond = def(
  "torch.cond",
  "pred true_fn false_fn operands",
  <R>(
    pred: unknown,
    true_fn: (...operands: never[]) => R,
    false_fn: (...operands: never[]) => R,
    operands: readonly never[] = [],
  ): R => (Number(pred) !== 0 ? true_fn : false_fn)(...operands),
);
