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

/** What a recurrence of one function runs on. */
export interface RnnCall extends RecurrentCall {
  /** The function, as a number. */
  readonly kind: number;
}

/** y, hn and the reserve of `rnn`, or `null`. */
export function fastRnn(call: RnnCall, bx: Strided | null, bh: Strided | null): Strided[] | null {
  const { steps, sizes, x, h, kind } = call;
  const { hidden } = sizes;
  const { rows } = steps;
  const open = openCall(call, [bx, bh], { blocks: 1, width: hidden, k: hidden, turned: true });
  if (!open) return null;
  const { room, wh, zero } = open;
  const [y, hn] = results([...x.shape.slice(0, -1), hidden], h.shape) as [Strided, Strided];
  const keeps = call.params.keeps !== false;
  const reserve = Strided.zeros(uint8, [keeps ? rows * hidden * 4 : 0]);
  const [py, phn, hs] = [room.give(y), room.give(hn), keeps ? room.give(reserve) : 0];
  const gates = linesOf(open, hidden);
  const products = inputGates(open, call, [bx, bh]);
  return close(open, [y, hn, reserve], () => {
    move(open.h, phn, h.size * 4);
    for (const chunk of open.chunks) {
      const g = gates(chunk);
      products(chunk, g);
      walk(open, call, "rnn_f32", chunk, (states) => [zero, hidden, ...wh, kind, phn + states, g, hs, py]);
    }
  });
}

/** Gradients of x (empty if not wanted), h, wx, wh and the biases, or `null`. */
export function fastRnnGrad(
  call: RnnCall,
  gy: Strided | null,
  ghn: Strided | null,
  reserve: Strided,
): Strided[] | null {
  const { sizes, h, kind } = call;
  const { hidden } = sizes;
  const open = openCall(call, [gy, ghn], { blocks: 1, width: hidden, k: hidden, turned: false });
  if (!open) return null;
  const { room, wh } = open;
  const [gx, gh, gwx, gwh, gb] = results(shapeOfX(call), h.shape, call.wx.shape, call.wh.shape, [hidden]) as [
    Strided,
    Strided,
    Strided,
    Strided,
    Strided,
  ];
  const states = h.size * 4;
  const hs = room.take(reserve);
  const grads = linesOf(open, hidden);
  const pgy = gy ? room.rows(gy) : 0;
  const pgh = room.copy(ghn, states);
  const [th, twh] = [room.give(gh), room.give(gwh)];
  const carried = carriedBy(open, call, hidden);
  const before = statesBefore(open, call, hs);
  const fromInputs = inputGradients(open, call, [gx, gwx, gb]);
  const fromStates = stateWeights(open, call, hidden, twh);
  return close(open, [gx, gh, gwx, gwh, gb], () => {
    for (const [fresh, chunk] of backwards(open)) {
      const own = grads(chunk);
      walk(open, call, "rnn_grad_f32", chunk, (skip) => [
        ...[hidden, ...wh, kind, own, hs, pgy, carried && carried + skip, pgh + skip],
      ]);
      fromInputs(chunk, fresh, own);
      fromStates(chunk, fresh, own, before(chunk));
    }
    move(pgh, th, states);
  });
}
