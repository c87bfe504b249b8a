import { ValueError } from './errors.ts';
import type { RemovePrefix } from './type-helpers.ts';

/** The short names of an enum of the API: without the prefix that protobuf requires, and without "unspecified". */
type ShortKey<Key extends string, Prefix extends string> = Exclude<RemovePrefix<Prefix, Key>, 'UNSPECIFIED'>;

/** Every short name with the number that the API gives it; the compiler holds a table complete and true. */
type MapTable<ProtoEnum, Key extends keyof ProtoEnum & string, Prefix extends string> = {
  readonly [K in Key as RemovePrefix<Prefix, K>]: ProtoEnum[K];
};

type Converters<Value extends number, Short extends string, Prefix extends string> = [
  encode: (input: Short | `${Prefix}${Short}` | Value | null | undefined) => Value | undefined,
  decode: (input: Value | null | undefined) => Short | undefined,
];

/**
 * The two directions between an enum of the API and the union of strings that users see.
 *
 * Going out, short names, full names and numbers are taken; anything else is a {@link ValueError}. Coming in, "unspecified"
 * becomes `undefined`, and a number that this version has never heard of becomes `unknown_<number>` instead of an error,
 * for it may well be that nobody looks at it.
 */
export function makeProtoEnumConverters<
  ProtoEnumValue extends number,
  ProtoEnum extends Readonly<Record<ProtoEnumKey, ProtoEnumValue>>,
  ProtoEnumKey extends keyof ProtoEnum & string,
  _StringEnum extends { readonly [K in ShortKey<ProtoEnumKey, Prefix>]: K },
  Prefix extends string,
>(
  mapTable: MapTable<ProtoEnum, ProtoEnumKey, Prefix>,
  prefix: Prefix,
): Converters<ProtoEnumValue, ShortKey<ProtoEnumKey, Prefix>, Prefix> {
  type Short = ShortKey<ProtoEnumKey, Prefix>;
  const numbers = new Map<string, ProtoEnumValue>(Object.entries(mapTable));
  const names = new Map<number, string>();
  for (const [name, number] of numbers) names.set(number, name);
  if (names.get(0) === 'UNSPECIFIED') names.delete(0);
  const unspecified = numbers.get('UNSPECIFIED') === 0 ? 0 : undefined;

  return [
    (input) => {
      if (input == null) return undefined;
      if (typeof input === 'number') return input;
      if (typeof input !== 'string') throw new ValueError(`Invalid enum value: '${input}' of type ${typeof input}`);
      const number = numbers.get(input.startsWith(prefix) ? input.slice(prefix.length) : input);
      if (number === undefined) throw new ValueError(`Invalid enum value: '${input}'`);
      return number;
    },
    (input) => {
      if (input == null || input === unspecified) return undefined;
      if (typeof input !== 'number') {
        throw new ValueError(`Invalid proto enum value: '${input}' of type ${typeof input}`);
      }
      return (names.get(input) ?? `unknown_${input}`) as Short;
    },
  ];
}
