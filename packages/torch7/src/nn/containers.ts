import { defineClass } from "../class.js";
import { LuaError } from "../errors.js";
import { cat } from "../math/factories.js";
import { entriesOf, Table } from "../table.js";
import { SHAPE_METHODS } from "../tensor/shapes.js";
import { TensorImpl, tensorOf } from "../tensor/tensor.js";
import { accumulate, addMethods, type Method, type Module } from "./module.js";

/* Containers pass inputs and gradients on to the modules in them. */

const [containerTable, moduleTable] = defineClass("nn.Container", "nn.Module");
const childrenOf = (m: Module): Module[] => m.modules!;
const indented = (text: string, by: string): string => text.replaceAll("\n", `\n${by}`);

addMethods(containerTable, {
  __init(this) {
    (moduleTable!.__init as Method).call(this);
    this.modules = [];
  },
  add(this, module: Module) {
    childrenOf(this).push(module);
    return this;
  },
  get(this, i: number) {
    return childrenOf(this)[i - 1];
  },
  size(this) {
    return childrenOf(this).length;
  },
  insert(this, module: Module, index?: number) {
    const list = childrenOf(this);
    const at = index ?? list.length + 1;
    if (at < 1 || at > list.length + 1) throw new LuaError("index should be contiguous to existing modules");
    list.splice(at - 1, 0, module);
    return this;
  },
  remove(this, index?: number) {
    const list = childrenOf(this);
    const at = index ?? list.length;
    if (at < 1 || at > list.length) throw new LuaError("index out of range");
    list.splice(at - 1, 1);
    return this;
  },
});

/** A container: what its two passes do, and its picture. */
interface ContainerSpec {
  readonly init?: Method;
  readonly updateOutput: (this: Module, input: never) => unknown;
  /** Passes gradients back through each child by `step`, and gives the gradient of the input. */
  readonly backward: (this: Module, input: never, gradOutput: never, step: Step) => unknown;
  readonly text?: (this: Module) => string;
}
/** What is asked of a child: its gradient of the input alone, that of its parameters, or both. */
type Step = (child: Module, input: unknown, gradOutput: unknown) => unknown;

function defineContainer(
  name: string,
  { init, updateOutput, backward, text = branches }: ContainerSpec,
): void {
  const [table, parent] = defineClass(name, "nn.Container");
  addMethods(table, {
    ...(init && {
      __init(this: Module, ...args: never[]) {
        (parent!.__init as Method).call(this);
        (init as Method).apply(this, args);
      },
    }),
    updateOutput(this: Module, input: never) {
      this.output = updateOutput.call(this, input);
      return this.output;
    },
    updateGradInput(this: Module, input: never, gradOutput: never) {
      this.gradInput = backward.call(this, input, gradOutput, (m, x, g) => m.updateGradInput(x, g));
      return this.gradInput;
    },
    accGradParameters(this: Module, input: never, gradOutput: never, scale = 1) {
      backward.call(this, input, gradOutput, (m, x, g) => {
        m.accGradParameters(x, g, scale);
        return m.gradInput;
      });
    },
    backward(this: Module, input: never, gradOutput: never, scale = 1) {
      this.gradInput = backward.call(this, input, gradOutput, (m, x, g) => m.backward(x, g, scale));
      return this.gradInput;
    },
    __tostring__: text,
  });
}

/** Branches from one input to one output. */
function branches(this: Module): string {
  const list = childrenOf(this);
  let s = `${this.__typename} {\n  input`;
  list.forEach((m, i) => {
    const last = i === list.length - 1;
    s += `\n  ${last ? "   `-> " : "  |`-> "}(${i + 1}): ${indented(m.__tostring__(), `  ${last ? "       " : "  |    "}`)}`;
  });
  return `${s}\n     ... -> output\n}`;
}

/** One after the other. */
defineContainer("nn.Sequential", {
  updateOutput(this, input: unknown) {
    return childrenOf(this).reduce((x, m) => m.updateOutput(x), input);
  },
  backward(this, input: unknown, gradOutput: unknown, step) {
    const list = childrenOf(this);
    let g: unknown = gradOutput;
    for (let i = list.length - 1; i >= 0; i--) g = step(list[i]!, i === 0 ? input : list[i - 1]!.output, g);
    return g;
  },
  text() {
    const list = childrenOf(this);
    const path = ["input", ...list.map((_, i) => `(${i + 1})`), "output"].join(" -> ");
    return `${this.__typename} {\n  [${path}]${list.map((m, i) => `\n  (${i + 1}): ${indented(m.__tostring__(), "  ")}`).join("")}\n}`;
  },
});

/** The sum of gradients of one input, which may be a table. */
function summed(all: readonly unknown[]): unknown {
  const [first, ...rest] = all;
  if (first instanceof TensorImpl) {
    const y = first.clone();
    for (const g of rest) accumulate(y, (g as TensorImpl)._array, 1);
    return y;
  }
  const entries = all.map((g) => entriesOf(g)!);
  return new Table(entries[0]!.map((_, i) => summed(entries.map((e) => e[i]))));
}
const entry = (x: unknown, i: number): unknown => {
  const list = entriesOf(x);
  if (!list) throw new LuaError("expecting a table");
  return list[i];
};

/** The same input for each; outputs as a table. */
defineContainer("nn.ConcatTable", {
  updateOutput(this, input: unknown) {
    return new Table(childrenOf(this).map((m) => m.updateOutput(input)));
  },
  backward(this, input: unknown, gradOutput: unknown, step) {
    return summed(childrenOf(this).map((m, i) => step(m, input, entry(gradOutput, i))));
  },
});
/** The i-th input for the i-th module; outputs as a table. */
defineContainer("nn.ParallelTable", {
  updateOutput(this, input: unknown) {
    return new Table(childrenOf(this).map((m, i) => m.updateOutput(entry(input, i))));
  },
  backward(this, input: unknown, gradOutput: unknown, step) {
    return new Table(childrenOf(this).map((m, i) => step(m, entry(input, i), entry(gradOutput, i))));
  },
});
/** The same module for every entry of a table; its copies share the parameters. */
defineContainer("nn.MapTable", {
  init(this: Module, module?: Module) {
    if (module) this.modules = [module];
  },
  updateOutput(this, input: unknown) {
    const list = childrenOf(this);
    const n = entriesOf(input)?.length ?? 0;
    while (list.length < n)
      list.push(
        (list[0]!.clone as (...names: string[]) => Module).call(
          list[0],
          "weight",
          "bias",
          "gradWeight",
          "gradBias",
        ),
      );
    return new Table(Array.from({ length: n }, (_, i) => list[i]!.updateOutput(entry(input, i))));
  },
  backward(this, input: unknown, gradOutput: unknown, step) {
    return new Table(
      Array.from({ length: entriesOf(input)!.length }, (_, i) =>
        step(childrenOf(this)[i]!, entry(input, i), entry(gradOutput, i)),
      ),
    );
  },
});

const narrowed = (x: TensorImpl, dim: number, from: number, length: number): TensorImpl =>
  SHAPE_METHODS.narrow.call(x, dim, from, length);
/** The stretches of a joined gradient that belong to each output. */
function stretches(m: Module, gradOutput: TensorImpl, dim: number): TensorImpl[] {
  let from = 1;
  return childrenOf(m).map((child) => {
    const length = (child.output as TensorImpl).size(dim);
    from += length;
    return narrowed(gradOutput, dim, from - length, length).contiguous();
  });
}
/** The same input for each; outputs laid end to end along an axis. */
defineContainer("nn.Concat", {
  init(this: Module, dimension: number) {
    this.dimension = dimension;
  },
  updateOutput(this, input: unknown) {
    return cat(
      childrenOf(this).map((m) => m.updateOutput(input)),
      this.dimension,
    );
  },
  backward(this, input: unknown, gradOutput: TensorImpl, step) {
    const parts = stretches(this, gradOutput, this.dimension as number);
    return summed(childrenOf(this).map((m, i) => step(m, input, parts[i])));
  },
});
/** The slices of the input along one axis, a module each; outputs laid end to end along another. */
defineContainer("nn.Parallel", {
  init(this: Module, inputDimension: number, outputDimension: number) {
    Object.assign(this, { inputDimension, outputDimension });
  },
  updateOutput(this, input: TensorImpl) {
    const dim = this.inputDimension as number;
    const parts = childrenOf(this).map((m, i) =>
      m.updateOutput(SHAPE_METHODS.select.call(input, dim, i + 1)),
    );
    return cat(parts, this.outputDimension);
  },
  backward(this, input: TensorImpl, gradOutput: TensorImpl, step) {
    const dim = this.inputDimension as number;
    const parts = stretches(this, gradOutput, this.outputDimension as number);
    const g = tensorOf().typeAs(input);
    SHAPE_METHODS.resize.call(g, input._array.shape);
    g.zero();
    childrenOf(this).forEach((m, i) => {
      const gx = step(m, SHAPE_METHODS.select.call(input, dim, i + 1), parts[i]) as TensorImpl;
      SHAPE_METHODS.select.call(g, dim, i + 1).copy(gx);
    });
    return g;
  },
});
