/** One parameter: its kind, default, range and other names. */
export interface Field {
  readonly name: string;
  readonly type: "float" | "double" | "int" | "bool" | "string" | "enum" | "intlist" | "floatlist";
  /** As XGBoost would read it from text; undefined where it must be given. */
  readonly default?: string;
  readonly min?: number;
  readonly max?: number;
  /** Names of an enum's values, by value. */
  readonly names?: Readonly<Record<string, number>>;
  readonly aliases?: readonly string[];
}

/** What a field holds after reading: float32 values as numbers, enums by their number. */
export type FieldValue = number | boolean | string | readonly number[];

type Rest = Omit<Field, "name" | "type" | "default">;
const field =
  (type: Field["type"]) =>
  (name: string, dflt?: string, rest: Rest = {}): Field => ({ name, type, default: dflt, ...rest });

export const float = field("float");
export const double = field("double");
export const int = field("int");
export const bool = field("bool");
export const text = field("string");
export const intlist = field("intlist");
export const floatlist = field("floatlist");
export const choice = (name: string, names: Record<string, number>, dflt: string): Field => ({
  name,
  type: "enum",
  names,
  default: dflt,
});
