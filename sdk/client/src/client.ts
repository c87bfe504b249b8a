import { filterNullAndUndefined } from '@perdure/common/lib/internal-workflow';
import { ActivityClient } from './activity-client.ts';
import type { BaseClientOptions, LoadedWithDefaults } from './base-client.ts';
import { BaseClient, defaultBaseClientOptions } from './base-client.ts';
import { given } from './given.ts';
import type { ClientInterceptors } from './interceptors.ts';
import { NexusClient } from './nexus-client.ts';
import { ScheduleClient } from './schedule-client.ts';
import { TaskQueueClient } from './task-queue-client.ts';
import type { QueryRejectCondition, WorkflowService } from './types.ts';
import { WorkflowClient } from './workflow-client.ts';

export interface ClientOptions extends BaseClientOptions {
  /** What calls of the client go through before they are made. */
  interceptors?: ClientInterceptors;

  /**
   * Plugins that may change the options, first to last; those of the connection come after them.
   *
   * @experimental
   */
  plugins?: ClientPlugin[];

  workflow?: {
    /**
     * Which runs do not answer queries.
     *
     * @default undefined: all answer, closed ones included
     */
    queryRejectCondition?: QueryRejectCondition;
  };
}

export type LoadedClientOptions = LoadedWithDefaults<ClientOptions>;

/** Changes how clients are made. @experimental */
export interface ClientPlugin {
  get name(): string;
  /** Gives the options to go on with. */
  configureClient?(options: Omit<ClientOptions, 'plugins'>): Omit<ClientOptions, 'plugins'>;
}

/** One client for everything, made of one for each subject. */
export class Client extends BaseClient {
  readonly options: LoadedClientOptions;
  /** Starts workflows and talks to them. */
  readonly workflow: WorkflowClient;
  /** Starts standalone activities, and completes activities from outside of a worker. */
  readonly activity: ActivityClient;
  /** Makes schedules and changes them. */
  readonly schedule: ScheduleClient;
  /** Build ids of task queues. @experimental */
  readonly taskQueue: TaskQueueClient;
  /** Starts standalone Nexus operations. @experimental */
  readonly nexus: NexusClient;

  constructor(options?: ClientOptions) {
    const configured = configure(options ?? {});
    super(configured);
    const { interceptors, workflow, plugins, ...rest } = configured;
    const shared = { ...rest, connection: this.connection, dataConverter: this.dataConverter };
    this.workflow = new WorkflowClient(given({ ...shared, ...workflow, interceptors: interceptors?.workflow }));
    this.activity = new ActivityClient(given({ ...shared, interceptors: interceptors?.activity }));
    this.schedule = new ScheduleClient(given({ ...shared, interceptors: interceptors?.schedule }));
    this.taskQueue = new TaskQueueClient(shared);
    this.nexus = new NexusClient(given({ ...shared, interceptors: interceptors?.nexus }));
    this.options = {
      ...defaultBaseClientOptions(),
      ...filterNullAndUndefined(rest),
      loadedDataConverter: this.dataConverter,
      interceptors: {
        workflow: this.workflow.options.interceptors,
        schedule: this.schedule.options.interceptors,
        nexus: this.nexus.options.interceptors,
        ...(interceptors?.activity && { activity: interceptors.activity }),
      },
      workflow: { queryRejectCondition: this.workflow.options.queryRejectCondition },
      plugins: plugins ?? [],
    };
  }

  /** The raw calls of the server. Requests need their `namespace` set. */
  get workflowService(): WorkflowService {
    return this.connection.workflowService;
  }
}

function configure(options: ClientOptions): ClientOptions {
  const plugins = [...(options.plugins ?? []), ...(options.connection?.plugins ?? [])];
  let configured: ClientOptions = { ...options, plugins };
  for (const plugin of plugins as ClientPlugin[]) {
    if (plugin.configureClient !== undefined) configured = plugin.configureClient(configured);
  }
  return configured;
}
