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

/** What a recurrence with four gates runs on; no projection. */
export interface LstmCall extends RecurrentCall {
  readonly c: Strided;
  /** The blocks of the four gates in stacked weights. */
  readonly at: Readonly<Record<"i" | "f" | "g" | "o", number>>;
  /** Functions of gates, candidate and output, as numbers. */
  readonly kinds: readonly number[];
}

/** y, hn, cn and the reserve of `lstm`, or `null`. */
export function fastLstm(call: LstmCall, bx: Strided | null, bh: Strided | null): Strided[] | null {
  const { steps, sizes, at, x, c, h, kinds } = call;
  const { hidden, stacked } = sizes;
  const { rows } = steps;
  const open = openCall(call, [c, bx, bh], 1, stacked, hidden);
  if (!open) return null;
  const { e, room, walk, wh, packed, zero } = open;
  const [y, hn, cn] = results([...x.shape.slice(0, -1), hidden], h.shape, h.shape) as [
    Strided,
    Strided,
    Strided,
  ];
  const reserve = Strided.zeros(uint8, [(rows * stacked + 2 * rows * hidden) * 4]);
  const pc = room.rows(c);
  const [py, phn, pcn, gates] = [room.give(y), room.give(hn), room.give(cn), room.give(reserve)];
  const products = inputGates(open, call, [bx, bh], gates);
  const hs = gates + rows * stacked * 4;
  const cs = hs + rows * hidden * 4;
  return close(open, [y, hn, cn, reserve], () => {
    move(open.h, phn, h.size * 4);
    move(pc, pcn, h.size * 4);
    products();
    const tail = [phn, pcn, gates, hs, cs, py, ...packed];
    e.lstm_f32(...walk, zero, hidden, ...wh, at.i, at.f, at.g, at.o, ...kinds, ...tail);
  });
}

/** Gradients of x (empty if not wanted), h, c, wx, wh and the biases, or `null`. */
export function fastLstmGrad(
  call: LstmCall,
  gy: Strided | null,
  ghn: Strided | null,
  gcn: Strided | null,
  reserve: Strided,
): Strided[] | null {
  const { steps, sizes, at, c, h, kinds } = call;
  const { hidden, stacked } = sizes;
  const { rows } = steps;
  const open = openCall(call, [c, gy, ghn, gcn], 1, hidden, stacked);
  if (!open) return null;
  const { e, room, walk, wh, packed } = open;
  const [gx, gh, gc, gwx, gwh, gb] = results(shapeOfX(call), h.shape, h.shape, call.wx.shape, call.wh.shape, [
    stacked,
  ]) as [Strided, Strided, Strided, Strided, Strided, Strided];
  const states = h.size * 4;
  const pc = room.rows(c);
  const kept = room.take(reserve);
  const grads = room.get(rows * stacked * 4);
  const pgy = gy ? room.rows(gy) : 0;
  const [pgh, pgc] = [room.copy(ghn, states), room.copy(gcn, states)];
  const before = room.get(rows * hidden * 4);
  const [th, tc, twh] = [room.give(gh), room.give(gc), room.give(gwh)];
  const lines = room.get(6 * hidden * 4);
  const carried = carriedBy(open, call, hidden);
  const fromInputs = inputGradients(open, call, grads, [gx, gwx, gb]);
  const fromStates = stateWeights(open, call, stacked);
  const hs = kept + rows * stacked * 4;
  const cs = hs + rows * hidden * 4;
  return close(open, [gx, gh, gc, gwx, gwh, gb], () => {
    move(kept, grads, rows * stacked * 4);
    const tail = [pc, grads, cs, pgy, carried, pgh, pgc, lines, ...packed];
    e.lstm_grad_f32(...walk, hidden, ...wh, at.i, at.f, at.g, at.o, ...kinds, ...tail);
    move(pgh, th, states);
    move(pgc, tc, states);
    statesBefore(steps, hidden, open.h, hs, before);
    fromInputs();
    fromStates(grads, before, twh);
  });
}
