import { uint8 } from "../../dtype/dtype.js";
import { Strided } from "../../strided/strided.js";
import {
  backwards,
  biasGradient,
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
  const blocks = resetAfter ? 1 : 3;
  const open = openCall(call, [bx, bh], { blocks, width: (3 / blocks) * hidden, k: hidden, turned: true });
  if (!open) return null;
  const { room, wh, zero } = open;
  const [y, hn] = results([...x.shape.slice(0, -1), hidden], h.shape) as [Strided, Strided];
  const keeps = call.params.keeps !== false;
  const kept = rows * stacked + (resetAfter ? 2 : 1) * rows * hidden;
  const reserve = Strided.zeros(uint8, [keeps ? kept * 4 : 0]);
  const [py, phn, pr] = [room.give(y), room.give(hn), keeps ? room.give(reserve) : 0];
  const bias = bh ? room.rows(bh) : 0;
  const fed = room.get(batch * stacked * 4);
  const reset = resetAfter ? 0 : room.get(batch * hidden * 4);
  const products = inputGates(open, call, [bx]);
  const gates = linesOf(open, stacked, pr);
  const hs = pr && pr + rows * stacked * 4;
  const scaled = resetAfter && hs ? hs + rows * hidden * 4 : 0;
  return close(open, [y, hn, reserve], () => {
    move(open.h, phn, h.size * 4);
    for (const chunk of open.chunks) {
      const g = gates(chunk);
      products(chunk, g);
      walk(open, call, "gru_f32", chunk, (states) => [
        ...[zero, hidden, ...wh, at.r, at.z, at.n, Number(resetAfter), ...kinds, bias, phn + states],
        ...[g, hs, scaled, py, fed + 3 * states, reset && reset + states],
      ]);
    }
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
  const { rows } = steps;
  const blocks = resetAfter ? 1 : 3;
  const open = openCall(call, [gy, ghn], { blocks, width: hidden, k: (3 / blocks) * hidden, turned: false });
  if (!open) return null;
  const { room, wh } = open;
  const [gx, gh, gwx, gwh, gbx, gbh] = results(
    shapeOfX(call),
    h.shape,
    call.wx.shape,
    call.wh.shape,
    [stacked],
    [stacked],
  ) as [Strided, Strided, Strided, Strided, Strided, Strided];
  const states = h.size * 4;
  const gates = room.take(reserve);
  const ownLines = linesOf(open, stacked);
  const fedLines = resetAfter ? linesOf(open, stacked) : ownLines;
  const resetLines = resetAfter ? null : linesOf(open, hidden);
  const pgy = gy ? room.rows(gy) : 0;
  const pgh = room.copy(ghn, states);
  const [th, twh, tbh] = [room.give(gh), room.give(gwh), room.give(gbh)];
  const lines = room.get(3 * states);
  const carried = carriedBy(open, call, hidden);
  const hs = gates + rows * stacked * 4;
  const scaled = hs + rows * hidden * 4;
  const before = statesBefore(open, call, hs);
  const fromInputs = inputGradients(open, call, [gx, gwx, gbx]);
  const width = stacked / blocks;
  const fromStates = Array.from({ length: blocks }, (_, b) =>
    stateWeights(open, call, width, twh + b * width * hidden * 4),
  );
  const bias = biasGradient(open, call, tbh);
  return close(open, [gx, gh, gwx, gwh, gbx, gbh], () => {
    for (const [fresh, chunk] of backwards(open)) {
      const [own, fed, reset] = [ownLines(chunk), fedLines(chunk), resetLines?.(chunk) ?? 0];
      walk(open, call, "gru_grad_f32", chunk, (skip) => [
        ...[hidden, ...wh, at.r, at.z, at.n, Number(resetAfter), ...kinds, open.h + skip, gates, own, fed],
        ...[hs, scaled, reset, pgy, carried && carried + skip, pgh + skip, lines + 3 * skip],
      ]);
      fromInputs(chunk, fresh, own);
      bias(chunk, fresh, fed);
      const states = before(chunk);
      fromStates.forEach((part, b) => {
        const from = reset && b === at.n ? reset + chunk.row * hidden * 4 : states;
        part(chunk, fresh, fed + b * hidden * 4, from);
      });
    }
    move(pgh, th, states);
  });
}
