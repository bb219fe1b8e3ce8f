// How a signature text and a TypeScript function together give the type of a call by position, by name or both.

type Words<S extends string> = S extends `${infer A} ${infer B}` ? [A, ...Words<B>] : S extends "" ? [] : [S];

type Bare<W extends string> = W extends `...${infer N}`
  ? Bare<N>
  : W extends `**${string}`
    ? never
    : W extends `${infer N}:dict`
      ? N
      : W;

/** The parameters' names in order, without the `*`. */
type Names<W extends readonly string[]> = W extends readonly [
  infer A extends string,
  ...infer R extends string[],
]
  ? A extends "*"
    ? Names<R>
    : [Bare<A>, ...Names<R>]
  : [];

type Aliases<N extends string> = N extends `${infer A}|${infer B}` ? A | Aliases<B> : N;

/** The keyword object: every parameter by its names. */
type Keywords<N extends readonly string[], P extends readonly unknown[]> = {
  [I in Extract<keyof N, `${number}`> as Aliases<N[I] & string>]?: I extends keyof P ? P[I] : never;
};

/** The first entry of a parameter list as a list of one, label and optionality kept. */
type Head<P extends readonly unknown[], Q extends readonly unknown[]> = P extends readonly [...infer H, ...Q]
  ? H
  : [];

/** What a `**name` parameter takes, which is the last one. */
type Others<W extends readonly string[], P extends readonly unknown[]> = W extends readonly [
  ...string[],
  `**${string}`,
]
  ? Required<P> extends readonly [...unknown[], infer T]
    ? T
    : unknown
  : unknown;

/** A required list out of a list with optional entries. */
type Items<V> = V extends readonly (infer T)[] ? T[] : [];

/** What may be given by position: everything before the `*`, varargs spread. */
type Positional<W extends readonly string[], P extends readonly unknown[]> = W extends readonly [
  infer A extends string,
  ...infer R extends string[],
]
  ? A extends "*" | `**${string}`
    ? []
    : P extends readonly [(infer T)?, ...infer Q]
      ? A extends `...${string}`
        ? Items<Exclude<T, undefined>>
        : [...Head<P, Q>, ...Positional<R, Q>]
      : []
  : [];

/** All beginnings of a parameter list; a list that ends in varargs has but one. */
type Prefixes<P extends readonly unknown[]> = number extends P["length"]
  ? P
  : P extends readonly []
    ? []
    : P extends readonly [...infer R, (infer _L)?]
      ? Required<P> | Prefixes<R>
      : P;

/** What may stand in a call: positional arguments, or a beginning of them and the keyword object. */
export type Arguments<S extends string, P extends readonly unknown[]> =
  | Positional<Words<S>, P>
  | [...Prefixes<Positional<Words<S>, P>>, Keywords<Names<Words<S>>, P> & Others<Words<S>, P>];
