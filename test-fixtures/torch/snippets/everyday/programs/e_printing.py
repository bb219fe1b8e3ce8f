print(torch.tensor([1.0, 10.0, 100.0]), torch.tensor([0.001, 1.0]), torch.tensor([0.0001, 1.0]), torch.tensor([1e-8]), torch.tensor([1e5, 1.5]), torch.tensor([123456789.0]))
# --
print(torch.tensor([1e8, 1.0]), torch.tensor([1e9, 1.0]), torch.tensor([1000.0, 0.5]), torch.tensor([1001.0, 0.9999]), torch.tensor([99999.5]), torch.tensor([1e4, 1e-4]))
# --
print(torch.tensor([[1.0, -2.5], [1000.25, 3.0]]), torch.tensor([[1e-3, 1e3]]), torch.tensor([-1.0, float("nan")]), torch.tensor([float("inf"), 1.5]), torch.tensor([1.0, float("inf")]))
# --
print(torch.rand(1000).shape, torch.arange(1000).float()[:3], torch.arange(1001.0), torch.zeros(1001, dtype=torch.bool))
# --
print(torch.arange(3000).view(30, 100))
print(torch.arange(1200.0).view(2, 3, 200) / 7)
# --
print(torch.zeros(11, 10, 10))
# --
torch.set_printoptions(precision=2)
print(torch.tensor([3.14159, 2.71828, 1000.5]))
torch.set_printoptions(threshold=5, edgeitems=1)
print(torch.arange(10), torch.arange(20.0).view(4, 5))
torch.set_printoptions(profile="default")
print(torch.tensor([3.14159]))
# --
torch.set_printoptions(sci_mode=True)
print(torch.tensor([1.0, 1234.5]), torch.tensor([1, 2]))
torch.set_printoptions(sci_mode=False)
print(torch.tensor([1e-8, 1e8]), torch.tensor([1e10]))
# --
torch.set_printoptions(linewidth=40)
print(torch.arange(20), torch.rand(2, 8).round(decimals=1), torch.arange(12.0))
# --
torch.set_printoptions(profile="short")
print(torch.rand(3), torch.arange(1001))
torch.set_printoptions(profile="full")
print(torch.arange(1002).view(2, 501)[:, :3])
# --
print(torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True) * 2, torch.ones(1, dtype=torch.float64, requires_grad=True).sum(), torch.ones(2, 2, dtype=torch.int8), torch.zeros(2, 0, dtype=torch.int32), torch.empty(0, 3))
# --
print(torch.max(torch.tensor([[1, 9], [8, 3]]), dim=1))
print(torch.sort(torch.tensor([3.0, 1.0, 2.0]), descending=True))
print(torch.topk(torch.tensor([1, 5, 3, 4]), 2))
print(torch.tensor([1.0, 2.0, 2.0]).mode(), torch.tensor([5, 1, 3]).median(dim=0), torch.tensor([5.0, 1.0, 3.0]).kthvalue(2))
# --
print(torch.linalg.svd(torch.eye(2)).S, torch.linalg.slogdet(torch.eye(2) * 2), torch.linalg.qr(torch.ones(2, 1)).R.abs(), torch.aminmax(torch.tensor([1, 5, 3])), torch.frexp(torch.tensor([8.0, 0.3])))
# --
x = torch.tensor(3.14159)
print(f"{x}", f"{x:.2f}", f"{x.item():.3f}", f"{torch.tensor(5)}", f"{torch.tensor([1.5, 2])}", "%.3f" % x.item(), "%s" % torch.tensor([1, 2]), str(torch.tensor(2.5)), repr(torch.tensor([True])))
# --
print(torch.complex(torch.tensor([1.0, -2.0]), torch.tensor([0.0, 1e5])), torch.tensor([1 + 1j, 2.5 - 0.001j]), torch.zeros(2, dtype=torch.complex64), torch.tensor([[1j, 2], [3, 4j]], dtype=torch.complex128), torch.complex(torch.arange(1001.0), torch.arange(1001.0)))
# --
print(torch.tensor([1.0, 2.0], dtype=torch.float16) / 3, torch.tensor([1e-3, 1e3], dtype=torch.bfloat16), torch.tensor([65504.0, 1e-7], dtype=torch.float16), torch.tensor([100, 200, 50], dtype=torch.uint8), torch.tensor([-1, -128], dtype=torch.int8), torch.tensor([1, -30000], dtype=torch.int16))
# --
print([torch.tensor(1), torch.tensor(2.5)], {"a": torch.tensor([1, 2])}, (torch.tensor([1.0]),), torch.float32, [torch.int64, torch.bool], torch.device("cpu"), torch.Size([]), torch.strided, torch.contiguous_format)
# --
print(torch.tensor([[[1.5, 2], [3, 4]], [[5, 6], [7, 8]]]), torch.ones(1, 1, 1, 1), torch.zeros(2, 1, 2, dtype=torch.int64))
# --
print(torch.tensor([0.1 + 0.2], dtype=torch.float64), torch.tensor([1 / 3, 2 / 3]), torch.tensor([1e-45]), torch.tensor([3.4e38]), torch.tensor([5e-324], dtype=torch.float64), torch.tensor([0.99999999]), torch.tensor([1.00005, 1.00015]))
# --
print(torch.tensor(1.5), torch.tensor(100000.0), torch.tensor(1e-5), torch.tensor(123456.789), torch.tensor(-0.0), torch.tensor(1e20), torch.tensor(float("nan")), torch.tensor(1 + 2j), torch.tensor(12345678, dtype=torch.float64))
# --
print(nn.Linear(2, 3), nn.Sequential(nn.Conv2d(1, 2, 3, stride=2), nn.ReLU(), nn.Flatten()), nn.Dropout(0.5), nn.Embedding(10, 3, padding_idx=0), nn.LayerNorm(4))
# --
print(torch.nn.Parameter(torch.tensor([1.0, 2.0])), torch.nn.Parameter(torch.tensor(1.0), requires_grad=False), list(nn.Linear(1, 1).state_dict().keys()))
# --
x = torch.arange(2000).view(20, 100) - 500
print(x)
print(x.float() / 3)
print(x.bool())
