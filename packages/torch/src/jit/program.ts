import { type Definition, parseScript, type ScriptClass, type ScriptFunction } from "@cognate/formats";
import { type NamedTupleClass, namedTuple, RuntimeError } from "@cognate/py";
import { type Compiled, compileFunction, type World } from "./compile.js";
import { unsupportedOperators } from "./operators.js";
import { ScriptObject } from "./values.js";

/** A class of a program and where it stands. */
export interface PlacedClass {
  readonly type: ScriptClass;
  /** Its file's path as Python writes it: `__torch__.torch.nn.modules.linear`. */
  readonly path: string;
}

/** The program of an archive: its files are parsed, and its functions made runnable, when they are first needed. */
export class Program implements World {
  private readonly _files = new Map<string, Map<string, Definition>>();
  private readonly _compiled = new Map<ScriptFunction, Compiled>();
  private readonly _tuples = new Map<ScriptClass, NamedTupleClass<object>>();
  private _refused: readonly string[] | undefined;

  /**
   * @param _sources - program texts by path in the archive
   * @param constants - what the texts call `CONSTANTS.c0` and so on
   */
  constructor(
    private readonly _sources: ReadonlyMap<string, string>,
    readonly constants: readonly unknown[],
  ) {}

  /** The definitions of a file. @throws RuntimeError where the archive has no such file */
  private _file(path: string): Map<string, Definition> {
    const known = this._files.get(path);
    if (known) return known;
    const name = `${path.replaceAll(".", "/")}.py`;
    const text = this._sources.get(name);
    if (text === undefined) throw new RuntimeError(`Unknown type name '${path}'`);
    const parsed = parseScript(text, name);
    this._files.set(path, parsed);
    return parsed;
  }
  private _find(name: string): { readonly found: Definition; readonly path: string } | undefined {
    const dot = name.lastIndexOf(".");
    const path = name.slice(0, dot);
    if (!this._sources.has(`${path.replaceAll(".", "/")}.py`)) return undefined;
    const found = this._file(path).get(name.slice(dot + 1));
    return found && { found, path };
  }

  /** A class by its full name. @throws RuntimeError for one that there is not */
  classNamed(name: string): PlacedClass {
    const { found, path } = this._find(name) ?? {};
    if (found?.kind !== "class") throw new RuntimeError(`Unknown type name '${name}'`);
    return { type: found, path: path! };
  }

  /** A function, or what makes objects of a class, by its full name. */
  named(name: string): unknown {
    const { found, path } = this._find(name) ?? {};
    if (!found) throw new RuntimeError(`Unknown builtin op or name: ${name}`);
    if (found.kind === "function") return (...args: unknown[]) => this.compiled(found).call(null, args, {});
    return this._maker({ type: found, path: path! });
  }
  private _maker({ type, path }: PlacedClass): unknown {
    if (type.base !== "NamedTuple")
      return Object.assign(() => new ScriptObject(type, path), {
        __new__: () => new ScriptObject(type, path),
      });
    let C = this._tuples.get(type);
    if (!C) {
      const fields = type.fields.flatMap((f) =>
        f.kind === "assign" && f.target.kind === "name" ? [f.target.name] : [],
      );
      C = namedTuple(type.name, fields as never) as unknown as NamedTupleClass<object>;
      this._tuples.set(type, C);
    }
    const made = C;
    return (...items: unknown[]) => (made as unknown as { _make(x: unknown[]): unknown })._make(items);
  }

  /** A function ready to run. @throws RuntimeError that lists every operator of the program that does not exist here */
  compiled(f: ScriptFunction): Compiled {
    const known = this._compiled.get(f);
    if (known) return known;
    const made = compileFunction(f, this);
    this._compiled.set(f, made);
    return made;
  }

  /** Operators that the program uses anywhere and that do not exist here, by name. */
  get unsupported(): readonly string[] {
    this._refused ??= unsupportedOperators(
      [...this._sources.keys()].flatMap((name) => [
        ...this._file(name.slice(0, -3).replaceAll("/", ".")).values(),
      ]),
    );
    return this._refused;
  }
}
