import { FormatError, isNumberArray, type ModelObject, type ModelValue, Single } from "@cognate/formats";

/** A place in a model's document, for reading it with errors that say where. */
export class Place {
  constructor(
    readonly value: ModelValue | undefined,
    readonly path: string,
  ) {}

  fail(found: string, wanted: string): FormatError {
    return new FormatError({ format: "xgboost", what: "the value", found, wanted, path: this.path });
  }
  /** A key's value. */
  at(key: string): Place {
    return new Place(this.object[key], `${this.path}/${key}`);
  }
  get exists(): boolean {
    return this.value !== undefined;
  }
  get object(): ModelObject {
    const v = this.value;
    if (typeof v !== "object" || v === null || Array.isArray(v) || isNumberArray(v) || v instanceof Single)
      throw this.fail(v === undefined ? "missing" : "no object", "an object");
    return v as ModelObject;
  }
  get text(): string {
    if (typeof this.value !== "string") throw this.fail(this.exists ? "no text" : "missing", "a text");
    return this.value;
  }
  /** A whole number, as a number or as a text of one. */
  get whole(): number {
    const v = typeof this.value === "string" ? Number(this.value) : this.value;
    if (typeof v !== "number" || !Number.isInteger(v))
      throw this.fail(this.exists ? JSON.stringify(this.value) : "missing", "a whole number");
    return v;
  }
  /** Elements, each with its place. */
  get items(): Place[] {
    const v = this.value;
    if (isNumberArray(v ?? null))
      return Array.from(v as Float32Array, (x, i) => new Place(Number(x), `${this.path}/${i}`));
    if (!Array.isArray(v)) throw this.fail(this.exists ? "no list" : "missing", "a list");
    return (v as readonly ModelValue[]).map((x, i) => new Place(x, `${this.path}/${i}`));
  }
  /** Numbers, of which there must be `length` if that is given. */
  numbers(length?: number): ArrayLike<number> {
    const v = this.value;
    let out: ArrayLike<number>;
    if (v instanceof BigInt64Array) out = Array.from(v, Number);
    else if (isNumberArray(v ?? null)) out = v as Float32Array;
    else if (Array.isArray(v)) {
      const list = v as readonly ModelValue[];
      out = list.map((x, i) => {
        if (typeof x === "number") return x;
        if (typeof x === "boolean") return Number(x);
        if (x instanceof Single) return x.value;
        throw new Place(x, `${this.path}/${i}`).fail("no number", "a number");
      });
    } else throw this.fail(this.exists ? "no list" : "missing", "a list of numbers");
    if (length !== undefined && out.length !== length)
      throw this.fail(`a list of ${out.length} numbers`, `${length} numbers`);
    return out;
  }
}
