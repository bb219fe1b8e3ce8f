"""Streams of PyTorch's CPU generator: every function that draws, five seeds, calls in a row, the generator's state after."""

import ast
import pathlib
import sys
import warnings

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, save  # noqa: E402

warnings.simplefilter("ignore")
torch.set_num_threads(1)
SEEDS = [0, 1, 42, 2**32 - 1, -7]
FLOATS = ["float32", "float64", "float16", "bfloat16"]
T = {n: getattr(torch, n) for n in FLOATS + ["complex64", "complex128", "int64", "int32", "int16", "int8", "uint8", "bool"]}
cases = []


def after():
    """The next four words of the stream, and the next normal number (which may be waiting since the last pair)."""
    return {"after": [torch.randint(0, 2**28 - 1, ()).item() for _ in range(2)], "normal": torch.randn(1, dtype=torch.float64).item()}


def excerpt(x):
    if not isinstance(x, torch.Tensor) or x.numel() <= 60:
        return x
    f = x.reshape(-1)
    return {"first": f[:24].clone(), "every": f[::1000].clone(), "last": f[-20:].clone()}


class Log:
    """A case: calls in order, each with what it gave."""

    def __init__(self, name, seed):
        self.case = {"name": name, "seed": seed, "calls": []}
        torch.manual_seed(seed)

    def call(self, f, *args, **kw):
        r = getattr(torch, f)(*args, **kw)
        self.note(f, args, kw, r)
        return r

    def method(self, shape, dtype, f, *args, layout=None, **kw):
        """A method that fills a tensor of that shape; `layout` names how it lies in memory."""
        x = make(shape, dtype, layout)
        getattr(x, f)(*args, **kw)
        self.case["calls"].append({"method": f, "shape": list(shape), "dtype": T[dtype], "layout": layout, "args": list(args), "kw": kw, "out": excerpt(x)})

    def note(self, f, args, kw, r):
        self.case["calls"].append({"f": f, "args": list(args), "kw": kw, "out": excerpt(r)})

    def done(self):
        self.case.update(after())
        cases.append(self.case)


def make(shape, dtype, layout):
    if layout == "transposed":
        return torch.zeros(*reversed(shape), dtype=T[dtype]).permute(*reversed(range(len(shape))))
    if layout == "strided":
        return torch.zeros(*shape[:-1], 2 * shape[-1], dtype=T[dtype])[..., ::2]
    if layout == "rolled":
        return torch.zeros(*shape[1:], shape[0], dtype=T[dtype]).movedim(-1, 0)
    return torch.zeros(*shape, dtype=T[dtype])


for seed in SEEDS:
    for dtype in FLOATS + ["complex64", "complex128"] if seed in SEEDS[:2] else FLOATS[:2]:
        wide = dtype in ("float32", "float64")
        sizes = range(1, 41) if wide and seed == 0 else (1, 2, 3, 7, 8, 15, 16, 17, 24, 31, 32, 33, 40)
        log = Log(f"sizes {dtype} seed {seed}", seed)
        for n in sizes:
            log.call("rand", n, dtype=T[dtype])
            log.call("randn", n, dtype=T[dtype])
        log.done()
        if wide or seed == 0:
            for f in ("rand", "randn"):
                log = Log(f"{f} 10000 {dtype} seed {seed}", seed)
                log.call(f, 10_000, dtype=T[dtype])
                log.done()
    log = Log(f"integers seed {seed}", seed)
    for n in (1, 5, 17, 40):
        log.call("randint", 10, (n,))
        log.call("randint", -5, 1000, (n,))
        log.call("randint", 0, 2**28 - 1, (n,))
        log.call("randint", 0, 2**28, (n,))
        log.call("randint", -(2**31), 2**31, (n,))
        log.call("randint", -(2**62), 2**62 + 5, (n,))
        for dtype, low, high in [("int32", -7, 2**31 - 1), ("int16", -300, 300), ("int8", -128, 128), ("uint8", 0, 256), ("bool", 0, 2), ("float32", 0, 2**24), ("float64", -3, 2**40), ("float16", 0, 2048), ("bfloat16", -100, 256)]:
            log.call("randint", low, high, (n,), dtype=T[dtype])
        log.call("randperm", n)
        log.call("randperm", n, dtype=torch.float32)
        for dtype in ("int64", "int32", "int16", "int8", "uint8", "bool", "float32", "float64", "float16", "bfloat16"):
            log.method((n,), dtype, "random_")
        log.method((n,), "int64", "random_", 5)
        log.method((n,), "int32", "random_", -4, 9)
        log.method((n,), "int64", "random_", 7, None)
        log.method((n,), "float32", "random_", 7, None)
        log.method((n,), "int64", "random_", -(2**63), None)
        log.method((n,), "float64", "random_", -(2**63), None)
    log.done()
    for f, args in [("randint", (1000, (10_000,))), ("randint", (-(2**40), 2**40, (10_000,))), ("randperm", (10_000,))]:
        log = Log(f"{f} {args} seed {seed}", seed)
        log.call(f, *args)
        log.done()
    for dtype in FLOATS if seed == 0 else FLOATS[:2]:
        log = Log(f"distributions {dtype} seed {seed}", seed)
        p = torch.tensor(distinct((40,), 3, low=0.0, high=1.0)).to(T[dtype])
        rates = torch.tensor(distinct((40,), 4, low=0.0, high=30.0)).to(T[dtype])
        for n in (1, 3, 16, 25):
            log.method((n,), dtype, "uniform_", -1.5, 2.25)
            log.method((n,), dtype, "normal_", 3.0, 0.5)
            log.method((n,), dtype, "exponential_")
            log.method((n,), dtype, "exponential_", 2.5)
            log.method((n,), dtype, "geometric_", 0.3)
            log.method((n,), dtype, "cauchy_", 0.5, 1.5)
            log.method((n,), dtype, "log_normal_", 0.25, 0.5)
            log.method((n,), dtype, "bernoulli_", 0.3)
            log.method((n,), dtype, "bernoulli_")
            log.call("bernoulli", p[:n])
            log.call("bernoulli", p[:n], 0.6)
            log.call("poisson", rates[:n])
            log.call("normal", rates[:n], 0.5)
            log.call("normal", 1.5, rates[:n])
            log.call("normal", rates[:n], p[:n])
            log.call("normal", 2.0, 3.0, (n,), dtype=T[dtype])
            log.call("multinomial", p, n)
            log.call("multinomial", p, n, replacement=True)
            log.call("multinomial", torch.stack([p, p.flip(0)]), min(n, 5))
            log.call("multinomial", torch.stack([p, p.flip(0)]), n, True)
        log.done()
    log = Log(f"integer distributions seed {seed}", seed)
    for dtype in ("int64", "int32", "uint8", "bool"):
        log.method((9,), dtype, "bernoulli_", 0.4)
        log.method((9,), dtype, "bernoulli_", torch.tensor(distinct((9,), 5, low=0.0, high=1.0)).float())
        if dtype != "bool":
            log.method((9,), dtype, "geometric_", 0.2)
    log.done()
    log = Log(f"layouts seed {seed}", seed)
    for layout in ("transposed", "strided", "rolled"):
        for shape in ((3, 4), (2, 3, 4), (5, 7)):
            for dtype in ("float32", "float64"):
                log.method(shape, dtype, "uniform_", layout=layout)
                log.method(shape, dtype, "normal_", layout=layout)
                log.method(shape, dtype, "bernoulli_", torch.tensor(distinct(shape, 6, low=0.0, high=1.0)), layout=layout)
            log.method(shape, "int64", "random_", 100, layout=layout)
    x = torch.zeros(3, 4).t()
    for f in ("rand_like", "randn_like"):
        r = getattr(torch, f)(x)
        log.case["calls"].append({"like": f, "shape": [4, 3], "dtype": torch.float32, "layout": "transposed", "args": [], "out": r, "strides": list(r.stride())})
    r = torch.randint_like(x, 3, 9)
    log.case["calls"].append({"like": "randint_like", "shape": [4, 3], "dtype": torch.float32, "layout": "transposed", "args": [3, 9], "out": r, "strides": list(r.stride())})
    log.done()
    # One function after another: waiting normals pass between them, also across types.
    log = Log(f"mixed seed {seed}", seed)
    for n in (1, 2, 3, 5):
        log.call("randn", n)
        log.call("rand", n)
        log.call("randn", n, dtype=torch.float64)
        log.call("randint", 100, (n,))
        log.call("randn", n, dtype=torch.float16)
        log.call("randperm", n + 2)
        log.method((n,), "float32", "log_normal_")
        log.call("randn", 16 + n)
        log.call("randn", 1)
        log.call("bernoulli", torch.full((n,), 0.5))
    log.done()

for seed in SEEDS:
    torch.manual_seed(seed)
    states = [torch.get_rng_state()]
    torch.rand(5)
    states.append(torch.get_rng_state())
    torch.randn(3)
    states.append(torch.get_rng_state())
    torch.rand(624)
    states.append(torch.get_rng_state())
    cases.append({"name": f"state seed {seed}", "seed": seed, "initial": torch.initial_seed(),
                  # Head, tail and a sum stand for the 5056 bytes.
                  "heads": [s[:40].clone() for s in states], "tails": [s[-48:].clone() for s in states], "sums": [int(s.long().sum()) for s in states]})
torch.manual_seed(11)
torch.randn(3)
state = torch.get_rng_state()
cases.append({"name": "state from PyTorch", "state": state, "next": torch.randn(5), "rand": torch.rand(700)[-3:]})

g = torch.Generator()
h = torch.Generator().manual_seed(5)
cases.append({"name": "generators", "default": torch.rand(3, generator=g), "seed": g.initial_seed(), "five": torch.randn(3, generator=h), "again": torch.randn(3, generator=h),
              "perm": torch.randperm(6, generator=h), "int": torch.randint(0, 50, (4,), generator=h), "clone": torch.rand(2, generator=h.clone_state()), "original": torch.rand(2, generator=h)})
save(__file__, cases, "torch")

ERRORS = """torch.rand(3,dtype=torch.int64)
torch.randn(3,dtype=torch.int64)
torch.rand(-1)
torch.rand(2,-3)
torch.randint(5,5,(2,))
torch.randint(0,300,(2,),dtype=torch.uint8)
torch.randint(0,3,(2,),dtype=torch.bool)
torch.randint(0,10,(2,),requires_grad=True)
torch.randperm(-1)
torch.randperm(300,dtype=torch.uint8)
torch.randperm(3000,dtype=torch.float16)
torch.randperm(5,dtype=torch.bool)
torch.randperm(5,dtype=torch.complex64)
i.uniform_()
f.uniform_(2,1)
f.uniform_(0,1e39)
h.uniform_(0,70000)
i.normal_()
f.normal_(0,-1)
b.normal_()
i.exponential_()
f.exponential_(-1)
f.exponential_(0)
f.cauchy_(0,0)
i.cauchy_()
f.log_normal_(0,0)
i.log_normal_()
f.geometric_(0)
f.geometric_(1.5)
b.geometric_(0.3)
c.geometric_(0.3)
f.bernoulli_(1.5)
f.bernoulli_(-0.1)
c.bernoulli_(0.5)
f.bernoulli_(torch.tensor([0.5,2,.1]))
f.bernoulli_(i)
torch.bernoulli(i)
torch.bernoulli(torch.tensor([1.5,0,1]))
torch.bernoulli(f,1.5)
i.random_(5,5)
i.random_(5,2)
w.random_()
c.random_()
u.random_(0,257)
u.random_(-1,5)
torch.zeros(2,dtype=torch.int8).random_(0,129)
h.random_(0,70000)
torch.zeros(2,dtype=torch.uint64).random_(-1,5)
torch.multinomial(torch.tensor([0.1,.2]),3)
torch.multinomial(torch.tensor([0.1,.2]),0)
torch.multinomial(torch.tensor([0.1,-.2]),1)
torch.multinomial(torch.zeros(2),1)
torch.multinomial(torch.zeros(2),3,True)
torch.multinomial(torch.tensor([0.1,-.2]),3,True)
torch.multinomial(i,1)
torch.multinomial(torch.zeros(2,2,2),1)
torch.multinomial(torch.zeros(2,0),1)
torch.poisson(torch.tensor([-1.5]))
torch.poisson(i)
torch.normal(2,-1,(3,))
torch.normal(f,-1)
torch.normal(0,torch.tensor([1.5,-1]))
torch.normal(f,torch.ones(2))
torch.normal(i,1)
torch.normal(0,1,(2,),dtype=torch.int64)
torch.manual_seed(2**64)
torch.manual_seed(-2**63-1)
torch.Generator().manual_seed('3')
torch.set_rng_state(torch.zeros(5))
torch.set_rng_state(torch.zeros(5,dtype=torch.uint8))
torch.set_rng_state(torch.zeros(5056,dtype=torch.uint8))
torch.dropout(f,1.5,True)
F.dropout(f,1.5)
F.dropout(f,-0.5)
F.dropout(i,0.5)
F.dropout(b,0.5)
F.dropout1d(f,0.5)
F.dropout2d(f,0.5)
F.alpha_dropout(f,1.5)
F.feature_alpha_dropout(f,0.5,True)
F.rrelu(i,training=True)
F.rrelu(f,lower=0.5,upper=0.1,training=True)
F.rrelu(f,lower=0.5,upper=0.1)
torch.rand_like(i)
torch.rand(2,out=torch.zeros(3,dtype=torch.float64),dtype=torch.float32)
torch.randn(2,device='cuda')
torch.zeros(2,requires_grad=True).uniform_()
torch.zeros(2).expand(3,2).uniform_()
init.eye_(f)
init.dirac_(f)
init.dirac_(torch.zeros(3,2,2),2)
init.xavier_uniform_(f)
init.kaiming_uniform_(torch.zeros(2,3),mode='in')
init.calculate_gain('gelu')
init.sparse_(f,0.1)
init.uniform_(i)""".split("\n")


def typescript(node):
    """The same call in TypeScript."""
    if isinstance(node, ast.Call):
        args = [typescript(a) for a in node.args]
        if node.keywords:
            args.append("{ " + ", ".join(f"{k.arg}: {typescript(k.value)}" for k in node.keywords) + " }")
        return f"{typescript(node.func)}({', '.join(args)})"
    if isinstance(node, ast.Attribute):
        return f"{typescript(node.value)}.{node.attr}"
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, (ast.Tuple, ast.List)):
        return "[" + ", ".join(map(typescript, node.elts)) + "]"
    value = eval(ast.unparse(node))
    if isinstance(value, (bool, str)):
        return repr(value).lower() if isinstance(value, bool) else repr(value)
    return f"{value}n" if isinstance(value, int) and abs(value) >= 2**53 else repr(value)


errors = []
for text in ERRORS:
    z = torch.zeros
    names = {"torch": torch, "F": torch.nn.functional, "init": torch.nn.init, "f": z(3), "h": z(3, dtype=torch.float16), "i": torch.zeros(3, dtype=torch.int64),
             "b": torch.zeros(3, dtype=torch.bool), "c": torch.zeros(3, dtype=torch.complex64), "w": torch.zeros(3, dtype=torch.uint16), "u": torch.zeros(3, dtype=torch.uint8)}
    try:
        eval(text, names)
        raise SystemExit(f"no error from {text}")
    except Exception as e:
        errors.append({"name": text, "ts": typescript(ast.parse(text, mode="eval").body), "error": type(e)(str(e).split("\n")[0])})
save(__file__, errors, "torch", "errors.json")
