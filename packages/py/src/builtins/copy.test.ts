import { expect, test } from "vitest";
import { Callable, copy, deepcopy, namedTuple, pyClass, repr, tuple, ValueError } from "../index.js";

test("containers are copied through and through, what is shared stays shared", () => {
  const inner = [1, { a: 2 }];
  const whole = { list: inner, again: inner, map: new Map([[inner, new Set([inner])]]), t: tuple([inner]) };
  const made = deepcopy(whole);
  expect(made).toEqual(whole);
  expect(made.list).not.toBe(inner);
  expect(made.again).toBe(made.list);
  expect([...made.map.keys()][0]).toBe(made.list);
  expect([...[...made.map.values()][0]!][0]).toBe(made.list);
  expect(made.t[0]).toBe(made.list);
  expect([Object.isFrozen(made.t), repr(made.t)]).toEqual([true, "([1, {'a': 2}],)"]);
});

test("circles", () => {
  const loop: unknown[] = [1];
  loop.push(loop);
  const made = deepcopy(loop);
  expect(made[1]).toBe(made);
  expect(made).not.toBe(loop);
});

test("instances by prototype, without their constructors", () => {
  let made = 0;
  class Node {
    children: Node[] = [];
    get size(): number {
      return this.children.length;
    }
    constructor() {
      made++;
    }
  }
  const root = new Node();
  root.children.push(new Node());
  const other = deepcopy(root);
  expect([other instanceof Node, other.size, made]).toEqual([true, 1, 2]);
  expect(other.children[0]).not.toBe(root.children[0]);
  expect(copy(root).children).toBe(root.children);
});

test("callable instances stay callable", () => {
  class ScaleImpl extends Callable {
    weights: number[];
    constructor(w: number) {
      super();
      this.weights = [w];
    }
    override __call__(x: number): number {
      return x * this.weights[0]!;
    }
  }
  const Scale = pyClass("Scale", "w", ScaleImpl);
  const a = Scale(2);
  const b = deepcopy(a);
  b.weights[0] = 5;
  expect([(a as unknown as (x: number) => number)(3), (b as unknown as (x: number) => number)(3)]).toEqual([
    6, 15,
  ]);
  expect(b instanceof Scale).toBe(true);
});

test("a class's own way, told of the copies made so far", () => {
  class Tensor {
    constructor(readonly data: number[]) {}
    __deepcopy__(memo: Map<object, unknown>): Tensor {
      return new Tensor(deepcopy(this.data, memo));
    }
    __copy__(): string {
      return "shallow";
    }
  }
  const data = [1];
  const t = new Tensor(data);
  const made = deepcopy({ t, u: t, data });
  expect(made.u).toBe(made.t);
  expect(made.t.data).toBe(made.data);
  expect(made.data).not.toBe(data);
  expect(copy(t)).toBe("shallow");
});

test("bytes, dates, errors, named tuples, functions", () => {
  const Point = namedTuple<{ x: number[]; y: number }>("Point", ["x", "y"]);
  const f = (): number => 1;
  const whole = {
    bytes: new Uint8Array([1, 2]),
    floats: new Float64Array([0.5]),
    buffer: new ArrayBuffer(3),
    date: new Date(5),
    error: new ValueError("why", [1]),
    point: Point([1], 2),
    f,
  };
  const made = deepcopy(whole);
  made.bytes[0] = 9;
  made.point.x.push(3);
  expect([
    whole.bytes[0],
    whole.point.x,
    made.floats[0],
    made.buffer.byteLength,
    made.date.getTime(),
  ]).toEqual([1, [1], 0.5, 3, 5]);
  expect([made.f, repr(made.point), repr(made.error), made.error instanceof ValueError]).toEqual([
    f,
    "Point(x=[1, 3], y=2)",
    "ValueError('why', [1])",
    true,
  ]);
});
