import { nameClass } from "./names.js";

/** A type of Python that is no JavaScript class: called it converts, in `isinstance` it tells, as a dtype it has a name. */
export interface PyType<T> {
  readonly __name__: string;
  [Symbol.hasInstance](x: unknown): boolean;
  /** What its instances are in TypeScript; never there at run time. */
  readonly __instance__?: T;
}

/** Makes a converting function a type. */
export function pyType<T>() {
  return <F extends Function>(name: string, call: F, has: (x: unknown) => boolean): F & PyType<T> => {
    Object.defineProperties(call, {
      name: { value: name, configurable: true },
      __name__: { value: name },
      [Symbol.hasInstance]: { value: has },
    });
    return nameClass(`builtins.${name}`, call) as F & PyType<T>;
  };
}
