/** A float32 number as XGBoost's files tell it from an integer. */
export class Single {
  constructor(readonly value: number) {}
}

/** Arrays of numbers that files keep as raw elements. */
export type NumberArray = Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Int32Array;

/** A value of XGBoost's JSON and UBJSON files. Numbers are integers where they are written; a float is a {@link Single}. */
export type ModelValue =
  | null
  | boolean
  | number
  | string
  | Single
  | NumberArray
  | BigInt64Array
  | readonly ModelValue[]
  | ModelObject;

/** Keys with values; read ones have no prototype. */
export interface ModelObject {
  readonly [key: string]: ModelValue;
}

export const isNumberArray = (v: ModelValue): v is NumberArray | BigInt64Array => ArrayBuffer.isView(v);

/** Deeper nesting than any file has is an attack on the stack. */
export const DEEPEST = 64;

/** An object to put keys into: none of them can be a method. */
export const emptyObject = (): Record<string, ModelValue> =>
  Object.create(null) as Record<string, ModelValue>;
