/**
 * What the SDK's packages share and a Workflow may evaluate. Not for users.
 * @module
 */
export { deepMerge, filterNullAndUndefined, mergeObjects } from './objects.ts';
export { makeProtoEnumConverters } from './proto-enums.ts';
