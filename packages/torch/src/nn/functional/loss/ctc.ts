import { IndexRangeError, int64, ops, type Shape } from "@cognate/kernel";
import { def, NotImplementedError, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { type Int, int, named, valueOf } from "../../../ops/args.js";
import { castValue } from "../../../ops/make.js";
import { scalarName } from "../../../promotion.js";
import { tensorOf } from "../../../tensor/create.js";
import { Tensor, type TensorLike, wrap } from "../../../tensor/tensor.js";
import { alike, done, reductionOf } from "../args.js";

/** Lengths from a tensor or a list. */
const lengths = (given: TensorLike | readonly Int[]): Value => {
  const v = given instanceof Tensor ? given._value : tensorOf(given, int64);
  return castValue(v.shape.length === 1 ? v : (v.reshape({ shape: [v.size] }) as Value), int64);
};

const list = (v: Value): number[] => (wrap(v).tolist() as Int[]).map(int);

/** PyTorch's checks, in its order and words. */
function check(logp: Shape, target: Value, ins: Value, outs: Value, blank: number): void {
  const fail = (text: string): never => {
    throw new RuntimeError(text);
  };
  const where = "(while checking arguments for ctc_loss_allocate_outputs)";
  const [steps, batch, classes] = logp as readonly [number, number, number];
  if (blank < 0 || blank >= classes) fail("blank must be in label range");
  if (ins.size !== batch) fail("input_lengths must be of size batch_size");
  if (outs.size !== batch) fail("target_lengths must be of size batch_size");
  const [given, wanted] = [list(ins), list(outs)];
  const longest = Math.max(0, ...wanted);
  if (target.shape.length === 1) {
    const total = wanted.reduce((a, b) => a + b, 0);
    if (target.size !== total)
      fail(
        `Expected tensor to have size ${total} at dimension 0, but got size ${target.size} for argument #2 'targets' ${where}`,
      );
  } else if (target.shape[1]! < longest)
    fail(
      `Expected tensor to have size at least ${longest} at dimension 1, but got size ${target.shape[1]} for argument #2 'targets' ${where}`,
    );
  for (const n of given)
    if (n > steps) fail(`Expected input_lengths to have value at most ${steps}, but got value ${n} ${where}`);
}

/**
 * Connectionist temporal classification of log-probabilities `(T, N, C)` or `(T, C)` with targets `(N, S)` or all behind
 * one another.
 *
 * `mean` divides each loss by its target's length first. The gradient is that of the logits behind a log-softmax, as in
 * PyTorch.
 */
export const ctc_loss = def(
  "torch.nn.functional.ctc_loss",
  "log_probs targets input_lengths target_lengths blank reduction zero_infinity",
  (
    log_probs: TensorLike,
    targets: TensorLike,
    input_lengths: TensorLike | readonly Int[],
    target_lengths: TensorLike | readonly Int[],
    blank: Int = 0,
    reduction = "mean",
    zero_infinity = false,
  ): Tensor => {
    const how = reductionOf(reduction);
    const [given] = alike<[Value]>(log_probs);
    const single = given.shape.length === 2;
    const logp = single ? (given.reshape({ shape: [given.shape[0]!, 1, given.shape[1]!] }) as Value) : given;
    if (logp.dtype.name !== "float32" && logp.dtype.name !== "float64")
      throw new NotImplementedError(`"ctc_loss_cpu" not implemented for '${scalarName(logp.dtype)}'`);
    const raw = castValue(valueOf(targets), int64);
    const [ins, outs] = [lengths(input_lengths), lengths(target_lengths)];
    check(logp.shape, raw, ins, outs, int(blank));
    const params = { blank: int(blank), zeroInfinity: zero_infinity, gradient: "softmax" } as const;
    try {
      const each = named(call(ops.ctc, [logp, raw, ins, outs], params), "CtcLossBackward0");
      if (how === "mean") {
        const mean = each.div(outs.clampMin(1).cast({ dtype: each.dtype })).mean();
        return done(mean, "MeanBackward0");
      }
      if (how === "sum") return done(each.sum(), "SumBackward0");
      return single ? done(each.reshape({ shape: [] })) : wrap(each);
    } catch (e) {
      if (e instanceof IndexRangeError) throw new RuntimeError(`label ${e.index} is not in [0, ${e.size})`);
      throw e;
    }
  },
);
