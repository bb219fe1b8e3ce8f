import type { Expression, ScriptFunction, Statement } from "@cognate/formats";
import {
  asFloat,
  bindArguments,
  bool,
  complex,
  neg,
  parseSignature,
  RuntimeError,
  type Signature,
  Tuple,
} from "@cognate/py";
import { attributeOf, callMethod, enter, runForked, setAttribute } from "./objects.js";
import { BUILTINS, CONVERSIONS, dotted, operatorNamed } from "./operators.js";

/** The local names of a call. */
type Frame = unknown[];
type Evaluate = (frame: Frame) => unknown;
/** `undefined` goes on with the next statement; anything else is what the function returns, boxed. */
type Execute = (frame: Frame) => Returned | undefined;
interface Returned {
  readonly value: unknown;
}

/** What a function's code can reach beyond its own names. */
export interface World {
  readonly constants: readonly unknown[];
  readonly unsupported: readonly string[];
  /** A function or class of the program by its full name. */
  named(name: string): unknown;
  compiled(f: ScriptFunction): Compiled;
}

/** A function of a program, ready to run. */
export interface Compiled {
  /** @param self - the module or object, of a method; `null` for a plain function */
  call(self: unknown, args: readonly unknown[], keywords: Readonly<Record<string, unknown>>): unknown;
}

export function compileFunction(f: ScriptFunction, world: World): Compiled {
  return new FunctionCompiler(f, world).compile();
}

const NOTHING = Symbol("not given");

class FunctionCompiler {
  private readonly _slots = new Map<string, number>();

  constructor(
    private readonly _f: ScriptFunction,
    private readonly _world: World,
  ) {}

  compile(): Compiled {
    const { parameters, name } = this._f;
    for (const p of parameters) this._slot(p.name);
    const body = this._block(this._f.body);
    const size = this._slots.size;
    const defaults = parameters.map((p) =>
      p.otherwise === null ? undefined : this._expression(p.otherwise),
    );
    const signatures = [0, 1].map((skip) => signatureOf(name, parameters.slice(skip), skip));
    return {
      call: (self, args, keywords) => {
        const frame: Frame = new Array<unknown>(size).fill(NOTHING);
        const skip = self === null ? 0 : 1;
        if (skip === 1) frame[0] = self;
        const given = bindArguments(
          signatures[skip]!,
          Object.keys(keywords).length > 0 ? [...args, keywords] : args,
        );
        for (let i = skip; i < parameters.length; i++)
          frame[i] = given[i - skip] === undefined ? defaults[i]!(frame) : given[i - skip];
        return body(frame)?.value ?? null;
      },
    };
  }

  private _slot(name: string): number {
    const known = this._slots.get(name);
    if (known !== undefined) return known;
    this._slots.set(name, this._slots.size);
    return this._slots.size - 1;
  }

  // statements

  private _block(statements: readonly Statement[]): Execute {
    const all = statements.flatMap((s) => this._statement(s) ?? []);
    return (frame) => {
      for (const execute of all) {
        const returned = execute(frame);
        if (returned !== undefined) return returned;
      }
      return undefined;
    };
  }
  private _statement(s: Statement): Execute | undefined {
    switch (s.kind) {
      case "pass":
        return undefined;
      case "do":
        return done(this._expression(s.value));
      case "return": {
        const value = s.value === null ? () => null : this._expression(s.value);
        return (frame) => ({ value: value(frame) });
      }
      case "assign":
        return s.value === null ? undefined : this._assign(s.target, s.value);
      case "if":
        return this._if(this._expression(s.test), this._block(s.consequent), this._block(s.alternate));
      case "while":
        return this._while(this._expression(s.test), this._block(s.body));
      case "for":
        return this._for(this._slot(s.target), this._expression(s.over), this._block(s.body));
      case "with": {
        const [value, slot] = [this._expression(s.value), s.name === null ? -1 : this._slot(s.name)];
        const body = this._block(s.body);
        return (frame) =>
          enter(this._world, value(frame), (entered) => {
            if (slot >= 0) frame[slot] = entered;
            return body(frame);
          });
      }
    }
  }
  private _assign(target: Expression, from: Expression): Execute {
    const value = this._expression(from);
    const put = this._target(target);
    return (frame) => {
      put(frame, value(frame));
      return undefined;
    };
  }
  private _target(target: Expression): (frame: Frame, value: unknown) => void {
    if (target.kind === "name") {
      const slot = this._slot(target.name);
      return (frame, value) => {
        frame[slot] = value;
      };
    }
    if (target.kind === "tuple") {
      const puts = target.items.map((t) => this._target(t));
      return (frame, value) => {
        const items = value as readonly unknown[];
        if (items.length !== puts.length)
          throw new RuntimeError(`Expected ${puts.length} elements in a list but found ${items.length}`);
        puts.forEach((put, i) => {
          put(frame, items[i]);
        });
      };
    }
    if (target.kind === "attribute") {
      const of = this._expression(target.of);
      return (frame, value) => setAttribute(of(frame), target.name, value);
    }
    throw new RuntimeError(`${this._f.name}: a ${target.kind} cannot be assigned to`);
  }
  private _if(test: Evaluate, then: Execute, otherwise: Execute): Execute {
    return (frame) => (truth(test(frame)) ? then : otherwise)(frame);
  }
  private _while(test: Evaluate, body: Execute): Execute {
    return (frame) => {
      while (truth(test(frame))) {
        const returned = body(frame);
        if (returned !== undefined) return returned;
      }
      return undefined;
    };
  }
  private _for(slot: number, over: Evaluate, body: Execute): Execute {
    return (frame) => {
      for (const item of over(frame) as Iterable<unknown>) {
        frame[slot] = item;
        const returned = body(frame);
        if (returned !== undefined) return returned;
      }
      return undefined;
    };
  }

  // expressions

  private _expression(e: Expression): Evaluate {
    switch (e.kind) {
      case "int":
      case "text":
      case "constant":
        return () => e.value;
      case "float": {
        const value = asFloat(e.value);
        return () => value;
      }
      case "imaginary": {
        const value = complex(0, e.value);
        return () => value;
      }
      case "name":
        return this._name(e.name);
      case "list": {
        const items = e.items.map((x) => this._expression(x));
        return (frame) => items.map((x) => x(frame));
      }
      case "tuple": {
        const items = e.items.map((x) => this._expression(x));
        return (frame) => Tuple.of_(items.map((x) => x(frame)));
      }
      case "dict": {
        const entries = e.entries.map(([k, v]) => [this._expression(k), this._expression(v)] as const);
        return (frame) => new Map(entries.map(([k, v]) => [k(frame), v(frame)]));
      }
      case "negative": {
        const of = this._expression(e.of);
        return (frame) => neg(of(frame) as never);
      }
      case "choice": {
        const [test, then, otherwise] = [e.test, e.consequent, e.alternate].map((x) => this._expression(x));
        return (frame) => (truth(test!(frame)) ? then : otherwise)!(frame);
      }
      case "index": {
        const [of, at] = [this._expression(e.of), this._expression(e.at)];
        const get = operatorNamed("torch.__getitem__")!;
        return (frame) => get([of(frame), at(frame)]);
      }
      case "attribute":
        return this._attribute(e);
      case "call":
        return this._call(e);
    }
  }
  private _name(name: string): Evaluate {
    const slot = this._slots.get(name);
    if (slot !== undefined)
      return (frame) => {
        const value = frame[slot];
        if (value === NOTHING) throw new RuntimeError(`${name} is not defined`);
        return value;
      };
    if (name === "inf") return () => Number.POSITIVE_INFINITY;
    if (name === "nan") return () => Number.NaN;
    throw new RuntimeError(`${this._f.name}: ${name} is not defined`);
  }
  private _attribute(e: Expression & { kind: "attribute" }): Evaluate {
    const name = dotted(e);
    const root = name?.split(".")[0];
    if (name !== undefined && root === "CONSTANTS") {
      const { constants } = this._world;
      const value = constants[Number(name.slice("CONSTANTS.c".length))];
      return () => value;
    }
    if (name !== undefined && root === "__torch__") {
      let value: unknown = NOTHING;
      return () => {
        if (value === NOTHING) value = this._world.named(name);
        return value;
      };
    }
    if (name !== undefined && (root === "torch" || root === "ops") && !this._slots.has(root))
      throw new RuntimeError(`Unknown name ${name}`);
    const of = this._expression(e.of);
    return (frame) => attributeOf(this._world, of(frame), e.name);
  }
  private _call(e: Expression & { kind: "call" }): Evaluate {
    const name = dotted(e.of);
    const local = e.of.kind === "name" && this._slots.has(e.of.name);
    if (name !== undefined && !local) {
      const special = this._special(name, e.args);
      if (special) return special;
      if (/^(torch|ops)\./.test(name)) return this._operator(name, e);
      if (Object.hasOwn(BUILTINS, name)) {
        const [f, args] = [BUILTINS[name]!, e.args.map((x) => this._expression(x))];
        return (frame) => f(args.map((x) => x(frame)));
      }
    }
    const args = e.args.map((x) => this._expression(x));
    const keywords = this._keywords(e.keywords);
    if (e.of.kind === "attribute" && !name?.startsWith("__torch__.")) {
      const [self, method] = [this._expression(e.of.of), e.of.name];
      return (frame) =>
        callMethod(
          this._world,
          self(frame),
          method,
          args.map((x) => x(frame)),
          keywords(frame),
        );
    }
    const f = this._expression(e.of);
    return (frame) => {
      const called = f(frame);
      if (typeof called !== "function") throw new RuntimeError(`${name ?? "the value"} is not callable`);
      return (called as (...xs: unknown[]) => unknown)(...args.map((x) => x(frame)));
    };
  }
  private _operator(name: string, e: Expression & { kind: "call" }): Evaluate {
    const f = operatorNamed(name);
    // A branch that is never taken may use what does not exist here.
    if (!f)
      return () => {
        throw new RuntimeError(
          `${this._f.name} calls ${name}, which does not exist here. All such operators of the program: ${this._world.unsupported.join(", ")}.`,
        );
      };
    const args = e.args.map((x) => this._expression(x));
    if (e.keywords.length === 0) return (frame) => f(args.map((x) => x(frame)));
    const keywords = this._keywords(e.keywords);
    return (frame) =>
      f(
        args.map((x) => x(frame)),
        keywords(frame),
      );
  }
  private _keywords(
    all: readonly (readonly [string, Expression])[],
  ): (frame: Frame) => Record<string, unknown> {
    const entries = all.map(([name, x]) => [name, this._expression(x)] as const);
    return (frame) => Object.fromEntries(entries.map(([name, x]) => [name, x(frame)]));
  }
  /** What looks like a call and says something about types. */
  private _special(name: string, args: readonly Expression[]): Evaluate | undefined {
    const [first, second] = args;
    if (name === "annotate" || name === "unchecked_cast") {
      const value = this._expression(second!);
      const convert = first!.kind === "name" ? CONVERSIONS[first!.name] : undefined;
      return convert ? (frame) => convert(value(frame)) : value;
    }
    if (name === "uninitialized") return () => null;
    if (name === "getattr") {
      const of = this._expression(first!);
      const field = second!.kind === "text" ? second!.value : "";
      return (frame) => attributeOf(this._world, of(frame), field);
    }
    if (name === "fork") {
      const [f, ...given] = args.map((x) => this._expression(x));
      return (frame) =>
        runForked(
          f!(frame),
          given.map((x) => x(frame)),
        );
    }
    if (name === "torch.wait" || name === "wait") return this._expression(first!);
    return undefined;
  }
}

function signatureOf(name: string, parameters: ScriptFunction["parameters"], hidden: number): Signature {
  const required = parameters.filter((p) => p.otherwise === null).length;
  return parseSignature(name, parameters.map((p) => p.name).join(" "), required, hidden);
}

const done =
  (value: Evaluate): Execute =>
  (frame) => {
    value(frame);
    return undefined;
  };

const truth = (x: unknown): boolean => (typeof x === "boolean" ? x : bool(x));
