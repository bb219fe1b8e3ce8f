// Models of one operator in ONNX's format, written field by field (onnx.proto): enough to time an operator.

const varint = (n) => {
  const out = [];
  for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 128);
  out.push(n);
  return out;
};
const number = (field, n) => [...varint(field * 8), ...varint(n)];
const bytes = (field, data) => [...varint(field * 8 + 2), ...varint(data.length), ...data];
const text = (field, s) => bytes(field, [...new TextEncoder().encode(s)]);

const value = (name, shape) => [
  ...text(1, name),
  ...bytes(
    2,
    bytes(1, [
      ...number(1, 1),
      ...bytes(
        2,
        shape.flatMap((n) => bytes(1, number(1, n))),
      ),
    ]),
  ),
];

/** A model with one node; `inputs` are names with float32 shapes. */
export function model(op, inputs, output) {
  const node = [...Object.keys(inputs).flatMap((n) => text(1, n)), ...text(2, "y"), ...text(4, op)];
  const graph = [
    ...bytes(1, node),
    ...text(2, "bench"),
    ...Object.entries(inputs).flatMap(([name, shape]) => bytes(11, value(name, shape))),
    ...bytes(12, value("y", output)),
  ];
  return Uint8Array.from([
    ...number(1, 8),
    ...bytes(7, graph),
    ...bytes(8, [...text(1, ""), ...number(2, 17)]),
  ]);
}
