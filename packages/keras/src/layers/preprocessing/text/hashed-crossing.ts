import { repr, Tuple, ValueError } from "@cognate/py";
import { KerasTensor } from "../../../backend/keras-tensor.js";
import type { Shape } from "../../../backend/shape.js";
import { Tensor, type TensorLike } from "../../../backend/tensor.js";
import type { CallArguments } from "../../../call-signature.js";
import { hide } from "../../../hide.js";
import * as K from "../../../ops/index.js";
import { type LayerOptions, StockLayer, stock } from "../../stock.js";
import { encodeCategorical } from "../encoding.js";
import { crossed } from "./fingerprint.js";
import { flatTokens, listed, rankOf, type Tokens } from "./nested.js";

const MODES = Tuple.of_(["int", "one_hot"]);

/** The lengths of nested lists. */
const lengths = (x: Tokens): number[] =>
  Array.isArray(x) ? [x.length, ...(x.length > 0 ? lengths(x[0] as Tokens) : [])] : [];

export class HashedCrossingImpl extends StockLayer {
  declare readonly num_bins: number;
  declare readonly output_mode: string;
  declare readonly sparse: boolean;

  constructor(
    num_bins: number,
    output_mode = "int",
    sparse = false,
    name: string | null = null,
    dtype: LayerOptions["dtype"] = null,
    _options: LayerOptions = {},
  ) {
    super({ name, dtype: dtype ?? (output_mode === "int" ? "int64" : null) });
    if (!MODES.includes(output_mode))
      throw new ValueError(
        `Unknown value for \`output_mode\` argument of HashedCrossing. Allowed values are: ${repr(MODES)}. Received: output_mode=${output_mode}`,
      );
    this._take({ num_bins, output_mode, sparse });
    hide(this, "_allow_non_tensor_positional_args", true);
    hide(this, "_convert_input_args", false);
  }
  override call(inputs: readonly Tokens[]): Tensor {
    if (!Array.isArray(inputs))
      throw new ValueError(
        `\`HashedCrossing\` should be called on a list or tuple of inputs. Received: inputs=${repr(inputs)}`,
      );
    if (inputs.length < 2)
      throw new ValueError(
        `\`HashedCrossing\` should be called on at least two inputs. Received: inputs=${repr(inputs)}`,
      );
    const wrong = (what: string): Error =>
      new ValueError(`All \`HashedCrossing\` inputs should have ${what}. Received: inputs=${repr(inputs)}`);
    const features = inputs.map((x) => listed(x as Tokens));
    const shape = lengths(features[0]!);
    const rank = rankOf(features[0]!);
    if (rank > 2 || (rank === 2 && shape[1] !== 1))
      throw wrong("shape `()`, `(batch_size)` or `(batch_size, 1)`");
    if (features.some((x) => lengths(x).join() !== shape.join())) throw wrong("equal shape");
    const fractional = (x: Tokens): boolean =>
      x instanceof Tensor
        ? x._type.kind === "float"
        : flatTokens(listed(x)).some((t) => typeof t === "number" && !Number.isInteger(t));
    if (inputs.some((x) => fractional(x as Tokens))) throw wrong("an integer or string dtype");
    const columns = features.map(flatTokens);
    const bins = columns[0]!.map((_, i) =>
      crossed(
        columns.map((c) => c[i]!),
        this.num_bins,
      ),
    );
    const y = K.reshape(K.convert_to_tensor(bins as TensorLike, "int64"), shape);
    return encodeCategorical(y, this.output_mode, this.num_bins, this.compute_dtype);
  }
  override compute_output_shape(input_shape: readonly Shape[]): Tuple<number | null> {
    if (input_shape.length !== 2 || !input_shape.every((s) => Array.isArray(s)))
      throw new ValueError(
        `Expected as input a list/tuple of 2 tensors. Received input_shape=${repr(input_shape)}`,
      );
    const [first, second] = input_shape as unknown as [Shape, Shape];
    if (first.at(-1) !== second.at(-1))
      throw new ValueError(
        `Expected the two input tensors to have identical shapes. Received input_shape=${repr(input_shape)}`,
      );
    const { num_bins } = this;
    if (this.output_mode === "int") return Tuple.of_<number | null>([...first]);
    return Tuple.of_<number | null>(
      first.at(-1) === 1 ? [...first.slice(0, -1), num_bins] : [...first, num_bins],
    );
  }
  override _spec(call: CallArguments): unknown {
    const [xs] = call.args as readonly [readonly KerasTensor[]];
    const shape = this.compute_output_shape(xs.map((x) => x.shape));
    return new KerasTensor(shape, this.compute_dtype, null, xs[0]!.record_history);
  }
  override get_config(): Record<string, unknown> {
    const { num_bins, output_mode, sparse, name, dtype } = this;
    return { num_bins, output_mode, sparse, name, dtype };
  }
}

/** `keras.layers.HashedCrossing`: the bins that combinations of words or whole numbers fall into by a hash. */
export const HashedCrossing = stock(
  "preprocessing.hashed_crossing.HashedCrossing",
  "num_bins output_mode sparse name dtype **kwargs",
  HashedCrossingImpl,
);
export type HashedCrossing = HashedCrossingImpl;
