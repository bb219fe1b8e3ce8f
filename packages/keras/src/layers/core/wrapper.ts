import { ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import { deserialized } from "../../object-registry.js";
import { LayerImpl } from "../layer.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

/** A layer of a configuration, or the layer itself. */
export const layerOf = (x: unknown, custom: Readonly<Record<string, unknown>> | null = null): unknown =>
  x instanceof LayerImpl ? x : deserialized(x, {}, custom);

export class WrapperImpl extends StockLayer {
  /** The layer inside. */
  layer: LayerImpl;

  constructor(layer: LayerImpl, options: LayerOptions = {}) {
    if (!(layer instanceof LayerImpl))
      throw new ValueError(
        `Layer ${String(layer)} supplied to Wrapper isn't a supported layer type. Please ensure wrapped layer is a valid Keras layer.`,
      );
    super(options);
    this.layer = layer;
  }
  override build(input_shape: Shape | null = null): void {
    if (this.layer.built) return;
    (this.layer.build as (shape: Shape | null) => void)(input_shape);
    this.layer.built = true;
  }
  static override from_config(
    this: unknown,
    config: Readonly<Record<string, unknown>>,
    custom_objects: Readonly<Record<string, unknown>> | null = null,
  ): WrapperImpl {
    const C = this as new (options: Record<string, unknown>) => WrapperImpl;
    return new C({ ...config, layer: layerOf(config.layer, custom_objects) });
  }
}

/** `keras.layers.Wrapper`: the base of layers around another layer. */
export const Wrapper = stock("core.wrapper.Wrapper", "layer **kwargs", WrapperImpl, {
  build: "input_shape?",
});
export type Wrapper = WrapperImpl;
