import { pythonJson } from "@cognate/formats";
import {
  type Arguments,
  AttributeError,
  className,
  NotImplementedError,
  repr,
  TypeError,
  type,
  ValueError,
  warn,
} from "@cognate/py";
import { KerasTensor } from "../backend/keras-tensor.js";
import { declareParameters } from "../call-signature.js";
import { keywordMethods } from "../keyword-methods.js";
import { LayerImpl, type LayerOptions } from "../layers/layer.js";
import { layerClass } from "../layers/make.js";
import { serialized } from "../object-registry.js";
import { constructFrom, withPolicyName } from "../saving/construct.js";
import type { LoadOptions, SaveOptions } from "../saving/options.js";
import { TrainerImpl } from "../trainers/trainer.js";
import * as tree from "../tree.js";
import { print_summary, type SummaryOptions } from "../utils/summary.js";
import { type StateTree, setStateTree, stateTree, type ValueFormat } from "./state-tree.js";

/** Symbolic tensors, also several in a list or dict. */
export type SymbolicStruct =
  | KerasTensor
  | readonly SymbolicStruct[]
  | { readonly [key: string]: SymbolicStruct };

/** What a model is made into that is given its inputs and outputs. */
interface FunctionalKind {
  /** The functional model of symbolic inputs and outputs. */
  make(inputs: unknown, outputs: unknown, name: string | null, options: LayerOptions): object;
  /** Makes a model of a user's class functional. */
  inject(model: ModelImpl, inputs: unknown, outputs: unknown, options: LayerOptions): void;
  /** Whether a class can be made of a graph's configuration. */
  revives(C: object): boolean;
  /** The functional model, of a class, of a configuration of layers and calls. */
  fromConfig(C: object, config: Readonly<Record<string, unknown>>, custom_objects: CustomObjects): ModelImpl;
}
/** Classes and functions by the names that configurations have for them. */
export type CustomObjects = Readonly<Record<string, unknown>> | null;
let functional: FunctionalKind;
/** Tells this file about functional models, which are models. */
export function setFunctionalKind(kind: FunctionalKind): void {
  functional = kind;
}

/** How files are written and read; what does it knows all kinds of models. */
interface Files {
  save(model: ModelImpl, filepath: unknown, options: SaveOptions): Uint8Array | undefined;
  saveWeights(model: ModelImpl, filepath: unknown, options: SaveOptions): Uint8Array | undefined;
  loadWeights(model: ModelImpl, filepath: unknown, options: LoadOptions): void;
}
let files: Files;
export function setModelFiles(f: Files): void {
  files = f;
}

export class ModelImpl extends TrainerImpl {
  // biome-ignore lint/correctness/noUnreachableSuper: what is returned before is another object
  constructor(
    inputs: SymbolicStruct | null = null,
    outputs: SymbolicStruct | null = null,
    name: string | null = null,
    trainable?: boolean,
    dtype?: LayerOptions["dtype"],
    autocast?: boolean,
    activity_regularizer?: LayerOptions["activity_regularizer"],
    others: LayerOptions = {},
  ) {
    const options: LayerOptions = { ...others, name };
    if (trainable !== undefined) options.trainable = trainable;
    if (dtype !== undefined) options.dtype = dtype;
    if (autocast !== undefined) options.autocast = autocast;
    if (activity_regularizer !== undefined) options.activity_regularizer = activity_regularizer;
    const asGraph = inputs !== null && outputs !== null;
    if (asGraph && (new.target === (Model as unknown) || new.target === ModelImpl))
      // biome-ignore lint/correctness/noConstructorReturn: a model of inputs and outputs is a functional one
      return functional.make(inputs, outputs, name, options) as ModelImpl;
    super(options);
    if (asGraph) functional.inject(this, inputs, outputs, options);
  }

  override call(..._args: never[]): unknown {
    throw new NotImplementedError(
      `Model ${className(this.constructor)} does not have a \`call()\` method implemented.`,
    );
  }
  /** The layers directly inside. */
  get layers(): LayerImpl[] {
    return this._flatten_layers(false, false);
  }
  set layers(_: unknown) {
    throw new AttributeError(
      "`Model.layers` attribute is reserved and should not be used. Please use another name.",
    );
  }
  /** The values of all variables as nested dicts by their paths. @throws ValueError for paths that occur twice */
  get_state_tree(value_format: ValueFormat = "backend_tensor"): StateTree {
    return stateTree(this, value_format);
  }
  /** Gives variables the values of {@link get_state_tree}. @throws ValueError for another part of a state */
  set_state_tree(state_tree: StateTree): void {
    setStateTree(this, state_tree);
  }
  /** @throws NotImplementedError always: a folder of TensorFlow's is a graph of operations, which is not written here */
  export(_filepath: string): never {
    throw new NotImplementedError(
      "`model.export()` writes a graph of TensorFlow's operations, which does not exist here. Use `model.save()` for a file that Keras opens and exports.",
    );
  }
  /** The model's configuration as a JSON text. */
  to_json(): string {
    return pythonJson(serialized(this));
  }

  override build_from_config(config: Readonly<Record<string, unknown>> | null): void {
    if (!config) return;
    let done = false;
    const { input_shape, shapes_dict } = config;
    const build = this.build as (...shapes: unknown[]) => void;
    const attempt = (f: () => void): void => {
      try {
        f();
        done = true;
      } catch {
        done = false;
      }
    };
    const own = (Object.getPrototypeOf(this) as LayerImpl).build !== LayerImpl.prototype.build;
    if ("input_shape" in config) {
      attempt(() => (own ? build(input_shape) : this._traceCall([symbols(input_shape)], {})));
      this._build_shapes_dict = config;
    } else if (shapes_dict) {
      const shapes = shapes_dict as Readonly<Record<string, unknown>>;
      const named = Object.fromEntries(
        Object.entries(shapes).map(([k, s]) => [k.replace(/_shape$/, ""), symbols(s)]),
      );
      attempt(() => (own ? build(shapes) : this._traceCall([], named)));
      this._build_shapes_dict = shapes;
    }
    if (!done)
      warn(
        `Model '${this.name}' had a build config, but the model cannot be built automatically in \`build_from_config(config)\`. You should implement \`def build_from_config(self, config)\`, and you might also want to implement the method  that generates the config at saving time, \`def get_build_config(self)\`. The method \`build_from_config()\` is meant to create the state of the model (i.e. its variables) upon deserialization.`,
      );
  }
  /** Builds the layers by calling `call` on symbolic tensors. */
  _traceCall(args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>): void {
    super._spec({ args, kwargs });
    this.built = true;
  }
  /** The model of a configuration. @throws TypeError where the class cannot be made of it */
  static override from_config(
    this: abstract new (
      ...args: never[]
    ) => LayerImpl,
    config: Readonly<Record<string, unknown>>,
    custom_objects: CustomObjects = null,
  ): LayerImpl {
    const isGraph = ["name", "layers", "input_layers", "output_layers"].every((key) => key in config);
    if (isGraph && functional.revives(this)) return functional.fromConfig(this, config, custom_objects);
    try {
      return constructFrom(this, withPolicyName(config));
    } catch (e) {
      if (!(e instanceof TypeError)) throw e;
      throw new TypeError(
        `Unable to revive model from config. When overriding the \`get_config()\` method, make sure that the returned config contains all items used as arguments in the  constructor to ${repr(this)}, which is the default behavior. You can override this default behavior by defining a \`from_config(cls, config)\` class method to specify how to create an instance of ${className(this)} from its config.\n\nReceived config=${repr(config)}\n\nError encountered during deserialization: ${e.message}`,
      );
    }
  }
  override _obj_type(): string {
    return "Model";
  }
}

const symbols = (shapes: unknown): unknown =>
  tree.mapShapes((s) => new KerasTensor(s, "float32", null, false), shapes);

declareParameters(ModelImpl.prototype.call, "...args kwargs?");

const GET_LAYER = "name index";
const SUMMARY = "line_length positions print_fn expand_nested show_trainable layer_range";
const SAVE = "filepath overwrite zipped **options";
const SAVE_WEIGHTS = "filepath overwrite";
const QUANTIZE = "mode config filters * type_check";
/** Patterns of names, or a question about a layer. */
export type LayerFilter = string | readonly string[] | ((layer: LayerImpl) => boolean) | null;
const wanted = (layer: LayerImpl, filters: LayerFilter): boolean => {
  if (filters === null) return true;
  if (typeof filters === "function") return filters(layer);
  return (typeof filters === "string" ? [filters] : filters).some((f) => new RegExp(f).test(layer.name));
};
const LOAD_WEIGHTS = "filepath skip_mismatch **options";

/** Where a file is or is to be: its path, or for reading its bytes. */
export type FilePath = string | Uint8Array | ArrayBuffer | null;

/** What is done with whole models, arguments also by name. */
export interface ModelImpl {
  /** A layer by its name or its place. @throws ValueError */
  get_layer(...args: Arguments<typeof GET_LAYER, [name?: string | null, index?: number | null]>): LayerImpl;
  /** Prints what the model is made of. */
  summary(
    ...args: Arguments<
      typeof SUMMARY,
      [
        line_length?: number | null,
        positions?: readonly number[] | null,
        print_fn?: SummaryOptions["print_fn"],
        expand_nested?: boolean,
        show_trainable?: boolean,
        layer_range?: readonly string[] | null,
      ]
    >
  ): void;
  /** Keeps the weights of layers in fewer bits (`"int8"`, `"int4"`); `filters` says of which, by their names. */
  quantize(mode?: string | null | object, ...more: readonly unknown[]): void;
  /** Which layers one algorithm quantizes block by block; for classes to override. */
  get_quantization_layer_structure(...args: Arguments<"mode", [mode?: string | null]>): unknown;
  /** Writes the model to a file; without a path, gives its bytes (`save_format` says of which kind). */
  save(
    ...args: Arguments<
      typeof SAVE,
      [filepath?: string | null, overwrite?: boolean, zipped?: boolean | null, options?: SaveOptions]
    >
  ): Uint8Array | undefined;
  /** Writes the weights to a `.weights.h5` file; without a path, gives its bytes. */
  save_weights(
    ...args: Arguments<typeof SAVE_WEIGHTS, [filepath?: string | null, overwrite?: boolean]>
  ): Uint8Array | undefined;
  /** Reads the weights of a file into the model. */
  load_weights(
    ...args: Arguments<
      typeof LOAD_WEIGHTS,
      [filepath: FilePath, skip_mismatch?: boolean, options?: LoadOptions]
    >
  ): void;
}

const methods = {
  get_layer(this: ModelImpl, name: string | null = null, index: number | null = null): LayerImpl {
    const { layers } = this;
    if (index !== null && name !== null)
      throw new ValueError(
        `Provide only a layer name or a layer index. Received: index=${index}, name=${name}.`,
      );
    if (index !== null) {
      const found = layers.at(index);
      if (layers.length <= index || found === undefined)
        throw new ValueError(
          `Was asked to retrieve layer at index ${index} but model only has ${layers.length} layers.`,
        );
      return found;
    }
    if (name === null) throw new ValueError("Provide either a layer name or layer index at `get_layer`.");
    const found = layers.find((layer) => layer.name === name);
    if (found) return found;
    throw new ValueError(
      `No such layer: ${name}. Existing layers are: ${repr(layers.map((layer) => layer.name))}.`,
    );
  },
  summary(
    this: ModelImpl,
    line_length: number | null = null,
    positions: readonly number[] | null = null,
    print_fn: SummaryOptions["print_fn"] = null,
    expand_nested = false,
    show_trainable = false,
    layer_range: readonly string[] | null = null,
  ): void {
    print_summary(this, { line_length, positions, print_fn, expand_nested, show_trainable, layer_range });
  },

  quantize(
    this: ModelImpl,
    mode: string | null = null,
    config: unknown = null,
    filters: LayerFilter = null,
    type_check = true,
  ): void {
    if (
      filters !== null &&
      typeof filters !== "string" &&
      typeof filters !== "function" &&
      !Array.isArray(filters)
    )
      throw new ValueError(
        `The \`filters\` argument must be a regex string, a list of regex strings, or a callable. Received: ${repr(type(filters))}`,
      );
    for (const layer of this._flatten_layers()) {
      if (!wanted(layer, filters) || layer._flatten_layers().length !== 1) continue;
      try {
        layer.quantize(mode, config, { type_check });
      } catch (e) {
        if (!(e instanceof NotImplementedError)) throw e;
        warn(e.message);
      }
    }
  },
  get_quantization_layer_structure(this: ModelImpl, _mode: string | null = null): null {
    return null;
  },

  save(
    this: ModelImpl,
    filepath: unknown = null,
    overwrite = true,
    zipped: boolean | null = null,
    options: SaveOptions = {},
  ): Uint8Array | undefined {
    return files.save(this, filepath, { ...options, overwrite, zipped });
  },
  save_weights(this: ModelImpl, filepath: unknown = null, overwrite = true): Uint8Array | undefined {
    return files.saveWeights(this, filepath, { overwrite });
  },
  load_weights(this: ModelImpl, filepath: unknown, skip_mismatch = false, options: LoadOptions = {}): void {
    files.loadWeights(this, filepath, { ...options, skip_mismatch });
  },
};
Object.assign(ModelImpl.prototype, methods);
keywordMethods("Model", ModelImpl, {
  get_state_tree: "value_format",
  get_layer: GET_LAYER,
  summary: SUMMARY,
  save: SAVE,
  save_weights: SAVE_WEIGHTS,
  load_weights: LOAD_WEIGHTS,
  quantize: QUANTIZE,
  get_quantization_layer_structure: "mode",
});

/**
 * `keras.Model`: layers that are trained, saved and printed together; of symbolic inputs and outputs, or extended by a class
 * with a `call` of its own.
 *
 * @param inputs - symbolic tensors, also in a list or dict
 * @param outputs - what is computed from them
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const x = keras.Input([3]);
 * const model = keras.Model(x, keras.layers.Dense(2)(x), { name: "linear" });
 * print(model, model.count_params()); // prints <Functional name=linear, built=True> 8
 * ```
 */
export const Model = layerClass(
  "keras.src.models.model.Model",
  "inputs:dict outputs:dict name * trainable dtype autocast activity_regularizer **others",
  ModelImpl,
  { module: "keras" },
);
export type Model = ModelImpl;
