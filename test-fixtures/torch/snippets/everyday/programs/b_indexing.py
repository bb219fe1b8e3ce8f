x = torch.arange(12).view(3, 4)
print(x[0], x[-1], x[1, 2], x[:, 1], x[1:], x[::2, 1:3], x[..., -1])
print(x[0].shape, x[0:1].shape, x[:, None].shape, x[None].shape, x[..., None].shape)
# --
x = torch.arange(12).view(3, 4)
print(x[[0, 2]], x[:, [1, 3]], x[[0, 1], [2, 3]], x[torch.tensor([2, 0])], x[torch.tensor([[0, 1], [2, 2]])].shape)
# --
x = torch.arange(6.0).view(2, 3)
m = x > 2
print(m, x[m], x[~m], x[m].shape, x[x == 100])
x[m] = 0
print(x)
# --
x = torch.zeros(3, 3)
x[0] = 1
x[:, 1] = torch.tensor([5.0, 6.0, 7.0])
x[2, 2] = -1
x[1:, 0] += 10
print(x)
# --
x = torch.zeros(5, dtype=torch.int64)
x[[0, 2, 2]] += 1
print(x)
x.index_add_(0, torch.tensor([1, 1, 3]), torch.tensor([1, 1, 1]))
print(x)
x.index_put_((torch.tensor([4, 4]),), torch.tensor([2, 3]), accumulate=True)
print(x)
# --
x = torch.arange(24).view(2, 3, 4)
print(x[:, [0, 2], 1], x[0, ..., 1], x[1, :, [0, 3]].shape, x[[0, 1], :, [0, 3]].shape, x[[0], :, :, None].shape)
# --
x = torch.arange(24).view(2, 3, 4)
i = torch.tensor([0, 1])
print(x[i, i].shape, x[:, i, i].shape, x[i, :, i].shape, x[i[:, None], i].shape, x[i, None, i].shape)
# --
x = torch.arange(9).view(3, 3)
print(x.gather(1, torch.tensor([[0], [2], [1]])), torch.take(x, torch.tensor([0, 8, 4])), x.take_along_dim(torch.tensor([[2], [1], [0]]), 1))
print(x.index_select(1, torch.tensor([0, 2])), x.masked_select(x % 2 == 0), torch.masked_fill(x, x > 5, -1))
# --
x = torch.zeros(3, 5)
src = torch.arange(1.0, 11.0).view(2, 5)
i = torch.tensor([[0, 1, 2, 0, 0], [2, 0, 0, 1, 2]])
print(x.scatter(0, i, src), x.scatter_add(0, i, src), x.scatter_reduce(0, i, src, reduce="amax"), x.scatter(1, torch.tensor([[0], [1]]), 9.5))
# --
x = torch.tensor([[1, 0, 3], [0, 5, 0]])
print(x.nonzero(), torch.nonzero(x, as_tuple=True), torch.argwhere(x > 2), torch.where(x > 0, x, -1), torch.where(x > 2))
# --
x = torch.arange(10)
print(x[2:5], x[-3:], x[:-7], x[::3], x[100:], x[3:1], x.narrow(0, 2, 3), x.select(0, 4))
# --
x = torch.arange(5)
print(x[True].shape, x[False].shape, x[torch.tensor(True)].shape, x[torch.tensor(2)], x[()].shape)
# --
x = torch.arange(4.0)
y = x[1:3]
y *= 10
print(x, y.storage_offset(), y._base is x, y.data_ptr() == x.data_ptr())
# --
one_hot = torch.zeros(3, 4)
labels = torch.tensor([1, 0, 3])
one_hot[torch.arange(3), labels] = 1
print(one_hot, F.one_hot(labels, 4), one_hot.argmax(1))
# --
x = torch.arange(16).reshape(4, 4)
print(x[1:3, 1:3].contiguous().view(-1), x[:, ::2].stride(), x.diagonal(), x.diagonal(1), x.flip(0)[0], x.roll(1, 1)[0], x.rot90()[0])
# --
x = torch.tensor([10, 20, 30])
for v in x:
    print(v, v.item())
print([int(v) for v in x], list(x), 20 in x, 5 in x)
# --
x = torch.arange(6).view(2, 3)
a, b = x
print(a, b)
p, q, r = x.unbind(1)
print(p, q, r)
# --
x = torch.zeros(2, 2, 2)
x[..., 0] = torch.eye(2)
x[1, 1] = torch.tensor([7.0, 8.0])
x[:, 0, :] = -x[:, 1, :]
print(x)
# --
x = torch.arange(10)
x[x % 2 == 1] *= -1
print(x, x.masked_fill(x < 0, 0), x.clamp(min=0), torch.where(x < 0)[0])
# --
x = torch.ones(2, 3)
x.index_fill_(1, torch.tensor([0, 2]), -1)
x.index_copy_(0, torch.tensor([1]), torch.tensor([[4.0, 5.0, 6.0]]))
print(x, x.put(torch.tensor([0, -1]), torch.tensor([10.0, 20.0])), x.fill_diagonal_(0))
# --
v = torch.tensor([3, 1, 2])
x = torch.arange(9).view(3, 3)
print(x[v.argsort()], x[:, v - 1], x[v > 1])
