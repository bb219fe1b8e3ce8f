import { repr, ValueError } from "@cognate/py";
import { Tensor } from "../../backend/tensor.js";
import { hide } from "../../hide.js";
import { deserialized, serialized } from "../../object-registry.js";
import * as tree from "../../tree.js";
import { LayerImpl } from "../layer.js";
import { StockLayer, stock } from "../stock.js";

type Callable = (...args: unknown[]) => unknown;

export class PipelineImpl extends StockLayer {
  declare _pipeline_layers: readonly LayerImpl[];

  constructor(layers: readonly LayerImpl[], name: string | null = null) {
    super({ name });
    this._pipeline_layers = layers;
    hide(this, "_convert_input_args", false);
    hide(this, "_allow_non_tensor_positional_args", true);
  }
  get layers(): readonly LayerImpl[] {
    return this._pipeline_layers;
  }
  override call(inputs: unknown, training: boolean | null = true, mask: unknown = null): unknown {
    let [x, own] = [inputs, mask];
    for (const layer of this._pipeline_layers) {
      const takes = (name: string): boolean => layer._signature.names.includes(name);
      const keywords = {
        ...(takes("mask") ? { mask: own } : {}),
        ...(takes("training") && training !== null ? { training } : {}),
      };
      const f = layer as unknown as Callable;
      x = Object.keys(keywords).length > 0 ? f(x, keywords) : f(x);
      own = tree.map((t: unknown) => (t instanceof Tensor ? (t._keras_mask ?? null) : null), x);
    }
    return x;
  }
  override get_config(): Record<string, unknown> {
    return { layers: serialized(this._pipeline_layers), name: this.name };
  }
  static override from_config(
    this: unknown,
    config: Readonly<Record<string, unknown>>,
    custom_objects: Readonly<Record<string, unknown>> | null = null,
  ): PipelineImpl {
    const { layers = null, name = null } = config;
    if (!Array.isArray(layers))
      throw new ValueError(
        `\`Pipeline\` config must contain a \`layers\` key mapping to a list of serialized layers. Received config with layers=${repr(layers)}.`,
      );
    const made = layers.map((l) => (l instanceof LayerImpl ? l : deserialized(l, {}, custom_objects)));
    return new (this as new (...args: unknown[]) => PipelineImpl)(made, name);
  }
}

/** `keras.layers.Pipeline`: layers one after another, for preparing data. */
export const Pipeline = stock("preprocessing.pipeline.Pipeline", "layers name", PipelineImpl, {
  call: "inputs training=true mask?",
});
export type Pipeline = PipelineImpl;
