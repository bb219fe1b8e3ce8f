x = torch.arange(6.0).view(3, 2)
vmap = torch.func.vmap
print(vmap(lambda a, b: a + b, in_dims=(0, None))(x, x[0]))
print(vmap(lambda a: a * 2, in_dims=-1)(x))
print(vmap(lambda a: (a, a * 2), out_dims=(0, 1))(x))
print(vmap(lambda a, b: b, in_dims=(0, None), out_dims=None)(x, x))
print(vmap(lambda a: torch.ones(2))(x), vmap(lambda a: a.sum(), chunk_size=2)(x), vmap(torch.dot)(x, x))
print(vmap(vmap(lambda a: a * 2))(x), vmap(lambda a: {"x": a})(x))
# --
torch.manual_seed(0)
print(torch.func.vmap(lambda a: a + torch.randn(2), randomness="same")(torch.zeros(3, 2)))
torch.manual_seed(0)
print(torch.func.vmap(lambda a: a + torch.randn(2), randomness="different")(torch.zeros(3, 2)))
print(torch.rand(1))
# --
x = torch.tensor([1.0, 2.0])
with fwAD.dual_level():
    d = fwAD.make_dual(x, torch.tensor([3.0, 4.0]))
    print(d, d * 2, fwAD.unpack_dual(d * d), fwAD.unpack_dual(x), d.sum())
    print(fwAD.unpack_dual(d.detach()).tangent, d._base is x, d.is_leaf, d.requires_grad, d[0])
    y = torch.zeros(2, 2)
    y[0] = d
    print(y)
    z = d.clone()
    w = z.view(2, 1)
    w.mul_(d.view(2, 1))
    print(z, w, torch.stack([d, d]))
print(d, fwAD.unpack_dual(d))
# --
x = torch.tensor([1.0, 2.0], requires_grad=True)
with fwAD.dual_level():
    d = fwAD.make_dual(x, torch.ones(2))
    t = fwAD.unpack_dual(d ** 3).tangent
    print(torch.autograd.grad(t.sum(), x), d ** 3)
# --
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_forward(x)
        ctx.k = 3
        return x ** 3
    @staticmethod
    def jvp(ctx, t):
        x, = ctx.saved_tensors
        return ctx.k * x ** 2 * t
with fwAD.dual_level():
    print(Cube.apply(fwAD.make_dual(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]))))
# --
f = torch.func
x = torch.tensor([1.0, 2.0])
print(f.jvp(lambda x: x * x, (x,), (torch.ones(2),)), f.jvp(lambda x: (x.sin(), x), (x,), (torch.ones(2),), has_aux=True))
print(f.jvp(lambda x: torch.ones(3), (x,), (torch.ones(2),)), f.jacfwd(lambda x: x ** 2)(x), f.jacfwd(f.jacfwd(lambda x: (x ** 3).sum()))(x), f.jacfwd(lambda x: (x, x ** 2))(x), f.hessian(lambda x: (x ** 3).sum())(x))
# --
a = torch.ones(2, requires_grad=True)
b = torch.full((2,), 2.0, requires_grad=True)
G = torch.autograd.graph
with G.saved_tensors_hooks(lambda x: x.half(), lambda x: x.float()):
    y = a * b
y.sum().backward()
print(a.grad, b.grad)
e = G.get_gradient_edge(a)
print(e.node.name(), e.output_nr, torch.autograd.grad((a * b).sum(), [e, b]))
y = a * b
print(y.grad_fn._saved_self, y.grad_fn._saved_other, y.exp().grad_fn._saved_result, y.grad_fn.metadata, isinstance(y.grad_fn, G.Node))
x = torch.ones(2)
G.increment_version([x, x])
print(x._version)
# --
a = torch.ones(2, requires_grad=True)
b = torch.full((2,), 2.0, requires_grad=True)
h = torch.autograd.graph.register_multi_grad_hook([a, b], lambda gs: print("multi", gs))
(a * b).sum().backward()
(a * 2).sum().backward()
h.remove()
h = torch.autograd.graph.register_multi_grad_hook([a, b], lambda g: print("any", g), mode="any")
(a * b).sum().backward()
y = a * 2
y.grad_fn.register_prehook(lambda g: print("pre", g))
y.grad_fn.register_hook(lambda gi, go: print("post", gi, go))
y.sum().backward()
# --
f = lambda x: (x.sin() * x).sum()
out, push = torch.func.linearize(f, torch.tensor([0.5, 1.0]))
print(out, push(torch.tensor([1.0, 2.0])))
print(torch.func.grad_and_value(f)(torch.tensor([0.5, 1.0])), torch.func.vmap(torch.func.grad(f))(torch.tensor([[0.5, 1.0], [2.0, 3.0]])))
