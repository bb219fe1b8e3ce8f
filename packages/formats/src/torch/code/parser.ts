import { FormatError } from "../../bytes/errors.js";
import type { Definition, Expression, ScriptFunction, ScriptParameter, Statement } from "./nodes.js";
import { type Token, type TokenKind, tokensOf } from "./tokens.js";

/** Blocks and brackets within each other, before a program is none that PyTorch writes. */
const DEEPEST = 200;

const CONSTANTS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

/**
 * Reads the definitions of one file of a TorchScript archive. The language is the small part of Python that PyTorch writes
 * there: classes, functions, assignments, calls, `if`, `while`, `for … in range`, `with`, `return`.
 *
 * @param text - the program
 * @param file - its path in the archive, for errors
 * @returns the definitions by name
 * @throws FormatError with line and offset for anything else
 */
export function parseScript(text: string, file: string): Map<string, Definition> {
  return new Parser(tokensOf(text, file), file).file();
}

class Parser {
  private _at = 0;
  private _depth = 0;

  constructor(
    private readonly _tokens: readonly Token[],
    private readonly _file: string,
  ) {}

  file(): Map<string, Definition> {
    const out = new Map<string, Definition>();
    while (!this._is("end")) {
      const definition = this._takes("name", "class") ? this._class() : this._def();
      out.set(definition.name, definition);
    }
    return out;
  }

  // tokens

  private get _next(): Token {
    return this._tokens[this._at]!;
  }
  private _is(kind: TokenKind, text?: string): boolean {
    return this._next.kind === kind && (text === undefined || this._next.text === text);
  }
  private _takes(kind: TokenKind, text?: string): boolean {
    const is = this._is(kind, text);
    if (is) this._at++;
    return is;
  }
  private _take(kind: TokenKind, text?: string): string {
    const token = this._next;
    if (!this._takes(kind, text)) throw this._fail(text ? `"${text}"` : WORDS[kind]);
    return token.text;
  }
  private _fail(wanted: string): FormatError {
    const { kind, text, line, offset } = this._next;
    const found = ["line", "in", "out", "end"].includes(kind) ? WORDS[kind] : JSON.stringify(text);
    return new FormatError({ format: "torch", what: `line ${line} of ${this._file}`, found, wanted, offset });
  }
  private _deeper<T>(read: () => T): T {
    if (++this._depth > DEEPEST) throw this._fail(`at most ${DEEPEST} levels`);
    const out = read();
    this._depth--;
    return out;
  }

  // definitions

  private _class(): Definition {
    const { line } = this._next;
    const name = this._take("name");
    const base = this._takes("mark", "(") ? this._base() : "";
    this._take("mark", ":");
    const methods = new Map<string, ScriptFunction>();
    const fields: Statement[] = [];
    this._block(() => {
      if (!this._is("name", "def")) return void fields.push(this._statement());
      const method = this._def();
      methods.set(method.name, method);
    });
    return { kind: "class", name, base, line, fields, methods };
  }
  private _base(): string {
    const base = this._is("mark", ")") ? "" : this._take("name");
    this._take("mark", ")");
    return base;
  }
  private _def(): ScriptFunction {
    const { line } = this._next;
    this._take("name", "def");
    const name = this._take("name");
    this._take("mark", "(");
    const parameters: ScriptParameter[] = [];
    while (!this._takes("mark", ")")) {
      parameters.push({
        name: this._take("name"),
        type: this._takes("mark", ":") ? this._expression() : null,
        otherwise: this._takes("mark", "=") ? this._expression() : null,
      });
      if (!this._is("mark", ")")) this._take("mark", ",");
    }
    const returns = this._takes("mark", "->") ? this._expression() : null;
    this._take("mark", ":");
    return { kind: "function", name, line, parameters, returns, body: this._suite() };
  }

  // statements

  private _suite(): Statement[] {
    const out: Statement[] = [];
    this._block(() => out.push(this._statement()));
    return out;
  }
  /** Reads the lines of a block. A block without lines is one that only declared what needs no line. */
  private _block(line: () => void): void {
    this._take("line");
    if (!this._takes("in")) return;
    this._deeper(() => {
      while (!this._takes("out")) line();
    });
  }
  private _statement(): Statement {
    const { line, kind, text } = this._next;
    const compound = kind === "name" ? STATEMENTS.get(text) : undefined;
    if (compound) {
      this._at++;
      return { line, ...compound.call(this) } as Statement;
    }
    const target = this._items();
    const type = this._takes("mark", ":") ? this._expression() : null;
    const value = this._takes("mark", "=") ? this._items() : null;
    this._take("line");
    if (type === null && value === null) return { kind: "do", line, value: target };
    return { kind: "assign", line, target, type, value };
  }
  _pass(): object {
    this._take("line");
    return { kind: "pass" };
  }
  _return(): object {
    const value = this._is("line") ? null : this._items();
    this._take("line");
    return { kind: "return", value };
  }
  _if(): object {
    const test = this._expression();
    this._take("mark", ":");
    const consequent = this._suite();
    if (!this._takes("name", "else")) return { kind: "if", test, consequent, alternate: [] };
    this._take("mark", ":");
    return { kind: "if", test, consequent, alternate: this._suite() };
  }
  _while(): object {
    const test = this._expression();
    this._take("mark", ":");
    return { kind: "while", test, body: this._suite() };
  }
  _for(): object {
    const target = this._take("name");
    this._take("name", "in");
    const over = this._expression();
    this._take("mark", ":");
    return { kind: "for", target, over, body: this._suite() };
  }
  _with(): object {
    const value = this._expression();
    const name = this._takes("name", "as") ? this._take("name") : null;
    this._take("mark", ":");
    return { kind: "with", value, name, body: this._suite() };
  }

  // expressions

  /** One expression, or several with commas between and perhaps after them: a tuple. */
  private _items(): Expression {
    const first = this._expression();
    if (!this._is("mark", ",")) return first;
    const items = [first];
    while (this._takes("mark", ",")) {
      if (this._is("line") || this._is("mark", "=") || this._is("mark", ":")) break;
      items.push(this._expression());
    }
    return { kind: "tuple", items };
  }
  private _expression(): Expression {
    return this._deeper(() => {
      const value = this._takes("mark", "-") ? negated(this._expression()) : this._postfix(this._atom());
      if (!this._takes("name", "if")) return value;
      const test = this._expression();
      this._take("name", "else");
      return { kind: "choice", test, consequent: value, alternate: this._expression() };
    });
  }
  private _postfix(first: Expression): Expression {
    let value = first;
    for (;;) {
      if (this._takes("mark", ".")) value = { kind: "attribute", of: value, name: this._take("name") };
      else if (this._takes("mark", "(")) value = this._call(value);
      else if (this._takes("mark", "[")) {
        const at = this._list("]");
        value = { kind: "index", of: value, at: at.length === 1 ? at[0]! : { kind: "tuple", items: at } };
      } else return value;
    }
  }
  private _call(of: Expression): Expression {
    const args: Expression[] = [];
    const keywords: [string, Expression][] = [];
    while (!this._takes("mark", ")")) {
      const following = this._tokens[this._at + 1];
      if (this._is("name") && following?.kind === "mark" && following.text === "=") {
        const name = this._take("name");
        this._at++;
        keywords.push([name, this._expression()]);
      } else args.push(this._expression());
      if (!this._is("mark", ")")) this._take("mark", ",");
    }
    return { kind: "call", of, args, keywords };
  }
  private _list(close: string): Expression[] {
    const out: Expression[] = [];
    while (!this._takes("mark", close)) {
      out.push(this._expression());
      if (!this._is("mark", close)) this._take("mark", ",");
    }
    return out;
  }
  private _atom(): Expression {
    const { kind, text } = this._next;
    this._at++;
    if (kind === "name")
      return text in CONSTANTS ? { kind: "constant", value: CONSTANTS[text]! } : { kind: "name", name: text };
    if (kind === "int") {
      const value = Number(text);
      return { kind, value: Number.isSafeInteger(value) ? value : BigInt(text) };
    }
    if (kind === "float") return { kind, value: Number(text) };
    if (kind === "imaginary") return { kind, value: Number(text.slice(0, -1)) };
    if (kind === "text") return { kind, value: text };
    if (kind === "mark" && text === "[") return { kind: "list", items: this._list("]") };
    if (kind === "mark" && text === "(") return this._parenthesized();
    if (kind === "mark" && text === "{") return this._dict();
    this._at--;
    throw this._fail("an expression");
  }
  private _parenthesized(): Expression {
    if (this._takes("mark", ")")) return { kind: "tuple", items: [] };
    const first = this._expression();
    if (this._takes("mark", ")")) return first;
    this._take("mark", ",");
    return { kind: "tuple", items: [first, ...this._list(")")] };
  }
  private _dict(): Expression {
    const entries: [Expression, Expression][] = [];
    while (!this._takes("mark", "}")) {
      const key = this._expression();
      this._take("mark", ":");
      entries.push([key, this._expression()]);
      if (!this._is("mark", "}")) this._take("mark", ",");
    }
    return { kind: "dict", entries };
  }
}

const STATEMENTS: ReadonlyMap<string, (this: Parser) => object> = new Map([
  ["pass", Parser.prototype._pass],
  ["return", Parser.prototype._return],
  ["if", Parser.prototype._if],
  ["while", Parser.prototype._while],
  ["for", Parser.prototype._for],
  ["with", Parser.prototype._with],
]);

const WORDS: Readonly<Record<TokenKind, string>> = {
  name: "a name",
  int: "a number",
  float: "a number",
  imaginary: "a number",
  text: "a text",
  mark: "a mark",
  line: "the end of the line",
  in: "an indented block",
  out: "the end of a block",
  end: "the end of the file",
};

/** A number with its sign is one number. */
function negated(of: Expression): Expression {
  return of.kind === "int" || of.kind === "float" || of.kind === "imaginary"
    ? ({ kind: of.kind, value: -of.value } as Expression)
    : { kind: "negative", of };
}
