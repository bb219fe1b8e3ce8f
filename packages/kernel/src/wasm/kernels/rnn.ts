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
  const open = openCall(call, [bx, bh], 1, hidden, hidden);
  if (!open) return null;
  const { e, room, walk, wh, packed, zero } = open;
  const [y, hn] = results([...x.shape.slice(0, -1), hidden], h.shape) as [Strided, Strided];
  const reserve = Strided.zeros(uint8, [rows * hidden * 4]);
  const [py, phn, hs] = [room.give(y), room.give(hn), room.give(reserve)];
  const gates = room.get(rows * hidden * 4);
  const products = inputGates(open, call, [bx, bh], gates);
  return close(open, [y, hn, reserve], () => {
    move(open.h, phn, h.size * 4);
    products();
    e.rnn_f32(...walk, zero, hidden, ...wh, kind, phn, gates, hs, py, ...packed);
  });
}

/** Gradients of x (empty if not wanted), h, wx, wh and the biases, or `null`. */
export function fastRnnGrad(
  call: RnnCall,
  gy: Strided | null,
  ghn: Strided | null,
  reserve: Strided,
): Strided[] | null {
  const { steps, sizes, h, kind } = call;
  const { hidden } = sizes;
  const { rows } = steps;
  const open = openCall(call, [gy, ghn], 1, hidden, hidden);
  if (!open) return null;
  const { e, room, walk, wh, packed } = open;
  const [gx, gh, gwx, gwh, gb] = results(shapeOfX(call), h.shape, call.wx.shape, call.wh.shape, [hidden]) as [
    Strided,
    Strided,
    Strided,
    Strided,
    Strided,
  ];
  const states = h.size * 4;
  const hs = room.take(reserve);
  const grads = room.get(rows * hidden * 4);
  const pgy = gy ? room.rows(gy) : 0;
  const pgh = room.copy(ghn, states);
  const before = room.get(rows * hidden * 4);
  const [th, twh] = [room.give(gh), room.give(gwh)];
  const carried = carriedBy(open, call, hidden);
  const fromInputs = inputGradients(open, call, grads, [gx, gwx, gb]);
  const fromStates = stateWeights(open, call, hidden);
  return close(open, [gx, gh, gwx, gwh, gb], () => {
    e.rnn_grad_f32(...walk, hidden, ...wh, kind, grads, hs, pgy, carried, pgh, ...packed);
    move(pgh, th, states);
    statesBefore(steps, hidden, open.h, hs, before);
    fromInputs();
    fromStates(grads, before, twh);
  });
}
