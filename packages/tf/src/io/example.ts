import { decodeMessage, encodeMessage, type Message, example as proto } from "@cognate/formats";
import { float, pyClass, repr } from "@cognate/py";

/* `tf.train.Example`: named lists of bytes, floats or integers, the records of TFRecord files. */

const encoder = new TextEncoder();
const bytesOf = (v: unknown): Uint8Array => (typeof v === "string" ? encoder.encode(v) : (v as Uint8Array));
const escaped = (b: Uint8Array): string =>
  repr(b)
    .replace(/^b'|'$/g, "")
    .replaceAll('"', '\\"');
const indented = (text: string): string => text.replace(/^(?=.)/gm, "  ");

/** What messages have in common: bytes, and a text in protocol buffers' own form. */
abstract class Proto {
  protected abstract readonly _type: Message<unknown>;
  /** The message's fields as the writer wants them. */
  abstract _fields(): object;
  abstract _text(): string;
  SerializeToString(): Uint8Array {
    return encodeMessage(this._type, this._fields() as never);
  }
  toString(): string {
    return this._text();
  }
  __repr__(): string {
    return this._text();
  }
}
const list = <T>(value: Iterable<T> | null): T[] => (value === null ? [] : [...value]);

class BytesListImpl extends Proto {
  protected readonly _type = proto.BytesList as Message<unknown>;
  readonly value: Uint8Array[];
  constructor(value: Iterable<unknown> | null = null) {
    super();
    this.value = list(value).map(bytesOf);
  }
  _fields(): object {
    return { value: this.value };
  }
  _text(): string {
    return this.value.map((v) => `value: "${escaped(v)}"\n`).join("");
  }
}
class FloatListImpl extends Proto {
  protected readonly _type = proto.FloatList as Message<unknown>;
  readonly value: number[];
  constructor(value: Iterable<unknown> | null = null) {
    super();
    this.value = list(value).map((v) => Math.fround(Number(v)));
  }
  _fields(): object {
    return { value: this.value };
  }
  _text(): string {
    const short = (v: number): string => {
      for (let digits = 6; digits < 9; digits++)
        if (Math.fround(Number(v.toPrecision(digits))) === v)
          return String(float(Number(v.toPrecision(digits))));
      return String(float(Number(v.toPrecision(9))));
    };
    return this.value.map((v) => `value: ${short(v)}\n`).join("");
  }
}
class Int64ListImpl extends Proto {
  protected readonly _type = proto.Int64List as Message<unknown>;
  readonly value: (number | bigint)[];
  constructor(value: Iterable<unknown> | null = null) {
    super();
    this.value = list(value).map((v) => (typeof v === "bigint" ? v : Math.trunc(Number(v))));
  }
  _fields(): object {
    return { value: this.value };
  }
  _text(): string {
    return this.value.map((v) => `value: ${v}\n`).join("");
  }
}
const module = "tensorflow.core.example.feature_pb2";
export const BytesList = pyClass(`${module}.BytesList`, "value", BytesListImpl);
export const FloatList = pyClass(`${module}.FloatList`, "value", FloatListImpl);
export const Int64List = pyClass(`${module}.Int64List`, "value", Int64ListImpl);

const KINDS = ["bytes_list", "float_list", "int64_list"] as const;
const block = (name: string, text: string): string => `${name} {\n${indented(text)}}\n`;
class FeatureImpl extends Proto {
  protected readonly _type = proto.Feature as Message<unknown>;
  constructor(
    readonly bytes_list: BytesListImpl | null = null,
    readonly float_list: FloatListImpl | null = null,
    readonly int64_list: Int64ListImpl | null = null,
  ) {
    super();
  }
  WhichOneof(_kind = "kind"): string | null {
    return KINDS.find((k) => this[k] !== null) ?? null;
  }
  HasField(name: string): boolean {
    return (this as unknown as Record<string, unknown>)[name] !== null;
  }
  _fields(): object {
    return Object.fromEntries(KINDS.flatMap((k) => (this[k] === null ? [] : [[k, this[k]._fields()]])));
  }
  _text(): string {
    return KINDS.map((k) => (this[k] === null ? "" : block(k, this[k]._text()))).join("");
  }
}
export const Feature = pyClass(`${module}.Feature`, "bytes_list float_list int64_list", FeatureImpl);
class FeaturesImpl extends Proto {
  protected readonly _type = proto.Features as Message<unknown>;
  readonly feature: Record<string, FeatureImpl>;
  constructor(feature: Record<string, FeatureImpl> | null = null) {
    super();
    this.feature = feature ?? {};
  }
  _fields(): object {
    return { feature: new Map(Object.entries(this.feature).map(([k, f]) => [k, f._fields()])) };
  }
  _text(): string {
    return Object.keys(this.feature)
      .sort()
      .map((k) =>
        block("feature", `key: ${repr(k).replaceAll("'", '"')}\n${block("value", this.feature[k]!._text())}`),
      )
      .join("");
  }
}
export const Features = pyClass(`${module}.Features`, "feature:dict", FeaturesImpl);
type Lists = NonNullable<(typeof proto.Feature)["decoded"]>;
const featureOf = (f: Lists): FeatureImpl =>
  new FeatureImpl(
    f.bytes_list ? new BytesListImpl(f.bytes_list.value) : null,
    f.float_list ? new FloatListImpl(f.float_list.value) : null,
    f.int64_list ? new Int64ListImpl(f.int64_list.value) : null,
  );
const featuresOf = (f: { feature: Map<string, Lists> } | undefined): FeaturesImpl =>
  new FeaturesImpl(Object.fromEntries([...(f?.feature ?? [])].map(([k, v]) => [k, featureOf(v)])));

class ExampleImpl extends Proto {
  protected readonly _type = proto.Example as Message<unknown>;
  features: FeaturesImpl;
  constructor(features: FeaturesImpl | null = null) {
    super();
    this.features = features ?? new FeaturesImpl();
  }
  _fields(): object {
    return { features: this.features._fields() };
  }
  _text(): string {
    return block("features", this.features._text());
  }
  ParseFromString(bytes: Uint8Array): number {
    this.features = featuresOf(decodeMessage(proto.Example, bytes).features);
    return bytes.length;
  }
}
/** `tf.train.Example`: features by name. */
export const Example = Object.assign(
  pyClass("tensorflow.core.example.example_pb2.Example", "features", ExampleImpl),
  {
    FromString(bytes: Uint8Array): ExampleImpl {
      return new ExampleImpl(featuresOf(decodeMessage(proto.Example, bytes).features));
    },
  },
);
class FeatureListImpl extends Proto {
  protected readonly _type = proto.FeatureList as Message<unknown>;
  readonly feature: FeatureImpl[];
  constructor(feature: Iterable<FeatureImpl> | null = null) {
    super();
    this.feature = list(feature);
  }
  _fields(): object {
    return { feature: this.feature.map((f) => f._fields()) };
  }
  _text(): string {
    return this.feature.map((f) => block("feature", f._text())).join("");
  }
}
export const FeatureList = pyClass(`${module}.FeatureList`, "feature", FeatureListImpl);
class FeatureListsImpl extends Proto {
  protected readonly _type = proto.FeatureLists as Message<unknown>;
  readonly feature_list: Record<string, FeatureListImpl>;
  constructor(feature_list: Record<string, FeatureListImpl> | null = null) {
    super();
    this.feature_list = feature_list ?? {};
  }
  _fields(): object {
    return { feature_list: new Map(Object.entries(this.feature_list).map(([k, f]) => [k, f._fields()])) };
  }
  _text(): string {
    return Object.keys(this.feature_list)
      .sort()
      .map((k) => block("feature_list", `key: "${k}"\n${block("value", this.feature_list[k]!._text())}`))
      .join("");
  }
}
export const FeatureLists = pyClass(`${module}.FeatureLists`, "feature_list:dict", FeatureListsImpl);
class SequenceExampleImpl extends Proto {
  protected readonly _type = proto.SequenceExample as Message<unknown>;
  readonly context: FeaturesImpl;
  readonly feature_lists: FeatureListsImpl;
  constructor(context: FeaturesImpl | null = null, feature_lists: FeatureListsImpl | null = null) {
    super();
    this.context = context ?? new FeaturesImpl();
    this.feature_lists = feature_lists ?? new FeatureListsImpl();
  }
  _fields(): object {
    return { context: this.context._fields(), feature_lists: this.feature_lists._fields() };
  }
  _text(): string {
    return block("context", this.context._text()) + block("feature_lists", this.feature_lists._text());
  }
}
export const SequenceExample = pyClass(
  "tensorflow.core.example.example_pb2.SequenceExample",
  "context feature_lists",
  SequenceExampleImpl,
);
