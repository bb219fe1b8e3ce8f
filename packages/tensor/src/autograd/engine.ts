import { isComplex, ops, type Strided } from "@cognate/kernel";
import { AutogradError } from "../errors.js";
import type { Value } from "../value.js";
import { forward, setGrad, withMode } from "./mode.js";
import { type Flow, type GraphNode, LeafNode, Visit } from "./node.js";
import { OpNode, setThrough } from "./op-node.js";

export interface BackwardOptions {
  /** Keep what was saved, so that backward can run again. */
  readonly retainGraph?: boolean;
  /** Record the backward pass itself, so that gradients can be differentiated. */
  readonly createGraph?: boolean;
}

type Observer = (node: GraphNode, gradients: readonly (Value | null | undefined)[]) => void;
let observer: Observer | null = null;

/** Shows what each node gives in backward to a function, which may throw; `null` ends that. */
export function observeBackward(see: Observer | null): void {
  observer = see;
}

/** Nodes ready to run, the youngest first. */
class ReadyQueue {
  readonly #heap: GraphNode[] = [];

  push(node: GraphNode): void {
    const h = this.#heap;
    let i = h.length;
    h.push(node);
    while (i > 0) {
      const p = (i - 1) >> 1;
      if (h[p]!.sequence >= node.sequence) break;
      h[i] = h[p]!;
      i = p;
    }
    h[i] = node;
  }

  pop(): GraphNode | undefined {
    const h = this.#heap;
    const top = h[0];
    const last = h.pop();
    if (h.length === 0 || last === undefined) return top;
    let i = 0;
    for (;;) {
      let c = 2 * i + 1;
      if (c >= h.length) break;
      if (c + 1 < h.length && h[c + 1]!.sequence > h[c]!.sequence) c++;
      if (h[c]!.sequence <= last.sequence) break;
      h[i] = h[c]!;
      i = c;
    }
    h[i] = last;
    return top;
  }
}

/** One backward pass: its nodes carry a {@link Visit} of it. */
class Pass {
  /** The nodes that it gets to. */
  readonly visits: Visit[] = [];
  /** Of those, the ones that have to run; all where nothing is said. */
  useful: ReadonlySet<GraphNode> | null = null;

  knows(node: GraphNode): boolean {
    return node.visit !== null && node.visit.pass === this;
  }

  visit(node: GraphNode): Visit {
    const there = node.visit;
    if (there !== null && there.pass === this) return there;
    const fresh = new Visit(this, node, there);
    node.visit = fresh;
    this.visits.push(fresh);
    return fresh;
  }

  /** Finds all nodes behind those visited, and how many gradients each waits for. */
  explore(): void {
    // Grows while it is walked.
    const { visits } = this;
    for (let i = 0; i < visits.length; i++) {
      const { edges } = visits[i]!.node;
      for (let k = 0; k < edges.length; k++) {
        const edge = edges[k];
        if (edge) this.visit(edge.node).waiting++;
      }
    }
  }

  /** Leaves the nodes to the pass around this one. */
  end(): void {
    const { visits } = this;
    for (let i = 0; i < visits.length; i++) visits[i]!.node.visit = visits[i]!.outer;
  }
}

/** The nodes from which some of `targets` can be reached; all others need not run. */
function nodesTowards(roots: readonly GraphNode[], targets: ReadonlySet<GraphNode>): Set<GraphNode> {
  const useful = new Set<GraphNode>(targets);
  const seen = new Set<GraphNode>();
  const stack: { node: GraphNode; next: number }[] = roots.map((node) => ({ node, next: 0 }));
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    if (top.next === 0) {
      if (seen.has(top.node)) {
        stack.pop();
        continue;
      }
      seen.add(top.node);
    }
    const { edges } = top.node;
    let descended = false;
    while (top.next < edges.length) {
      const edge = edges[top.next++];
      if (!edge) continue;
      if (useful.has(edge.node)) useful.add(top.node);
      // Targets may lie behind other targets.
      if (!seen.has(edge.node)) {
        stack.push({ node: edge.node, next: 0 });
        descended = true;
        break;
      }
    }
    if (descended) continue;
    if (edges.some((e) => e && useful.has(e.node))) useful.add(top.node);
    stack.pop();
  }
  return useful;
}

let current: Pass | null = null;

/** Whether the backward pass that is running gets to a node. */
export const willRun = (node: GraphNode): boolean =>
  (current?.knows(node) ?? false) && (current?.useful?.has(node) ?? true);

/**
 * Runs the graph behind `outputs` backwards from `gys` (ones for scalars left out).
 *
 * Without `inputs`, gradients are added to the leaves' `grad`. With them, the gradients of exactly those values are
 * returned instead, `null` for a value that the outputs do not depend on.
 */
export function runBackward(
  outputs: readonly Value[],
  gys: readonly (Value | null)[],
  inputs: readonly Value[] | null,
  { createGraph = false, retainGraph = createGraph }: BackwardOptions = {},
): (Value | null)[] {
  const pass = new Pass();
  const outer = current;
  let before: boolean | undefined;
  try {
    for (let i = 0; i < outputs.length; i++) {
      const y = outputs[i]!;
      const edge = y.edge();
      if (!edge) throw new AutogradError({ kind: "no-graph", output: i });
      const g = startingGradient(y, gys[i] ?? null, i);
      receive(pass.visit(edge.node), edge.output, { value: g, owned: false }, createGraph);
    }
    const roots = pass.visits.length;
    const captures = inputs && capturedAt(inputs);
    const results: (Value | null)[] = inputs ? inputs.map(() => null) : [];
    if (captures)
      pass.useful = nodesTowards(
        pass.visits.map((v) => v.node),
        new Set(captures.keys()),
      );
    const { useful } = pass;

    pass.explore();
    const ready = new ReadyQueue();
    for (let i = 0; i < roots; i++) if (pass.visits[i]!.waiting === 0) ready.push(pass.visits[i]!.node);

    before = setGrad(createGraph);
    current = pass;
    for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
      const visit = node.visit!;
      const received = visit.flows;
      visit.flows = null;
      const run = !useful || useful.has(node);
      let gxs: readonly (Value | null | undefined)[] | null = null;
      let gs: (Flow | null)[] | undefined;
      if (received !== null && run) {
        gs = received;
        if (node.tensorHooks !== undefined || node.retained !== undefined) applyTensorHooks(node, gs);
        if (node.preHooks) gs = preHooks(node, gs);
        const byOutput = captures?.get(node);
        if (byOutput)
          for (const [output, positions] of byOutput)
            for (const i of positions) results[i] = gs[output]?.value ?? null;
        if (node instanceof LeafNode) {
          if (!inputs && gs[0]) accumulateGrad(node, gs[0], createGraph);
        } else if (!useful || node.edges.some((e) => e && useful.has(e.node))) {
          const values = valuesOf(gs);
          gxs = node.run(values, createGraph);
          observer?.(node, gxs);
          if (node.postHooks) gxs = postHooks(node, gxs, values);
        }
      }
      if (gxs) {
        distribute(pass, node, gxs, gs!, createGraph);
        // Hooks may keep what they were shown.
        const own = !createGraph && forward.depth === 0 && node instanceof OpNode && !captures?.has(node);
        if (own && !node.postHooks && !node.preHooks) freeSpent(gs!, gxs);
      }
      if (!retainGraph && gxs) node.release();
      const { edges } = node;
      for (let i = 0; i < edges.length; i++) {
        const edge = edges[i];
        if (edge && --pass.visit(edge.node).waiting === 0) ready.push(edge.node);
      }
    }
    return results;
  } finally {
    current = outer;
    if (before !== undefined) setGrad(before);
    pass.end();
  }
}

/** Where the gradients of values arrive, and at which places of the list they are wanted. */
function capturedAt(inputs: readonly Value[]): Map<GraphNode, Map<number, number[]>> {
  const captures = new Map<GraphNode, Map<number, number[]>>();
  inputs.forEach((x, i) => {
    const edge = x.edge();
    if (!edge) return;
    let byOutput = captures.get(edge.node);
    if (!byOutput) captures.set(edge.node, (byOutput = new Map()));
    byOutput.set(edge.output, [...(byOutput.get(edge.output) ?? []), i]);
  });
  return captures;
}

/** The gradients themselves. */
function valuesOf(flows: readonly (Flow | null)[]): (Value | null)[] {
  if (flows.length === 1) return [flows[0]?.value ?? null];
  return flows.map((f) => f?.value ?? null);
}

function startingGradient(y: Value, g: Value | null, output: number): Value {
  if (!g) {
    if (y.size !== 1) throw new AutogradError({ kind: "not-scalar", shape: y.shape });
    return y.full(y.shape, 1);
  }
  if (g.shape.length !== y.shape.length || g.shape.some((n, i) => n !== y.shape[i]))
    throw new AutogradError({ kind: "gradient-shape", got: g.shape, want: y.shape, output });
  return g;
}

/** Adds a gradient to those that wait at a node's output. */
function receive(visit: Visit, output: number, flow: Flow, createGraph: boolean): void {
  const list = visit.flows;
  if (list === null) {
    const n = visit.node.outputs;
    visit.flows = n === 1 ? [flow] : new Array<Flow | null>(n).fill(null);
    visit.flows[output] = flow;
    return;
  }
  const there = list[output];
  if (!there) list[output] = flow;
  else if (
    !createGraph &&
    forward.depth === 0 &&
    there.owned &&
    there.value.array.contiguous &&
    there.value.dtype === flow.value.dtype
  ) {
    addInto(there.value.array, flow.value.array);
  } else list[output] = { value: there.value.add(flow.value) as Value, owned: true };
}

function addInto(target: Strided, x: Strided): void {
  ops.add.run([target, x], undefined, target);
}

/** Sends a node's gradients along its edges, in the shape, type and realness of the inputs they belong to. */
function distribute(
  pass: Pass,
  node: GraphNode,
  gxs: readonly (Value | null | undefined)[],
  gys: readonly (Flow | null)[],
  createGraph: boolean,
): void {
  for (let i = 0; i < gxs.length; i++) {
    const edge = node.edges[i];
    let g = gxs[i];
    if (!edge || !g) continue;
    const want = edge.node.meta(edge.output);
    const raw = g;
    if (isComplex(g.dtype) && !isComplex(want.dtype)) g = g.real() as Value;
    g = (g as Value).sumTo(want.shape) as Value;
    if (g.dtype !== want.dtype) g = g.cast({ dtype: want.dtype }) as Value;
    const shared = isHeldTwice(g.array.storage, gxs, node.edges, gys);
    const fresh = g !== raw && g.array.storage !== raw.array.storage;
    receive(pass.visit(edge.node), edge.output, { value: g as Value, owned: fresh || !shared }, createGraph);
  }
}

/** Whether a gradient's memory is that of another one, or of one that came from somewhere else. */
function isHeldTwice(
  storage: unknown,
  gxs: readonly (Value | null | undefined)[],
  edges: GraphNode["edges"],
  gys: readonly (Flow | null)[],
): boolean {
  let holders = 0;
  for (let i = 0; i < gxs.length; i++) if (edges[i] && gxs[i]?.array.storage === storage) holders++;
  if (holders > 1) return true;
  for (const f of gys) if (f !== null && !f.owned && f.value.array.storage === storage) return true;
  return false;
}

/** Gives back the memory of gradients that nobody holds any more, without waiting for a collection. */
function freeSpent(gs: readonly (Flow | null)[], gxs: readonly (Value | null | undefined)[]): void {
  for (const flow of gs) {
    if (!flow?.owned) continue;
    const { storage } = flow.value.array;
    let passedOn = false;
    for (let i = 0; i < gxs.length && !passedOn; i++) passedOn = gxs[i]?.array.storage === storage;
    if (!passedOn) storage.release();
  }
}

function applyTensorHooks(node: GraphNode, gs: (Flow | null)[]): void {
  if (node.tensorHooks)
    for (const [output, hooks] of node.tensorHooks) {
      const f = gs[output];
      if (!f) continue;
      for (const hook of [...hooks]) {
        const next = hook(f.value);
        f.owned = false;
        if (next) f.value = next;
      }
    }
  if (node.retained)
    for (const [output, value] of node.retained) {
      const f = gs[output];
      if (!f) continue;
      f.owned = false;
      value.grad = value.grad ? (value.grad.add(f.value) as Value) : f.value;
    }
}

const rewrap = (values: readonly (Value | null | undefined)[]): (Flow | null)[] =>
  values.map((value) => (value ? { value, owned: false } : null));

function preHooks(node: GraphNode, gs: (Flow | null)[]): (Flow | null)[] {
  let flows = gs;
  for (const hook of node.preHooks!) {
    const next = hook(flows.map((f) => f?.value ?? null));
    flows = next ? rewrap(next) : rewrap(flows.map((f) => f?.value));
  }
  return flows;
}

function postHooks(
  node: GraphNode,
  gxs: readonly (Value | null | undefined)[],
  gys: (Value | null)[],
): readonly (Value | null | undefined)[] {
  let out = gxs;
  for (const hook of node.postHooks!) {
    const next = hook(
      out.map((g) => g ?? null),
      gys,
    );
    if (next) out = next;
  }
  return out;
}

function accumulateGrad(node: LeafNode, flow: Flow, createGraph: boolean): void {
  const { leaf } = node;
  const g = flow.value;
  if (leaf.grad === null) {
    const takeOver = flow.owned || createGraph;
    leaf.grad = takeOver && g.array.contiguous ? g : (g.cast({ dtype: g.dtype }) as Value);
  } else if (createGraph || leaf.grad.requiresGrad || forward.depth > 0)
    leaf.grad = leaf.grad.add(g) as Value;
  else {
    ops.add.run([leaf.grad.array, g.array], undefined, leaf.grad.array);
    leaf.grad.array.storage.version++;
  }
  if (node.afterHooks) for (const hook of [...node.afterHooks]) hook(leaf);
}

setThrough((f, inputs, gys) => {
  const [outs, aliases] = withMode({ grad: true }, () => {
    const xs = inputs.map((x) => {
      const alias = x.reshape({ shape: x.shape }) as Value;
      if (!alias.requiresGrad) alias.setRequiresGrad(true);
      return alias;
    });
    return [f(xs), xs] as const;
  });
  const used = outs
    .map((y, i) => [y, gys[i] ?? null] as const)
    .filter(([y, g]) => g !== null && y.requiresGrad);
  if (used.length === 0) return inputs.map(() => null);
  return runBackward(
    used.map(([y]) => y),
    used.map(([, g]) => g),
    aliases,
    { createGraph: true },
  );
});
