/** An array of byte strings, which the kernel has no element type for. */
export class StringArray {
  constructor(
    readonly values: readonly Uint8Array[],
    readonly shape: readonly number[],
  ) {}
  /** Each string as text. */
  get texts(): string[] {
    const decoder = new TextDecoder();
    return this.values.map((v) => decoder.decode(v));
  }
}
