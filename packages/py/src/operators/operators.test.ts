import { expect, expectTypeOf, test } from "vitest";
import { callNamed, fixture, outcome } from "../golden.test.helper.js";
import {
  abs,
  add,
  and_,
  type Complex,
  complex,
  div,
  divmod,
  eq,
  float,
  lt,
  matmul,
  mul,
  NotImplemented,
  ne,
  neg,
  or_,
  pow,
  repr,
  sub,
  type Tuple,
  tuple,
} from "../index.js";

test("two operands as CPython", () => {
  const [values, ...rows] = fixture<[never[], ...[string, number, number, string][]]>("operators/cases");
  const wrong = rows
    .map(([name, i, j, expected]) => {
      const args = [values[i]!, values[j]!];
      return { name, args, expected, actual: outcome(() => callNamed(name, args)) };
    })
    .filter(({ expected, actual }) => expected !== actual);
  expect(wrong).toEqual([]);
});

test("one operand, and pow with three, as CPython", () => {
  const wrong = fixture<[string, never[], string][]>("operators/unary")
    .map(([name, args, expected]) => ({ name, args, expected, actual: outcome(() => callNamed(name, args)) }))
    .filter(({ expected, actual }) => expected !== actual);
  expect(wrong).toEqual([]);
});

// Through sines and logarithms, of which JavaScript's differ from C's in the last places.
test("powers with complex numbers", () => {
  for (const [a, b, c, d, re, im] of fixture<number[][]>("operators/complex-powers")) {
    const z = pow(b === 0 ? a : complex(a, b), d === 0 ? c : complex(c, d)) as unknown as Complex;
    const size = Math.hypot(re!, im!);
    expect(Math.hypot(z.real - re!, z.imag - im!)).toBeLessThanOrEqual(4e-15 * size);
  }
});

class Vector {
  constructor(readonly items: readonly number[]) {}
  add(other: number): Vector {
    return new Vector(this.items.map((x) => x + other));
  }
  radd(other: number): Vector {
    return this.add(other);
  }
  rsub(other: number): string {
    return `${other} - vector`;
  }
  matmul(other: Vector): number {
    return this.items.reduce((s, x, i) => s + x * other.items[i]!, 0);
  }
  rmatmul(other: readonly number[]): string {
    return `[${other}] @ vector`;
  }
  gt(other: number): boolean[] {
    return this.items.map((x) => x > other);
  }
  eq(other: number): boolean[] {
    return this.items.map((x) => x === other);
  }
  and(_other: boolean): string {
    return "and";
  }
  neg(): Vector {
    return new Vector(this.items.map((x) => -x));
  }
  abs(): string {
    return "abs";
  }
}

test("objects take part by their methods, the left one first", () => {
  const v = new Vector([1, 2]);
  expect(add(v, 1).items).toEqual([2, 3]);
  expect(add(1, v).items).toEqual([2, 3]);
  expect(sub(5, v)).toBe("5 - vector");
  expect(matmul(v, new Vector([3, 4]))).toBe(11);
  expect(matmul([1, 2], v)).toBe("[1,2] @ vector");
  expect(lt(1, v)).toEqual([false, true]);
  expect(eq(v, 2)).toEqual([false, true]);
  expect(eq(2, v)).toEqual([false, true]);
  expect(and_(v, true)).toBe("and");
  expect(neg(v).items).toEqual([-1, -2]);
  expect(abs(v)).toBe("abs");
  expect(() => mul(v, 2)).toThrow("unsupported operand type(s) for *: 'Vector' and 'int'");
  expect(() => sub(v, 2)).toThrow("unsupported operand type(s) for -: 'Vector' and 'int'");
});

test("Python's special methods, and NotImplemented", () => {
  class Money {
    constructor(readonly cents: number) {}
    __add__(other: unknown) {
      return other instanceof Money ? new Money(this.cents + other.cents) : NotImplemented;
    }
    __radd__(other: unknown) {
      return other === 0 ? this : NotImplemented;
    }
    __eq__(other: unknown) {
      return other instanceof Money && other.cents === this.cents;
    }
    __lt__(other: Money) {
      return this.cents < other.cents;
    }
    __truediv__(n: number) {
      return new Money(this.cents / n);
    }
  }
  const five = new Money(5);
  expect((add(0, add(five, five)) as Money).cents).toBe(10);
  expect(() => add(five, 1)).toThrow("unsupported operand type(s) for +: 'Money' and 'int'");
  expect([eq(five, new Money(5)), ne(five, new Money(5)), eq([five], [new Money(5)])]).toEqual([
    true,
    false,
    true,
  ]);
  expect([lt(five, new Money(6)), lt([five], [new Money(6)])]).toEqual([true, true]);
  expect((div(five, 2) as Money).cents).toBe(2.5);
});

test("JavaScript's sets and maps keep their own methods out of it", () => {
  const set = new Set([1]);
  expect(() => add(set, 2)).toThrow("unsupported operand type(s) for +: 'set' and 'int'");
  expect(set.size).toBe(1);
  expect(repr(or_(new Map([[1, 2]]), new Map([[1, 3]])))).toBe("{1: 3}");
});

test("whole floats stay floats", () => {
  expect(repr([div(6, 3), add(0.5, 0.5), mul(float(2), 3), pow(2, -1), pow(float(2), 3), div(0, -5)])).toBe(
    "[2.0, 1.0, 6.0, 0.5, 8.0, -0.0]",
  );
  expect((div(6, 3) as number) + 1).toBe(3);
});

test("types", () => {
  expectTypeOf(add(1, 2)).toEqualTypeOf<number>();
  expectTypeOf(add("a", "b")).toEqualTypeOf<string>();
  expectTypeOf(add([1], ["a"])).toEqualTypeOf<(string | number)[]>();
  expectTypeOf(add(new Vector([]), 1)).toEqualTypeOf<Vector>();
  expectTypeOf(add(1, new Vector([]))).toEqualTypeOf<Vector>();
  expectTypeOf(mul(complex(1), 2)).toEqualTypeOf<Complex>();
  expectTypeOf(lt(1, 2)).toEqualTypeOf<boolean>();
  expectTypeOf(lt(1, new Vector([]))).toEqualTypeOf<boolean[]>();
  expectTypeOf(neg(2)).toEqualTypeOf<number>();
  expectTypeOf(divmod(7, 2)).toEqualTypeOf<Tuple<number>>();
  expect(repr(divmod(7, 2))).toBe("(3, 1)");
  expect(repr(tuple([1]).add(tuple(["a"])))).toBe("(1, 'a')");
});
