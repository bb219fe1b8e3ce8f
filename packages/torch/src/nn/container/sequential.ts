import { AssertionError, IndexError, repr, TypeError, type, ValueError } from "@cognate/py";
import type { Tensor } from "../../tensor/tensor.js";
import { moduleClass } from "../module/keywords.js";
import { ModuleImpl } from "../module.js";
import { ModuleSequence } from "./sequence.js";

/** Modules by name: an object or a Map. */
export type NamedModules = Readonly<Record<string, ModuleImpl>> | ReadonlyMap<string, ModuleImpl>;

const entriesOf = (named: NamedModules): Iterable<readonly [string, ModuleImpl]> =>
  named instanceof Map ? named : Object.entries(named as Record<string, ModuleImpl>);

class SequentialImpl extends ModuleSequence {
  constructor(args: readonly (ModuleImpl | NamedModules)[] = []) {
    super();
    const [first] = args;
    const named =
      args.length === 1 && typeof first === "object"
        ? entriesOf(first)
        : args.map((module, i) => [String(i), module as ModuleImpl] as const);
    for (const [name, module] of named) this.add_module(name, module);
  }

  override forward(input: Tensor): Tensor {
    let x = input;
    for (const [, module] of this._children()) x = module(x);
    return x;
  }

  override _like(children: readonly (readonly [string, ModuleImpl])[]): this {
    return new (this.constructor as new (named: NamedModules) => this)(new Map(children));
  }
  override insert(index: number, module: ModuleImpl): this {
    if (!(module instanceof ModuleImpl))
      throw new AssertionError(`module should be of type: ${repr(Sequential)}`);
    const n = this.length;
    if (index < -n || index > n) throw new IndexError(`Index out of range: ${index}`);
    return super.insert(index, module);
  }
  /** `net + other`: the modules of both, one after the other. */
  add(other: SequentialImpl): SequentialImpl {
    return new Sequential(...this, ...asSequential(other, "add"));
  }
  override add_(other: Iterable<ModuleImpl>): this {
    return this.extend(asSequential(other, "add"));
  }
  /** `net * n`: the same modules n times over. */
  mul(n: number): SequentialImpl {
    return new Sequential(...repeated(this, n));
  }
  mul_(n: number): this {
    return this.extend(repeated(this, n).slice(this.length));
  }
}

function asSequential(x: unknown, operator: string): SequentialImpl {
  if (x instanceof SequentialImpl) return x;
  throw new ValueError(
    `${operator} operator supports only objects of Sequential class, but ${repr(type(x))} is given.`,
  );
}

function repeated(net: SequentialImpl, n: number): ModuleImpl[] {
  if (typeof n !== "number")
    throw new TypeError(`unsupported operand type(s) for *: ${repr(type(net))} and ${repr(type(n))}`);
  if (n <= 0) throw new ValueError(`Non-positive multiplication factor ${n} for ${repr(type(net))}`);
  return Array.from({ length: n }, () => [...net]).flat();
}

/** @internal The signature of a Sequential: no keywords but modules, or one mapping. */
interface SequentialImpl {
  (input: Tensor): Tensor;
}

/**
 * `torch.nn.Sequential`: modules called one after the other. Takes modules, or one mapping of names to modules.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1));
 * print(net.at("1:"), net.length);
 * // prints
 * // Sequential(
 * //   (1): ReLU()
 * //   (2): Linear(in_features=3, out_features=1, bias=True)
 * // ) 3
 * ```
 */
export const Sequential = moduleClass("container.Sequential", "...args:dict", SequentialImpl, "input");
export type Sequential = SequentialImpl;
