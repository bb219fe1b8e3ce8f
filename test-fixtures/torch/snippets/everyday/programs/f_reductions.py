x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(x.sum(), x.sum(0), x.sum(1, keepdim=True), x.mean(), x.mean(dim=1), x.std(), x.var(0), x.std(unbiased=False), x.prod(), x.max(), x.min(0), x.argmax(), x.argmin(1))
# --
x = torch.tensor([3.0, 1.0, 2.0, 4.0])
print(x.median(), x.quantile(0.25), x.quantile(torch.tensor([0.1, 0.9])), x.mode(), x.cumsum(0), x.cumprod(0), x.cummax(0), x.logsumexp(0), x.norm(), x.norm(1), x.norm(float("inf")), torch.var_mean(x), torch.std_mean(x, unbiased=False))
# --
x = torch.tensor([3, 1, 2, 3, 1, 1])
print(x.unique(), torch.unique(x, return_counts=True), torch.unique(x, return_inverse=True, sorted=True), torch.unique_consecutive(x, return_counts=True), x.bincount(), torch.histc(x.float(), 3, 1, 3), torch.bincount(x, weights=torch.arange(6.0)))
# --
x = torch.tensor([[3, 1, 2], [9, 7, 8]])
v, i = x.sort(dim=1, descending=True)
print(v, i, x.argsort(), torch.msort(x), x.topk(2, largest=False), x.kthvalue(2), x.sort(stable=True).indices)
# --
x = torch.tensor([[True, False], [True, True]])
print(x.any(), x.all(), x.any(0), x.all(1), x.sum(), x.count_nonzero(), torch.count_nonzero(x, dim=0), x.float().mean(0))
# --
x = torch.tensor([1.0, float("nan"), 3.0])
print(x.sum(), x.nansum(), x.nanmean(), x.max(), torch.nanmedian(x), x.nanquantile(0.5), torch.fmax(x, torch.tensor(2.0)), torch.maximum(x, torch.tensor(2.0)), x.mean(), x.argmax(), x.sort())
# --
a = torch.tensor([1.0, 5.0, 2.0])
b = torch.tensor([4.0, 2.0, 2.0])
print(torch.max(a, b), torch.minimum(a, b), a.dot(b), torch.cross(a, b, dim=0), torch.cosine_similarity(a, b, dim=0), torch.dist(a, b), (a - b).abs().sum(), torch.cdist(a.view(-1, 1), b.view(-1, 1)), F.pairwise_distance(a, b))
# --
x = torch.arange(6).view(2, 3)
print(x.sum().dtype, x.float().mean(), x.prod(1), x.max().item(), x.amax(0), x.aminmax(), x.cumsum(1), x.diff(), torch.diff(x, dim=0), x.trace(), torch.logcumsumexp(x.float(), 1))
# --
print(torch.tensor([]).sum(), torch.tensor([]).prod(), torch.zeros(0, 3).sum(0), torch.zeros(2, 0).mean(1), torch.ones(0).mean(), torch.zeros(0).all(), torch.zeros(0).any(), torch.zeros(0, 3).amax(1).shape if False else 0)
# --
x = torch.tensor([0.5, 2.0, -1.0])
print(x.softmax(0), x.log_softmax(0), F.softmax(torch.stack([x, x * 2]), dim=1), F.softmin(x, dim=0), x.sigmoid(), x.tanh(), F.relu(x), F.gelu(x), F.silu(x), F.elu(x), F.leaky_relu(x), F.softplus(x))
# --
x = torch.tensor([1, 2, 3, 4, 5])
print(torch.searchsorted(x, 3), torch.searchsorted(x, torch.tensor([0, 6, 3]), right=True), torch.bucketize(torch.tensor([2.5, 9.0]), x), torch.isin(x, torch.tensor([2, 4])), torch.trapezoid(x.float()), torch.cumulative_trapezoid(x.float(), dx=2), torch.corrcoef(torch.stack([x.float(), -x.float()])), torch.cov(x.float()))
# --
x = torch.arange(1.0, 7).view(2, 3)
print(x / x.sum(1, keepdim=True), (x - x.mean(0)) / x.std(0), x.div(x.norm(dim=1, keepdim=True)), F.normalize(x, dim=1), x.renorm(2, 0, 1.0), x.clamp(2, 5), x.clip(max=3), torch.lerp(x, -x, 0.25))
# --
x = torch.tensor([4.0, 9.0])
print(x.sqrt(), x.rsqrt(), x.exp(), x.log(), x.log2(), x.log10(), x.log1p(), x.expm1(), x.square(), x.reciprocal(), x.sin(), x.cos(), x.atan(), torch.atan2(x, x.flip(0)), torch.hypot(x, x), x.neg(), x.sign(), x.erf(), x.lgamma(), x.digamma(), torch.special.i0(x), x.sinh(), torch.deg2rad(x), torch.special.expit(x))
# --
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(x.addmm(x, x), torch.addcmul(x, x, x, value=0.5), torch.addcdiv(x, x, x), x.addmv(torch.ones(2), torch.ones(2)) if False else torch.addmv(torch.ones(2), x, torch.ones(2)), torch.baddbmm(x[None], x[None], x[None]), x.matmul(x), x.mm(x), x.mv(torch.ones(2)), x @ torch.ones(2), torch.einsum("ij,jk->ik", x, x), torch.tensordot(x, x, 1), torch.chain_matmul(x, x, x), x.inner(x))
# --
x = torch.tensor([[1, 2], [3, 4]])
print(x @ x, x.matrix_power(2) if False else torch.matrix_power(x, 2), x.float().inverse(), x.float().det(), torch.trace(x), torch.einsum("ii", x), torch.einsum("ij->ji", x), torch.einsum("bi,bj->bij", x, x).shape, torch.bmm(x[None], x[None]))
# --
p = torch.tensor([[2.0, 0.5], [0.1, 3.0]])
y = torch.tensor([0, 1])
print(F.cross_entropy(p, y), F.nll_loss(p.log_softmax(1), y), F.mse_loss(p, torch.zeros(2, 2)), F.l1_loss(p, torch.ones(2, 2), reduction="sum"), F.binary_cross_entropy_with_logits(p, torch.eye(2)), F.smooth_l1_loss(p, torch.zeros(2, 2)), F.kl_div(p.log_softmax(1), torch.full((2, 2), 0.5), reduction="batchmean"), F.huber_loss(p, torch.zeros(2, 2)), F.cross_entropy(p, y, reduction="none"))
