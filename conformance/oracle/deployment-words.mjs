// Words for scenarios about worker deployments. They share one namespace, for a server may need a while to get
// deployments going in a new one; each scenario has names of its own for deployment, queue and workflow.
import { Conversation } from './conversation.mjs';
import { newNamespace, until } from './words.mjs';

export const quiet = { record: false };
export const VERSIONED = 'WORKER_VERSIONING_MODE_VERSIONED';
export const options = (t, buildId) => ({ deploymentName: t.name('d'), buildId, workerVersioningMode: VERSIONED });
let shared;
export const PINNED = 'VERSIONING_BEHAVIOR_PINNED', AUTO_UPGRADE = 'VERSIONING_BEHAVIOR_AUTO_UPGRADE';

/** Versions of the deployment <d> that workers have polled for. */
export async function world(t, ...buildIds) {
  const namespace = await (shared ??= newNamespace(new Conversation(t.connection), 'deployments'));
  // An unwritten change is part of the preparation: it is tried until it is taken.
  const set = (rpc, request, o) => (o === quiet ? until(async () => (await w.call(rpc, request, quiet)).ok, 10_000, 300) : w.call(rpc, request, o));
  const w = {
    namespace, workflowId: t.name('w'),
    call: (rpc, request = {}, o) => t.call(rpc, { namespace, ...request }, o),
    poll: async (buildId, queue = t.name('q')) => {
      let task;
      for (let i = 0; i < 3 && !task?.raw?.taskToken?.length; i++) // a poll may come back empty
        task = await t.call('PollWorkflowTaskQueue', { namespace, taskQueue: { name: queue }, identity: `worker ${buildId ?? 'unversioned'}`, deploymentOptions: buildId ? options(t, buildId) : undefined }, { deadlineMs: 8000, ...quiet });
      return task;
    },
    /** The version has come to be known to the deployment, through a poll that is left alone. */
    appear: async (buildId, queue = t.name('q')) => {
      const polled = t.call('PollWorkflowTaskQueue', { namespace, taskQueue: { name: queue }, deploymentOptions: options(t, buildId) }, { deadlineMs: 3000, ...quiet });
      const known = await until(async () => (await w.call('DescribeWorkerDeploymentVersion', { deploymentVersion: { deploymentName: t.name('d'), buildId } }, quiet)).ok
        && (await w.call('DescribeWorkerDeployment', { deploymentName: t.name('d') }, quiet)).response?.workerDeploymentInfo?.versionSummaries?.some((v) => v.deploymentVersion.buildId === buildId));
      if (!known) t.observe('never known', buildId);
      await polled;
    },
    current: (buildId, more = {}, o) => set('SetWorkerDeploymentCurrentVersion', { deploymentName: t.name('d'), buildId, identity: 'me', ...more }, o),
    ramp: (buildId, percentage, more = {}, o) => set('SetWorkerDeploymentRampingVersion', { deploymentName: t.name('d'), buildId, percentage, identity: 'me', ...more }, o),
    start: (workflowId = t.name('w'), more = {}, o = quiet) => w.call('StartWorkflowExecution', { workflowId, workflowType: { name: 'W' }, taskQueue: { name: t.name('q') }, requestId: t.uuid(), ...more }, o),
    complete: (task, buildId, versioningBehavior, commands = []) => w.call('RespondWorkflowTaskCompleted', { taskToken: task.raw.taskToken, deploymentOptions: options(t, buildId), versioningBehavior, commands }, quiet),
    /** What the workflow says of its versioning. */
    versioning: async (note, workflowId = t.name('w')) => {
      const { response } = await w.call('DescribeWorkflowExecution', { execution: { workflowId } }, quiet);
      const { revisionNumber, ...info } = response.workflowExecutionInfo.versioningInfo ?? {};
      t.observe(note, { info, deployment: response.workflowExecutionInfo.workerDeploymentName });
      return response;
    },
    deployment: async (note, done = () => true) => {
      let last;
      await until(async () => (last = await w.call('DescribeWorkerDeployment', { deploymentName: t.name('d') }, quiet)).ok && done(last.response.workerDeploymentInfo), 8000);
      t.observe(note, last.ok ? tidy(last.response.workerDeploymentInfo) : { code: last.code, message: last.message });
    },
  };
  for (const buildId of buildIds) await w.appear(buildId);
  return w;
}
/** Without times of internal checks, and with the versions in the order of their names. */
function tidy({ versionSummaries = [], routingConfig: { revisionNumber, ...routingConfig } = {}, routingConfigUpdateState, ...info }) {
  return { ...info, routingConfig, versionSummaries: [...versionSummaries].sort((a, b) => (a.deploymentVersion.buildId < b.deploymentVersion.buildId ? -1 : 1)).map(({ deploymentVersion, status }) => ({ buildId: deploymentVersion.buildId, status })) };
}
export const COMPLETE = { commandType: 'COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION', completeWorkflowExecutionCommandAttributes: {} };
export const signal = (w, workflowId = w.workflowId) => w.call('SignalWorkflowExecution', { workflowExecution: { workflowId }, signalName: 's' }, quiet);
export const identityOf = (task) => task.response?.history?.events?.findLast?.((e) => e.workflowTaskStartedEventAttributes)?.workflowTaskStartedEventAttributes.identity;
