import { RuntimeError, type Slice, TypeError, type_name } from "@cognate/py";
import { Tensor } from "../../tensor/tensor.js";
import { getField, setField } from "../module/fields.js";
import { hide } from "../module/hide.js";
import { moduleClass } from "../module/keywords.js";
import { ModuleImpl } from "../module.js";
import { Parameter } from "../parameter.js";
import { placeIn, placesIn } from "./sequence.js";

/** How a list or dict of parameters shows one of them. */
export function describeEntry(name: string | number, value: unknown, kind: (t: Tensor) => string): string {
  if (!(value instanceof Tensor)) return `  (${name}): Object of type: ${type_name(value)}`;
  const C = value instanceof Parameter ? "Parameter" : "Tensor";
  return `  (${name}): ${C} containing: [${kind(value)} of size ${value.shape.join("x")}]`;
}

/** Tensors become parameters; anything else stays. */
export const asEntry = <T>(value: T): T | Parameter =>
  value instanceof Tensor && !(value instanceof Parameter) ? new Parameter(value) : value;

class ParameterListImpl extends ModuleImpl {
  declare _size: number;

  constructor(values: Iterable<unknown> | null = null) {
    super();
    hide(this, "_size", 0);
    if (values !== null) this.extend(values);
  }

  override get length(): number {
    return this._size;
  }
  __len__(): number {
    return this._size;
  }
  *[Symbol.iterator](): Generator<Parameter> {
    for (let i = 0; i < this._size; i++) yield this.at(i);
  }
  /** `list[i]`; a slice gives a list. */
  at(index: number): Parameter;
  at(index: string | Slice): this;
  at(index: number | string | Slice): Parameter | this {
    if (typeof index === "number") return getField(this, String(placeIn(index, this._size))) as Parameter;
    const out = new (this.constructor as new () => this)();
    return out.extend(placesIn(index, this._size).map((i) => this.at(i)));
  }
  /** `list[i] = value`; a tensor becomes a parameter. */
  set(index: number, value: unknown): void {
    setField(this, String(placeIn(index, this._size)), asEntry(value));
  }
  append(value: unknown): this {
    this._size++;
    this.set(this._size - 1, value);
    return this;
  }
  extend(values: Iterable<unknown>): this {
    if (values instanceof Tensor || typeof values?.[Symbol.iterator] !== "function")
      throw new TypeError(
        `ParameterList.extend should be called with an iterable, but got ${type_name(values)}`,
      );
    for (const value of values) this.append(value);
    return this;
  }
  /** `list += values`. */
  add_(values: Iterable<unknown>): this {
    return this.extend(values);
  }

  override extra_repr(): string {
    return [...this].map((p, i) => describeEntry(i, p, (t) => String(t.dtype))).join("\n");
  }
  override __call__(): never {
    throw new RuntimeError("ParameterList should not be called.");
  }
}

/**
 * `torch.nn.ParameterList`: a list of parameters, all of which belong to the module that has it; tensors become
 * parameters.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.nn.ParameterList([torch.ones(2, 3), torch.ones(4)]));
 * // prints
 * // ParameterList(
 * //     (0): Parameter containing: [torch.float32 of size 2x3]
 * //     (1): Parameter containing: [torch.float32 of size 4]
 * // )
 * ```
 */
export const ParameterList = moduleClass("container.ParameterList", "values", ParameterListImpl);
export type ParameterList = ParameterListImpl;
