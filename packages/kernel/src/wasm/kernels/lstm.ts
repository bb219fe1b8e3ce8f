import { uint8 } from "../../dtype/dtype.js";
import { Strided } from "../../strided/strided.js";
import {
  backwards,
  carriedBy,
  close,
  inputGates,
  inputGradients,
  linesOf,
  move,
  openCall,
  type RecurrentCall,
  results,
  shapeOfX,
  statesBefore,
  stateWeights,
  walk,
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
  const open = openCall(call, [c, bx, bh], { blocks: 1, width: stacked, k: hidden, turned: true });
  if (!open) return null;
  const { room, wh, zero } = open;
  const [y, hn, cn] = results([...x.shape.slice(0, -1), hidden], h.shape, h.shape) as [
    Strided,
    Strided,
    Strided,
  ];
  const keeps = call.params.keeps !== false;
  const reserve = Strided.zeros(uint8, [keeps ? (rows * stacked + 2 * rows * hidden) * 4 : 0]);
  const pc = room.rows(c);
  const [py, phn, pcn, kept] = [room.give(y), room.give(hn), room.give(cn), keeps ? room.give(reserve) : 0];
  const products = inputGates(open, call, [bx, bh]);
  const hs = kept && kept + rows * stacked * 4;
  const gates = linesOf(open, stacked, kept);
  const cells = linesOf(open, hidden, hs && hs + rows * hidden * 4);
  return close(open, [y, hn, cn, reserve], () => {
    move(open.h, phn, h.size * 4);
    move(pc, pcn, h.size * 4);
    for (const chunk of open.chunks) {
      const g = gates(chunk);
      products(chunk, g);
      const cs = cells(chunk);
      walk(open, call, "lstm_f32", chunk, (states) => [
        ...[zero, hidden, ...wh, at.i, at.f, at.g, at.o, ...kinds],
        ...[phn + states, pcn + states, g, hs, cs, py],
      ]);
    }
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
  const open = openCall(call, [c, gy, ghn, gcn], { blocks: 1, width: hidden, k: stacked, turned: false });
  if (!open) return null;
  const { room, wh } = open;
  const [gx, gh, gc, gwx, gwh, gb] = results(shapeOfX(call), h.shape, h.shape, call.wx.shape, call.wh.shape, [
    stacked,
  ]) as [Strided, Strided, Strided, Strided, Strided, Strided];
  const states = h.size * 4;
  const pc = room.rows(c);
  const gates = room.take(reserve);
  const grads = linesOf(open, stacked);
  const pgy = gy ? room.rows(gy) : 0;
  const [pgh, pgc] = [room.copy(ghn, states), room.copy(gcn, states)];
  const [th, tc, twh] = [room.give(gh), room.give(gc), room.give(gwh)];
  const lines = room.get(6 * states);
  const carried = carriedBy(open, call, hidden);
  const hs = gates + rows * stacked * 4;
  const cs = hs + rows * hidden * 4;
  const before = statesBefore(open, call, hs);
  const fromInputs = inputGradients(open, call, [gx, gwx, gb]);
  const fromStates = stateWeights(open, call, stacked, twh);
  return close(open, [gx, gh, gc, gwx, gwh, gb], () => {
    for (const [fresh, chunk] of backwards(open)) {
      const own = grads(chunk);
      walk(open, call, "lstm_grad_f32", chunk, (skip) => [
        ...[hidden, ...wh, at.i, at.f, at.g, at.o, ...kinds, pc + skip, gates, own, cs, pgy],
        ...[carried && carried + skip, pgh + skip, pgc + skip, lines + 6 * skip],
      ]);
      fromInputs(chunk, fresh, own);
      fromStates(chunk, fresh, own, before(chunk));
    }
    move(pgh, th, states);
    move(pgc, tc, states);
  });
}
