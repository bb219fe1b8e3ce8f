import { NotImplementedError, pyClass, repr, type, ValueError } from "@cognate/py";
import { QUANTIZATION_MODES } from "../dtype-policies/quantized.js";
import { deserialized, registerObjects, serialized } from "../object-registry.js";
import { AbsMaxQuantizer as AbsMax, type AbsMaxQuantizer } from "./quantizer.js";

type Quantizing = AbsMaxQuantizer | null;
type Config = Readonly<Record<string, unknown>>;

const read = (config: Config, name: string): Quantizing => {
  const given = config[name] ?? null;
  return given === null ? null : (deserialized(given, {}, null) as Quantizing);
};

/** How weights and inputs of layers are quantized. */
export class QuantizationConfigImpl {
  constructor(
    readonly weight_quantizer: Quantizing = null,
    readonly activation_quantizer: Quantizing = null,
  ) {}
  get mode(): string {
    throw new NotImplementedError(
      "Subclasses must implement this property. Do not instantiate QuantizationConfig directly.",
    );
  }
  get_config(): Record<string, unknown> {
    return {
      weight_quantizer: this.weight_quantizer && serialized(this.weight_quantizer),
      activation_quantizer: this.activation_quantizer && serialized(this.activation_quantizer),
    };
  }
  static from_config(this: never, config: Config): unknown {
    const C = this as unknown as new (...args: unknown[]) => object;
    return new C(read(config, "weight_quantizer"), read(config, "activation_quantizer"));
  }
}
export const QuantizationConfig = pyClass(
  "keras.src.quantizers.quantization_config.QuantizationConfig",
  "weight_quantizer activation_quantizer",
  QuantizationConfigImpl,
);

const eight = (name: string, quantizer: Quantizing): void => {
  if (quantizer !== null && quantizer.output_dtype !== "int8")
    throw new ValueError(
      `${name} requires a weight_quantizer with output_dtype='int8'. Received: output_dtype=${quantizer.output_dtype}`,
    );
};

export class Int8QuantizationConfigImpl extends QuantizationConfigImpl {
  constructor(weight_quantizer: Quantizing = null, activation_quantizer: Quantizing | "default" = "default") {
    super(weight_quantizer, activation_quantizer === "default" ? AbsMax() : activation_quantizer);
    eight("Int8QuantizationConfig", weight_quantizer);
  }
  override get mode(): string {
    return "int8";
  }
}
/** `keras.quantizers.Int8QuantizationConfig`: weights and inputs in eight bits. */
export const Int8QuantizationConfig = pyClass(
  "keras.src.quantizers.quantization_config.Int8QuantizationConfig",
  "weight_quantizer activation_quantizer",
  Int8QuantizationConfigImpl,
);

export class Int4QuantizationConfigImpl extends QuantizationConfigImpl {
  readonly block_size: number | null;
  constructor(
    weight_quantizer: Quantizing = null,
    activation_quantizer: Quantizing | "default" = "default",
    block_size: number | null = 128,
  ) {
    super(weight_quantizer, activation_quantizer === "default" ? null : activation_quantizer);
    if (block_size !== null && block_size !== -1 && block_size <= 0)
      throw new ValueError(
        `block_size must be None, -1, or a positive integer. Received: block_size=${block_size}`,
      );
    this.block_size = block_size;
    if (block_size !== null && block_size > 0 && (weight_quantizer || this.activation_quantizer))
      throw new ValueError(
        `Int4 sub-channel quantization (block_size > 0) does not support custom quantizers. Either set block_size to None or -1 for per-channel quantization, or remove the custom quantizer arguments. Received: block_size=${block_size}`,
      );
    const range = weight_quantizer?.value_range;
    if (range && (range[0] !== -8 || range[1] !== 7))
      throw new ValueError(
        `Int4QuantizationConfig requires a weight_quantizer with value_range=(-8, 7). Received: value_range=${repr(range)}`,
      );
    eight("Int4QuantizationConfig", weight_quantizer);
  }
  override get mode(): string {
    return "int4";
  }
  override get_config(): Record<string, unknown> {
    return { ...super.get_config(), block_size: this.block_size };
  }
  static override from_config(this: never, config: Config): unknown {
    return new Int4QuantizationConfigImpl(
      read(config, "weight_quantizer"),
      read(config, "activation_quantizer"),
      (config.block_size as number | null | undefined) ?? null,
    );
  }
}
/** `keras.quantizers.Int4QuantizationConfig`: weights in four bits, two a byte. */
export const Int4QuantizationConfig = pyClass(
  "keras.src.quantizers.quantization_config.Int4QuantizationConfig",
  "weight_quantizer activation_quantizer block_size",
  Int4QuantizationConfigImpl,
);
registerObjects("keras.quantizers", {
  QuantizationConfig,
  Int8QuantizationConfig,
  Int4QuantizationConfig,
} as never);
export type QuantizationConfig = QuantizationConfigImpl;

const checkMode = (mode: string | null): void => {
  if (mode !== null && !QUANTIZATION_MODES.includes(mode))
    throw new ValueError(
      `Invalid quantization mode. Expected one of ${repr(QUANTIZATION_MODES)}. Received: mode=${mode}`,
    );
};

/** The config that a mode or a config stands for. @throws ValueError for both that contradict each other, or neither */
export function resolveConfig(given: string | null, asked: unknown): QuantizationConfig {
  const [mode, config] = typeof asked === "string" ? [asked, null] : [given, asked ?? null];
  checkMode(mode);
  if (config === null) {
    if (mode === "int8") return Int8QuantizationConfig();
    if (mode === "int4") return Int4QuantizationConfig();
    if (mode === "gptq" || mode === "awq")
      throw new ValueError(
        `For ${mode.toUpperCase()}, you must pass a${mode === "awq" ? "n" : ""} \`${mode.toUpperCase()}Config\` object in the \`config\` argument.`,
      );
    if (mode === null) throw new ValueError("You must provide either `mode` or `config` to `quantize`.");
    throw new NotImplementedError(
      "Training in eight-bit floats (mode 'float8') needs hardware that JavaScript engines do not reach.",
    );
  }
  if (!(config instanceof QuantizationConfigImpl))
    throw new ValueError(
      `Argument \`config\` must be an instance of \`QuantizationConfig\`. Received: config=${String(config)} (of type ${repr(type(config))})`,
    );
  if (mode !== null && config.mode !== mode)
    throw new ValueError(`Contradictory arguments: mode='${mode}' but config.mode='${config.mode}'`);
  checkMode(config.mode);
  return config;
}
