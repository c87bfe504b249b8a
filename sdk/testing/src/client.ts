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
    await this.testService.unlockTimeSkipping({});
    try {
      return (await super.result(workflowId, runId, opts)) as T;
    } finally {
      await this.testService.lockTimeSkipping({});
    }
  }
}
