import { isDifferentiable, type OpRow, ops, type Scalar, type ViewStep } from "@cognate/kernel";
import { Value } from "../value.js";
import { runBackward } from "./engine.js";
import { ForwardLevel, forward, withMode } from "./mode.js";
import { OpNode } from "./op-node.js";
import { chainOf } from "./view.js";

/*
 * Forward mode: values that carry tangents. The derivative of a call along its inputs' tangents is taken from its row's
 * derivative: Jᵀu is linear in u, and its own derivative by u along t is J·t. So every row that has a derivative has
 * both modes, in complex numbers, too (see the decision on forward mode).
 */

type Tangents = ReadonlyMap<ForwardLevel, Value>;

const levels: ForwardLevel[] = [];

/** How many maps over a batch are running, and the values in them that are slices of one or made of such. */
let maps = 0;
let mapped = new WeakSet<Value>();

const sync = (): void => {
  forward.depth = levels.length + maps;
};

/** Runs `f` so that what is made of marked values is marked, too. */
export function insideMap<T>(f: () => T): T {
  maps++;
  sync();
  try {
    return f();
  } finally {
    maps--;
    if (maps === 0) mapped = new WeakSet();
    sync();
  }
}
export const markMapped = (x: Value): void => void mapped.add(x);
/** Whether a value is a slice of what is being mapped over, or made of such. */
export const isMapped = (x: Value): boolean => maps > 0 && mapped.has(x);

export function enterForward(): ForwardLevel {
  const level = new ForwardLevel(levels.length);
  levels.push(level);
  sync();
  return level;
}

export function exitForward(level: ForwardLevel): void {
  level.active = false;
  while (levels.length > 0 && !levels[levels.length - 1]!.active) levels.pop();
  sync();
}

/** The innermost open level. */
export const currentForward = (): ForwardLevel | undefined => levels[levels.length - 1];

const live = (x: Value): Tangents | null => {
  if (x.tangents === null) return null;
  for (const level of x.tangents.keys()) if (level.active) return x.tangents;
  x.tangents = null;
  return null;
};

/** The tangent of a value at a level, or `null`. */
export const tangentOf = (x: Value, level: ForwardLevel): Value | null =>
  (level.active && x.tangents?.get(level)) || null;

export function setTangent(x: Value, level: ForwardLevel, tangent: Value | null): void {
  const next = new Map(live(x) ?? []);
  if (tangent) next.set(level, tangent);
  else next.delete(level);
  x.tangents = next.size > 0 ? next : null;
}

/** The same place in memory and graph without the tangent of a level. */
export function withoutTangent(x: Value, level: ForwardLevel): Value {
  if (!x.tangents?.has(level)) return x;
  const alias = aliasOf(x);
  alias.tangents = x.tangents;
  setTangent(alias, level, null);
  return alias;
}

/** The same array, connected with the history of `x` without a call between. */
function aliasOf(x: Value): Value {
  const alias = new Value(x.array, x.node, x.output);
  alias.weak = x.weak;
  if (x.leafNode) alias.shareLeaf(x.leafNode);
  return alias;
}

type Inputs = readonly (Value | Scalar | null)[];

/** The innermost level at which an input has a tangent. */
export function innermostOf(inputs: Inputs): ForwardLevel | null {
  let top: ForwardLevel | null = null;
  for (const x of inputs) {
    if (!(x instanceof Value)) continue;
    for (const level of live(x)?.keys() ?? [])
      if (level.active && (top === null || level.depth > top.depth)) top = level;
  }
  return top;
}

/** Gives the results of a call their tangents. */
export function pushForward(row: OpRow, inputs: Inputs, params: unknown, ys: readonly Value[]): void {
  if (maps > 0 && inputs.some((x) => x instanceof Value && mapped.has(x))) ys.forEach(markMapped);
  if (!ys.some((y) => isDifferentiable(y.dtype))) return;
  const level = innermostOf(inputs);
  if (level === null) return;
  const lower = inputs.map((x) => (x instanceof Value ? withoutTangent(x, level) : x));
  pushForward(row, lower, params, ys);
  const tangents = inputs.map((x) => (x instanceof Value ? tangentOf(x, level) : null));
  const pushed =
    row.view && inputs[0] instanceof Value
      ? [calls.apply(row, [tangents[0]!], params) as Value]
      : pushedBy(row, lower, tangents, params, ys);
  ys.forEach((y, k) => {
    const t = pushed[k];
    if (t && isDifferentiable(y.dtype)) setTangent(y, level, t);
  });
}

function pushedBy(
  row: OpRow,
  inputs: Inputs,
  tangents: readonly (Value | null)[],
  params: unknown,
  ys: readonly Value[],
): (Value | null)[] {
  const zeros = (): (Value | null)[] => ys.map((y) => y.full(y.shape, 0) as Value);
  if (!row.backward) return zeros();
  // Inputs with a tangent must want a gradient for the derivative to be computed; whether they really do is kept.
  const history =
    inputs.some((x) => x instanceof Value && hasHistory(x)) ||
    tangents.some((t) => t !== null && hasHistory(t));
  const xs = inputs.map((x, i) => {
    if (!(x instanceof Value) || !tangents[i] || x.requiresGrad) return x;
    const alias = aliasOf(x);
    alias.tangents = x.tangents;
    alias.setRequiresGrad(true);
    return alias;
  });
  const record = withMode({ grad: true }, () => {
    const node = new OpNode(
      row,
      params,
      xs,
      ys.map((y) => y.array),
    );
    const outs = ys.map((y, k) => {
      const out = new Value(y.array, node, k);
      out.tangents = y.tangents;
      return out;
    });
    node.save(xs, outs);
    const us = ys.map((y) => {
      if (!isDifferentiable(y.dtype)) return null;
      const u = y.full(y.shape, 0) as Value;
      u.setRequiresGrad(true);
      return u;
    });
    return { us, gxs: node.run(us, true) };
  });
  const pairs = record.gxs.flatMap((g, i) => {
    const t = tangents[i];
    if (!g || !t) return [];
    const x = inputs[i] as Value;
    let gx = g;
    if (gx.dtype.kind === "complex" && x.dtype.kind !== "complex") gx = gx.real() as Value;
    gx = (gx as Value).sumTo(x.shape);
    return gx.requiresGrad
      ? [[gx, t.dtype === gx.dtype ? t : (t.cast({ dtype: gx.dtype }) as Value)] as const]
      : [];
  });
  if (pairs.length === 0) return zeros();
  const wanted = record.us.flatMap((u) => (u ? [u] : []));
  const found = withMode({ grad: true }, () =>
    runBackward(
      pairs.map(([gx]) => gx),
      pairs.map(([, t]) => t),
      wanted,
      { createGraph: true },
    ),
  );
  let next = 0;
  return record.us.map((u, k) => {
    if (!u) return null;
    const t = found[next++] ?? (ys[k]!.full(ys[k]!.shape, 0) as Value);
    return history ? t : bare(t);
  });
}

/** Whether gradients of a value, or of a tangent that it carries, are wanted. */
const hasHistory = (x: Value): boolean =>
  x.requiresGrad || [...(x.tangents?.values() ?? [])].some(hasHistory);

/** The same elements and tangents of lower levels, all without history. */
export function bare(x: Value): Value {
  if (!hasHistory(x)) return x;
  const y = new Value(x.array);
  if (x.tangents) y.tangents = new Map([...x.tangents].map(([level, t]) => [level, bare(t)]));
  if (isMapped(x)) markMapped(y);
  return y;
}

/**
 * What an in-place call makes of its target's tangent: `result` is what the call gives out of place. A view's tangent is a view of
 * its base's, so that it is written where it lies.
 */
export function writeTangents(target: Value, result: Value): void {
  const before = live(target);
  const after = live(result);
  if (!before && !after) return;
  const all = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  for (const level of all) {
    if (!level.active) continue;
    const t = after?.get(level) ?? (result.full(result.shape, 0) as Value);
    const cast = t.dtype === target.dtype ? t : (t.cast({ dtype: target.dtype }) as Value);
    const place = tangentOf(target, level) ?? placeFor(target, level);
    if (place) calls.assign(place, cast);
    else setTangent(target, level, cast);
  }
}

/** A view of a base that has no tangent yet: zeros for the base, of which the view's tangent is a view. */
function placeFor(target: Value, level: ForwardLevel): Value | null {
  const { view } = target;
  if (!view) return null;
  const { base } = view;
  const whole = tangentOf(base, level) ?? (base.full(base.shape, 0) as Value);
  setTangent(base, level, whole);
  const chain: readonly ViewStep[] = chainOf(view);
  const place = calls.apply(ops.viewChain as unknown as OpRow, [whole], { chain }) as Value;
  setTangent(target, level, place);
  return place;
}

interface Calls {
  apply(row: OpRow, inputs: Inputs, params: unknown): Value | Value[];
  assign(target: Value, x: Value): void;
}
const calls = {} as Calls;

/** Set by the modules that call rows, which this one must not import. */
export const setForwardCalls = (some: Partial<Calls>): void => void Object.assign(calls, some);
