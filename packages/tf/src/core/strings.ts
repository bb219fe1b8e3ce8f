import { type DType, Tensor, TensorShape } from "@cognate/keras/tensorflow";
import { nameClass, repr, TypeError } from "@cognate/py";
import { string } from "./dtypes.js";

/** An array of texts, each a sequence of bytes, kept as a JavaScript string of codes below 256. */
export class StringArray {
  readonly dtype = string;
  constructor(
    readonly shape: readonly number[],
    readonly data: readonly string[],
  ) {}
  get size(): number {
    return this.data.length;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** UTF-8 of a text, one character a byte. */
export function toBytes(text: string): string {
  let out = "";
  for (const b of encoder.encode(text)) out += String.fromCharCode(b);
  return out;
}
/** The text of UTF-8 bytes. */
export const fromBytes = (bytes: string): string => decoder.decode(bytesOf(bytes));
/** Bytes as Python's `bytes` are here. */
export const bytesOf = (bytes: string): Uint8Array => Uint8Array.from(bytes, (c) => c.charCodeAt(0));
/** Python's bytes as a string of codes. */
export function codesOf(bytes: Uint8Array): string {
  let out = "";
  for (const b of bytes) out += String.fromCharCode(b);
  return out;
}

/** Elements in nested lists of a shape. */
export function nested<T>(flat: readonly T[], shape: readonly number[]): unknown {
  if (shape.length === 0) return flat[0];
  const step = flat.length / (shape[0]! || 1);
  return Array.from({ length: shape[0]! }, (_, i) =>
    nested(flat.slice(i * step, (i + 1) * step), shape.slice(1)),
  );
}

/** `b'…'` in NumPy's brackets, elements of one width not wanted for objects. */
function arrayText(
  flat: readonly string[],
  shape: readonly number[],
  separator: string,
  indent: string,
): string {
  if (shape.length === 0) return repr(bytesOf(flat[0]!));
  const step = flat.length / (shape[0]! || 1);
  const rows = Array.from({ length: shape[0]! }, (_, i) =>
    arrayText(flat.slice(i * step, (i + 1) * step), shape.slice(1), separator, `${indent} `),
  );
  const between =
    shape.length === 1 ? `${separator} ` : `${separator}${"\n".repeat(shape.length - 1)}${indent} `;
  return `[${rows.join(between)}]`;
}

/** What `.numpy()` of texts gives: an array of bytes objects. */
export class BytesArray extends Array<unknown> {
  declare readonly shape: readonly number[];
  declare readonly _flat: readonly string[];
  static of_(a: StringArray): BytesArray {
    const out = new BytesArray();
    for (const item of nested(a.data.map(bytesOf), a.shape) as unknown[]) out.push(item);
    Object.defineProperty(out, "shape", { value: a.shape });
    Object.defineProperty(out, "_flat", { value: a.data });
    return out;
  }
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  tolist(): unknown {
    return [...this];
  }
  __str__(): string {
    return arrayText(this._flat, this.shape, "", "");
  }
  __repr__(): string {
    return `array(${arrayText(this._flat, this.shape, ",", "      ")}, dtype=object)`;
  }
  override toString(): string {
    return this.__str__();
  }
}
nameClass("numpy.ndarray", BytesArray);

const onOwnLines = (text: string): string => (text.includes("\n") ? `\n${text}` : text);

/** An eager tensor of texts. */
export class StringTensor extends Tensor {
  constructor(readonly _strings: StringArray) {
    super(undefined as never);
  }
  override get shape(): TensorShape {
    return new TensorShape(this._strings.shape);
  }
  override get dtype(): DType {
    return string;
  }
  override get ndim(): number {
    return this._strings.shape.length;
  }
  override get size(): number {
    return this._strings.size;
  }
  override __len__(): number {
    if (this.ndim === 0) throw new TypeError("Scalar tensor has no `len()`");
    return this._strings.shape[0]!;
  }
  override numpy(): never {
    const { _strings: a } = this;
    return (a.shape.length === 0 ? bytesOf(a.data[0]!) : BytesArray.of_(a)) as never;
  }
  override item(): never {
    return bytesOf(this._strings.data[0]!) as never;
  }
  override tolist(): unknown {
    return nested(this._strings.data.map(bytesOf), this._strings.shape);
  }
  override __float__(): number {
    return Number(fromBytes(this._strings.data[0]!));
  }
  override __bool__(): boolean {
    return this._strings.data[0] !== "";
  }
  override *[Symbol.iterator](): Generator<Tensor> {
    const { shape, data } = this._strings;
    if (shape.length === 0) throw new TypeError("Cannot iterate over a scalar tensor.");
    const step = data.length / (shape[0]! || 1);
    for (let i = 0; i < shape[0]!; i++)
      yield new StringTensor(new StringArray(shape.slice(1), data.slice(i * step, (i + 1) * step)));
  }
  override __str__(): string {
    const text = arrayText(this._strings.data, this._strings.shape, "", "");
    return `tf.Tensor(${onOwnLines(text)}, shape=${this.shape}, dtype=string)`;
  }
  override __repr__(): string {
    const { shape, data } = this._strings;
    const text = shape.length === 0 ? repr(bytesOf(data[0]!)) : BytesArray.of_(this._strings).__repr__();
    return `<tf.Tensor: shape=${this.shape}, dtype=string, numpy=${onOwnLines(text)}>`;
  }
}
nameClass("tensorflow.python.framework.ops.EagerTensor", StringTensor);
