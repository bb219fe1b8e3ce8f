import { freezeInto, nameClass, parseSlice, type Slice, Tuple } from "@cognate/py";

/** `tf.TensorShape`: the shape of a tensor, a tuple that prints as `(2, 3)` and, in lists, as `TensorShape([2, 3])`. */
export class TensorShape extends Tuple<number> {
  constructor(shape: readonly number[] = []) {
    super();
    freezeInto(this, shape);
  }

  get rank(): number {
    return this.length;
  }
  as_list(): number[] {
    return [...this];
  }
  num_elements(): number {
    return this.reduce((n, length) => n * length, 1);
  }
  override at(index: number | string | Slice): never {
    if (typeof index === "number") return super.at(index) as never;
    const picks = (typeof index === "string" ? parseSlice(index) : index).positions(this.length);
    return new TensorShape(picks.map((i) => this[i]!)) as never;
  }
  override __repr__(): string {
    return `TensorShape([${this.join(", ")}])`;
  }
  __str__(): string {
    return this.length === 1 ? `(${this[0]},)` : `(${this.join(", ")})`;
  }
  override toString(): string {
    return this.__str__();
  }
}
nameClass("tensorflow.python.framework.tensor_shape.TensorShape", TensorShape);
