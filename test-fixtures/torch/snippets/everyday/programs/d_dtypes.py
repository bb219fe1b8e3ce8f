i = torch.tensor([1, 2, 3])
f = torch.tensor([0.5, 1.5, 2.5])
b = torch.tensor([True, False, True])
print((i + f).dtype, (i / 2).dtype, (i // 2).dtype, (i * 2.0).dtype, (b + b).dtype, (b + 1).dtype, (b * 0.5).dtype, (i + b).dtype)
print(i / 2, i // 2, -i // 2, i % 2, i ** 2, i ** 0.5, 2 ** i, 1 / i, b + b, b * 2.5)
# --
for a in [torch.uint8, torch.int16, torch.int64, torch.float16, torch.bfloat16, torch.float64, torch.complex64, torch.bool]:
    print(torch.result_type(torch.ones(1, dtype=a), 2.5), torch.promote_types(a, torch.int32), torch.result_type(torch.ones(1, dtype=a), torch.tensor(1, dtype=torch.int64)), torch.can_cast(a, torch.int32))
# --
x = torch.tensor([1.7, -1.7, 300.0])
print(x.int(), x.long(), x.to(torch.int16), x.bool(), x.half(), x.double(), x.to(torch.bfloat16), x.type(torch.int32), x.type())
# --
u = torch.tensor([250, 10], dtype=torch.uint8)
print(u + 10, u * 2, -u, u - 20, u / 3, u // 3, u.sum(), u.prod(), (u + 0.5).dtype, u << 1, u >> 1, ~u, u & 15, u | 1, u ^ 255)
# --
i8 = torch.tensor([127, -128], dtype=torch.int8)
print(i8 + 1, -i8, i8.abs(), i8 * 2, i8.sum(), i8.float().mean(), i8 // 3, i8 % 3, i8.to(torch.uint8))
# --
x = torch.tensor([1, 2], dtype=torch.int32)
s = torch.tensor(2.5, dtype=torch.float64)
print((x + s).dtype, (x.float() + s).dtype, (x * torch.tensor(3)).dtype, (x.float() * torch.tensor([3.0], dtype=torch.float64)).dtype, (x + 2**31).dtype)
# --
print(torch.tensor([1.0]).is_floating_point(), torch.tensor([1]).is_complex(), torch.is_tensor(3), torch.is_floating_point(torch.ones(1, dtype=torch.half)), torch.float16.is_floating_point, torch.int8.is_signed, torch.uint8.is_signed, torch.complex64.is_complex, torch.float64.itemsize, torch.complex64.to_real(), torch.float32.to_complex())
# --
print(torch.get_default_dtype())
torch.set_default_dtype(torch.float64)
print(torch.tensor([1.5]), torch.ones(2), torch.tensor([1.5]).float(), torch.arange(2) / 2, torch.rand(1).dtype)
torch.set_default_dtype(torch.float32)
print(torch.tensor([1.5]).double())
# --
z = torch.tensor([1 + 2j, -3 - 0.5j, 1j])
print(z, z.real, z.imag, z.abs(), z.angle(), z.conj(), z * z, z / 2, z + 1, z.dtype, z.is_complex())
print(z.sum(), z.prod(), z.mean(), z ** 2, z.exp(), z.sqrt(), torch.view_as_real(z))
# --
z = torch.tensor([3 + 4j], dtype=torch.complex128)
print(z, abs(z), z.item(), z == 3 + 4j, z.to(torch.complex64), z.real.dtype, z.tolist(), torch.tensor([1.5]) * 2j, (torch.tensor([1]) + 1j).dtype)
# --
x = torch.tensor([float("nan"), float("inf"), -float("inf"), 0.0, -0.0])
print(x, x.isnan(), x.isinf(), x.isfinite(), torch.nan_to_num(x), x.sign(), x == x, 1 / x, x.max(), x.min(), x.signbit(), torch.isposinf(x))
# --
print(torch.tensor(7) // 2, torch.tensor(-7) // 2, torch.tensor(-7) % 3, torch.tensor(7.5) % -2, torch.fmod(torch.tensor(-7), 3), torch.remainder(torch.tensor(-7.5), 3), torch.div(torch.tensor(-7), 2, rounding_mode="trunc"), torch.div(torch.tensor(-7), 2, rounding_mode="floor"), torch.floor_divide(torch.tensor(-7.0), 2))
# --
x = torch.tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])
print(x.round(), x.floor(), x.ceil(), x.trunc(), x.frac(), torch.round(torch.tensor([1.2345, 123.456]), decimals=2), torch.round(torch.tensor([1250.0]), decimals=-2))
# --
a = torch.tensor([True, True, False, False])
b = torch.tensor([True, False, True, False])
print(a & b, a | b, a ^ b, ~a, a.logical_and(b), torch.logical_not(a), a.any(), a.all(), a.sum(), a == b, a.float().mean(), a.int(), a < b)
# --
print(torch.tensor([1, 2]) == torch.tensor([1.0, 2.5]), torch.equal(torch.tensor([1, 2]), torch.tensor([1, 2])), torch.allclose(torch.tensor([1.0]), torch.tensor([1.0 + 1e-9])), torch.isclose(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.1]), atol=0.2), torch.eq(torch.tensor(1), True))
# --
print(torch.finfo(torch.float16).eps, torch.finfo(torch.float32).tiny, torch.iinfo(torch.int32).max, torch.finfo(torch.bfloat16).eps, torch.iinfo(torch.int8), torch.finfo(torch.float64).resolution)
# --
x = torch.tensor([1, 2, 3])
print(float(x[0]), int(torch.tensor(2.7)), bool(torch.tensor(0)), x[1].item() + 0.5, round(torch.tensor(2.567).item(), 2), x.double().mean().item() / 3, complex(torch.tensor(1 + 2j)))
# --
x = torch.tensor([0.1, 0.2, 0.3])
print(x.sum().item(), (x.double().sum()).item(), x[0].item(), 0.1 + 0.2, x.half(), x.bfloat16(), x.double(), x.half().float(), x.tolist())
# --
x = torch.tensor([1, 2, 3], dtype=torch.int32)
x += 2.0 if False else 2
x *= 3
x -= torch.tensor([1, 1, 1])
print(x, x.dtype, x.float().div_(2), x.add(1.5), x.pow(2), torch.pow(2, x), torch.pow(x, 2.0))
# --
print(torch.tensor(2**40), torch.tensor(2**63 - 1), torch.tensor(-2**63), torch.tensor([2**62, 1]), torch.tensor(2**31, dtype=torch.int64).to(torch.int32), torch.tensor([1e10, 1]).long())
# --
a = torch.tensor([12, 10])
print(torch.bitwise_and(a, 6), torch.bitwise_left_shift(a, 2), a.bitwise_not(), torch.gcd(a, torch.tensor([8, 15])), torch.lcm(a, torch.tensor(8)), a.bitwise_xor(5), torch.bitwise_right_shift(a, torch.tensor([1, 2])))
