import { ValueError } from "@cognate/py";

/** What `keras.config` holds. */
interface Config {
  floatx: string;
  epsilon: number;
  imageDataFormat: "channels_last" | "channels_first";
  interactiveLogging: boolean;
  /** The name of the dtype policy of layers without one of their own; `null` follows `floatx`. */
  dtypePolicy: string | null;
}

const config: Config = {
  floatx: "float32",
  epsilon: 1e-7,
  imageDataFormat: "channels_last",
  interactiveLogging: true,
  dtypePolicy: null,
};

/** The default floating type. */
export const floatx = (): string => config.floatx;

/** Sets the default floating type. @throws ValueError for a type that is none */
export function set_floatx(value: string): void {
  const accepted = ["bfloat16", "float16", "float32", "float64"];
  if (!accepted.includes(value))
    throw new ValueError(`Unknown \`floatx\` value: ${value}. Expected one of {'${accepted.join("', '")}'}`);
  config.floatx = value;
}

/** The small number that keeps divisions and logarithms finite. */
export const epsilon = (): number => config.epsilon;
export function set_epsilon(value: number): void {
  config.epsilon = Number(value);
}

export const image_data_format = (): "channels_last" | "channels_first" => config.imageDataFormat;

/** @throws ValueError for another format */
export function set_image_data_format(data_format: string): void {
  config.imageDataFormat = standardizeDataFormat(data_format);
}

/** `channels_last` or `channels_first`, the default for `null`. @throws ValueError for anything else */
export function standardizeDataFormat(format: string | null | undefined): "channels_last" | "channels_first" {
  if (format === null || format === undefined) return config.imageDataFormat;
  const name = String(format).toLowerCase();
  if (name !== "channels_first" && name !== "channels_last")
    throw new ValueError(
      `The \`data_format\` argument must be one of {'channels_first', 'channels_last'}. Received: data_format=${name}`,
    );
  return name;
}

export const is_interactive_logging_enabled = (): boolean => config.interactiveLogging;
export function enable_interactive_logging(): void {
  config.interactiveLogging = true;
}
export function disable_interactive_logging(): void {
  config.interactiveLogging = false;
}

/** The name of the default dtype policy. */
export const dtypePolicyName = (): string => config.dtypePolicy ?? config.floatx;
export function setDTypePolicyName(name: string | null): void {
  config.dtypePolicy = name;
}

/** The engine that computes, in Keras's sense. */
export const backend = (): string => "tensorflow";
