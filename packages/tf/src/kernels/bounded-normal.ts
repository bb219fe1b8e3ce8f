import { rng, Strided } from "@cognate/kernel";
import { InternalError, KernelProblem } from "../core/errors.js";
import { Value } from "../shared.js";
import type { Draw, Engine } from "./draw.js";
import { broadcastDims, demand, numbers, permute, reshape, size } from "./tools.js";

/* Normal numbers between bounds, of one distribution or of many (`ParameterizedTruncatedNormal` and its stateless twin). */

const WORDS: Readonly<Record<rng.FailedProposal, string>> = {
  randn: "TruncatedNormal randn rejection sampler failed to accept a sample.",
  uniform: "TruncatedNormal uniform rejection sampler failed to  accept a sample.",
  exponential: "TruncatedNormal exponential distribution rejection sampler failed to accept a sample.",
};
const PARAMETERS = ["means", "stddevs", "minvals", "maxvals"] as const;
/** Samples that share their parameters are taken in groups of this size. */
const GROUP = 100;

/** `out` filled with `each` numbers of one distribution after the other; a single number stands for all of them. */
function filled(
  engine: Engine,
  out: Strided,
  each: number,
  parameters: readonly (readonly number[])[],
): Value {
  const distribution = (b: number): rng.BoundedNormal => {
    const [mean, stddev, low, high] = parameters.map((p) => p[p.length === 1 ? 0 : b]!);
    const one = { mean: mean!, stddev: stddev!, low: low!, high: high! };
    demand(rng.isBoundedNormal(one), () => "Invalid parameters");
    return one;
  };
  const failed = rng.fillBoundedNormals(engine, out, each, distribution);
  if (failed) throw new KernelProblem(WORDS[failed], InternalError);
  return new Value(out);
}

/** Rows of a matrix, each with parameters of its own. */
export const boundedRows: Draw = (engine, [shape, ...parameters]) => {
  const full = numbers(shape!);
  demand(
    full.length > 0,
    () => "Shape tensor must not be empty, got Tensor<type: int32 shape: [0] values: >",
  );
  parameters.forEach((p, i) => {
    const name = PARAMETERS[i]!;
    const words = `[${p.shape.join(",")}]`;
    demand(p.shape.length <= 1, () => `Input ${name} should be a scalar or vector, got shape: ${words}`);
  });
  const [means, stddevs, lows, highs] = parameters.map((p) => p.shape) as number[][];
  const single = (s: number[]): boolean => s.length === 0 || s[0] === 1;
  const total = size(full);
  let rows = full[0]!;
  let each = total / Math.max(rows, 1);
  if (single(means!) && single(stddevs!) && lows!.length === 0 && highs!.length === 0) {
    rows = Math.ceil(total / GROUP);
    each = GROUP;
  } else
    parameters.forEach((p, i) => {
      demand(
        single(p.shape as number[]) || p.shape[0] === rows,
        () => `Input ${PARAMETERS[i]} should have length 1 or shape[0], got shape: [${p.shape.join(",")}]`,
      );
    });
  return {
    value: filled(engine, Strided.zeros(parameters[0]!.dtype, full), each, parameters.map(numbers)),
    blocks: Math.trunc((rows * 2000 * (each + 3)) / 4),
  };
};

/** Samples in front, parameters behind: `[samples…, parameters…]`. */
export function boundedSamples(engine: Engine, full: readonly number[], parameters: readonly Value[]): Value {
  const texts = parameters.map((p) => `[${p.shape.join(",")}]`);
  let common: readonly number[] = [];
  try {
    common = parameters
      .map((p) => p.shape as readonly number[])
      .reduce((a, b) => broadcastDims(a, b) as number[]);
  } catch {
    throw new KernelProblem(
      `means, stddevs, minvals, maxvals must have compatible batch dimensions: ${texts.join(" vs. ")}`,
    );
  }
  const samples = full.slice(0, full.length - common.length);
  demand(
    common.length <= full.length && common.every((d, i) => d === full[samples.length + i]),
    () => "Shape passed in must end with broadcasted shape.",
  );
  const [each, rows] = [size(samples), size(common)];
  const wide = parameters.map((p) => numbers(p.expand({ shape: [...common] }) as Value));
  const drawn = filled(engine, Strided.zeros(parameters[0]!.dtype, [rows, each]), each, wide);
  return reshape(permute(drawn, [1, 0]), full);
}
