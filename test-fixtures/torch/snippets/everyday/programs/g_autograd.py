x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = (x ** 2).sum()
y.backward()
print(x.grad, y, y.grad_fn, x.is_leaf, y.is_leaf, y.requires_grad)
# --
x = torch.tensor(2.0, requires_grad=True)
y = x ** 3
g = torch.autograd.grad(y, x, create_graph=True)
print(g)
h = torch.autograd.grad(g[0], x)
print(h)
# --
w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
b = torch.zeros(2, requires_grad=True)
out = torch.ones(3, 2) @ w.t() + b
print(out, out.grad_fn.next_functions[0][0], out.grad_fn.next_functions[1][0])
out.mean().backward()
print(w.grad, b.grad)
# --
x = torch.ones(2, requires_grad=True)
for i in range(3):
    (x * i).sum().backward()
    print(x.grad)
x.grad.zero_()
print(x.grad)
x.grad = None
print(x.grad)
# --
x = torch.ones(2, requires_grad=True)
with torch.no_grad():
    y = x * 2
print(y.requires_grad, x.detach().requires_grad, (x * 2).detach(), torch.is_grad_enabled())
with torch.set_grad_enabled(False):
    print((x + 1).requires_grad)
with torch.inference_mode():
    z = x * 3
    print(z.is_inference(), z.requires_grad)
# --
x = torch.ones(3, requires_grad=True)
y = x * 2
y.retain_grad()
z = y.sum()
z.backward()
print(y.grad, x.grad, y.retains_grad)
# --
x = torch.tensor([1.0, 2.0], requires_grad=True)
h = x.register_hook(lambda g: g * 10)
x.sum().backward()
print(x.grad)
h.remove()
x.grad = None
x.sum().backward()
print(x.grad)
# --
grads = []
x = torch.tensor(2.0, requires_grad=True)
y = x * 3
y.register_hook(lambda g: grads.append(g))
z = y ** 2
z.register_hook(lambda g: print("z", g))
z.backward()
print(grads, x.grad)
# --
x = torch.ones(2, requires_grad=True)
x.register_post_accumulate_grad_hook(lambda p: print("done", p.grad))
(x * 5).sum().backward()
# --
class Exp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i):
        r = i.exp()
        ctx.save_for_backward(r)
        return r
    @staticmethod
    def backward(ctx, g):
        r, = ctx.saved_tensors
        return g * r
x = torch.tensor([0.0, 1.0], requires_grad=True)
y = Exp.apply(x)
print(y, y.grad_fn.name())
y.sum().backward()
print(x.grad)
# --
class Scale(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, k):
        ctx.k = k
        ctx.mark_dirty(x)
        return x.mul_(k)
    @staticmethod
    def backward(ctx, g):
        return g * ctx.k, None
x = torch.ones(2, requires_grad=True)
y = x.clone()
z = Scale.apply(y, 3)
z.sum().backward()
print(x.grad, y, z)
# --
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
print(torch.autograd.functional.jacobian(lambda x: x ** 2, x))
print(torch.autograd.functional.hessian(lambda x: (x ** 3).sum(), x))
print(torch.autograd.functional.vjp(lambda x: x * x, x, torch.ones(3)))
print(torch.autograd.functional.jvp(lambda x: x * x, x, torch.ones(3)))
print(torch.autograd.functional.hvp(lambda x: (x ** 3).sum(), x, torch.ones(3)))
# --
x = torch.tensor([3.0, 4.0], requires_grad=True)
x.norm().backward()
print(x.grad)
x.grad = None
x.max().backward()
print(x.grad)
x.grad = None
(x[0] * x[1]).backward()
print(x.grad)
x.grad = None
torch.stack([x, x * 2]).prod().backward()
print(x.grad)
# --
x = torch.zeros(3, requires_grad=True)
y = x.clone()
y[1] = 5
y[0] += 2
y.sum().backward()
print(y, x.grad)
# --
x = torch.arange(4.0, requires_grad=True)
y = x * 1
v = y.view(2, 2)
v[0].mul_(3)
print(y, v, y.grad_fn, v.grad_fn)
y.sum().backward()
print(x.grad)
# --
x = torch.randn(2, 2, requires_grad=True)
a = x.detach().clone().requires_grad_()
print(a.is_leaf, a.requires_grad, x.data.requires_grad, a.grad is None)
y = a.exp().log().sum()
y.backward()
print(a.grad)
# --
f = lambda x: (x.sin() * x).sum()
x = torch.tensor([0.5, 1.0])
print(torch.func.grad(f)(x), torch.func.jacrev(lambda x: x ** 2)(x), torch.func.hessian(f)(x), torch.func.vmap(lambda a: a.sum())(torch.ones(3, 2)))
out, vjp_fn = torch.func.vjp(lambda x: x ** 2, x)
print(out, vjp_fn(torch.ones(2)), torch.func.jvp(f, (x,), (torch.ones(2),)), torch.func.jacfwd(lambda x: x.exp())(x))
# --
m = nn.Linear(2, 1)
nn.init.constant_(m.weight, 0.5)
nn.init.zeros_(m.bias)
opt = torch.optim.SGD(m.parameters(), lr=0.1)
for step in range(3):
    opt.zero_grad()
    loss = F.mse_loss(m(torch.ones(4, 2)), torch.zeros(4, 1))
    loss.backward()
    opt.step()
    print(step, loss, m.weight, m.bias)
# --
torch.manual_seed(0)
m = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
opt = torch.optim.Adam(m.parameters(), lr=0.05)
x = torch.randn(16, 2)
t = (x[:, :1] * x[:, 1:]).detach()
for step in range(20):
    loss = ((m(x) - t) ** 2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
print(f"{loss.item():.5f}", m[0].weight.grad.norm(), torch.nn.utils.clip_grad_norm_(m.parameters(), 0.01))
# --
x = torch.tensor([1.0], requires_grad=True)
names = []
for f in [torch.sin, torch.exp, torch.sigmoid, torch.abs, torch.neg, torch.sqrt, torch.relu, torch.mean, torch.sum, torch.clone, torch.squeeze, torch.square, torch.tanh]:
    names.append(f(x).grad_fn.name())
print(names, (x + 1).grad_fn.name(), (1 - x).grad_fn, (x / 2).grad_fn, (2 / x).grad_fn, (x ** 2).grad_fn, (2 ** x).grad_fn, (x @ x).grad_fn, x[0].grad_fn, x[:1].grad_fn, x[[0]].grad_fn, x.view(1).grad_fn, x.reshape(1, 1).grad_fn, x.t().grad_fn, x.float().grad_fn, x.double().grad_fn, x.unsqueeze(0).grad_fn, x.expand(2).grad_fn, x.max().grad_fn, x.max(0).values.grad_fn)
# --
x = torch.tensor([[1.0, 2.0]], requires_grad=True)
print(torch.cat([x, x]).grad_fn, torch.stack([x, x]).grad_fn, F.softmax(x, 1).grad_fn, F.log_softmax(x, 1).grad_fn, F.linear(x, x).grad_fn, F.cross_entropy(x, torch.tensor([1])).grad_fn, F.mse_loss(x, x * 0).grad_fn, x.repeat(2, 1).grad_fn, x.permute(1, 0).grad_fn, x.clamp(0, 1).grad_fn, x.norm().grad_fn, x.std().grad_fn, x.var(0).grad_fn, torch.where(x > 1, x, x * 2).grad_fn, x.masked_fill(x > 1, 0).grad_fn, x.gather(1, torch.tensor([[0]])).grad_fn, F.dropout(x).grad_fn, F.gelu(x).grad_fn, x.transpose(0, 1).grad_fn, x.split(1, 1)[0].grad_fn, x.log().grad_fn, x.index_select(1, torch.tensor([0])).grad_fn, x.unbind(1)[0].grad_fn, x.prod().grad_fn)
# --
z = torch.tensor([1 + 2j], requires_grad=True)
y = (z * z.conj()).real.sum()
y.backward()
print(z.grad, y)
z.grad = None
z.abs().sum().backward()
print(z.grad)
# --
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = torch.tensor([3.0, 4.0], requires_grad=True)
gx, gy = torch.autograd.grad((x * y).sum(), [x, y])
print(gx, gy, torch.autograd.grad(x.sum(), [x, y], allow_unused=True), torch.autograd.grad((x * y), [x], grad_outputs=torch.tensor([1.0, 10.0])), torch.autograd.grad(x * 2, x, torch.eye(2), is_grads_batched=True), torch.autograd.grad(x.sum(), [x, y], allow_unused=True, materialize_grads=True))
# --
x = torch.ones(2, requires_grad=True)
y = x * 2
y.sum().backward(retain_graph=True)
y.sum().backward()
torch.autograd.backward([y.sum() if False else (x * 3).sum()])
print(x.grad)
print(torch.autograd.gradcheck(lambda t: t.sin(), torch.ones(2, dtype=torch.float64, requires_grad=True)))
