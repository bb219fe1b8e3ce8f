// The order in which a product of several arrays costs least, found as NumPy finds it.

import { format, KeyError, TypeError, ValueError } from "@cognate/py";

type Letters = ReadonlySet<string>;
type Sizes = ReadonlyMap<string, number>;
type Positions = readonly number[];

const SYMBOLS = /^[a-zA-Z]$/;

/** The terms of an equation, its ellipses replaced by letters, and its output. */
export interface Terms {
  readonly inputs: readonly string[];
  readonly output: string;
}

const count = (text: string, letter: string): number => text.split(letter).length - 1;

/** Letters that occur once, in order. */
const onceIn = (text: string): string =>
  [...new Set(text)]
    .sort()
    .filter((s) => count(text, s) === 1)
    .join("");

/** An equation as terms without ellipses. @throws ValueError in the words of NumPy's own parser */
export function parseTerms(equation: string, shapes: readonly (readonly number[])[]): Terms {
  for (const s of equation)
    if (!".,->".includes(s) && !SYMBOLS.test(s))
      throw new ValueError(`Character ${s} is not a valid symbol.`);
  if (
    /[->]/.test(equation) &&
    (count(equation, "-") > 1 || count(equation, ">") > 1 || !equation.includes("->"))
  )
    throw new ValueError("Subscripts can only contain one '->'.");
  const [left, right] = equation.split("->") as [string, string | undefined];
  let inputs = left.split(",");
  let output = right;
  if (equation.includes(".")) {
    const unused = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"].filter(
      (s) => !equation.includes(s),
    );
    const fresh = (n: number): string => (n === 0 ? "" : unused.slice(-n).join(""));
    let longest = 0;
    inputs = inputs.map((term, i) => {
      if (!term.includes(".")) return term;
      if (count(term, ".") !== 3 || !term.includes("...")) throw new ValueError("Invalid Ellipses.");
      const shape = shapes[i] ?? [];
      const n = shape.length === 0 ? 0 : shape.length - (term.length - 3);
      if (n < 0) throw new ValueError("Ellipses lengths do not match.");
      longest = Math.max(longest, n);
      return term.replace("...", fresh(n));
    });
    const axes = fresh(longest);
    output =
      output === undefined
        ? axes + [...onceIn(inputs.join(""))].filter((s) => !axes.includes(s)).join("")
        : output.replace("...", axes);
  }
  output ??= onceIn(inputs.join(""));
  for (const s of output) {
    if (count(output, s) !== 1)
      throw new ValueError(`Output character ${s} appeared more than once in the output.`);
    if (!inputs.some((t) => t.includes(s)))
      throw new ValueError(`Output character ${s} did not appear in the input`);
  }
  if (inputs.length !== shapes.length)
    throw new ValueError("Number of einsum subscripts must be equal to the number of operands.");
  return { inputs, output };
}

/** The length of each letter; one of 1 stretches. @throws ValueError */
function sizesOf({ inputs }: Terms, shapes: readonly (readonly number[])[]): Sizes {
  const sizes = new Map<string, number>();
  inputs.forEach((term, i) => {
    const shape = shapes[i]!;
    if (shape.length !== term.length)
      throw new ValueError(
        `Einstein sum subscript ${inputs.join(",")[i]} does not contain the correct number of indices for operand ${i}.`,
      );
    [...term].forEach((s, d) => {
      const [known, n] = [sizes.get(s), shape[d]!];
      if (known === undefined || known === 1) sizes.set(s, n);
      else if (n !== 1 && n !== known)
        throw new ValueError(
          `Size of label '${s}' for operand ${i} (${known}) does not match previous terms (${n}).`,
        );
    });
  });
  return sizes;
}

const volume = (letters: Iterable<string>, sizes: Sizes): number =>
  [...letters].reduce((n, s) => n * sizes.get(s)!, 1);

const flops = (letters: Letters, inner: boolean, terms: number, sizes: Sizes): number =>
  volume(letters, sizes) * (Math.max(1, terms - 1) + (inner ? 1 : 0));

interface Contraction {
  readonly result: Letters;
  readonly rest: readonly Letters[];
  readonly inner: boolean;
  readonly letters: Letters;
}

/** What is left when the operands at some positions are multiplied. */
function contract(positions: Positions, inputs: readonly Letters[], output: Letters): Contraction {
  const letters = new Set(positions.flatMap((p) => [...inputs[p]!]));
  const others = inputs.filter((_, i) => !positions.includes(i));
  const kept = new Set([...output, ...others.flatMap((s) => [...s])]);
  const result = new Set([...letters].filter((s) => kept.has(s)));
  return { result, rest: [...others, result], inner: result.size < letters.size, letters };
}

const pairs = (n: number): [number, number][] =>
  Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    Array.from({ length: n - i - 1 }, (_, k) => [i, i + 1 + k] as [number, number]),
  );

const leastBy = <T>(list: readonly T[], before: (a: T, b: T) => boolean): T =>
  list.reduce((best, x) => (before(x, best) ? x : best));

/** Every order tried. */
function optimalPath(inputs: readonly Letters[], output: Letters, sizes: Sizes, limit: number): Positions[] {
  type State = {
    readonly cost: number;
    readonly path: readonly Positions[];
    readonly left: readonly Letters[];
  };
  const cheapest = (states: readonly State[]): State => leastBy(states, (a, b) => a.cost < b.cost);
  let states: readonly State[] = [{ cost: 0, path: [], left: inputs }];
  for (let k = 0; k < inputs.length - 1; k++) {
    const next: State[] = [];
    for (const { cost, path, left } of states)
      for (const pair of pairs(inputs.length - k)) {
        const c = contract(pair, left, output);
        if (volume(c.result, sizes) > limit) continue;
        next.push({ cost: cost + flops(c.letters, c.inner, 2, sizes), path: [...path, pair], left: c.rest });
      }
    if (next.length === 0)
      return [...cheapest(states).path, Array.from({ length: inputs.length - k }, (_, i) => i)];
    states = next;
  }
  return [...cheapest(states).path];
}

interface Candidate {
  readonly saved: number;
  readonly cost: number;
  readonly pair: readonly [number, number];
  readonly left: Letters[];
}

/** At each step the pair whose product leaves least memory, then costs least. */
function greedyPath(given: readonly Letters[], output: Letters, sizes: Sizes, limit: number): Positions[] {
  if (given.length <= 2) return [given.map((_, i) => i)];
  const all = contract(
    given.map((_, i) => i),
    given,
    output,
  );
  const naive = flops(all.letters, all.inner, given.length, sizes);
  let inputs = [...given];
  let known: Candidate[] = [];
  let spent = 0;
  let tried = pairs(inputs.length);
  const path: Positions[] = [];
  const consider = (pair: readonly [number, number]): void => {
    const c = contract(pair, inputs, output);
    const size = volume(c.result, sizes);
    if (size > limit) return;
    const saved = pair.reduce((sum, p) => sum + volume(inputs[p]!, sizes), 0) - size;
    const cost = flops(c.letters, c.inner, 2, sizes);
    if (spent + cost <= naive) known.push({ saved, cost, pair, left: [...c.rest] });
  };
  for (let k = 0; k < given.length - 1; k++) {
    for (const pair of tried) if ([...inputs[pair[0]]!].some((s) => inputs[pair[1]]!.has(s))) consider(pair);
    // Outer products only where nothing else is left.
    if (known.length === 0) for (const pair of pairs(inputs.length)) consider(pair);
    if (known.length === 0) {
      path.push(inputs.map((_, i) => i));
      break;
    }
    const best = leastBy(known, (a, b) => a.saved > b.saved || (a.saved === b.saved && a.cost < b.cost));
    known = withoutPair(known, best);
    inputs = best.left;
    const last = inputs.length - 1;
    tried = Array.from({ length: last }, (_, i) => [i, last]);
    path.push(best.pair);
    spent += best.cost;
  }
  return path;
}

/** The candidates that do not touch a contracted pair, renumbered. */
function withoutPair(known: readonly Candidate[], best: Candidate): Candidate[] {
  const [bx, by] = best.pair;
  return known
    .filter(({ pair: [x, y] }) => ![x, y].some((p) => p === bx || p === by))
    .map((c) => {
      const [x, y] = c.pair;
      const shifted = (b: number): number => b - Number(b > x) - Number(b > y);
      const left = [...c.left];
      left.splice(shifted(by), 1);
      left.splice(shifted(bx), 1);
      left.splice(-1, 0, best.left.at(-1)!);
      const moved = (p: number): number => p - Number(p > bx) - Number(p > by);
      return { ...c, pair: [moved(x), moved(y)] as const, left };
    });
}

/** How a path is to be found: a name, a name with a limit of memory, a path that is known, or not at all. */
export type Optimize = boolean | string | null | readonly unknown[];

/** One contraction of a plan: which of the operands that are left, and by which equation. */
export interface Step {
  readonly positions: Positions;
  readonly equation: string;
  readonly remaining: readonly string[];
  readonly letters: number;
  readonly cost: number;
  readonly size: number;
}

export interface Plan {
  readonly terms: Terms;
  readonly path: readonly Positions[];
  readonly steps: readonly Step[];
  readonly report: string;
}

/** The plan of an equation. @throws ValueError, TypeError, KeyError */
export function planOf(equation: string, shapes: readonly (readonly number[])[], optimize: Optimize): Plan {
  const { kind, limit, known } = optionOf(optimize);
  const terms = parseTerms(equation, shapes);
  const sizes = sizesOf(terms, shapes);
  const sets = terms.inputs.map((t) => new Set(t));
  const output = new Set(terms.output);
  const letters = new Set(terms.inputs.join(""));
  const most = limit ?? Math.max(...[...terms.inputs, terms.output].map((t) => volume(t, sizes)));
  const n = sets.length;
  const same = letters.size === output.size && [...letters].every((s) => output.has(s));
  let path: readonly Positions[];
  if (known) path = known;
  else if (kind === null || n <= 2 || same) path = [sets.map((_, i) => i)];
  else if (kind === "greedy") path = greedyPath(sets, output, sizes, most);
  else if (kind === "optimal") path = optimalPath(sets, output, sizes, most);
  else throw new KeyError(`Path name ${kind} not found`);
  return withSteps(terms, path, sizes, letters, n);
}

function optionOf(optimize: Optimize): { kind: string | null; limit?: number; known?: Positions[] } {
  if (optimize === true) return { kind: "greedy" };
  if (optimize === null || optimize === false) return { kind: null };
  if (typeof optimize === "string") return { kind: optimize };
  const [first, second] = optimize;
  if (first === "einsum_path") return { kind: null, known: optimize.slice(1) as unknown as Positions[] };
  if (optimize.length === 2 && typeof first === "string" && typeof second === "number")
    return { kind: first, limit: Math.trunc(second) };
  throw new TypeError(`Did not understand the path: ${String(optimize)}`);
}

function withSteps(
  terms: Terms,
  path: readonly Positions[],
  sizes: Sizes,
  letters: Letters,
  n: number,
): Plan {
  let sets: readonly Letters[] = terms.inputs.map((t) => new Set(t));
  const left = [...terms.inputs];
  const output = new Set(terms.output);
  const steps = path.map((given, i): Step => {
    const positions = [...given].sort((a, b) => b - a);
    const c = contract(positions, sets, output);
    sets = c.rest;
    const operands = positions.map((p) => left.splice(p, 1)[0]!);
    const bySize = (a: string, b: string): number => sizes.get(a)! - sizes.get(b)! || (a < b ? -1 : 1);
    const result = i === path.length - 1 ? terms.output : [...c.result].sort(bySize).join("");
    left.push(result);
    return {
      positions,
      equation: `${operands.join(",")}->${result}`,
      remaining: [...left],
      letters: c.letters.size,
      cost: flops(c.letters, c.inner, positions.length, sizes),
      size: volume(c.result, sizes),
    };
  });
  const inner = terms.inputs.reduce((k, t) => k + new Set(t).size, 0) > letters.size;
  const naive = flops(letters, inner, n, sizes);
  const report = reportOf(terms, steps, letters.size, naive);
  return { terms, path, steps, report };
}

function reportOf({ inputs, output }: Terms, steps: readonly Step[], letters: number, naive: number): string {
  const spent = steps.reduce((k, s) => k + s.cost, 0) + 1;
  const line = "-".repeat(74);
  const row = (a: string, b: string, c: string): string => `${a}${b.padStart(24)} ${c.padStart(40)}`;
  return [
    `  Complete contraction:  ${inputs.join(",")}->${output}`,
    `         Naive scaling:  ${letters}`,
    `     Optimized scaling:  ${Math.max(...steps.map((s) => s.letters))}`,
    `      Naive FLOP count:  ${format(naive, ".3e")}`,
    `  Optimized FLOP count:  ${format(spent, ".3e")}`,
    `   Theoretical speedup:  ${format(naive / spent, "3.3f")}`,
    `  Largest intermediate:  ${format(Math.max(...steps.map((s) => s.size)), ".3e")} elements`,
    line,
    `${row("scaling".padStart(6), "current".padStart(25), "remaining")}`,
    line,
    ...steps.map((s) =>
      row(`${String(s.letters).padStart(4)}    `, s.equation, `${s.remaining.join(",")}->${output}`),
    ),
  ].join("\n");
}
