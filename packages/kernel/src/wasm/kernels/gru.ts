import { uint8 } from "../../dtype/dtype.js";
import { Strided } from "../../strided/strided.js";
import {
  carriedBy,
  close,
  inputGates,
  inputGradients,
  move,
  openCall,
  type RecurrentCall,
  results,
  shapeOfX,
  statesBefore,
  stateWeights,
} from "./recurrent.js";

/** What a gated recurrent unit runs on. */
export interface GruCall extends RecurrentCall {
  /** The blocks of the gates in stacked weights. */
  readonly at: Readonly<Record<"r" | "z" | "n", number>>;
  /** Functions of gates and candidate, as numbers. */
  readonly kinds: readonly number[];
  readonly resetAfter: boolean;
}

/** y, hn and the reserve of `gru`, or `null`. */
export function fastGru(call: GruCall, bx: Strided | null, bh: Strided | null): Strided[] | null {
  const { steps, sizes, at, x, h, kinds, resetAfter } = call;
  const { hidden, stacked } = sizes;
  const { rows, batch } = steps;
  const open = openCall(call, [bx, bh], resetAfter ? 1 : 3, resetAfter ? stacked : hidden, hidden);
  if (!open) return null;
  const { e, room, walk, wh, packed, zero } = open;
  const [y, hn] = results([...x.shape.slice(0, -1), hidden], h.shape) as [Strided, Strided];
  const reserve = Strided.zeros(uint8, [(rows * stacked + (resetAfter ? 2 : 1) * rows * hidden) * 4]);
  const [py, phn, gates] = [room.give(y), room.give(hn), room.give(reserve)];
  const bias = bh ? room.rows(bh) : 0;
  const fed = room.get(batch * stacked * 4);
  const reset = resetAfter ? 0 : room.get(batch * hidden * 4);
  const products = inputGates(open, call, [bx], gates);
  const hs = gates + rows * stacked * 4;
  const scaled = hs + rows * hidden * 4;
  return close(open, [y, hn, reserve], () => {
    move(open.h, phn, h.size * 4);
    products();
    const tail = [bias, phn, gates, hs, scaled, py, fed, reset, ...packed];
    e.gru_f32(...walk, zero, hidden, ...wh, at.r, at.z, at.n, Number(resetAfter), ...kinds, ...tail);
  });
}

/** Gradients of x (empty if not wanted), h, wx, wh, bx and bh, or `null`. */
export function fastGruGrad(
  call: GruCall,
  gy: Strided | null,
  ghn: Strided | null,
  reserve: Strided,
): Strided[] | null {
  const { steps, sizes, at, h, kinds, resetAfter } = call;
  const { hidden, stacked } = sizes;
  const { rows, batch } = steps;
  const open = openCall(call, [gy, ghn], resetAfter ? 1 : 3, hidden, resetAfter ? stacked : hidden);
  if (!open) return null;
  const { e, room, walk, wh, packed } = open;
  const [gx, gh, gwx, gwh, gbx, gbh] = results(
    shapeOfX(call),
    h.shape,
    call.wx.shape,
    call.wh.shape,
    [stacked],
    [stacked],
  ) as [Strided, Strided, Strided, Strided, Strided, Strided];
  const states = h.size * 4;
  const kept = room.take(reserve);
  const own = room.get(rows * stacked * 4);
  const fed = resetAfter ? room.get(rows * stacked * 4) : own;
  const pgy = gy ? room.rows(gy) : 0;
  const pgh = room.copy(ghn, states);
  const before = room.get(rows * hidden * 4);
  const reset = resetAfter ? 0 : room.get(rows * hidden * 4);
  const [th, twh, tbh] = [room.give(gh), room.give(gwh), room.give(gbh)];
  const lines = room.get((2 + batch) * hidden * 4);
  const carried = carriedBy(open, call, hidden);
  const fromInputs = inputGradients(open, call, own, [gx, gwx, gbx]);
  const fromStates = stateWeights(open, call, stacked);
  const fromReset = resetAfter ? null : stateWeights(open, call, hidden);
  const sums = room.get(stacked * 8);
  const hs = kept + rows * stacked * 4;
  const scaled = hs + rows * hidden * 4;
  return close(open, [gx, gh, gwx, gwh, gbx, gbh], () => {
    move(kept, own, rows * stacked * 4);
    const tail = [open.h, own, fed, hs, scaled, reset, pgy, carried, pgh, lines, ...packed];
    e.gru_grad_f32(...walk, hidden, ...wh, at.r, at.z, at.n, Number(resetAfter), ...kinds, ...tail);
    move(pgh, th, states);
    statesBefore(steps, hidden, open.h, hs, before);
    fromInputs();
    fromStates(fed, before, twh);
    fromReset?.(fed + at.n * hidden * 4, reset, twh + at.n * hidden * hidden * 4);
    e.sum_f32(fed, 1, rows, stacked, 1, tbh, sums);
  });
}
