import { pyClass, repr } from "@cognate/py";
import { Dataset, IterableDataset } from "./dataset.js";

type PipeClass = new (source: never, ...args: never[]) => object;
type Pipe = Record<string, unknown>;

class IterDataPipeImpl extends IterableDataset {}

/** `torch.utils.data.IterDataPipe`: an iterable data set that others can be chained to by name. */
export const IterDataPipe = pyClass("torch.utils.data.datapipes.datapipe.IterDataPipe", "", IterDataPipeImpl);
export type IterDataPipe = IterDataPipeImpl;

class DFIterDataPipeImpl extends IterDataPipe {}
/** `torch.utils.data.DFIterDataPipe`: {@link IterDataPipe} of data frames. */
export const DFIterDataPipe = pyClass(
  "torch.utils.data.datapipes.datapipe.DFIterDataPipe",
  "",
  DFIterDataPipeImpl,
);
export type DFIterDataPipe = DFIterDataPipeImpl;

class MapDataPipeImpl extends Dataset {}

/** `torch.utils.data.MapDataPipe`: a data set by index that others can be chained to by name. */
export const MapDataPipe = pyClass("torch.utils.data.datapipes.datapipe.MapDataPipe", "", MapDataPipeImpl);
export type MapDataPipe = MapDataPipeImpl;

/** `torch.utils.data.DataChunk`: a list of samples that prints line by line where asked. */
export class DataChunk extends Array<unknown> {
  constructor(items: Iterable<unknown> = []) {
    super();
    for (const item of items) this.push(item);
  }
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  as_str(indent = ""): string {
    return `${indent}[${[...this].map((x) => repr(x)).join(", ")}]`;
  }
  raw_iterator(): Iterator<unknown> {
    return this[Symbol.iterator]();
  }
}

/**
 * `@functional_datapipe("name")`: makes a pipe's class a method of all pipes of its kind: `pipe.name(…)`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const { functional_datapipe, IterDataPipe } = torch.utils.data;
 * class Numbers extends IterDataPipe {
 *   override __iter__() {
 *     return [1, 2, 3];
 *   }
 * }
 * class Doubled extends IterDataPipe {
 *   constructor(readonly source: Iterable<number>) {
 *     super();
 *   }
 *   override *__iter__() {
 *     for (const x of this.source) yield x * 2;
 *   }
 * }
 * functional_datapipe("doubled")(Doubled);
 * print([...(new Numbers() as never as { doubled(): Iterable<number> }).doubled()]); // prints [2, 4, 6]
 * ```
 */
export function functional_datapipe(name: string): <C extends PipeClass>(C: C) => C {
  return (C) => {
    const Base = C.prototype instanceof MapDataPipeImpl ? MapDataPipeImpl : IterDataPipeImpl;
    (Base.prototype as unknown as Pipe)[name] = function (this: never, ...args: never[]) {
      return new C(this, ...args);
    };
    return C;
  };
}
