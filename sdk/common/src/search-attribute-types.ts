import type { temporal } from '@perdure/proto';
import { makeProtoEnumConverters } from './proto-enums.ts';

/** What the server is to take a search attribute for. */
export const SearchAttributeType = {
  TEXT: 'TEXT',
  KEYWORD: 'KEYWORD',
  INT: 'INT',
  DOUBLE: 'DOUBLE',
  BOOL: 'BOOL',
  DATETIME: 'DATETIME',
  KEYWORD_LIST: 'KEYWORD_LIST',
} as const;
export type SearchAttributeType = (typeof SearchAttributeType)[keyof typeof SearchAttributeType];

export const [encodeSearchAttributeIndexedValueType, decodeSearchAttributeIndexedValueType] = makeProtoEnumConverters<
  temporal.api.enums.v1.IndexedValueType,
  typeof temporal.api.enums.v1.IndexedValueType,
  keyof typeof temporal.api.enums.v1.IndexedValueType,
  typeof SearchAttributeType,
  'INDEXED_VALUE_TYPE_'
>(
  { UNSPECIFIED: 0, TEXT: 1, KEYWORD: 2, INT: 3, DOUBLE: 4, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 },
  'INDEXED_VALUE_TYPE_',
);

/** The values of each type. */
export interface IndexedValueTypeMapping {
  TEXT: string;
  KEYWORD: string;
  INT: number;
  DOUBLE: number;
  BOOL: boolean;
  DATETIME: Date;
  KEYWORD_LIST: string[];
}

export function isValidValueForType<T extends SearchAttributeType>(
  type: T,
  value: unknown,
): value is IndexedValueTypeMapping[T] {
  switch (type) {
    case 'TEXT':
    case 'KEYWORD':
      return typeof value === 'string';
    case 'INT':
      return Number.isInteger(value);
    case 'DOUBLE':
      return typeof value === 'number';
    case 'BOOL':
      return typeof value === 'boolean';
    case 'DATETIME':
      return value instanceof Date;
    case 'KEYWORD_LIST':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    default:
      return false;
  }
}

/** The type as the metadata of a payload name it. */
const metadataTypes: Readonly<Record<SearchAttributeType, string>> = {
  TEXT: 'Text',
  KEYWORD: 'Keyword',
  INT: 'Int',
  DOUBLE: 'Double',
  BOOL: 'Bool',
  DATETIME: 'Datetime',
  KEYWORD_LIST: 'KeywordList',
};

// Servers usually write the short form, but the full name of the enum has been seen as well.
const typesOfMetadata: ReadonlyMap<string, SearchAttributeType> = new Map(
  (Object.keys(metadataTypes) as SearchAttributeType[]).flatMap((type) => [
    [metadataTypes[type], type],
    [`INDEXED_VALUE_TYPE_${type}`, type],
  ]),
);

/** The type as the metadata of a payload name it; throws for what is no type. */
export function toMetadataType(type: SearchAttributeType): string {
  if (!Object.hasOwn(metadataTypes, type)) throw new Error(`Unknown search attribute type: ${type}`);
  return metadataTypes[type];
}

/** The type that the metadata of a payload name, if it is known. */
export function toSearchAttributeType(type: string): SearchAttributeType | undefined {
  return typesOfMetadata.get(type);
}
