import type { ClientOptions, TestService, WorkflowClientOptions, WorkflowResultOptions } from '@perdure/client';
import { Client, WorkflowClient } from '@perdure/client';

/** The options of a client whose connection and namespace are given. */
export type ClientOptionsForTestEnv = Omit<ClientOptions, 'namespace' | 'connection'>;

/** A client that lets time be skipped while it waits for the result of a workflow. */
export class TimeSkippingClient extends Client {
  constructor(options: ClientOptions) {
    super(options);
    const workflow = new TimeSkippingWorkflowClient({ ...this.workflow.options, connection: this.connection });
    // The property is read-only for users of clients, of which this is not one.
    Object.assign(this, { workflow });
  }
}

/** How many results a client waits for: the first one unlocks time, and the last one locks it. */
const waitingOf = new WeakMap<TimeSkippingWorkflowClient, number>();

function changeWaiting(client: TimeSkippingWorkflowClient, by: number): number {
  const waiting = (waitingOf.get(client) ?? 0) + by;
  waitingOf.set(client, waiting);
  return waiting;
}

/** A workflow client that lets time be skipped while it waits for a result, which `execute` does as well. */
export class TimeSkippingWorkflowClient extends WorkflowClient {
  protected readonly testService: TestService;

  /** @throws TypeError when the connection is none to a server that skips time */
  constructor(options: WorkflowClientOptions) {
    super(options);
    const { testService } = this.connection as { testService?: TestService };
    if (!testService) throw new TypeError('TestService must be present when creating a TimeSkippingWorkflowClient');
    this.testService = testService;
  }

  override async result<T>(
    workflowId: string,
    runId?: string | undefined,
    opts?: WorkflowResultOptions | undefined,
  ): Promise<T> {
    if (changeWaiting(this, 1) === 1) await unlock(this, this.testService);
    try {
      return (await super.result(workflowId, runId, opts)) as T;
    } finally {
      if (changeWaiting(this, -1) === 0) await this.testService.lockTimeSkipping({});
    }
  }
}

async function unlock(client: TimeSkippingWorkflowClient, testService: TestService): Promise<void> {
  try {
    await testService.unlockTimeSkipping({});
  } catch (error) {
    changeWaiting(client, -1);
    throw error;
  }
}
