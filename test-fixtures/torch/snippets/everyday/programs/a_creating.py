x = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(x)
print(x.dtype, x.shape, x.ndim, x.numel(), x.device, x.layout)
print(x.size(), x.size(1), len(x), x.stride(), x.is_contiguous())
# --
print(torch.zeros(2, 3), torch.ones(2, dtype=torch.int32), torch.full((2, 2), 7), torch.full((2,), 3.14))
print(torch.eye(3), torch.eye(2, 3, dtype=torch.int64))
# --
print(torch.arange(5), torch.arange(1, 10, 3), torch.arange(0.0, 1.0, 0.25), torch.arange(5, 0, -1))
print(torch.arange(1, 2.5, 0.5), torch.arange(3, dtype=torch.float64), torch.arange(0))
# --
print(torch.linspace(0, 1, 5), torch.linspace(-1.5, 1.5, 4), torch.logspace(0, 2, 3), torch.linspace(3, 3, 1))
# --
print(torch.tensor(3.0), torch.tensor(3), torch.tensor(True), torch.tensor([]), torch.tensor([[]]), torch.tensor([[], []]).shape)
# --
print(torch.tensor([1.0, 2.0]).dtype, torch.tensor([1, 2.5]).dtype, torch.tensor([True, 2]).dtype, torch.tensor([1j]).dtype)
print(torch.tensor([True, 1.5]), torch.tensor([1, 2 + 1j]))
# --
a = torch.zeros(2, 3)
print(torch.ones_like(a), torch.full_like(a, 2.5), torch.empty_like(a).shape, torch.zeros_like(a, dtype=torch.bool))
print(a.new_ones(2), a.new_tensor([1, 2]), a.new_zeros((1, 2)), a.new_full((2,), 4), a.new_empty(3).shape)
# --
torch.manual_seed(3)
print(torch.rand(2, 3))
print(torch.randn(4))
print(torch.randint(0, 10, (2, 5)))
print(torch.randperm(6))
# --
g = torch.Generator().manual_seed(42)
print(torch.rand(3, generator=g), torch.randn(2, generator=g), torch.randint(5, (3,), generator=g), g.initial_seed())
# --
torch.manual_seed(1)
x = torch.empty(3)
print(x.uniform_(-1, 1), x.normal_(5, 0.1), x.exponential_(2.0), x.bernoulli_(0.5))
print(torch.normal(torch.tensor([0.0, 10.0]), torch.tensor([1.0, 0.5])), torch.bernoulli(torch.tensor([0.2, 0.9])))
# --
torch.manual_seed(0)
w = torch.tensor([0.1, 0.2, 0.7])
print(torch.multinomial(w, 5, replacement=True), torch.multinomial(w, 2), torch.poisson(torch.tensor([1.0, 5.0, 20.0])))
# --
print(torch.tril(torch.ones(3, 3)), torch.triu(torch.arange(9).view(3, 3), 1), torch.tril_indices(3, 3), torch.triu_indices(2, 3, 1))
# --
print(torch.diag(torch.tensor([1, 2, 3])), torch.diag(torch.arange(9).view(3, 3)), torch.diag_embed(torch.ones(2, 2)), torch.diagflat(torch.tensor([1, 2]), 1))
# --
a, b = torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")
print(a, b)
print(torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([3, 4])), torch.combinations(torch.arange(4), 2))
# --
print(torch.block_diag(torch.ones(1, 2), torch.full((2, 1), 3.0)), torch.vander(torch.tensor([1, 2, 3])))
# --
print(torch.as_tensor([1.5, 2]), torch.asarray([1, 2]), torch.scalar_tensor(2))
# --
print(torch.complex(torch.tensor([1.0, 2.0]), torch.tensor([0.5, -1.0])), torch.polar(torch.tensor([1.0, 2.0]), torch.tensor([0.0, 1.5])))
print(torch.view_as_complex(torch.tensor([[1.0, 2.0], [3.0, 4.0]])), torch.view_as_real(torch.tensor([1 + 2j])))
# --
print(torch.hann_window(5), torch.hamming_window(4), torch.bartlett_window(4), torch.kaiser_window(4))
# --
print(torch.heaviside(torch.tensor([-1.5, 0.0, 2.0]), torch.tensor([0.5])), torch.empty(0), torch.empty(2, 0, 3).shape, torch.zeros(0, 3))
# --
t = torch.tensor([1.5, 2.5])
c = t.clone()
c[0] = 9.5
d = t.detach()
d[1] = -1
print(t, c, c.tolist(), t[0].item(), torch.tensor(5).item())
# --
print(torch.ones(2, 3, dtype=torch.float16), torch.ones(2, dtype=torch.bfloat16) / 3, torch.ones(2, dtype=torch.float64), torch.tensor([1, 2], dtype=torch.uint8), torch.tensor([-1, 2], dtype=torch.int8))
