import type { rng } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import type { Value } from "../shared.js";

export type Engine = rng.Philox4x32;

/** What a random operation gives, and how many blocks of the stream it takes for itself. */
export interface Drawn {
  readonly value: Value | readonly Value[];
  readonly blocks: number;
}
/** A draw from a copy of the operation's engine; `own` is the engine itself, by which a kernel knows its own memory. */
export type Draw = (engine: Engine, inputs: readonly Value[], attrs: Attrs, own: Engine) => Drawn;
