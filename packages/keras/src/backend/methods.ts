import { getItem, type Index } from "./indexing.js";
import { type OperatorMethods, operatorMethods } from "./operators.js";
import { Tensor, wrap } from "./tensor.js";

/** The methods of tensors that compute. */
export interface TensorMethods extends OperatorMethods {
  /** `x[…]`. */
  at(...index: readonly Index[]): Tensor;
  __getitem__(index: Index | readonly Index[]): Tensor;
}

/** Gives a class whose `_value` is a value the operators and indexing. */
export function installMethods(C: { readonly prototype: object }): void {
  const methods: Record<string, Function> = {
    ...operatorMethods,
    at(this: Tensor, ...index: readonly Index[]) {
      return wrap(getItem(this._value, index));
    },
    __getitem__(this: Tensor, index: Index | readonly Index[]) {
      return wrap(getItem(this._value, Array.isArray(index) ? index : [index as Index]));
    },
  };
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(C.prototype, name, { value, writable: true, configurable: true });
}

installMethods(Tensor);
