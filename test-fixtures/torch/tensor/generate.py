"""Small programs on layouts, views and writes in place. packages/torch/src/tensor/tensor.test.ts holds the same programs."""

import pathlib
import sys
import warnings

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save  # noqa: E402

warnings.simplefilter("ignore")
programs = []


def program(f):
    programs.append(f)
    return f


def x23():
    return torch.tensor([[1.0, 2, 3], [4, 5, 6]])


def leaf():
    return x23().requires_grad_()


def caught(f):
    try:
        return f()
    except Exception as e:
        return e


@program
def layout_of_a_transpose():
    y = x23().t()
    return [y.stride(), y.is_contiguous(), y.contiguous().stride(), y.storage_offset(), y[1:].storage_offset(), y[:, 1].stride(), y.numel()]


@program
def view_needs_neighbours():
    y = x23().t()
    return [caught(lambda: y.view(6)), y.reshape(6), y.view(3, 2, 1), y.flatten(), y.ravel()]


@program
def reshape_of_a_transpose_with_gradient():
    y = leaf().t().reshape(6)
    z = leaf().reshape(6)
    return [y.grad_fn.name().split("::")[-1], z.grad_fn.name().split("::")[-1]]


@program
def shared_memory():
    x = torch.zeros(2, 3)
    x[0].add_(1)
    x.t()[2, 1] = 5
    x.view(-1)[3] = 7
    x[:, ::2].mul_(10)
    y = x.expand(2, 2, 3)
    return [x, y, x.data_ptr() == x[0].data_ptr(), x[1].data_ptr() - x.data_ptr(), y.stride()]


@program
def expanded_memory_is_not_written():
    x = torch.zeros(3, 1).expand(3, 4)
    return [caught(lambda: x.add_(1))]


@program
def write_to_a_view_of_a_computed_tensor():
    x = leaf()
    y = x * 2
    v = y[:, 1:]
    v.mul_(x[:, :2])
    y.pow(2).sum().backward()
    return [y, v, x.grad, v.grad_fn.name().split("::")[-1], y.grad_fn.name().split("::")[-1]]


@program
def write_to_a_view_of_a_view():
    x = leaf()
    y = x * 1
    v = y.t()[1:].unsqueeze(0)
    v[0, 1].mul_(10)
    (y * y).sum().backward()
    return [y, v, x.grad]


@program
def write_to_the_base_changes_the_view():
    x = leaf()
    y = x * 1
    v = y.view(3, 2)
    y.mul_(3)
    (v[0] * v[1]).sum().backward()
    return [v, x.grad, v.grad_fn.name().split("::")[-1]]


@program
def assignment_cuts_gradients():
    x = leaf()
    y = x * 1
    y[0] = torch.tensor([7.0, 8, 9])
    y[1, 1:] = y[0, :2].clone() * x[1, 2]
    (y * y).sum().backward()
    return [y, x.grad]


@program
def assignment_through_a_mask():
    x = leaf()
    y = x * 1
    y[y > 2] = 0
    y[[0, 0]] += 1
    (y * torch.arange(6.0).reshape(2, 3)).sum().backward()
    return [y, x.grad]


@program
def operators_on_items():
    x = x23()
    x[0] += 10
    x[:, 1] -= 1
    x[1, 2] *= 2
    x[[0, 0, 1]] /= 2
    x[x > 5] **= 2
    y = torch.arange(6)
    y[1:4] //= 2
    y[[0, 5]] %= 3
    y[2] |= 4
    z = torch.tensor([1, 2])

    def fail():
        z[0] += 0.5

    return [x, y, caught(fail)]


@program
def leaves_are_not_written():
    x = leaf()

    def assign():
        x[0] = 1

    return [caught(lambda: x.add_(1)), caught(assign), caught(lambda: x.t_()), caught(lambda: x[0].zero_()), caught(lambda: x.unsqueeze_(0))]


@program
def leaves_are_written_without_recording():
    x = leaf()
    with torch.no_grad():
        x[0] = 1
        x.mul_(2)
        x.t_()
    x.sum().backward()
    return [x, x.grad, x.is_leaf]


@program
def parts_of_a_split_are_not_written():
    x = leaf() * 1
    return [
        caught(lambda: x.split(1)[1].add_(1)),
        caught(lambda: x.unbind(1)[2].add_(1)),
        caught(lambda: x.chunk(2)[0].zero_()),
        caught(lambda: x.split([1, 2], 1)[0].zero_()),
        torch.zeros(4).split(2)[1].add_(1),
    ]


@program
def transposed_in_place():
    x = leaf()
    y = x * 1
    v = y[0]
    w = y.view(6)
    y.t_()
    v.mul_(10)
    y[0].add_(1)
    w[5] = 0
    (y * torch.arange(6.0).reshape(3, 2)).sum().backward()
    return [y, v, w, x.grad, y.stride()]


@program
def view_transposed_in_place():
    x = leaf()
    y = x * 1
    v = y[:, 1:]
    v.t_()
    v.unsqueeze_(0)
    v[0, 0].mul_(5)
    v.squeeze_(0)
    (y * y).sum().backward()
    return [y, v, x.grad]


@program
def saved_value_changed():
    x = leaf()
    y = x * 1
    z = y * y
    y[0].add_(1)
    return [caught(lambda: z.sum().backward())]


@program
def detached_memory():
    x = leaf()
    y = x * 1
    d = y.detach()
    d.zero_()
    s = (y + x).sum()
    s.backward()
    e = x.detach().clone()
    return [y, x.grad, d.requires_grad, e.data_ptr() == x.data_ptr(), x.data.data_ptr() == x.data_ptr()]


@program
def resized():
    x = x23()
    y = x.resize_(2, 2)
    z = torch.arange(6).resize_(3, 1)
    w = torch.zeros(3)
    w.set_(x[0])
    w[0] = 9
    u = torch.zeros(2).resize_as_(x)
    return [x, x is y, z, w, x, u.shape, caught(lambda: leaf().resize_(1)), torch.ones(2).set_().shape]


@program
def scalars_as_indices():
    x = x23()
    i = torch.tensor(1)
    y = x[i]
    y.zero_()
    return [x, x[i, i], x[:, i], x[0, torch.tensor([2])], [r.sum() for r in x], len(x), 4.0 in x, float(x[0, 0]), int(x[0, 1]), bool(x[1, 0])]


@program
def words_about_values():
    x = x23()
    return [caught(lambda: bool(x)), caught(lambda: float(x)), caught(lambda: int(x)), caught(lambda: x.item()), caught(lambda: len(torch.tensor(1))), caught(lambda: iter(torch.tensor(1)))]


@program
def parts_of_complex_numbers():
    z = torch.tensor([1 + 2j, 3 - 1j])
    z.real.mul_(10)
    z.imag[0] = 5
    r = torch.view_as_real(z)
    r[1, 1] = 7
    w = torch.view_as_complex(torch.arange(4.0).reshape(2, 2))
    return [z, r, w, z.real.stride(), r.stride()]


@program
def complex_view_with_gradient():
    x = torch.tensor([[1.0, 2], [3, 4]], requires_grad=True)
    z = torch.view_as_complex(x * 1)
    z.real.mul_(3)
    (z * z.conj()).real.sum().backward()
    return [z, x.grad]


@program
def legacy_constructors():
    return [
        torch.Tensor([1, 2]),
        torch.Tensor([[1, 2], [3, 4]]).dtype,
        torch.Tensor(2, 3).shape,
        torch.Tensor(torch.Size([4])).shape,
        torch.Tensor().shape,
        torch.FloatTensor([1, 2]),
        torch.LongTensor([1, 2]),
        torch.DoubleTensor(2).dtype,
        torch.ByteTensor([1, 255]),
        torch.BoolTensor([True, False]),
        isinstance(torch.zeros(1), torch.FloatTensor),
        isinstance(torch.zeros(1), torch.LongTensor),
        isinstance(torch.zeros(1), torch.Tensor),
    ]


@program
def named_tuples():
    r = torch.max(x23(), 1)
    return [str(r), r[0], r.indices, len(r), isinstance(r, tuple), str(torch.sort(torch.tensor([2, 1]))), str(torch.aminmax(x23()))]


cases = [{"name": f.__name__, "out": f()} for f in programs]
save(__file__, cases, "torch")
