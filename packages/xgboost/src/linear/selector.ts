import { XGBoostError } from "../errors.js";
import { f32 } from "../numeric/float32.js";
import { shuffle } from "../sampling/distributions.js";
import { globalRandom } from "../sampling/mt19937.js";
import { coordinateDelta, type LinearTask } from "./coordinate.js";

/** The order in which a round goes through the features. */
export interface Selector {
  /** Begins a round. */
  setup(task: LinearTask): void;
  /** The next feature of a group, −1 when the round is over. */
  next(task: LinearTask, iteration: number, group: number): number;
}

export function createSelector(name: string): Selector {
  if (name === "cyclic") return { setup: () => undefined, next: (_, i) => i };
  if (name === "random")
    return { setup: () => undefined, next: (task) => globalRandom.next() % task.numFeature };
  if (name === "shuffle") return shuffled();
  if (name === "greedy") return greedy();
  if (name === "thrifty") return thrifty();
  throw new XGBoostError(`unknown coordinate selector: ${name}`);
}

function shuffled(): Selector {
  let order: number[] = [];
  return {
    setup(task) {
      if (order.length === 0) order = Array.from({ length: task.numFeature }, (_, i) => i);
      shuffle(order, globalRandom);
    },
    next: (_, i) => order[i]!,
  };
}

const most = (task: LinearTask) => (task.topK <= 0 ? Infinity : task.topK);

/** A feature's change of weight if it were the only one to change. */
function change(task: LinearTask, feature: number, group: number): number {
  const [g, h] = task.gradient(feature, group);
  return f32(coordinateDelta(g, h, task.weight(feature, group), task.alpha, task.lambda));
}

/** The feature that would change most, looked for anew each time. */
function greedy(): Selector {
  let count: number[] = [];
  return {
    setup(task) {
      count = new Array<number>(task.groups).fill(0);
    },
    next(task, _, group) {
      const k = count[group]!++;
      if (k >= most(task) || count[group] === task.numFeature) return -1;
      let [best, size] = [0, 0];
      for (let f = 0; f < task.numFeature; f++) {
        const d = Math.abs(change(task, f, group));
        if (d > size) [best, size] = [f, d];
      }
      return best;
    },
  };
}

/** The features by the size of their change, taken once a round. */
function thrifty(): Selector {
  let count: number[] = [];
  let orders: number[][] = [];
  return {
    setup(task) {
      count = new Array<number>(task.groups).fill(0);
      orders = count.map((_, group) => {
        const sizes = Array.from({ length: task.numFeature }, (_, f) => Math.abs(change(task, f, group)));
        return sizes.map((_, f) => f).sort((a, b) => sizes[b]! - sizes[a]!);
      });
    },
    next(task, _, group) {
      const k = count[group]!++;
      if (k >= most(task) || count[group] === task.numFeature) return -1;
      return orders[group]![k]!;
    },
  };
}
