import { pyClass, repr, Tuple, ValueError } from "@cognate/py";
import { DTypePolicyImpl, dtype_policy, setQuantizedPolicies } from "./dtype-policy.js";

/** What layers can be quantized to. */
export const QUANTIZATION_MODES: readonly string[] = Tuple.of_(["int8", "float8", "int4", "gptq", "awq"]);

/** A policy of which the weights are in fewer bits: `int8_from_float32`. */
export class QuantizedDTypePolicyImpl extends DTypePolicyImpl {
  readonly #mode: string;
  readonly #source: string;
  constructor(mode: string, source_name: string | null = null, named: string = mode) {
    const source = source_name ?? dtype_policy().name;
    super(source, `${named}_from_${source}`);
    if (!QUANTIZATION_MODES.includes(mode))
      throw new ValueError(
        `Invalid quantization mode. Expected one of ${repr(QUANTIZATION_MODES)}. Received: mode=${mode}`,
      );
    if (this.compute_dtype === "float16" && mode === "int8")
      throw new ValueError(`Quantization mode='${mode}' doesn't work well with compute_dtype='float16'.`);
    this.#mode = mode;
    this.#source = source;
  }
  override get quantization_mode(): string {
    return this.#mode;
  }
  override get_config(): Record<string, unknown> {
    return { mode: this.#mode, source_name: this.#source };
  }
}
export const QuantizedDTypePolicy = pyClass(
  "keras.src.dtype_policies.dtype_policy.QuantizedDTypePolicy",
  "mode source_name",
  QuantizedDTypePolicyImpl,
);

/** A policy of which the weights have four bits, in blocks of so many: `int4/128_from_float32`. */
export class Int4DTypePolicyImpl extends QuantizedDTypePolicyImpl {
  readonly block_size: number;
  constructor(mode: string, source_name: string | null = null) {
    const parts = mode.split("/");
    const expected = "'int4/<block_size>'";
    if (parts.length !== 2 || parts[0] !== "int4")
      throw new ValueError(
        `Invalid mode for Int4DTypePolicy. Expected format ${expected}, but got '${mode}'.`,
      );
    const block = Number(parts[1]);
    if (!Number.isInteger(block))
      throw new ValueError(
        `Invalid mode for Int4DTypePolicy. <block_size> must be an integer. Expected format ${expected}, but got '${mode}'.`,
      );
    if (block < -1 || block === 0)
      throw new ValueError(
        `Invalid block_size in mode. Supported values are -1 (per-channel) or a positive integer (sub-channel), but got ${block} from '${mode}'.`,
      );
    super("int4", source_name, mode);
    this.block_size = block;
  }
  override get_config(): Record<string, unknown> {
    return { ...super.get_config(), mode: `int4/${this.block_size}` };
  }
}
export const Int4DTypePolicy = pyClass(
  "keras.src.dtype_policies.dtype_policy.Int4DTypePolicy",
  "mode source_name",
  Int4DTypePolicyImpl,
);

setQuantizedPolicies((name) => {
  if (!QUANTIZATION_MODES.some((mode) => name.startsWith(mode))) return null;
  const parts = name.split("_from_");
  if (parts.length !== 2)
    throw new ValueError(
      `Cannot convert \`policy\` into a valid pair (\`mode\`, \`source_name\`) to instantiate \`QuantizedDTypePolicy\`. Received: policy=${name}`,
    );
  const [mode, source] = parts as [string, string];
  return mode.startsWith("int4/") ? Int4DTypePolicy(mode, source) : QuantizedDTypePolicy(mode, source);
});
