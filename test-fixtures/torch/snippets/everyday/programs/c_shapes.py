x = torch.arange(24)
print(x.view(2, -1).shape, x.reshape(2, 3, 4).permute(2, 0, 1).shape, x.view(4, 6).t().shape, x.view(2, 3, 4).transpose(0, 2).stride())
print(x.view(2, 3, 4).flatten(1).shape, x.view(2, 3, 4).flatten().shape, x.unflatten(0, (4, 6)).shape, x.view(1, 24, 1).squeeze().shape, x.unsqueeze(-1).shape)
# --
a = torch.tensor([[1, 2], [3, 4]])
b = torch.tensor([[5, 6], [7, 8]])
print(torch.cat([a, b]), torch.cat((a, b), dim=1), torch.stack([a, b]).shape, torch.stack([a, b], dim=-1))
print(torch.hstack([a, b]), torch.vstack([a, b]), torch.dstack([a, b]).shape, torch.column_stack([a[0], b[0]]))
# --
x = torch.arange(10)
print(x.split(3), x.chunk(3), x.split([2, 5, 3]), torch.tensor_split(x, 3), torch.tensor_split(x, (2, 7)))
# --
x = torch.tensor([1, 2, 3])
print(x.repeat(2), x.repeat(2, 2), x.repeat_interleave(2), torch.repeat_interleave(x, torch.tensor([1, 2, 0])), x.expand(2, 3), torch.tile(x, (2,)), x.expand(2, -1).stride())
# --
a = torch.ones(3, 1)
b = torch.arange(4)
print((a + b).shape, (a * b), torch.broadcast_shapes((3, 1), (4,), (2, 1, 1)), torch.broadcast_tensors(a, b)[1].shape, torch.broadcast_to(b, (2, 4)))
# --
x = torch.randn(2, 3, 4)
print(x.mT.shape, x.movedim(0, -1).shape, x.swapaxes(0, 1).shape, x.T.shape if x.ndim == 2 else None, torch.moveaxis(x, (0, 1), (1, 2)).shape, x.adjoint().shape)
# --
x = torch.arange(6).view(2, 3)
y = x.t()
print(y.is_contiguous(), y.contiguous().stride(), y.reshape(-1), x.view_as(torch.empty(3, 2)), x.ravel(), y.is_set_to(y))
# --
x = torch.arange(8)
print(x.unfold(0, 3, 2), x.as_strided((2, 3), (1, 2)), x.view(2, 2, 2).sum((0, 2)))
# --
x = torch.arange(4.0).view(1, 2, 2)
print(F.pad(x, (1, 1)), F.pad(x, (1, 0, 0, 1), value=9), F.pad(x, (1, 1), mode="reflect"), F.pad(x, (1, 1), mode="replicate"), F.pad(x, (1, 1), mode="circular"))
# --
x = torch.arange(6)
print(torch.atleast_2d(x).shape, torch.atleast_3d(x).shape, torch.atleast_1d(torch.tensor(1)), x.view(2, 3).flipud(), x.view(2, 3).fliplr())
# --
s = torch.Size([2, 3])
print(s, s.numel(), s[0], s[1:], len(s), s == torch.Size([2, 3]), s == (2, 3), list(s), tuple(s), s + (4,), torch.ones(s).shape)
# --
x = torch.arange(12).view(3, 4)
x.t_()
print(x.shape, x)
x.unsqueeze_(0)
print(x.shape)
x.squeeze_()
x.resize_(2, 3)
print(x)
x.transpose_(0, 1)
print(x.shape, x.stride())
# --
a = torch.arange(4).view(2, 2)
print(torch.kron(a, torch.eye(2, dtype=torch.int64)), torch.outer(torch.tensor([1, 2]), torch.tensor([3, 4])))
# --
x = torch.zeros(2, 3, 4, 5)
print(x.squeeze(0).shape, x.sum(1).shape, x.mean((2, 3)).shape, x.amax(-1, keepdim=True).shape, x.flatten(2).shape, x.select(1, 0).shape, x.unbind(3)[0].shape, x.permute(0, 2, 3, 1).is_contiguous(memory_format=torch.channels_last))
# --
x = torch.arange(5)
print(torch.roll(x, 2), torch.roll(x, -1), x.flip(0), torch.flip(x.view(1, 5), [0, 1]), torch.rot90(torch.arange(4).view(2, 2), 1, [0, 1]))
# --
x = torch.ones(2, 2)
y = x.view(4)
y[0] = 5
print(x, x.is_shared(), x.storage().size(), y.untyped_storage().nbytes(), x.element_size(), x.nbytes)
# --
print(torch.stack([torch.tensor(1.0), torch.tensor(2.0)]), torch.cat([torch.ones(2), torch.zeros(0)]), torch.cat([torch.tensor([1]), torch.tensor([2.5])]), torch.concat([torch.tensor([True]), torch.tensor([3])]))
# --
x = torch.arange(3)
print(x[:, None] - x[None, :], x.unsqueeze(0) * x.unsqueeze(1), (x[:, None] == x).int(), x.view(-1, 1).expand(3, 2))
