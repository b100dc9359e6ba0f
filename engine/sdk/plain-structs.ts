/**
 * Properties travel as protobuf structs, of which Google's code makes four objects for each value, only to make
 * plain JavaScript of them at once, and the other way round: at 1,000 people more than a seventh of the time of a plan.
 * Here a struct stays plain from the wire to the reader and back; who asks for its fields gets them.
 * Source: google-protobuf 3.21 google/protobuf/struct_pb.js (checked 2026-11-27).
 */
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

type Plain = Record<string, JavaScriptValue>;
type Struct = structProto.Struct;

interface Reader {
  nextField(): boolean;
  isEndGroup(): boolean;
  getFieldNumber(): number;
  skipField(): void;
  readMessage<Into>(into: Into, read: (into: Into, reader: Reader) => void): void;
  readBool(): boolean;
  readDouble(): number;
  readEnum(): number;
  readString(): string;
}

interface Writer {
  writeMessage<Value>(
    field: number,
    value: Value,
    write: (value: Value, writer: Writer) => void,
  ): void;
  writeBool(field: number, value: boolean): void;
  writeDouble(field: number, value: number): void;
  writeEnum(field: number, value: number): void;
  writeString(field: number, value: string): void;
}

type Kinds = Readonly<Record<keyof typeof structProto.Value.KindCase, number>>;

/** Numbers of the fields of google.protobuf.Value; those of a map's entry are 1 and 2. */
const { NULL_VALUE, NUMBER_VALUE, STRING_VALUE, BOOL_VALUE, STRUCT_VALUE, LIST_VALUE }: Kinds =
  structProto.Value.KindCase;
const [ENTRIES, KEY, VALUE] = [1, 1, 2];

const plainOf = new WeakMap<Struct, Plain>();
const generated = structProto.Struct as unknown as {
  fromJavaScript: (plain: Plain) => Struct;
  deserializeBinaryFromReader: (struct: Struct, reader: Reader) => Struct;
  serializeBinaryToWriter: (struct: Struct, writer: Writer) => void;
  readonly prototype: {
    toJavaScript: (this: Struct) => Plain;
    getFieldsMap: (this: Struct, noLazyCreate?: boolean) => ReturnType<Struct["getFieldsMap"]>;
  };
};
const original = {
  fromJavaScript: generated.fromJavaScript,
  serializeBinaryToWriter: generated.serializeBinaryToWriter,
  getFieldsMap: generated.prototype.getFieldsMap,
  toJavaScript: generated.prototype.toJavaScript,
};

generated.fromJavaScript = (plain) => {
  const struct = new structProto.Struct();
  plainOf.set(struct, plain);
  return struct;
};

generated.deserializeBinaryFromReader = (struct, reader) => {
  const plain = plainOf.get(struct) ?? {};
  readStruct(plain, reader);
  plainOf.set(struct, plain);
  return struct;
};

generated.serializeBinaryToWriter = (struct, writer) => {
  const plain = plainOf.get(struct);
  if (plain === undefined) original.serializeBinaryToWriter(struct, writer);
  else writeStruct(plain, writer);
};

generated.prototype.toJavaScript = function () {
  return plainOf.get(this) ?? original.toJavaScript.call(this);
};

generated.prototype.getFieldsMap = function (noLazyCreate) {
  const plain = plainOf.get(this);
  const fields = original.getFieldsMap.call(this, noLazyCreate);
  if (plain === undefined) return fields;
  // Whoever has the fields may change them: from now on they are what counts.
  plainOf.delete(this);
  original.getFieldsMap
    .call(original.fromJavaScript(plain))
    .forEach((value, key) => fields.set(key, value));
  return fields;
};

function readStruct(into: Plain, reader: Reader): void {
  while (reader.nextField() && !reader.isEndGroup()) {
    if (reader.getFieldNumber() === ENTRIES) reader.readMessage(into, readEntry);
    else reader.skipField();
  }
}

function readEntry(into: Plain, reader: Reader): void {
  let key = "";
  const values: JavaScriptValue[] = [];
  while (reader.nextField() && !reader.isEndGroup()) {
    const field = reader.getFieldNumber();
    if (field === KEY) key = reader.readString();
    else if (field === VALUE) reader.readMessage(values, readValue);
    else reader.skipField();
  }
  into[key] = values.at(-1) ?? null;
}

function readList(into: JavaScriptValue[], reader: Reader): void {
  while (reader.nextField() && !reader.isEndGroup()) {
    if (reader.getFieldNumber() === ENTRIES) reader.readMessage(into, readValue);
    else reader.skipField();
  }
}

/** Adds the value to a list. */
function readValue(into: JavaScriptValue[], reader: Reader): void {
  while (reader.nextField() && !reader.isEndGroup()) {
    switch (reader.getFieldNumber()) {
      case NULL_VALUE:
        reader.readEnum();
        into.push(null);
        break;
      case NUMBER_VALUE:
        into.push(reader.readDouble());
        break;
      case STRING_VALUE:
        into.push(reader.readString());
        break;
      case BOOL_VALUE:
        into.push(reader.readBool());
        break;
      case STRUCT_VALUE: {
        const struct: Plain = {};
        reader.readMessage(struct, readStruct);
        into.push(struct);
        break;
      }
      case LIST_VALUE: {
        const list: JavaScriptValue[] = [];
        reader.readMessage(list, readList);
        into.push(list);
        break;
      }
      default:
        reader.skipField();
    }
  }
}

function writeStruct(plain: Plain, writer: Writer): void {
  for (const entry of Object.entries(plain)) writer.writeMessage(ENTRIES, entry, writeEntry);
}

function writeEntry([key, value]: [string, JavaScriptValue], writer: Writer): void {
  writer.writeString(KEY, key);
  // In an object of its own, since the writer leaves out a message that is null.
  writer.writeMessage(VALUE, { value }, writeValue);
}

function writeList(list: readonly JavaScriptValue[], writer: Writer): void {
  for (const value of list) writer.writeMessage(ENTRIES, { value }, writeValue);
}

function writeValue({ value }: { readonly value: JavaScriptValue }, writer: Writer): void {
  if (value === null) writer.writeEnum(NULL_VALUE, structProto.NullValue.NULL_VALUE);
  else if (typeof value === "number") writer.writeDouble(NUMBER_VALUE, value);
  else if (typeof value === "string") writer.writeString(STRING_VALUE, value);
  else if (typeof value === "boolean") writer.writeBool(BOOL_VALUE, value);
  else if (Array.isArray(value)) writer.writeMessage(LIST_VALUE, value, writeList);
  else if (typeof value === "object")
    writer.writeMessage(STRUCT_VALUE, value as Plain, writeStruct);
  else throw new TypeError(`A struct holds no ${typeof value}`);
}
