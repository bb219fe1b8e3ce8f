import { isPlainObject, RuntimeError } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import type { Tensor } from "../../tensor/tensor.js";
import type { ModuleImpl } from "../module.js";
import { is_lazy } from "../parameter.js";
import { fieldsOf } from "./fields.js";

/** How a lazy module learns its shapes from its first input. */
interface Plan<M> {
  /** Whether the size that the first input tells is known. */
  known(self: M): boolean;
  /** Sets that size. @throws RuntimeError for an input that cannot tell it */
  infer(self: M, input: Tensor): void;
  /** Shapes of the parameters and buffers that wait for it. */
  shapes(self: M): Readonly<Record<string, readonly number[]>>;
}

type Class<M> = { readonly prototype: M };

/** The parameters and buffers of a module that still wait for their shape. */
const waiting = (module: ModuleImpl) =>
  [...fieldsOf(module, "parameter"), ...fieldsOf(module, "buffer")].flatMap(([name, value]) =>
    is_lazy(value) ? [[name, value] as const] : [],
  );

/**
 * Makes modules of class `Lazy` learn their shapes from their first input, after which they are of class `Becomes`.
 */
export function makeLazy<M extends ModuleImpl & { reset_parameters(): void }>(
  Lazy: Class<M>,
  Becomes: Class<M>,
  plan: Plan<M>,
): void {
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(Lazy.prototype, name, { value, writable: true, configurable: true });
  };
  define("has_uninitialized_params", function (this: M): boolean {
    return waiting(this).length > 0;
  });
  define("reset_parameters", function (this: M): void {
    if (waiting(this).length === 0 && plan.known(this)) Becomes.prototype.reset_parameters.call(this);
  });
  define("initialize_parameters", function (this: M, input: Tensor): void {
    noGrad(() => {
      const fields = waiting(this);
      if (!plan.known(this)) plan.infer(this, input);
      const shapes = plan.shapes(this);
      for (const [name, value] of fields) value.materialize(shapes[name]!);
      if (fields.length > 0) this.reset_parameters();
    });
  });
  define("__call__", function (this: M, ...args: unknown[]): unknown {
    const [first] = args;
    const input = (isPlainObject(first) ? first.input : first) as Tensor;
    (this as unknown as { initialize_parameters(input: Tensor): void }).initialize_parameters(input);
    if (waiting(this).length > 0)
      throw new RuntimeError(`module ${this._get_name()} has not been fully initialized`);
    Object.setPrototypeOf(this, Becomes.prototype);
    return this.__call__(...args);
  });
}

/** The channels of a batched or single input with so many spatial axes. @throws RuntimeError for another rank */
export function channelsOf(input: Tensor, axes: number, name: string): number {
  if (input.ndim !== axes + 1 && input.ndim !== axes + 2)
    throw new RuntimeError(
      `Expected ${axes + 1}D (unbatched) or ${axes + 2}D (batched) input to ${name}, but got input of size: ${input.shape}`,
    );
  return input.shape[input.ndim - axes - 1]!;
}
