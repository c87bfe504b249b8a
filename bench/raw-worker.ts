/**
 * A worker without an SDK: it answers tasks straight on the wire, so that what is measured is the server.
 *
 * It knows one kind of workflow: the first task schedules all activities, later ones count what has completed, and the
 * last one closes the workflow.
 */
import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';

const { CommandType, EventType, TaskQueueKind } = proto.temporal.api.enums.v1;

type Command = temporal.api.command.v1.ICommand;
type Task = temporal.api.workflowservice.v1.IPollWorkflowTaskQueueResponse;

export interface RawWorker {
  readonly taskQueue: string;
  stop(): Promise<void>;
}

const { Duration } = proto.google.protobuf;
const seconds = (count: number) => Duration.fromObject({ seconds: count });

const namespace = 'default';
const POLL_MS = 60_000;

/**
 * Starts polling.
 *
 * @param fanOut how many activities each workflow has
 * @param pollers how many polls for activities are open at a time
 */
export function startRawWorker(connection: Connection, fanOut: number, pollers: number): RawWorker {
  const taskQueue = `raw-${randomUUID()}`;
  const stickyQueue = `${taskQueue}-sticky`;
  const stop = new AbortController();
  const completed = new Map<string, number>();
  const service = connection.workflowService;

  const answer = (task: Task) => {
    const runId = task.workflowExecution?.runId ?? '';
    const events = task.history?.events ?? [];
    const first = events[0]?.eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED;
    const news = events.filter(({ eventType }) => eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED).length;
    // A history from its start (after a sticky queue gave up) counts anew.
    const count = (first ? 0 : (completed.get(runId) ?? 0)) + news;
    completed.set(runId, count);
    const scheduled = first && news === 0 && events.length <= 3;
    const commands = scheduled ? scheduleAll(taskQueue, fanOut) : count >= fanOut ? [COMPLETE] : [];
    if (count >= fanOut) completed.delete(runId);
    return service.respondWorkflowTaskCompleted({
      namespace,
      taskToken: task.taskToken ?? null,
      commands,
      stickyAttributes: {
        workerTaskQueue: { name: stickyQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY, normalName: taskQueue },
        scheduleToStartTimeout: seconds(60),
      },
    });
  };

  const workflowLoop = (name: string, sticky: boolean) =>
    loop(connection, stop.signal, async () => {
      const kind = sticky ? TaskQueueKind.TASK_QUEUE_KIND_STICKY : TaskQueueKind.TASK_QUEUE_KIND_NORMAL;
      const normal = sticky ? { normalName: taskQueue } : {};
      const task = await service.pollWorkflowTaskQueue({ namespace, taskQueue: { name, kind, ...normal } });
      if (task.taskToken?.length) await answer(task);
    });
  const activityLoop = () =>
    loop(connection, stop.signal, async () => {
      const { taskToken } = await service.pollActivityTaskQueue({ namespace, taskQueue: { name: taskQueue } });
      if (taskToken?.length) await service.respondActivityTaskCompleted({ namespace, taskToken });
    });
  const loops = [
    ...Array.from({ length: 5 }, () => workflowLoop(taskQueue, false)),
    ...Array.from({ length: 5 }, () => workflowLoop(stickyQueue, true)),
    ...Array.from({ length: pollers }, activityLoop),
  ];
  return {
    taskQueue,
    stop: async () => {
      stop.abort();
      await Promise.all(loops);
    },
  };
}

const COMPLETE: Command = {
  commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
  completeWorkflowExecutionCommandAttributes: {},
};

function scheduleAll(taskQueue: string, activities: number): Command[] {
  return Array.from({ length: activities }, (_, index) => ({
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: {
      activityId: String(index),
      activityType: { name: 'noop' },
      taskQueue: { name: taskQueue },
      startToCloseTimeout: seconds(60),
      requestEagerExecution: false,
    },
  }));
}

async function loop(connection: Connection, signal: AbortSignal, turn: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await connection.withAbortSignal(signal, () => connection.withDeadline(Date.now() + POLL_MS, turn));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
