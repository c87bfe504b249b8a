// A small set of workflows in a namespace of its own that many visibility queries are asked about. It is built once per
// run of the scenarios. Queries may name {id:apple}, {run:apple}, {start:apple}, {close:apple}.
import { Conversation, payload, payloads, seconds } from './conversation.mjs';
import { addAttributes, newNamespace, salt, until } from './words.mjs';

const TYPES = { Color: 'KEYWORD', Size: 'INT', Weight: 'DOUBLE', Fresh: 'BOOL', Picked: 'DATETIME', Note: 'TEXT', Tags: 'KEYWORD_LIST' };

// name: [type, search attributes, how it ends]
const WORKFLOWS = {
  apple: ['Fruit', { Color: 'red', Size: 5, Weight: 1.5, Fresh: true, Picked: '2024-01-01T00:00:00Z', Note: 'a crisp red apple', Tags: ['round', 'sweet'] }, 'running'],
  banana: ['Fruit', { Color: 'yellow', Size: 12, Weight: 1.25, Fresh: false, Picked: '2024-02-29T12:30:00Z', Note: 'a long yellow banana', Tags: ['long', 'sweet'] }, 'running'],
  cherry: ['Fruit', { Color: 'red', Size: 1, Weight: 0.25, Fresh: true, Picked: '2024-06-15T08:00:00.5Z', Note: 'a small Red cherry', Tags: ['round'] }, 'completed'],
  date: ['Fruit', { Color: 'brown', Size: 0, Weight: -1, Picked: '2023-12-31T23:59:59Z', Note: 'dry' }, 'failed'],
  eggplant: ['Vegetable', { Color: 'dark purple', Size: -7, Weight: 100, Fresh: true, Tags: ['long'] }, 'canceled'],
  fig: ['Fruit', { Color: "it's green", Fresh: false, Tags: ['round', 'sweet', 'soft'] }, 'terminated'],
  garlic: ['Vegetable', { Size: 12, Picked: '2024-06-15T10:00:00.5+02:00', Note: 'keeps the vampires away' }, 'timed out'],
  herbs: ['Vegetable', { Color: 'Green', Weight: 0.125 }, 'continued'],
  ice: ['Other', {}, 'running'],
  jam: ['Other', { Note: 'apple jam' }, 'completed'],
};

let world;
export const theWorld = (t) => (world ??= build(new Conversation(t.connection)));

async function build(t) {
  const suffix = `-${salt()}`, quiet = { record: false };
  const namespace = await newNamespace(t, 'orchard');
  await addAttributes(t, namespace, Object.fromEntries(Object.entries(TYPES).map(([k, v]) => [k, `INDEXED_VALUE_TYPE_${v}`])));
  const queue = (name) => `${name}-queue${suffix}`;
  const step = async (name, command) => {
    const task = await t.call('PollWorkflowTaskQueue', { namespace, taskQueue: { name: queue(name) } }, { deadlineMs: 10_000, ...quiet });
    await t.call('RespondWorkflowTaskCompleted', { namespace, taskToken: task.raw.taskToken, commands: [command] }, quiet);
  };
  for (const [name, [type, attributes, end]] of Object.entries(WORKFLOWS)) {
    const workflowId = name + suffix;
    await t.call('StartWorkflowExecution', {
      namespace, workflowId, workflowType: { name: type }, taskQueue: { name: queue(name) }, input: payloads(name), memo: { fields: { name: payload(name) } },
      workflowRunTimeout: end === 'timed out' ? seconds(3) : undefined,
      searchAttributes: { indexedFields: Object.fromEntries(Object.entries(attributes).map(([k, v]) => [k, payload(v)])) } }, quiet);
    if (end === 'completed') await step(name, { commandType: 'COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION', completeWorkflowExecutionCommandAttributes: {} });
    if (end === 'failed') await step(name, { commandType: 'COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION', failWorkflowExecutionCommandAttributes: { failure: { message: 'rotten' } } });
    if (end === 'canceled') await step(name, { commandType: 'COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION', cancelWorkflowExecutionCommandAttributes: {} });
    if (end === 'terminated') await t.call('TerminateWorkflowExecution', { namespace, workflowExecution: { workflowId } }, quiet);
    if (end === 'continued') await step(name, { commandType: 'COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION', continueAsNewWorkflowExecutionCommandAttributes: {
      workflowType: { name: type }, taskQueue: { name: queue(name) }, searchAttributes: { indexedFields: { Color: payload('Green'), Weight: payload(0.125) } } } });
    if (end === 'timed out') await until(async () => !!(await t.call('DescribeWorkflowExecution', { namespace, execution: { workflowId } }, quiet)).response?.workflowExecutionInfo?.closeTime);
    await t.sleep(25); // so that times differ
  }
  // A parent with a child.
  await t.call('StartWorkflowExecution', { namespace, workflowId: `parent${suffix}`, workflowType: { name: 'Family' }, taskQueue: { name: queue('parent') } }, quiet);
  await step('parent', { commandType: 'COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION', startChildWorkflowExecutionCommandAttributes: {
    workflowId: `child${suffix}`, workflowType: { name: 'Family' }, taskQueue: { name: queue('child') } } });
  const all = Object.keys(WORKFLOWS).length + 3; // one continued, a parent and a child
  let records = [];
  await until(async () => {
    records = (await t.call('ListWorkflowExecutions', { namespace }, quiet)).response?.executions ?? [];
    return records.length === all && records.filter((r) => r.closeTime).length === 7 && new Set(records.map((r) => r.status)).size === 7
      && records.some((r) => r.execution.workflowId.startsWith('parent') && r.searchAttributes?.indexedFields?.BuildIds);
  });
  const labelled = (record) => record.execution.workflowId.slice(0, -suffix.length) + (record.execution.workflowId.startsWith('herbs') ? (record.closeTime ? ' 1' : ' 2') : '');
  const rfc = (ts) => new Date(ts.seconds * 1000).toISOString().replace('.000Z', `.${String(ts.nanos ?? 0).padStart(9, '0')}Z`);
  return {
    namespace, suffix, records, labelled,
    fill: (query) => query.replace(/\{(id|run|start|close|queue):([a-z]+)\}/g, (_, what, name) => {
      const record = records.find((r) => r.execution.workflowId === name + suffix);
      return { id: record.execution.workflowId, run: record.execution.runId, start: rfc(record.startTime), close: record.closeTime && rfc(record.closeTime), queue: queue(name) }[what];
    }),
  };
}

/** An unwritten call that is repeated while the server says that there are too many. */
export async function ask(t, rpc, request) {
  for (let i = 0; ; i++) {
    const outcome = await t.call(rpc, request, { record: false });
    if (outcome.code !== 'RESOURCE_EXHAUSTED' || i === 50) return outcome;
    await t.sleep(200);
  }
}

/** Asks for a list and writes down which workflows came, in their order; or how the query was refused. */
export const listing = (query, more = {}) => async (t) => {
  const w = await theWorld(t);
  const outcome = await ask(t, 'ListWorkflowExecutions', { namespace: w.namespace, query: w.fill(query), ...more });
  if (outcome.ok) t.observe('found', (outcome.response.executions ?? []).map(w.labelled));
  else t.observe('refused', { code: outcome.code, message: outcome.message, details: outcome.details });
};
/** Like `listing`, where the words of the refusal are the server's own. */
export const refused = (query) => ({ run: listing(query), ignore: ['message$'] });

export const counting = (query) => async (t) => {
  const w = await theWorld(t);
  const outcome = await ask(t, 'CountWorkflowExecutions', { namespace: w.namespace, query: w.fill(query) });
  if (!outcome.ok) return t.observe('refused', { code: outcome.code, message: outcome.message, details: outcome.details });
  t.observe('count', outcome.response.count ?? '0');
  const groups = (outcome.response.groups ?? []).map((g) => ({ values: g.groupValues, count: g.count }));
  const key = (g) => g.values.map((v) => v.data).join();
  t.observe('groups', groups.sort((a, b) => (key(a) < key(b) ? -1 : 1)));
};
