import { repr, Tuple, type, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { dropout, SeedGenerator } from "../../random/index.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

/** @throws ValueError unless a rate lies between 0 and 1 */
export function checkRate(value: unknown, name = "rate"): void {
  const rate = Number(value);
  if (!(rate >= 0 && rate <= 1))
    throw new ValueError(
      `Invalid value received for argument \`${name}\`. Expected a float value between 0 and 1. Received: ${name}=${repr(value)}`,
    );
}

function noiseShape(given: unknown): Tuple<number | null> | null {
  if (given === null || given === undefined) return null;
  if (typeof given === "string")
    throw new ValueError(
      `Invalid value received for argument \`noise_shape\`. Expected a tuple or list of integers. Received: noise_shape=${given}`,
    );
  if (typeof given !== "object" || !(Symbol.iterator in given))
    throw new ValueError(
      `Invalid value received for argument \`noise_shape\`. Expected an iterable of integers (e.g., a tuple or list). Received: noise_shape=${repr(given)}`,
    );
  const list = [...(given as Iterable<unknown>)];
  list.forEach((d, i) => {
    if (d === null) return;
    if (typeof d !== "number" || !Number.isInteger(d))
      throw new ValueError(
        `Invalid value received for argument \`noise_shape\`. Expected all elements to be integers or None. Received element at index ${i}: ${repr(d)} (type: ${(type(d) as { __name__: string }).__name__})`,
      );
    if (d <= 0)
      throw new ValueError(
        `Invalid value received for argument \`noise_shape\`. Expected all dimensions to be positive integers or None. Received negative or zero value at index ${i}: ${d}`,
      );
  });
  return Tuple.of_(list as (number | null)[]);
}

/** Layers that draw random numbers while they train. */
export abstract class RandomLayer extends StockLayer {
  seed_generator?: InstanceType<typeof SeedGenerator>;

  constructor(active: boolean, seed: number | null, options: LayerOptions) {
    super(options);
    this._take({ seed });
    if (active) this.seed_generator = SeedGenerator(seed as never);
    this.supports_masking = true;
    this._build_at_init();
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return input_shape;
  }
}

export class DropoutImpl extends RandomLayer {
  declare readonly noise_shape: Tuple<number | null> | null;

  constructor(
    readonly rate: number,
    noise_shape: readonly (number | null)[] | null = null,
    seed: number | null = null,
    options: LayerOptions = {},
  ) {
    checkRate(rate);
    super(Number(rate) > 0, seed, options);
    this._take({ noise_shape: noiseShape(noise_shape) });
  }
  /** Which elements stay or go together; `null` where each does so on its own. */
  _noise(_inputs: Tensor): readonly (number | null)[] | null {
    return this.noise_shape;
  }
  override call(inputs: Tensor, training = false): Tensor {
    if (!training || !(this.rate > 0)) return inputs;
    return dropout(inputs, Number(this.rate), this._noise(inputs) as never, this.seed_generator as never);
  }
}

/**
 * `keras.layers.Dropout`: in training sets a share of the elements to 0 and scales up the others by 1/(1 − rate).
 *
 * @param noise_shape - axes of length 1 share one draw; `null` stands for the input's length
 * @throws ValueError for a rate outside of [0, 1]
 */
export const Dropout = stock(
  "regularization.dropout.Dropout",
  "rate noise_shape seed **kwargs",
  DropoutImpl,
  {
    call: "inputs training=false",
    config: "rate seed noise_shape",
  },
);
export type Dropout = DropoutImpl;
