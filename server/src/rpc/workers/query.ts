import { IndexedValueType, WorkerStatus } from '@perdure/api/enums';
import type { WorkerHeartbeat } from '@perdure/api/worker';
import { invalidArgument, ServiceError } from '../../kernel/errors.ts';
import { fromTimestamp } from '../../kernel/time.ts';
import { parseQuery } from '../../visibility/check.ts';
import { holds } from '../../visibility/evaluate.ts';
import type { Query, Value } from '../../visibility/tree.ts';

const { KEYWORD, DATETIME } = IndexedValueType;

/** What can be asked of a worker, each from its last heartbeat. An empty text counts as not set. */
const fields: Readonly<Record<string, (worker: WorkerHeartbeat) => Value | null>> = {
  WorkerInstanceKey: (worker) => worker.workerInstanceKey,
  WorkerIdentity: (worker) => worker.workerIdentity,
  HostName: (worker) => worker.hostInfo?.hostName ?? '',
  TaskQueue: (worker) => worker.taskQueue,
  DeploymentName: (worker) => worker.deploymentVersion?.deploymentName ?? '',
  BuildId: (worker) => worker.deploymentVersion?.buildId ?? '',
  SdkName: (worker) => worker.sdkName,
  SdkVersion: (worker) => worker.sdkVersion,
  WorkerStatus: ({ status }) => statusNames.get(status) ?? '',
  Status: ({ status }) => statusNames.get(status) ?? '',
  StartTime: ({ startTime }) => startTime && fromTimestamp(startTime),
  HeartbeatTime: ({ heartbeatTime }) => heartbeatTime && fromTimestamp(heartbeatTime),
};

/** `SHUTTING_DOWN` is asked for as `ShuttingDown`. */
const statusNames = new Map<WorkerStatus, string>(
  Object.entries(WorkerStatus).map(([name, status]) => [
    status,
    name.toLowerCase().replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase()),
  ]),
);

const types = new Map(Object.keys(fields).map((name) => [name, name.endsWith('Time') ? DATETIME : KEYWORD]));

/** What is wrong with a query of workers is told in fewer words than with one of workflows. */
function parsed(text: string): Query {
  try {
    return parseQuery(text, types);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw invalidArgument(error.message.replace(/^invalid query: (malformed )SQL /, '$1'));
  }
}

/** The workers that a query in the language of visibility finds; all of them for an empty one. */
export function matchingWorkers(workers: readonly WorkerHeartbeat[], text: string): readonly WorkerHeartbeat[] {
  const { where, groupBy, orderBy } = parsed(text);
  if (groupBy || orderBy.length > 0)
    throw invalidArgument('Workers cannot be grouped or ordered: leave that clause out.');
  if (where === null) return workers;
  return workers.filter((worker) =>
    holds(where, ({ name }) => {
      const value = fields[name]?.(worker) ?? null;
      return value === '' ? null : value;
    }),
  );
}
