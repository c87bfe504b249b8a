// Registering, describing, listing, changing, deprecating and deleting namespaces.
import { seconds, payload, payloads } from '../conversation.mjs';
import { DAY, newNamespace, patiently, until } from '../words.mjs';

const register = (change) => async (t) => {
  const namespace = t.name('namespace');
  await patiently(t, 'RegisterNamespace', { namespace, workflowExecutionRetentionPeriod: seconds(3 * DAY), ...change });
  await t.call('DescribeNamespace', { namespace });
};
/** Registers one, changes it, and looks at it again. */
const update = (change, more) => async (t) => {
  const namespace = await newNamespace(t, 'namespace', more);
  await patiently(t, 'UpdateNamespace', { namespace, ...change });
  await t.call('DescribeNamespace', { namespace });
};
const state = (updateInfo) => update({ updateInfo });

export default {
  'register with little': register({}),
  'register with much': register({ description: 'for tests', ownerEmail: 'owner@example.com', data: { team: 'blue', tier: '1' } }),
  'register without name': async (t) => { await patiently(t, 'RegisterNamespace', { workflowExecutionRetentionPeriod: seconds(DAY) }); },
  'register with a name of 1001 bytes': async (t) => { await patiently(t, 'RegisterNamespace', { namespace: 'n'.repeat(1001), workflowExecutionRetentionPeriod: seconds(DAY) }); },
  'register without retention': register({ workflowExecutionRetentionPeriod: undefined }),
  'register with a retention of zero': register({ workflowExecutionRetentionPeriod: seconds(0) }),
  'register with a negative retention': register({ workflowExecutionRetentionPeriod: { seconds: -1 } }),
  'register with a retention of half an hour': register({ workflowExecutionRetentionPeriod: seconds(1800) }),
  'register with a retention of one hour': register({ workflowExecutionRetentionPeriod: seconds(3600) }),
  'register with a retention of ten years': register({ workflowExecutionRetentionPeriod: seconds(3650 * DAY) }),
  'register with a retention whose parts have different signs': register({ workflowExecutionRetentionPeriod: { seconds: DAY, nanos: -1 } }),
  'register twice': async (t) => {
    const namespace = t.name('namespace'), request = { namespace, workflowExecutionRetentionPeriod: seconds(DAY) };
    await patiently(t, 'RegisterNamespace', request);
    await patiently(t, 'RegisterNamespace', request);
  },
  'register one that is there from the beginning': async (t) => { await patiently(t, 'RegisterNamespace', { namespace: 'default', workflowExecutionRetentionPeriod: seconds(DAY) }); },
  'register the system namespace': async (t) => { await patiently(t, 'RegisterNamespace', { namespace: 'temporal-system', workflowExecutionRetentionPeriod: seconds(DAY) }); },
  'register a global one': register({ isGlobalNamespace: true }),
  'register in a cluster that does not exist': register({ clusters: [{ clusterName: 'elsewhere' }], activeClusterName: 'elsewhere' }),
  'register with the cluster that is there': register({ clusters: [{ clusterName: 'active' }], activeClusterName: 'active' }),
  'register with history archival': register({ historyArchivalState: 'ARCHIVAL_STATE_ENABLED', historyArchivalUri: 'file:///tmp/archive' }),
  'register with blanks and letters of all kinds in the name': async (t) => {
    const namespace = t.name('Näme space/ünï');
    await patiently(t, 'RegisterNamespace', { namespace, workflowExecutionRetentionPeriod: seconds(DAY) });
    await t.call('DescribeNamespace', { namespace });
  },

  'describe without name and id': async (t) => { await t.call('DescribeNamespace', {}); },
  'describe with name and id': async (t) => { await t.call('DescribeNamespace', { namespace: 'default', id: t.uuid() }); },
  'describe by id': async (t) => {
    const namespace = await newNamespace(t);
    const { response } = await t.call('DescribeNamespace', { namespace });
    await t.call('DescribeNamespace', { id: response.namespaceInfo.id });
  },
  'describe by an unknown id': async (t) => { await t.call('DescribeNamespace', { id: '11111111-2222-4333-8444-555555555555' }); },
  'describe by an id that is no uuid': async (t) => { t.observe('refused', !(await t.call('DescribeNamespace', { id: 'not-a-uuid' }, { record: false })).ok); },
  'describe is sensitive to case': async (t) => { await t.call('DescribeNamespace', { namespace: 'Default' }); },

  'list finds a new one': async (t) => {
    const namespace = await newNamespace(t);
    const { response } = await t.call('ListNamespaces', { pageSize: 1000 }, { record: false });
    t.observe('found', response.namespaces.filter((n) => n.namespaceInfo.name === namespace));
  },
  'list page by page shows each one once': async (t) => {
    const mine = new Set();
    for (const label of ['a', 'b', 'c']) mine.add(await newNamespace(t, label));
    const seen = [];
    let nextPageToken, first;
    do {
      const page = await t.call('ListNamespaces', { pageSize: 2, nextPageToken }, { record: false });
      first ??= page.response.namespaces.length;
      seen.push(...(page.response.namespaces ?? []).map((n) => n.namespaceInfo.name));
      nextPageToken = page.raw.nextPageToken;
    } while (nextPageToken?.length);
    t.observe('length of the first page', first);
    t.observe('seen', seen.filter((name) => mine.has(name)).sort());
  },

  'update the description': update({ updateInfo: { description: 'new' } }, { description: 'old', ownerEmail: 'a@example.com' }),
  'update the owner': update({ updateInfo: { ownerEmail: 'b@example.com' } }, { description: 'old', ownerEmail: 'a@example.com' }),
  'update merges data': update({ updateInfo: { data: { b: '20', c: '3' } } }, { data: { a: '1', b: '2' } }),
  'update with empty data leaves data': update({ updateInfo: { data: {} } }, { data: { a: '1' } }),
  'update the retention': update({ config: { workflowExecutionRetentionTtl: seconds(5 * DAY) } }),
  'update to a retention that is too short': update({ config: { workflowExecutionRetentionTtl: seconds(60) } }),
  'update to a negative retention': update({ config: { workflowExecutionRetentionTtl: { seconds: -5 } } }),
  'update nothing': update({}),
  'update one that does not exist': async (t) => { await patiently(t, 'UpdateNamespace', { namespace: t.name('nobody'), updateInfo: { description: 'd' } }); },
  'update without name': async (t) => { await patiently(t, 'UpdateNamespace', { updateInfo: { description: 'd' } }); },
  'update to the state registered': state({ state: 'NAMESPACE_STATE_REGISTERED' }),
  'update to the state deprecated': state({ state: 'NAMESPACE_STATE_DEPRECATED' }),
  'promote to a global one': update({ promoteNamespace: true }),
  'update bad binaries': { ignore: ['createTime'], run: update({ config: { badBinaries: { binaries: { abc: { reason: 'broken', operator: 'me' } } } } }) },
  'delete a bad binary that is not there': update({ deleteBadBinary: 'abc' }),
  'update the active cluster to one that does not exist': update({ replicationConfig: { activeClusterName: 'elsewhere' } }),
  'update twice, the later counts': async (t) => {
    const namespace = await newNamespace(t);
    await patiently(t, 'UpdateNamespace', { namespace, updateInfo: { description: 'one' } });
    await patiently(t, 'UpdateNamespace', { namespace, updateInfo: { description: 'two' } });
    await t.call('DescribeNamespace', { namespace });
  },

  'deprecate': async (t) => {
    const namespace = await newNamespace(t);
    await patiently(t, 'DeprecateNamespace', { namespace });
    await t.call('DescribeNamespace', { namespace });
  },
  'deprecated: no new workflows': async (t) => {
    const namespace = await newNamespace(t), workflowId = t.name('wf');
    await patiently(t, 'DeprecateNamespace', { namespace });
    const request = { namespace, workflowId, workflowType: { name: 'W' }, taskQueue: { name: t.name('tq') } };
    let n = 0;
    await until(async () => !(await t.call('StartWorkflowExecution', { ...request, workflowId: `${workflowId}-${n++}` }, { record: false })).ok);
    await t.call('StartWorkflowExecution', request);
    await t.call('SignalWithStartWorkflowExecution', { ...request, signalName: 's' });
  },
  'deprecated: running workflows go on': async (t) => {
    const namespace = await newNamespace(t), workflowId = t.name('wf'), tq = t.name('tq');
    await t.call('StartWorkflowExecution', { namespace, workflowId, workflowType: { name: 'W' }, taskQueue: { name: tq } });
    await patiently(t, 'DeprecateNamespace', { namespace });
    await until(async () => !(await t.call('StartWorkflowExecution', { namespace, workflowId: t.name('other'), workflowType: { name: 'W' }, taskQueue: { name: t.name('elsewhere') } }, { record: false })).ok);
    await t.call('SignalWorkflowExecution', { namespace, workflowExecution: { workflowId }, signalName: 's', input: payloads(1) });
    const task = await t.call('PollWorkflowTaskQueue', { namespace, taskQueue: { name: tq } }, { deadlineMs: 10_000, record: false });
    await t.call('RespondWorkflowTaskCompleted', { namespace, taskToken: task.raw.taskToken, commands: [{ commandType: 'COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION', completeWorkflowExecutionCommandAttributes: { result: payloads(2) } }] });
    await t.call('DescribeWorkflowExecution', { namespace, execution: { workflowId } });
  },

  'delete': async (t) => {
    const namespace = await newNamespace(t);
    await t.operator('DeleteNamespace', { namespace }, { record: false });
    const gone = await until(async () => (await t.call('DescribeNamespace', { namespace }, { record: false })).code === 'NOT_FOUND');
    t.observe('gone', gone);
    await t.call('DescribeNamespace', { namespace });
  },
  'delete answers with the new name': async (t) => {
    const namespace = await newNamespace(t);
    const { response } = await t.operator('DeleteNamespace', { namespace }, { record: false });
    t.observe('new name begins with the old one', response.deletedNamespace.replace(namespace, '').replace(/[0-9a-f]{5,}$/, '<hex>'));
  },
  'delete by id': async (t) => {
    const namespace = await newNamespace(t);
    const { response } = await t.call('DescribeNamespace', { namespace }, { record: false });
    const deleted = await t.operator('DeleteNamespace', { namespaceId: response.namespaceInfo.id }, { record: false });
    t.observe('code', deleted.code);
    t.observe('gone', await until(async () => (await t.call('DescribeNamespace', { namespace }, { record: false })).code === 'NOT_FOUND'));
  },
  'delete one that does not exist': async (t) => { await t.operator('DeleteNamespace', { namespace: t.name('nobody') }); },
  'delete the system namespace': async (t) => { await t.operator('DeleteNamespace', { namespace: 'temporal-system' }); },
  'delete without name': async (t) => { await t.operator('DeleteNamespace', {}); },
  'a deleted name can be registered again': async (t) => {
    const namespace = await newNamespace(t);
    await t.operator('DeleteNamespace', { namespace }, { record: false });
    await until(async () => (await t.call('DescribeNamespace', { namespace }, { record: false })).code === 'NOT_FOUND');
    await patiently(t, 'RegisterNamespace', { namespace, workflowExecutionRetentionPeriod: seconds(2 * DAY), description: 'second life' });
    await t.call('DescribeNamespace', { namespace });
  },
  'workflows of two namespaces do not meet': async (t) => {
    const a = await newNamespace(t, 'a'), b = await newNamespace(t, 'b'), workflowId = t.name('wf');
    const request = { workflowId, workflowType: { name: 'W' }, taskQueue: { name: t.name('tq') }, memo: { fields: { m: payload(1) } } };
    await t.call('StartWorkflowExecution', { ...request, namespace: a });
    await t.call('DescribeWorkflowExecution', { namespace: b, execution: { workflowId } });
    await t.call('StartWorkflowExecution', { ...request, namespace: b });
    await t.eventually('CountWorkflowExecutions', { namespace: a, query: '' }, (o) => o.response?.count === '1');
    await t.eventually('CountWorkflowExecutions', { namespace: b, query: '' }, (o) => o.response?.count === '1');
  },
};
