import { broadcastTo, copyInto, elementAt, type Strided, scalarArray } from "@cognate/kernel";

/** The element at a position of the storage, as Lua's number. */
export const readElement = (a: Strided, position: number): number =>
  Number(elementAt(a, position) as number | bigint);

/** Writes one element. */
export const writeElement = (a: Strided, position: number, value: number): void =>
  writeNumber(a.view([], [], position), value);

/** Writes a number to every element, whatever the strides. */
export function writeNumber(a: Strided, value: number): void {
  copyInto(a, broadcastTo(scalarArray(value, a.dtype), a.shape));
  a.storage.version++;
}

/** Writes the elements of `from`, converted, in row-major order; shapes may differ where the numbers of elements agree. */
export function writeArray(a: Strided, from: Strided): void {
  copyInto(a, from);
  a.storage.version++;
}
