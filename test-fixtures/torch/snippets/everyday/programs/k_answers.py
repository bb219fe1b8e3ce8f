# How do I compute accuracy from logits?
logits = torch.tensor([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]])
labels = torch.tensor([1, 0, 0])
pred = logits.argmax(dim=1)
print((pred == labels).float().mean().item(), (pred == labels).sum().item() / len(labels), pred)
# --
# How do I standardise columns?
x = torch.tensor([[1.0, 100.0], [2.0, 200.0], [3.0, 400.0]])
z = (x - x.mean(dim=0)) / x.std(dim=0)
print(z, z.mean(0).abs() < 1e-6, (x - x.min(0).values) / (x.max(0).values - x.min(0).values))
# --
# How do I build a confusion matrix?
t = torch.tensor([0, 1, 2, 2, 1])
p = torch.tensor([0, 2, 2, 2, 1])
cm = torch.zeros(3, 3, dtype=torch.int64)
for a, b in zip(t, p):
    cm[a, b] += 1
print(cm, torch.bincount(t * 3 + p, minlength=9).view(3, 3), cm.diag().sum() / cm.sum())
# --
# Batched pairwise distances without cdist
a = torch.tensor([[0.0, 0.0], [3.0, 4.0]])
b = torch.tensor([[0.0, 0.0], [1.0, 1.0], [6.0, 8.0]])
print(((a[:, None] - b[None]) ** 2).sum(-1).sqrt(), torch.cdist(a, b), (a ** 2).sum(1, keepdim=True) + (b ** 2).sum(1) - 2 * a @ b.T)
# --
# How do I shift a sequence and mask the padding?
seq = torch.tensor([[5, 6, 7, 0], [8, 9, 0, 0]])
lengths = (seq != 0).sum(1)
mask = torch.arange(4)[None] < lengths[:, None]
print(lengths, mask, seq.roll(-1, 1), seq.masked_fill(~mask, -100), mask.float().cumsum(1))
# --
# What does in-place do to aliases?
a = torch.zeros(3)
b = a
b += 1
c = a + 1
a.add_(10)
print(a, b, c, a is b)
# --
# Sliding windows and moving average
x = torch.tensor([1.0, 2.0, 4.0, 8.0, 16.0])
print(x.unfold(0, 3, 1), x.unfold(0, 3, 1).mean(1), F.avg_pool1d(x[None, None], 3, 1), x.cumsum(0) / torch.arange(1, 6))
# --
# top-k sampling filter
logits = torch.tensor([1.0, 3.0, 2.0, 0.5])
v, _ = torch.topk(logits, 2)
logits[logits < v[-1]] = -float("inf")
print(logits, F.softmax(logits, dim=-1))
# --
# Cosine similarity matrix
x = torch.tensor([[1.0, 0.0], [1.0, 1.0], [0.0, 2.0]])
n = x / x.norm(dim=1, keepdim=True)
print(n @ n.T, F.cosine_similarity(x[:, None], x[None], dim=-1))
# --
# Gradient descent on a function by hand
x = torch.tensor(5.0, requires_grad=True)
for i in range(5):
    loss = (x - 2) ** 2
    loss.backward()
    with torch.no_grad():
        x -= 0.1 * x.grad
    x.grad.zero_()
    print(i, f"{loss.item():.4f} {x.item():.4f}")
# --
# linear regression by hand
torch.manual_seed(0)
X = torch.linspace(-1, 1, 8).unsqueeze(1)
y = 3 * X + 0.5
w = torch.zeros(1, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for _ in range(50):
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.5 * w.grad
        b -= 0.5 * b.grad
        w.grad.zero_()
        b.grad.zero_()
print(w, b, f"{loss.item():.6f}")
# --
# Which is faster is another question: repeat against expand
x = torch.tensor([[1], [2]])
print(x.repeat(1, 3), x.expand(-1, 3), x.expand(-1, 3).data_ptr() == x.data_ptr(), x.repeat(1, 3).stride(), x.expand(-1, 3).stride())
# --
# Polynomial features and a Vandermonde
x = torch.tensor([1.0, 2.0, 3.0])
print(torch.stack([x ** i for i in range(3)], dim=1), torch.vander(x, 3, increasing=True), sum([x, x]), torch.stack([x, x]).sum(0))
# --
# scatter mean of groups
g = torch.tensor([0, 1, 0, 2])
v = torch.tensor([1.0, 2.0, 3.0, 4.0])
s = torch.zeros(3).index_add_(0, g, v)
n = torch.zeros(3).index_add_(0, g, torch.ones(4))
print(s / n, torch.zeros(3).scatter_add(0, g, v), torch.zeros(3).scatter_reduce(0, g, v, "mean", include_self=False), torch.zeros(3).index_reduce_(0, g, v, "amax"))
# --
# numpy in and out
a = torch.ones(2, 3).numpy()
t = torch.from_numpy(a)
a[0, 0] = 5 if False else 5
print(t, a.shape, a.dtype, torch.tensor([1, 2]).numpy(), torch.tensor([1.5]).numpy().tolist())
# --
# the four ways to compare
a = torch.tensor([1, 2, 3])
b = torch.tensor([1, 2, 4])
print(a == b, (a == b).all(), torch.equal(a, b), torch.all(a.eq(b)).item(), a.ne(b).any(), (a < b).nonzero())
# --
# copy, deepcopy and state dicts
m = nn.Linear(2, 2)
s = m.state_dict()
for k, v in s.items():
    print(k, v.shape)
m2 = nn.Linear(2, 2)
print(m2.load_state_dict(s), torch.equal(m2.weight, m.weight), sum(p.numel() for p in m.parameters()), [n for n, _ in m.named_parameters()])
# --
# freeze a layer
m = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
for p in m[0].parameters():
    p.requires_grad = False
print([p.requires_grad for p in m.parameters()], m(torch.zeros(1, 2)).requires_grad, sum(p.numel() for p in m.parameters() if p.requires_grad))
# --
# positional encodings
pos = torch.arange(4).unsqueeze(1)
div = torch.exp(torch.arange(0, 6, 2) * (-torch.log(torch.tensor(10000.0)) / 6))
pe = torch.zeros(4, 6)
pe[:, 0::2] = torch.sin(pos * div)
pe[:, 1::2] = torch.cos(pos * div)
print(pe)
# --
# box IoU
a = torch.tensor([[0.0, 0.0, 2.0, 2.0]])
b = torch.tensor([[1.0, 1.0, 3.0, 3.0], [0.0, 0.0, 2.0, 1.0]])
lt = torch.max(a[:, None, :2], b[:, :2])
rb = torch.min(a[:, None, 2:], b[:, 2:])
inter = (rb - lt).clamp(min=0).prod(2)
area = lambda t: (t[:, 2] - t[:, 0]) * (t[:, 3] - t[:, 1])
print(inter, inter / (area(a)[:, None] + area(b) - inter))
# --
# a causal mask, three ways
print(torch.tril(torch.ones(3, 3)), torch.triu(torch.full((3, 3), float("-inf")), diagonal=1), nn.Transformer.generate_square_subsequent_mask(3), (torch.arange(3)[:, None] >= torch.arange(3)).long())
# --
# softmax by hand, stable
x = torch.tensor([1000.0, 1001.0])
e = torch.exp(x - x.max())
print(e / e.sum(), torch.exp(x) / torch.exp(x).sum(), x.softmax(0), x.logsumexp(0))
# --
# flatten nested lists of tensors
l = [torch.tensor([1, 2]), torch.tensor([3])]
print(torch.cat(l), torch.nn.utils.rnn.pad_sequence(l, batch_first=True), torch.nn.utils.rnn.pad_sequence(l, padding_value=-1), torch.stack([x.sum() for x in l]), [x.tolist() for x in l])
# --
# einsum attention
torch.manual_seed(0)
q = torch.randn(2, 3, 4)
k = torch.randn(2, 5, 4)
a = torch.einsum("bqd,bkd->bqk", q, k).softmax(-1)
print(a, a.sum(-1).round())
# --
# channels: HWC to CHW
img = torch.arange(12).view(2, 2, 3)
print(img.permute(2, 0, 1), img.permute(2, 0, 1).is_contiguous(), img.permute(2, 0, 1).contiguous().view(-1), img.float().mean((0, 1)))
# --
# accumulate statistics
m = torch.zeros(2)
for i, row in enumerate(torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 9.0]])):
    m += (row - m) / (i + 1)
print(m)
# --
# a straight-through estimator
class Round(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.round()
    @staticmethod
    def backward(ctx, g):
        return g
x = torch.tensor([0.4, 1.6], requires_grad=True)
Round.apply(x).mul(2).sum().backward()
print(x.grad, (x + (x.round() - x).detach()))
# --
# a custom module
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 2)
        self.scale = nn.Parameter(torch.tensor(2.0))
        self.register_buffer("steps", torch.tensor(0))
    def forward(self, x):
        return self.fc(x) * self.scale
torch.manual_seed(0)
net = Net()
print(net, net(torch.ones(1, 2)), [n for n, p in net.named_parameters()], list(net.state_dict().keys()))
