import { type DType, float32, float64, int8, int16, int32, int64, uint8 } from "@cognate/kernel";

/** Torch7's element types by the names in its classes (`torch.DoubleTensor`). */
export const ELEMENT_TYPES = {
  Byte: uint8,
  Char: int8,
  Short: int16,
  Int: int32,
  Long: int64,
  Float: float32,
  Double: float64,
} as const satisfies Record<string, DType>;

/** The name of an element type in Torch7. */
export type ElementName = keyof typeof ELEMENT_TYPES;

const NAMES = new Map<DType, ElementName>(
  Object.entries(ELEMENT_TYPES).map(([name, dtype]) => [dtype, name as ElementName]),
);

/** Torch7's name for a kernel element type. */
export const elementName = (dtype: DType): ElementName => NAMES.get(dtype)!;

/** `torch.FloatTensor` → float32; `undefined` for what names no tensor. */
export function dtypeOfTypename(name: string): DType | undefined {
  const m = /^(?:torch\.)?(\w+?)(?:Tensor|Storage)?$/.exec(name);
  return m ? ELEMENT_TYPES[m[1] as ElementName] : undefined;
}
