import { fork_rng } from "../../random/seeding.js";

/**
 * A module with its weights left unset: here they are filled, but the stream of random numbers is as if they were not.
 *
 * @param args - the constructor's arguments
 */
export const skip_init = <A extends readonly unknown[], M>(module_cls: (...args: A) => M, ...args: A): M =>
  fork_rng(() => module_cls(...args));
