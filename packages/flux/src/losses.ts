import { type OpRow, ops } from "@cognate/kernel";
import { call } from "@cognate/tensor";
import { type ArrayLike, array, FluxArray, wrap } from "./array/array.js";
import { abs, abs2, log, logsigmoid, logsoftmax, max, mean, sum } from "./array/functions.js";
import { DimensionMismatch } from "./errors.js";
import { finfo } from "./numbers.js";

/* `Flux.Losses`: ŷ is what the model gives, y what it should. `agg` makes one number of the losses (mean unless given). */

interface Options {
  agg?: (x: FluxArray) => FluxArray;
  dims?: number;
  eps?: number;
}
const data = (x: ArrayLike): FluxArray => (x instanceof FluxArray ? x : array(x));
function pair(name: string, yhat: ArrayLike, y: ArrayLike): [FluxArray, FluxArray] {
  const [a, b] = [data(yhat), data(y)];
  const rank = Math.max(a.ndims(), b.ndims());
  for (let i = 1; i <= rank; i++)
    if (a.size(i) !== b.size(i) && a.ndims() > 0 && b.ndims() > 0)
      throw new DimensionMismatch(
        `loss function ${name} expects size(ŷ) = (${a.shape.join(", ")}) to match size(y) = (${b.shape.join(", ")})`,
      );
  return [a, b];
}
/** x·log(y), 0 where x is 0. */
const xlogy = (x: FluxArray, y: FluxArray): FluxArray =>
  wrap(call(ops.xlogy as OpRow<unknown>, [x._value, y._value], undefined));
const one = (x: FluxArray): FluxArray => x.rsub(1);
const EPS = finfo.float32.eps;

type Loss = (yhat: ArrayLike, y: ArrayLike, options?: Options) => FluxArray;
const loss =
  (
    name: string,
    f: (a: FluxArray, b: FluxArray, o: Required<Pick<Options, "dims" | "eps">>) => FluxArray,
  ): Loss =>
  (yhat, y, { agg = mean, dims = 1, eps = EPS } = {}) =>
    agg(f(...pair(name, yhat, y), { dims, eps }));

export const mse = loss("mse", (a, b) => abs2(a.sub(b)));
export const mae = loss("mae", (a, b) => abs(a.sub(b)));
export const msle = loss("msle", (a, b, { eps }) => abs2(log(a.add(eps).div(b.add(eps)))));
export const huber_loss = (
  yhat: ArrayLike,
  y: ArrayLike,
  { agg = mean, delta = 1 }: Options & { delta?: number } = {},
): FluxArray => {
  const [a, b] = pair("huber_loss", yhat, y);
  const e = abs(a.sub(b));
  return agg(wrap(call(ops.huber as OpRow<object>, [e._value, e._value.full([], 0) as never], { delta })));
};
export const crossentropy = loss("crossentropy", (a, b, { dims, eps }) =>
  sum(xlogy(b, a.add(eps)), { dims }).neg(),
);
export const logitcrossentropy = loss("logitcrossentropy", (a, b, { dims }) =>
  sum(b.mul(logsoftmax(a, { dims })), { dims }).neg(),
);
export const binarycrossentropy = loss("binarycrossentropy", (a, b, { eps }) =>
  xlogy(b, a.add(eps))
    .add(xlogy(one(b), one(a).add(eps)))
    .neg(),
);
export const logitbinarycrossentropy = loss("logitbinarycrossentropy", (a, b) =>
  one(b).mul(a).sub(logsigmoid(a)),
);
export const kldivergence = loss("kldivergence", (a, b, { dims, eps }) =>
  sum(xlogy(b, b), { dims }).sub(sum(xlogy(b, a.add(eps)), { dims })),
);
export const poisson_loss = loss("poisson_loss", (a, b) => a.sub(xlogy(b, a)));
export const hinge_loss = loss("hinge_loss", (a, b) => max(one(a.mul(b)), 0));
export const squared_hinge_loss = loss("squared_hinge_loss", (a, b) => abs2(max(one(a.mul(b)), 0)));
export const dice_coeff_loss = (
  yhat: ArrayLike,
  y: ArrayLike,
  { smooth = 1 }: { smooth?: number } = {},
): FluxArray => {
  const [a, b] = pair("dice_coeff_loss", yhat, y);
  return sum(a.mul(b).mul(2).add(smooth))
    .div(sum(abs2(a).add(abs2(b)).add(smooth)))
    .rsub(1);
};
/** Labels moved towards the uniform distribution by α. */
export const label_smoothing = (
  y: ArrayLike,
  alpha: number,
  { dims = 1 }: { dims?: number } = {},
): FluxArray => {
  const a = data(y);
  return dims === 0 ? a.mul(1 - alpha).add(alpha / 2) : a.mul(1 - alpha).add(alpha / a.size(dims));
};
