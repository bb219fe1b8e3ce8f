import { type Arguments, asFloat, repr, Tuple } from "@cognate/py";
import type { Tensor } from "../../tensor/tensor.js";
import { ModuleImpl } from "../module.js";
import { moduleClass, type OpenFields } from "./keywords.js";

type Fields = Readonly<Record<string, unknown>>;
type Maker = (...args: never[]) => object;

/** What a layer without parameters is: options, a forward that reads them, and how it prints. */
interface OptionLayer<F> {
  /** Names in forward's signature. */
  readonly inputs: string;
  /** Forward, the layer first. */
  readonly forward: F;
  /**
   * Options in the order of the print, as `name=value`; one that begins with `?` shows only where it is true. A function
   * says it in its own way.
   */
  readonly show?: readonly string[] | ((self: Fields) => string);
  /** Options that are floats, which a whole number prints as. */
  readonly floats?: readonly string[];
  /** Options that are buffers (class weights). */
  readonly buffers?: readonly string[];
}

type Forward<Self> = (self: Self, ...inputs: never[]) => unknown;
type Inputs<F> = F extends (self: never, ...inputs: infer I) => unknown ? I : never;

/** An instance: called with forward's inputs, with the options as fields. */
export type LayerOf<O, F extends Forward<never>, In extends string> = ((
  ...inputs: Arguments<In, Inputs<F>>
) => ReturnType<F>) &
  ModuleImpl &
  O & { forward(...inputs: Arguments<In, Inputs<F>>): ReturnType<F> };

/** The class. */
export interface LayerClass<S extends string, M extends Maker, F extends Forward<never>, In extends string> {
  (...args: Arguments<S, Parameters<M>>): LayerOf<ReturnType<M>, F, In>;
  new (...args: Arguments<S, Parameters<M>>): LayerOf<ReturnType<M>, F, In> & OpenFields;
  readonly prototype: LayerOf<ReturnType<M>, F, In>;
  readonly __name__: string;
}

/** An option as a layer prints it: lists as tuples, whole floats with their point. */
export function optionText(value: unknown, isFloat = false): string {
  if (Array.isArray(value)) return repr(Tuple.of_(value.map((v) => (isFloat ? floated(v) : v))));
  return repr(isFloat ? floated(value) : value);
}
const floated = (v: unknown): unknown => (typeof v === "number" ? asFloat(v) : v);

/** `name=value, …` of some fields. */
export function fieldsText(self: object, show: readonly string[], floats: readonly string[] = []): string {
  const parts = show.flatMap((entry) => {
    const optional = entry.startsWith("?");
    const name = optional ? entry.slice(1) : entry;
    const value = (self as Fields)[name];
    if (optional && !value) return [];
    return [`${name}=${optionText(value, floats.includes(name))}`];
  });
  return parts.join(", ");
}

/**
 * Makes the class of a layer that has options but no parameters: activations, pooling, padding, losses.
 *
 * @param path - its module and name in Python
 * @param signature - the constructor's parameters
 * @param options - the fields from the constructor's arguments
 */
export function optionLayer<
  const S extends string,
  M extends Maker,
  const In extends string,
  F extends Forward<ModuleImpl & ReturnType<M>>,
>(
  path: string,
  signature: S,
  options: M,
  layer: OptionLayer<F> & { readonly inputs: In },
): LayerClass<S, M, F, In> {
  const { forward, show = [], floats = [], buffers = [] } = layer;
  class Layer extends ModuleImpl {
    constructor(...args: never[]) {
      super();
      for (const [name, value] of Object.entries(options(...args)))
        if (buffers.includes(name)) this.register_buffer(name, value as Tensor | null);
        else (this as unknown as Record<string, unknown>)[name] = value;
    }
    override forward(...inputs: never[]): unknown {
      return forward(this as unknown as ModuleImpl & ReturnType<M>, ...inputs);
    }
    override extra_repr(): string {
      return typeof show === "function" ? show(this as unknown as Fields) : fieldsText(this, show, floats);
    }
  }
  // How many parameters are required is read off the lengths.
  Object.defineProperty(Layer, "length", { value: options.length });
  Object.defineProperty(Layer.prototype.forward, "length", { value: forward.length - 1 });
  return moduleClass(path, signature, Layer, layer.inputs) as unknown as LayerClass<S, M, F, In>;
}
