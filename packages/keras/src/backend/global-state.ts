/*
 * What Keras keeps for the session: automatic names, scopes, the generator behind unseeded draws. `clear_session` forgets
 * all of it.
 */

interface SessionState {
  readonly names: Map<string, number>;
  readonly attributes: Map<string, unknown>;
}

const fresh = (): SessionState => ({ names: new Map(), attributes: new Map() });
let state = fresh();

/** Forgets automatic names and everything else of the session (`keras.utils.clear_session`). */
export function clear_session(_free_memory = true): void {
  state = fresh();
}

/** Something kept for the session, made when first asked for. */
export function sessionAttribute<T>(name: string, make: () => T): T {
  if (!state.attributes.has(name)) state.attributes.set(name, make());
  return state.attributes.get(name) as T;
}
export function setSessionAttribute(name: string, value: unknown): void {
  state.attributes.set(name, value);
}

/** `MaxPooling2D` → `max_pooling2d`. */
export const to_snake_case = (name: string): string =>
  name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

/** A name that no other object of the session got: `dense`, `dense_1`, … */
export function uniquify(name: string): string {
  const n = state.names.get(name) ?? 0;
  state.names.set(name, n + 1);
  return n === 0 ? name : `${name}_${n}`;
}
/** {@link uniquify} of a class's name. */
export const autoName = (prefix: string): string => uniquify(to_snake_case(prefix));

/** How many names of that prefix were given, one more (`keras.backend.get_uid`). */
export function get_uid(prefix = ""): number {
  const n = (state.names.get(prefix) ?? 0) + 1;
  state.names.set(prefix, n);
  return n;
}
/** Starts automatic names anew. */
export function reset_uids(): void {
  state.names.clear();
}
