import { Attrs } from "../core/attrs.js";
import { DRAWS, drawFrom, seededEngine } from "../kernels/random-draws.js";
import type { Value } from "../shared.js";
import { type MakeExec, registerExecutors } from "./executors.js";

/** A random operation goes on from run to run of one session; another session starts again. */
const drawn: MakeExec = (op) => {
  const attrs = new Attrs(op.def!, op.attrs);
  return (inputs, run) => {
    const engine = run.store.state(op, () => seededEngine(attrs.int("seed"), attrs.int("seed2")));
    return drawFrom(engine, op.type, inputs as readonly Value[], attrs);
  };
};

registerExecutors(Object.fromEntries(Object.keys(DRAWS).map((type) => [type, drawn])));
