import { withGraph } from "../../core/context.js";
import { DatasetImpl, Dataset as DatasetOf } from "../../data/index.js";
import { DataIterator, make_initializable_iterator, make_one_shot_iterator } from "../iterators.js";

/* `tf.data`: data sets compute their elements at once; iterators bring them into graphs. */

/** Makers of data sets, which compute also where a graph is being built. */
export const Dataset = new Proxy(DatasetOf, {
  get: (target, key, receiver) => {
    const made = Reflect.get(target, key, receiver) as unknown;
    if (typeof made !== "function" || key === "prototype") return made;
    return (...args: unknown[]): unknown =>
      withGraph(null, () => (made as (...a: unknown[]) => unknown)(...args));
  },
});
Object.defineProperties(DatasetImpl.prototype, {
  make_one_shot_iterator: {
    value(this: DatasetImpl) {
      return make_one_shot_iterator(this as never);
    },
    configurable: true,
  },
  make_initializable_iterator: {
    value(this: DatasetImpl) {
      return make_initializable_iterator(this as never);
    },
    configurable: true,
  },
});

export { DataIterator as Iterator, make_initializable_iterator, make_one_shot_iterator };
