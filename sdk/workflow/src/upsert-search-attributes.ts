import {
  mapToPayloads,
  type Payload,
  type SearchAttributes,
  type SearchAttributeUpdatePair,
  type SearchAttributeValue,
  TypedSearchAttributes,
} from '@perdure/common';
import {
  encodeUnifiedSearchAttributes,
  searchAttributePayloadConverter,
} from '@perdure/common/lib/converter/payload-search-attributes';
import type { ActivatorState } from './activator-state.ts';
import { assertInWorkflowContext } from './global-attributes.ts';
import { pushAnnotated } from './operation.ts';
import type { WorkflowInfo } from './workflow-info.ts';

type Attributes = Pick<WorkflowInfo, 'searchAttributes' | 'typedSearchAttributes'>;

/**
 * Changes the workflow's search attributes: those given get the given values, others stay. In pairs, which are preferred,
 * `null` takes an attribute away; in the deprecated record `undefined` or an empty list does.
 */
export function upsertSearchAttributes(searchAttributes: SearchAttributes | SearchAttributeUpdatePair[]): void {
  const activator = assertInWorkflowContext(
    'Workflow.upsertSearchAttributes(...) may only be used from a Workflow Execution.',
  );
  if (searchAttributes == null) throw new Error('searchAttributes must be a non-null SearchAttributes');
  if (Array.isArray(searchAttributes)) {
    push(activator, encodeUnifiedSearchAttributes(undefined, searchAttributes));
    activator.mutateWorkflowInfo((info) => ({ ...info, ...withPairs(info, searchAttributes) }));
  } else {
    push(activator, mapToPayloads(searchAttributePayloadConverter, searchAttributes));
    activator.mutateWorkflowInfo((info) => ({ ...info, ...withRecord(info, searchAttributes) }));
  }
}

function push(activator: ActivatorState, indexedFields: Record<string, Payload>): void {
  pushAnnotated(activator, { upsertWorkflowSearchAttributes: { searchAttributes: { indexedFields } } });
}

function withPairs(info: Attributes, pairs: SearchAttributeUpdatePair[]): Attributes {
  const searchAttributes = { ...info.searchAttributes };
  for (const { key, value } of pairs) {
    if (value == null) delete searchAttributes[key.name];
    else searchAttributes[key.name] = (Array.isArray(value) ? value : [value]) as SearchAttributeValue;
  }
  return { searchAttributes, typedSearchAttributes: info.typedSearchAttributes.updateCopy([...pairs]) };
}

function withRecord(info: Attributes, changes: SearchAttributes): Attributes {
  const searchAttributes = { ...info.searchAttributes };
  let typed = info.typedSearchAttributes.updateCopy([]);
  for (const [name, values] of Object.entries(changes)) {
    if (values !== undefined && !Array.isArray(values)) {
      throw new Error(`Search attribute value must be an array or undefined, got ${values}`);
    }
    if (values == null || values.length === 0) {
      const known = keyOf(typed, name);
      if (known) typed = typed.updateCopy([{ key: known, value: null } as SearchAttributeUpdatePair]);
      delete searchAttributes[name];
      continue;
    }
    const change = typedChange(typed, name, values);
    if (change === undefined) continue;
    typed = typed.updateCopy([change]);
    searchAttributes[name] = values;
  }
  return { searchAttributes, typedSearchAttributes: typed };
}

const keyOf = (typed: TypedSearchAttributes, name: string) => typed.getAll().find(({ key }) => key.name === name)?.key;

/** The change as far as values without a type let guess it; `undefined` if they do not. */
function typedChange(
  typed: TypedSearchAttributes,
  name: string,
  values: SearchAttributeValue,
): SearchAttributeUpdatePair | undefined {
  const key = TypedSearchAttributes.getKeyFromUntyped(name, values);
  if (key === undefined) return undefined;
  // A text may be a keyword too; what is known of the attribute decides.
  const type = key.type === 'TEXT' ? (keyOf(typed, name)?.type ?? key.type) : key.type;
  const [only] = values;
  const single = type === 'DATETIME' && only !== undefined ? new Date(only as Date) : only;
  return { key: { name, type }, value: values.length === 1 ? single : values } as SearchAttributeUpdatePair;
}
