import {
  type IndexedValueTypeMapping,
  isValidValueForType,
  SearchAttributeType,
  toMetadataType,
  toSearchAttributeType,
} from './search-attribute-types.ts';

export {
  encodeSearchAttributeIndexedValueType,
  isValidValueForType,
  SearchAttributeType,
} from './search-attribute-types.ts';

/** @deprecated Use {@link TypedSearchAttributes}. */
export type SearchAttributeValueOrReadonly = SearchAttributeValue | Readonly<SearchAttributeValue> | undefined;
/** @deprecated Use {@link TypedSearchAttributes}. */
export type SearchAttributes = Record<string, SearchAttributeValueOrReadonly>;
/** @deprecated Use {@link TypedSearchAttributes}. */
export type SearchAttributeValue = string[] | number[] | boolean[] | Date[];

/** A search attribute's name, and the type that it is registered with. */
export interface SearchAttributeKey<T extends SearchAttributeType> {
  name: string;
  type: T;
}

export function defineSearchAttributeKey<T extends SearchAttributeType>(name: string, type: T): SearchAttributeKey<T> {
  return { name, type };
}

class BaseSearchAttributeValue<T extends SearchAttributeType, V = IndexedValueTypeMapping[T]> {
  private readonly _type: T;
  private readonly _value: V;

  constructor(type: T, value: V) {
    this._type = type;
    this._value = value;
  }

  get type(): T {
    return this._type;
  }

  get value(): V {
    return this._value;
  }
}

/** A value with its type, for the payload converter. */
export class TypedSearchAttributeValue<T extends SearchAttributeType> extends BaseSearchAttributeValue<T> {}

/** The same, where null stands for "to be removed". */
export class TypedSearchAttributeUpdateValue<T extends SearchAttributeType> extends BaseSearchAttributeValue<
  T,
  IndexedValueTypeMapping[T] | null
> {}

export type SearchAttributePair = {
  [T in SearchAttributeType]: { key: SearchAttributeKey<T>; value: IndexedValueTypeMapping[T] };
}[SearchAttributeType];

/** A value of null removes the attribute. */
export type SearchAttributeUpdatePair = {
  [T in SearchAttributeType]: { key: SearchAttributeKey<T>; value: IndexedValueTypeMapping[T] | null };
}[SearchAttributeType];

type Value = TypedSearchAttributeValue<SearchAttributeType>;

/** Search attributes by name, each with its type. Never changes; {@link updateCopy} makes another one. */
export class TypedSearchAttributes {
  private searchAttributes: Record<string, Value> = {};

  /** Throws if a name occurs twice. */
  constructor(initialAttributes?: SearchAttributePair[]) {
    for (const { key, value } of initialAttributes ?? []) {
      if (key.name in this.searchAttributes) throw new Error(`Duplicate search attribute key: ${key.name}`);
      this.searchAttributes[key.name] = new TypedSearchAttributeValue(key.type, value) as Value;
    }
  }

  /** The value; `undefined` if there is none, or if it is of another type than the key's. */
  get<T extends SearchAttributeType>(key: SearchAttributeKey<T>): IndexedValueTypeMapping[T] | undefined {
    const value: unknown = this.searchAttributes[key.name]?.value;
    return isValidValueForType(key.type, value) ? value : undefined;
  }

  /** A copy that shares nothing with this one. */
  copy(): TypedSearchAttributes {
    const copied = new TypedSearchAttributes();
    for (const [name, { type, value }] of Object.entries(this.searchAttributes)) {
      copied.searchAttributes[name] = new TypedSearchAttributeValue(type, copyOf(value));
    }
    return copied;
  }

  toJSON(): SearchAttributePair[] {
    return this.getAll();
  }

  /**
   * A copy with the updates made one after the other. An attribute is removed only if the update names its type, and set
   * whatever type it had.
   */
  updateCopy(updates: SearchAttributeUpdatePair[]): TypedSearchAttributes {
    const updated = this.copy();
    for (const { key, value } of updates) {
      if (value !== null) {
        updated.searchAttributes[key.name] = new TypedSearchAttributeValue(key.type, value) as Value;
      } else if (updated.searchAttributes[key.name]?.type === key.type) {
        delete updated.searchAttributes[key.name];
      }
    }
    return updated;
  }

  getAll(): SearchAttributePair[] {
    return Object.entries(this.searchAttributes)
      .filter(([, { type, value }]) => isValidValueForType(type, value))
      .map(([name, { type, value }]) => ({ key: { name, type }, value }) as SearchAttributePair);
  }

  /** A key whose type is guessed from an untyped value; `undefined` if the value is none of a type. */
  static getKeyFromUntyped(
    key: string,
    value: SearchAttributeValueOrReadonly,
  ): SearchAttributeKey<SearchAttributeType> | undefined {
    if (value == null) return undefined;
    const type = guessType(value.length === 1 ? value[0] : value);
    return type && { name: key, type };
  }

  /** The type as the metadata of a payload name it. */
  static toMetadataType(type: SearchAttributeType): string {
    return toMetadataType(type);
  }

  /** The reverse of {@link toMetadataType}. */
  static toSearchAttributeType(type: string): SearchAttributeType | undefined {
    return toSearchAttributeType(type);
  }
}

type AnyValue = IndexedValueTypeMapping[SearchAttributeType];

function copyOf(value: AnyValue): AnyValue {
  if (value instanceof Date) return new Date(value);
  return Array.isArray(value) ? [...value] : value;
}

function guessType(value: unknown): SearchAttributeType | undefined {
  switch (typeof value) {
    case 'string':
      return Number.isNaN(Date.parse(value)) ? SearchAttributeType.TEXT : SearchAttributeType.DATETIME;
    case 'number':
      return Number.isInteger(value) ? SearchAttributeType.INT : SearchAttributeType.DOUBLE;
    case 'boolean':
      return SearchAttributeType.BOOL;
    default:
      if (value instanceof Date) return SearchAttributeType.DATETIME;
      return isValidValueForType('KEYWORD_LIST', value) ? SearchAttributeType.KEYWORD_LIST : undefined;
  }
}
