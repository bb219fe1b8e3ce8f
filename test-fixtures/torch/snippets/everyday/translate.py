"""Python programs as TypeScript on Cognate's packages, by the rules of the contract.

Whether `a + b` is a method of a tensor or Python's own operator is told by what `a` is when the line before has run, so a
program is run while it is translated. It covers what the programs beside it use, not the language.
"""

import ast
import json

import torch

BINARY = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.FloorDiv: "floordiv", ast.Mod: "mod", ast.Pow: "pow",
    ast.MatMult: "matmul", ast.BitAnd: "and", ast.BitOr: "or", ast.BitXor: "xor", ast.LShift: "lshift", ast.RShift: "rshift",
}
COMPARE = {ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge"}
UNKNOWN = object()


def number(v):
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, int):
        return str(v) if abs(v) < 2**53 else f"{v}n"
    if isinstance(v, complex):
        return f"complex({number(v.real)}, {number(v.imag)})"
    return f"float({int(v)})" if v == int(v) and abs(v) < 1e15 else f"float({v!r})" if v == int(v) else repr(v)


class Translator:
    def __init__(self, namespace):
        self.space = namespace
        self.locals = set()
        self.declared = set()

    def value(self, node):
        """What an expression is worth where the program stands, without leaving a trace."""
        for n in ast.walk(node):
            if isinstance(n, ast.Name) and n.id in self.locals:
                return UNKNOWN
            if isinstance(n, ast.Attribute) and n.attr.endswith("_") and not n.attr.startswith("_") or isinstance(n, ast.Lambda):
                return UNKNOWN
            if isinstance(n, ast.Attribute) and n.attr in ("backward", "append", "step", "sample", "rsample", "set_printoptions", "register_hook"):
                return UNKNOWN
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id not in ("len", "int", "float", "list", "tuple", "range"):
                return UNKNOWN
        try:
            with torch.random.fork_rng():
                return eval(compile(ast.Expression(node), "", "eval"), self.space)
        except Exception:
            return UNKNOWN

    def is_tensor(self, node):
        return isinstance(self.value(node), torch.Tensor)

    # Expressions

    def e(self, n):
        return getattr(self, "e_" + type(n).__name__)(n)

    def e_Constant(self, n):
        v = n.value
        if v is None:
            return "null"
        if v is Ellipsis:
            return "'...'"
        return json.dumps(v) if isinstance(v, str) else number(v)

    def e_Name(self, n):
        return {"self": "this", "None": "null", "str": "str"}.get(n.id, n.id)

    def e_Attribute(self, n):
        if ast.unparse(n).endswith("__class__.__name__"):
            return f"type({self.e(n.value.value)}).__name__"
        return f"{self.wrap(n.value)}.{n.attr}"

    def wrap(self, n):
        text = self.e(n)
        if isinstance(n, ast.Constant) and not isinstance(n.value, str) and text[0].isdigit() or isinstance(n, (ast.Lambda, ast.IfExp)):
            return f"({text})"
        return text

    def e_Tuple(self, n):
        return f"tuple([{self.items(n.elts)}])"

    def e_List(self, n):
        return f"[{self.items(n.elts)}]"

    def items(self, elts):
        return ", ".join(self.e(x) for x in elts)

    def e_Starred(self, n):
        return f"...{self.e(n.value)}"

    def e_Dict(self, n):
        if n.keys and not all(k is None or isinstance(k, ast.Constant) and isinstance(k.value, str) for k in n.keys):
            return f"new Map([{', '.join(f'[{self.e(k)}, {self.e(v)}]' for k, v in zip(n.keys, n.values))}])"
        return "{ " + ", ".join(f"...{self.e(v)}" if k is None else f"{key(k.value)}: {self.e(v)}" for k, v in zip(n.keys, n.values)) + " }"

    def argument(self, n):
        return f"[{self.items(n.elts)}]" if isinstance(n, ast.Tuple) else self.e(n)

    def e_Call(self, n):
        f = n.func
        if isinstance(f, ast.Attribute):
            if f.attr == "append":
                return f"{self.e(f.value)}.push({self.items(n.args)})"
            if f.attr in ("items", "keys", "values") and not n.args and isinstance(self.value(f.value), dict):
                return f"{f.attr}({self.e(f.value)})"
            if isinstance(f.value, ast.Call) and ast.unparse(f.value) == "super()" and f.attr == "__init__":
                return f"super({self.items(n.args)})"
        if ast.unparse(f) in ("print", "len", "list", "tuple", "str", "repr", "isinstance", "sorted", "type"):
            keywords = self.keywords(n.keywords)
            args = [self.e(a) for a in n.args] + ([f"kw({keywords})"] if keywords else [])
            return f"{self.e(f)}({', '.join(args)})"
        args = [self.argument(a) for a in n.args]
        if n.args and isinstance(n.args[-1], ast.Dict) and not n.keywords:
            args[-1] = f"dict({args[-1]})"
        keywords = self.keywords(n.keywords)
        return f"{self.wrap(f)}({', '.join(args + ([keywords] if keywords else []))})"

    def keywords(self, keywords):
        if not keywords:
            return ""
        return "{ " + ", ".join(f"...{self.e(k.value)}" if k.arg is None else f"{key(k.arg)}: {self.argument(k.value)}" for k in keywords) + " }"

    def e_BinOp(self, n):
        if all(isinstance(x, ast.Constant) and isinstance(x.value, (int, float, complex)) for x in (n.left, n.right)):
            folded = eval(ast.unparse(n))
            if isinstance(folded, complex) or isinstance(n.op, (ast.Pow, ast.Div)):
                return number(folded)
        name = BINARY[type(n.op)]
        if self.is_tensor(n.left):
            return f"{self.wrap(n.left)}.{name}({self.e(n.right)})"
        if isinstance(n.left, ast.Constant) and not isinstance(n.left.value, str) and self.is_tensor(n.right):
            return f"{self.wrap(n.right)}.r{name}({self.e(n.left)})"
        if isinstance(n.left, ast.Constant) and isinstance(n.left.value, str) and name == "mod":
            args = n.right.elts if isinstance(n.right, ast.Tuple) else [n.right]
            return f"fmt({self.e(n.left)}, {self.items(args)})"
        return f"{ {'and': 'and_', 'or': 'or_'}.get(name, name)}({self.e(n.left)}, {self.e(n.right)})"

    def e_UnaryOp(self, n):
        if isinstance(n.op, ast.USub) and isinstance(n.operand, ast.Constant):
            v = n.operand.value
            return f"float(-{int(v)})" if isinstance(v, float) and v == int(v) and v < 1e15 else number(-v)
        name = {ast.USub: "neg", ast.Invert: "invert", ast.Not: "not_", ast.UAdd: "pos"}[type(n.op)]
        if self.is_tensor(n.operand) and name in ("neg", "invert"):
            return f"{self.wrap(n.operand)}.{name}()"
        return f"{name}({self.e(n.operand)})"

    def e_Compare(self, n):
        left, right, op = n.left, n.comparators[0], n.ops[0]
        if isinstance(op, (ast.Is, ast.IsNot)):
            return f"{self.e(left)} {'===' if isinstance(op, ast.Is) else '!=='} {self.e(right)}"
        if isinstance(op, (ast.In, ast.NotIn)):
            text = f"contains({self.e(right)}, {self.e(left)})"
            return text if isinstance(op, ast.In) else f"!{text}"
        if self.is_tensor(left):
            return f"{self.wrap(left)}.{COMPARE[type(op)]}({self.e(right)})"
        return f"{COMPARE[type(op)]}({self.e(left)}, {self.e(right)})"

    def e_BoolOp(self, n):
        return f"({(' && ' if isinstance(n.op, ast.And) else ' || ').join(self.e(v) for v in n.values)})"

    def e_IfExp(self, n):
        return f"(bool({self.e(n.test)}) ? {self.e(n.body)} : {self.e(n.orelse)})"

    def e_JoinedStr(self, n):
        out = ""
        for part in n.values:
            if isinstance(part, ast.Constant):
                out += part.value.replace("\\", "\\\\").replace("`", "\\`").replace("\n", "\\n")
            elif part.format_spec:
                out += "${format(" + self.e(part.value) + ", " + json.dumps(part.format_spec.values[0].value) + ")}"
            else:
                out += "${format(" + self.e(part.value) + ", '')}"
        return f"`{out}`"

    def e_Lambda(self, n):
        body = self.inside(n.args, lambda: self.e(n.body))
        return f"({self.parameters(n.args)}) => {f'({body})' if body.startswith('{') else body}"

    def parameters(self, args):
        names = [a.arg for a in args.args if a.arg not in ("self", "cls")]
        defaults = [None] * (len(names) - len(args.defaults)) + list(args.defaults)
        texts = [name if d is None else f"{name} = {self.e(d)}" for name, d in zip(names, defaults)]
        return ", ".join(texts + ([f"...{args.vararg.arg}"] if args.vararg else []))

    def inside(self, names, f):
        """What `f` gives where arguments, or the targets of a loop in an expression, have other values."""
        before = self.locals
        self.locals = before | {getattr(x, "arg", None) or x.id for x in ast.walk(names) if isinstance(x, (ast.arg, ast.Name))}
        try:
            return f()
        finally:
            self.locals = before

    def e_ListComp(self, n):
        g = n.generators[0]
        target = self.target(g.target)
        source = f"[...{self.e(g.iter)}]"

        def body():
            ifs = "".join(f".filter(({target}) => {self.e(c)})" for c in g.ifs)
            return f"{source}{ifs}.map(({target}) => {self.e(n.elt)})"

        return self.inside(g.target, body)

    e_GeneratorExp = e_ListComp

    def target(self, n):
        return f"[{', '.join(self.target(x) for x in n.elts)}]" if isinstance(n, (ast.Tuple, ast.List)) else self.e(n)

    def entry(self, n):
        if isinstance(n, ast.Slice):
            parts = [n.lower, n.upper] + ([n.step] if n.step else [])
            if all(p is None or isinstance(p, ast.Constant) or isinstance(p, ast.UnaryOp) and isinstance(p.operand, ast.Constant) for p in parts):
                return json.dumps(":".join("" if p is None else ast.unparse(p) for p in parts))
            return "`" + ":".join("" if p is None else "${" + self.e(p) + "}" for p in parts) + "`"
        return self.e(n)

    def entries(self, n):
        parts = n.elts if isinstance(n, ast.Tuple) else [n]
        return ", ".join(self.entry(p) for p in parts)

    def e_Subscript(self, n):
        of = self.value(n.value)
        if isinstance(of, dict) or isinstance(n.slice, ast.Constant) and isinstance(n.slice.value, str) and not isinstance(of, torch.Tensor):
            return f"{self.e(n.value)}[{self.e(n.slice)}]"
        if isinstance(of, (list, tuple)) and not isinstance(of, torch.Size) and isinstance(n.slice, ast.Slice):
            return f"slice({self.e(n.value)}, {self.entry(n.slice)})"
        if isinstance(of, (list, tuple)) and isinstance(n.slice, ast.Constant):
            return f"{self.e(n.value)}[{self.e(n.slice)}]"
        return f"{self.wrap(n.value)}.at({self.entries(n.slice)})"

    # Statements

    def s(self, n):
        return getattr(self, "s_" + type(n).__name__)(n)

    def block(self, body, pad="  "):
        return "\n".join(pad + line for n in body for line in self.s(n).split("\n") if line)

    def s_Expr(self, n):
        return self.e(n.value) + ";"

    def s_Pass(self, n):
        return ""

    def s_Import(self, n):
        return ""

    def declare(self, target):
        names = [x.id for x in ast.walk(target) if isinstance(x, ast.Name) and isinstance(x.ctx, ast.Store)]
        fresh = [x for x in names if x not in self.declared]
        self.declared.update(fresh)
        return bool(fresh) and len(fresh) == len(names)

    def s_Assign(self, n):
        value = self.e(n.value)
        target = n.targets[0]
        if isinstance(target, ast.Subscript):
            of = self.value(target.value)
            if isinstance(of, dict) or isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str):
                return f"{self.e(target.value)}[{self.e(target.slice)}] = {value};"
            if isinstance(of, list):
                return f"{self.e(target.value)}[{self.e(target.slice)}] = {value};"
            return f"{self.e(target.value)}.set([{self.entries(target.slice)}], {value});"
        if isinstance(target, (ast.Tuple, ast.List)):
            if isinstance(n.value, ast.Tuple):
                value = f"[{self.items(n.value.elts)}]"
            return f"{'let ' if self.declare(target) else ''}{self.target(target)} = {value};"
        return f"{'let ' if self.declare(target) else ''}{self.e(target)} = {value};"

    def s_AugAssign(self, n):
        name, value = BINARY[type(n.op)], self.e(n.value)
        if isinstance(n.target, ast.Subscript) and self.is_tensor(n.target.value):
            return f"{self.e(n.target.value)}.{name}_at([{self.entries(n.target.slice)}], {value});"
        load = ast.parse(ast.unparse(n.target), mode="eval").body
        name = {"div": "div_", "and": "bitwise_and_", "or": "bitwise_or_", "xor": "bitwise_xor_", "mod": "remainder_", "floordiv": "floor_divide_"}.get(name, name + "_")
        if self.is_tensor(load):
            return f"{self.e(n.target)}.{name}({value});"
        return f"{self.e(n.target)} = {BINARY[type(n.op)]}({self.e(n.target)}, {value});"

    def s_Return(self, n):
        return f"return {self.e(n.value)};" if n.value else "return;"

    def s_FunctionDef(self, n, method=False):
        outer, self.declared = self.declared, {a.arg for a in n.args.args}
        own = [x for m in n.body for x in ast.walk(m) if isinstance(x, ast.Name) and isinstance(x.ctx, ast.Store)]
        body = self.inside(ast.Tuple([*n.args.args, *own]), lambda: self.block(n.body))
        self.declared = outer
        name = {"__init__": "constructor"}.get(n.name, n.name)
        parameters = self.parameters(n.args)
        if method:
            static = "static " if any(ast.unparse(d) == "staticmethod" for d in n.decorator_list) else ""
            return f"{static}{name}({parameters}) {{\n{body}\n}}"
        return f"const {name} = ({parameters}) => {{\n{body}\n}};"

    def s_ClassDef(self, n):
        body = "\n".join("  " + line for m in n.body for line in self.s_FunctionDef(m, True).split("\n"))
        base = f" extends {self.e(n.bases[0])}" if n.bases else ""
        return f"const {n.name} = pyclass(class {n.name}{base} {{\n{body}\n}});"

    def s_With(self, n):
        item = n.items[0]
        call = self.e(item.context_expr)
        name = self.e(item.optional_vars) if item.optional_vars else ""
        if name:
            self.declared.add(name)
        inner = f"({name}) => {{\n{self.block(n.body)}\n}}"
        head = call[:-1] if call.endswith(")") else call + "("
        return f"{head}{'' if head.endswith('(') else ', '}{inner});"

    def s_For(self, n):
        self.declare(n.target)
        return f"for (const {self.target(n.target)} of {self.e(n.iter)}) {{\n{self.block(n.body)}\n}}"

    def s_If(self, n):
        text = f"if (bool({self.e(n.test)})) {{\n{self.block(n.body)}\n}}"
        return text + (f" else {{\n{self.block(n.orelse)}\n}}" if n.orelse else "")

    def s_Try(self, n):
        handler = n.handlers[0]
        name = handler.name or "_"
        body = self.block(n.body)
        caught = self.block(handler.body)
        return f"try {{\n{body}\n}} catch ({name}) {{\n{caught}\n}}"


def key(name):
    return name if name.isidentifier() else json.dumps(name)


def stored_later(tree):
    """Names first stored in a block: declared at the top, as blocks are scopes in TypeScript only."""
    names = []
    for n in tree.body:
        if isinstance(n, (ast.With, ast.For, ast.If, ast.Try)):
            skip = {x.id for m in ast.walk(n) if isinstance(m, (ast.For, ast.comprehension)) for x in ast.walk(m.target) if isinstance(x, ast.Name)}
            skip |= {i.optional_vars.id for m in ast.walk(n) if isinstance(m, ast.With) for i in m.items if i.optional_vars}
            names += [x.id for x in ast.walk(n) if isinstance(x, ast.Name) and isinstance(x.ctx, ast.Store) and x.id not in skip]
    return list(dict.fromkeys(names))


def translate(source, namespace):
    """The program in TypeScript; it is run line by line in `namespace` on the way, its exception, if any, beside it."""
    tree = ast.parse(source)
    t = Translator(namespace)
    lines = []
    early = stored_later(tree)
    if early:
        lines.append(f"let {', '.join(early)};")
        t.declared.update(early)
    error = None
    for n in tree.body:
        # What stands in a block is known best when the block has run.
        block = isinstance(n, (ast.With, ast.For, ast.If, ast.Try))
        if not block:
            lines.append(t.s(n))
        if error is None:
            try:
                exec(compile(ast.Module([n], []), "", "exec"), namespace)
            except Exception as e:
                error = e
        if block:
            lines.append(t.s(n))
    return "{\n" + "\n".join(x for x in lines if x) + "\n}", error
