import { decode, encode } from '../encoding.ts';
import { ValueError } from '../errors.ts';
import type { Payload } from '../interfaces.ts';
import type {
  SearchAttributePair,
  SearchAttributes,
  SearchAttributeType,
  SearchAttributeUpdatePair,
  SearchAttributeValue,
} from '../search-attributes.ts';
import {
  isValidValueForType,
  TypedSearchAttributes,
  TypedSearchAttributeUpdateValue,
  TypedSearchAttributeValue,
} from '../search-attributes.ts';
import type { PayloadConverter } from './contract.ts';
import { mapFromPayloads, mapToPayloads } from './payloads.ts';
import { JsonPayloadConverter } from './plain-converters.ts';

/**
 * Untyped search attributes: lists of values of one type, in JSON. The server, which indexes them, says of what type they
 * are when it sends them back. Whatever converter a user has chosen, these stay readable for it.
 */
export class SearchAttributePayloadConverter implements PayloadConverter {
  jsonConverter: JsonPayloadConverter = new JsonPayloadConverter();
  validNonDateTypes: string[] = ['string', 'number', 'boolean'];

  public toPayload(values: unknown): Payload {
    if (!Array.isArray(values)) throw new ValueError(`SearchAttribute value must be an array`);
    if (values.length > 0) this.check(values);
    const payload = this.jsonConverter.toPayload(values);
    if (payload === undefined) throw new ValueError('Could not convert search attributes to payloads');
    return payload;
  }

  public fromPayload<T>(payload: Payload): T {
    if (payload.metadata == null) throw new ValueError('Missing payload metadata');
    const value = this.jsonConverter.fromPayload<unknown>(payload);
    const values: unknown[] = Array.isArray(value) ? value : [value];
    const type = payload.metadata['type'] && decode(payload.metadata['type']);
    return (type === 'Datetime' ? values.map((text) => new Date(text as string)) : values) as T;
  }

  private check(values: readonly unknown[]): void {
    const first: unknown = values[0];
    if (typeof first !== 'object' && !this.validNonDateTypes.includes(typeof first)) {
      throw new ValueError(`SearchAttribute array values must be: string | number | boolean | Date`);
    }
    values.forEach((value, at) => {
      if (typeof first === 'object') {
        if (value instanceof Date) return;
        throw new ValueError(
          `SearchAttribute values must arrays of strings, numbers, booleans, or Dates. The value ${value} at index ${at} is of type ${typeof value}`,
        );
      }
      if (typeof value === typeof first) return;
      throw new ValueError(
        `All SearchAttribute array values must be of the same type. The first value ${first} of type ${typeof first} doesn't match value ${value} of type ${typeof value} at index ${at}`,
      );
    });
  }
}

export const searchAttributePayloadConverter: SearchAttributePayloadConverter = new SearchAttributePayloadConverter();

/** Typed search attributes: one value in JSON, and its type in the metadata. */
export class TypedSearchAttributePayloadConverter implements PayloadConverter {
  jsonConverter: JsonPayloadConverter = new JsonPayloadConverter();

  public toPayload<T>(attr: T): Payload {
    if (!(attr instanceof TypedSearchAttributeValue || attr instanceof TypedSearchAttributeUpdateValue)) {
      throw new ValueError(
        `Expect input to be instance of TypedSearchAttributeValue or TypedSearchAttributeUpdateValue, got: ${JSON.stringify(attr)}`,
      );
    }
    const { type, value } = attr as TypedSearchAttributeUpdateValue<SearchAttributeType>;
    if (value !== null && !isValidValueForType(type, value)) {
      throw new ValueError(`Invalid search attribute value ${value} for given type ${type}`);
    }
    const payload = this.jsonConverter.toPayload(value);
    if (payload?.metadata == null) throw new ValueError('Could not convert typed search attribute to payload');
    // The server takes a null with a type for a value, not for a removal.
    if (value !== null) payload.metadata['type'] = encode(TypedSearchAttributes.toMetadataType(type));
    return payload;
  }

  /** A {@link TypedSearchAttributeValue}; `undefined` if there is no type that is known, or no value of that type. */
  public fromPayload<T>(payload: Payload): T {
    if (payload.metadata == null) throw new ValueError('Missing payload metadata');
    return this.valueOf(payload, payload.metadata['type']) as T;
  }

  private valueOf(
    payload: Payload,
    metadataType: Uint8Array | null | undefined,
  ): TypedSearchAttributeValue<SearchAttributeType> | undefined {
    const type = metadataType == null ? undefined : TypedSearchAttributes.toSearchAttributeType(decode(metadataType));
    if (type === undefined) return undefined;
    let value = this.jsonConverter.fromPayload<unknown>(payload);
    if (type !== 'KEYWORD_LIST' && Array.isArray(value)) {
      // Set as untyped, a single value is a list of one.
      if (value.length > 1) return undefined;
      value = value[0];
    }
    if (type === 'DATETIME' && value) value = new Date(value as string);
    return isValidValueForType(type, value) ? new TypedSearchAttributeValue(type, value) : undefined;
  }
}

export const typedSearchAttributePayloadConverter: TypedSearchAttributePayloadConverter =
  new TypedSearchAttributePayloadConverter();

/** Untyped and typed search attributes as one map; where both have a name, the typed one counts. */
export function encodeUnifiedSearchAttributes(
  searchAttributes?: SearchAttributes,
  typedSearchAttributes?: TypedSearchAttributes | SearchAttributeUpdatePair[],
): Record<string, Payload> {
  const pairs = Array.isArray(typedSearchAttributes) ? typedSearchAttributes : (typedSearchAttributes?.getAll() ?? []);
  const typed = pairs.map(({ key, value }) => [key.name, new TypedSearchAttributeUpdateValue(key.type, value)]);
  return {
    ...mapToPayloads(searchAttributePayloadConverter, searchAttributes ?? {}),
    ...mapToPayloads(typedSearchAttributePayloadConverter, Object.fromEntries(typed) as Record<string, unknown>),
  };
}

export function decodeSearchAttributes(indexedFields: Record<string, Payload> | undefined | null): SearchAttributes {
  const decoded = mapFromPayloads<string, SearchAttributeValue>(searchAttributePayloadConverter, indexedFields) ?? {};
  // Servers before 1.18 send an empty list for what was removed.
  return Object.fromEntries(Object.entries(decoded).filter(([, values]) => values.length > 0));
}

export function decodeTypedSearchAttributes(
  indexedFields: Record<string, Payload> | undefined | null,
): TypedSearchAttributes {
  type Decoded = TypedSearchAttributeValue<SearchAttributeType> | undefined;
  const decoded = mapFromPayloads<string, Decoded>(typedSearchAttributePayloadConverter, indexedFields) ?? {};
  const pairs = Object.entries(decoded).flatMap(([name, attribute]) =>
    attribute ? [{ key: { name, type: attribute.type }, value: attribute.value } as SearchAttributePair] : [],
  );
  return new TypedSearchAttributes(pairs);
}
