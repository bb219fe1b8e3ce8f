/** An expression of a TorchScript program, as its text says it; nothing is looked up. */
export type Expression =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "int"; readonly value: number | bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "imaginary"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "constant"; readonly value: boolean | null }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly at: Expression }
  | {
      readonly kind: "call";
      readonly of: Expression;
      readonly args: readonly Expression[];
      readonly keywords: readonly (readonly [string, Expression])[];
    }
  | { readonly kind: "list" | "tuple"; readonly items: readonly Expression[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: "negative"; readonly of: Expression }
  | {
      readonly kind: "choice";
      readonly test: Expression;
      readonly consequent: Expression;
      readonly alternate: Expression;
    };

/** One statement, and the line of its file that it begins in. */
export type Statement = { readonly line: number } & (
  | {
      readonly kind: "assign";
      readonly target: Expression;
      /** The declared type, where the statement has one. */
      readonly type: Expression | null;
      /** `null` for a bare declaration. */
      readonly value: Expression | null;
    }
  | { readonly kind: "do"; readonly value: Expression }
  | { readonly kind: "return"; readonly value: Expression | null }
  | { readonly kind: "pass" }
  | {
      readonly kind: "if";
      readonly test: Expression;
      readonly consequent: readonly Statement[];
      readonly alternate: readonly Statement[];
    }
  | { readonly kind: "while"; readonly test: Expression; readonly body: readonly Statement[] }
  | {
      readonly kind: "for";
      readonly target: string;
      readonly over: Expression;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: "with";
      readonly value: Expression;
      readonly name: string | null;
      readonly body: readonly Statement[];
    }
);

export interface ScriptParameter {
  readonly name: string;
  readonly type: Expression | null;
  readonly otherwise: Expression | null;
}

/** A function or method. */
export interface ScriptFunction {
  readonly kind: "function";
  readonly name: string;
  readonly line: number;
  readonly parameters: readonly ScriptParameter[];
  readonly returns: Expression | null;
  readonly body: readonly Statement[];
}

/** A class: what it declares and its methods. */
export interface ScriptClass {
  readonly kind: "class";
  readonly name: string;
  /** `Module`, `NamedTuple`, `Enum`, `Interface` or nothing for a plain class. */
  readonly base: string;
  readonly line: number;
  readonly fields: readonly Statement[];
  readonly methods: ReadonlyMap<string, ScriptFunction>;
}

export type Definition = ScriptFunction | ScriptClass;
