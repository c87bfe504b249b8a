// Adding, listing and removing search attributes, and setting them on workflows.
import { payload, payloads } from '../conversation.mjs';
import { addAttributes, newNamespace, patiently, typed, until } from '../words.mjs';

const KIND = (name) => `INDEXED_VALUE_TYPE_${name}`;
const add = (types) => async (t) => {
  const namespace = await newNamespace(t);
  const added = await patiently(t, 'AddSearchAttributes', { namespace, searchAttributes: types }, 'operator');
  await listCustom(t, namespace, (custom) => !added.ok || Object.keys(types).every((name) => custom[name]));
};
/** Writes down the custom attributes, once they are as expected where something is expected of them. */
async function listCustom(t, namespace, expected = () => true) {
  let custom;
  await until(async () => expected(custom = (await t.operator('ListSearchAttributes', { namespace }, { record: false })).response?.customAttributes ?? {}), 8000);
  t.observe('custom attributes', Object.fromEntries(Object.entries(custom).sort()));
}
/** Starts a workflow with these attributes and looks at what is kept of them. */
export const startWith = (attributes) => async (t) => {
  const workflowId = t.name('wf');
  const outcome = await t.start(workflowId, t.name('tq'), { searchAttributes: { indexedFields: attributes } }, { record: false });
  if (!outcome.ok) return t.observe('refused', { code: outcome.code, message: outcome.message });
  const { response } = await t.describe(workflowId, '', { record: false });
  t.observe('kept', response.workflowExecutionInfo.searchAttributes ?? {});
  await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId } }, { record: false });
};
/** Starts with some, lets the workflow upsert others, and looks again. */
const upsert = (before, after) => async (t) => {
  const workflowId = t.name('wf'), tq = t.name('tq');
  await t.start(workflowId, tq, { searchAttributes: { indexedFields: before } }, { record: false });
  await t.step(tq, [{ commandType: 'COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields: after } } }], {}, { record: false });
  const history = await t.history(workflowId, '', {}, { record: false });
  t.observe('events', history.response.history.events.map((e) => e.eventType));
  t.observe('upserted', history.response.history.events.at(-1).upsertWorkflowSearchAttributesEventAttributes ?? history.response.history.events.at(-1).workflowTaskFailedEventAttributes?.failure?.message ?? '');
  const { response } = await t.describe(workflowId, '', { record: false });
  t.observe('kept', response.workflowExecutionInfo.searchAttributes ?? {});
  await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId } }, { record: false });
};
const nothing = payload(undefined);

export default {
  'a new namespace has no custom attributes': async (t) => { await listCustom(t, await newNamespace(t)); },
  'system attributes of a new namespace': async (t) => {
    const { response } = await t.operator('ListSearchAttributes', { namespace: await newNamespace(t) }, { record: false });
    t.observe('system attributes', response.systemAttributes);
  },
  'add one': add({ Color: KIND('KEYWORD') }),
  'add one of each type': add({ A: KIND('KEYWORD'), B: KIND('INT'), C: KIND('DOUBLE'), D: KIND('BOOL'), E: KIND('DATETIME'), F: KIND('TEXT'), G: KIND('KEYWORD_LIST') }),
  'add none': add({}),
  'add one with a blank in its name': add({ 'two words': KIND('INT') }),
  'add one that is named like a system one': add({ WorkflowId: KIND('KEYWORD') }),
  'add one with the reserved prefix': add({ TemporalColor: KIND('KEYWORD') }),
  'add one of an unspecified type': add({ Color: 0 }),
  'add one of an unknown type': add({ Color: 42 }),
  'add one good and one bad': add({ Good: KIND('INT'), RunId: KIND('INT') }),
  'add four of type Int': add({ I1: KIND('INT'), I2: KIND('INT'), I3: KIND('INT'), I4: KIND('INT') }),
  'add eleven of type Keyword': add(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`K${i}`, KIND('KEYWORD')]))),
  'add ten of type Keyword': add(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`K${i}`, KIND('KEYWORD')]))),
  'add the same one twice': async (t) => {
    const namespace = await newNamespace(t);
    await addAttributes(t, namespace, { Color: KIND('KEYWORD') });
    await patiently(t, 'AddSearchAttributes', { namespace, searchAttributes: { Color: KIND('KEYWORD') } }, 'operator');
    await listCustom(t, namespace);
  },
  'add the same one twice with another type': async (t) => {
    const namespace = await newNamespace(t);
    await addAttributes(t, namespace, { Color: KIND('KEYWORD') });
    await patiently(t, 'AddSearchAttributes', { namespace, searchAttributes: { Color: KIND('INT') } }, 'operator');
    await listCustom(t, namespace);
  },
  'add to an unknown namespace': async (t) => { await patiently(t, 'AddSearchAttributes', { namespace: 'no-such-namespace', searchAttributes: { Color: KIND('INT') } }, 'operator'); },
  'list of an unknown namespace': async (t) => { await t.operator('ListSearchAttributes', { namespace: 'no-such-namespace' }); },
  'remove one': async (t) => {
    const namespace = await newNamespace(t);
    await addAttributes(t, namespace, { Color: KIND('KEYWORD'), Size: KIND('INT') });
    await patiently(t, 'RemoveSearchAttributes', { namespace, searchAttributes: ['Color'] }, 'operator');
    await listCustom(t, namespace, (custom) => !custom.Color);
  },
  'remove one that is not there': async (t) => { await patiently(t, 'RemoveSearchAttributes', { namespace: await newNamespace(t), searchAttributes: ['Color'] }, 'operator'); },
  'remove a system one': async (t) => { await patiently(t, 'RemoveSearchAttributes', { namespace: await newNamespace(t), searchAttributes: ['StartTime'] }, 'operator'); },
  'remove none': async (t) => { await patiently(t, 'RemoveSearchAttributes', { namespace: await newNamespace(t), searchAttributes: [] }, 'operator'); },
  'remove from an unknown namespace': async (t) => { await patiently(t, 'RemoveSearchAttributes', { namespace: 'no-such-namespace', searchAttributes: ['A'] }, 'operator'); },
  'a removed one can be added again with another type': async (t) => {
    const namespace = await newNamespace(t);
    await addAttributes(t, namespace, { Color: KIND('KEYWORD') });
    await patiently(t, 'RemoveSearchAttributes', { namespace, searchAttributes: ['Color'] }, 'operator');
    await listCustom(t, namespace, (custom) => !custom.Color);
    await patiently(t, 'AddSearchAttributes', { namespace, searchAttributes: { Color: KIND('INT') } }, 'operator');
    await listCustom(t, namespace, (custom) => custom.Color);
  },
  'a new one can be queried': async (t) => {
    const namespace = await newNamespace(t);
    await t.call('CountWorkflowExecutions', { namespace, query: "Color = 'red'" });
    await addAttributes(t, namespace, { Color: KIND('KEYWORD') });
    await t.call('CountWorkflowExecutions', { namespace, query: "Color = 'red'" });
  },

  'start: keyword': startWith({ CustomKeywordField: payload('red') }),
  'start: keyword with its type': startWith({ CustomKeywordField: typed('Keyword', 'red') }),
  'start: keyword said to be an Int': startWith({ CustomKeywordField: typed('Int', 'red') }),
  'start: int': startWith({ CustomIntField: payload(7) }),
  'start: large int': startWith({ CustomIntField: payload(9007199254740991) }),
  'start: double': startWith({ CustomDoubleField: payload(2.5) }),
  'start: whole number for a double': startWith({ CustomDoubleField: payload(2) }),
  'start: bool': startWith({ CustomBoolField: payload(true) }),
  'start: datetime': startWith({ CustomDatetimeField: payload('2024-05-06T07:08:09Z') }),
  'start: text': startWith({ CustomTextField: payload('some words') }),
  'start: keyword list': startWith({ CustomKeywordListField: payload(['a', 'b']) }),
  'start: keyword list of one without brackets': startWith({ CustomKeywordListField: payload('a') }),
  'start: empty keyword list': startWith({ CustomKeywordListField: payload([]) }),
  'start: null': startWith({ CustomKeywordField: nothing }),
  'start: JSON null': startWith({ CustomKeywordField: payload(null) }),
  'start: empty string': startWith({ CustomKeywordField: payload('') }),
  'start: one element list for an int': startWith({ CustomIntField: payload([5]) }),
  'start: wrong type': startWith({ CustomIntField: payload('seven') }),
  'start: unknown name': startWith({ Colour: payload('red') }),
  'start: slot name': startWith({ Keyword01: payload('red') }),
  'start: system name': startWith({ ExecutionStatus: payload('Running') }),
  'start: predefined name': startWith({ BuildIds: payload(['x']) }),
  'start: change versions': startWith({ TemporalChangeVersion: payload(['c-1']) }),
  'start: namespace division': startWith({ TemporalNamespaceDivision: payload('mine') }),
  'start: several': startWith({ CustomIntField: payload(1), CustomKeywordField: payload('k'), CustomBoolField: payload(false) }),

  'upsert: a new one': upsert({}, { CustomKeywordField: payload('new') }),
  'upsert: over an old one': upsert({ CustomKeywordField: payload('old'), CustomIntField: payload(1) }, { CustomKeywordField: payload('new') }),
  'upsert: null takes it away': upsert({ CustomKeywordField: payload('old'), CustomIntField: payload(1) }, { CustomKeywordField: nothing }),
  'upsert: empty list takes it away': upsert({ CustomKeywordListField: payload(['a']) }, { CustomKeywordListField: payload([]) }),
  'upsert: empty list for a keyword': upsert({ CustomKeywordField: payload('old') }, { CustomKeywordField: payload([]) }),
  'upsert: wrong type': upsert({}, { CustomBoolField: payload('maybe') }),
  'upsert: unknown name': upsert({}, { Colour: payload('red') }),
  'upsert: system name': upsert({}, { WorkflowId: payload('x') }),
  'upsert: nothing': upsert({ CustomIntField: payload(1) }, {}),
  'what was upserted can be found': async (t) => {
    const workflowId = t.name('wf'), tq = t.name('tq');
    await t.start(workflowId, tq, {}, { record: false });
    await t.step(tq, [{ commandType: 'COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields: { CustomKeywordField: payload(workflowId) } } } }], {}, { record: false });
    await t.eventually('CountWorkflowExecutions', { query: `CustomKeywordField = '${workflowId}'` }, (o) => o.response?.count === '1');
    await t.call('SignalWorkflowExecution', { workflowExecution: { workflowId }, signalName: 's', input: payloads(1) }, { record: false });
    await t.step(tq, [{ commandType: 'COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields: { CustomKeywordField: nothing } } } }], {}, { record: false });
    await t.eventually('CountWorkflowExecutions', { query: `CustomKeywordField = '${workflowId}'` }, (o) => o.ok && !o.response.count);
    await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId } }, { record: false });
  },
};
