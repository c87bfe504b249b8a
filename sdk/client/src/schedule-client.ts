import type { Workflow } from '@perdure/common';
import { composeInterceptors } from '@perdure/common/lib/interceptors';
import { filterNullAndUndefined } from '@perdure/common/lib/internal-workflow';
import { temporal } from '@perdure/proto';
import type { BaseClientOptions, Caller, LoadedWithDefaults } from './base-client.ts';
import { BaseClient, callerOf, defaultBaseClientOptions } from './base-client.ts';
import { given } from './given.ts';
import type { ScheduleClientInterceptor } from './interceptors.ts';
import {
  createSchedule,
  deleteSchedule,
  describeSchedule,
  listSchedules,
  patchSchedule,
  updateSchedule,
} from './schedule/calls.ts';
import { descriptionOf } from './schedule/decode.ts';
import { compileScheduleOptions, compileUpdatedScheduleOptions, encodeBackfill } from './schedule/encode.ts';
import type {
  Backfill,
  ScheduleDescription,
  ScheduleOptions,
  ScheduleOptionsStartWorkflowAction,
  ScheduleSummary,
  ScheduleUpdateOptions,
} from './schedule-types.ts';
import { encodeScheduleOverlapPolicy, type ScheduleOverlapPolicy } from './schedule-types.ts';
import type { WorkflowService } from './types.ts';

export { ScheduleAlreadyRunning, ScheduleNotFoundError } from './schedule/errors.ts';

/** A schedule as seen from a client. */
export interface ScheduleHandle {
  readonly scheduleId: string;

  /** What the server knows of the schedule. */
  describe(): Promise<ScheduleDescription>;

  /**
   * Changes the schedule. What was changed by somebody else between the description and this is lost.
   *
   * @param updateFn gives what the schedule is to become, from what it is
   */
  update<W extends Workflow = Workflow>(
    updateFn: (previous: ScheduleDescription) => ScheduleUpdateOptions<ScheduleOptionsStartWorkflowAction<W>>,
  ): Promise<void>;

  /** The schedule goes; workflows that it started go on. */
  delete(): Promise<void>;

  /** Acts now. @param overlap what to do when the last action goes on; `ALLOW_ALL` by default */
  trigger(overlap?: ScheduleOverlapPolicy): Promise<void>;

  /** Catches up on the actions of some time, now. */
  backfill(options: Backfill | Backfill[]): Promise<void>;

  /** @param note why */
  pause(note?: string): Promise<void>;

  /** @param note why */
  unpause(note?: string): Promise<void>;

  readonly client: ScheduleClient;
}

export interface ScheduleClientOptions extends BaseClientOptions {
  /** What the making of schedules goes through. */
  interceptors?: ScheduleClientInterceptor[];
}

export type LoadedScheduleClientOptions = LoadedWithDefaults<ScheduleClientOptions>;

export interface ListScheduleOptions {
  /** How many schedules the server sends at a time. @default as the server likes */
  pageSize?: number;
  /** Which schedules, as a filter of the visibility API; all of them without one. */
  query?: string;
}

/** Makes schedules and changes them. Part of a {@link Client}, as `client.schedule`. */
export class ScheduleClient extends BaseClient {
  readonly options: LoadedScheduleClientOptions;
  readonly #caller: Caller;

  constructor(options?: ScheduleClientOptions) {
    super(options);
    this.options = {
      ...defaultBaseClientOptions(),
      interceptors: [],
      ...filterNullAndUndefined(options ?? {}),
      loadedDataConverter: this.dataConverter,
    };
    this.#caller = callerOf(this.connection, this.options);
  }

  /** The raw calls of the server, those about schedules among them. Requests need their `namespace` set. */
  get workflowService(): WorkflowService {
    return this.connection.workflowService;
  }

  /**
   * Makes a schedule.
   *
   * @throws ScheduleAlreadyRunning when there is one with this id
   * @throws TypeError when something that every schedule needs is missing, or the server cannot read the spec
   */
  async create<W extends Workflow = Workflow>(
    options: ScheduleOptions<ScheduleOptionsStartWorkflowAction<W>>,
  ): Promise<ScheduleHandle>;
  async create(options: ScheduleOptions): Promise<ScheduleHandle> {
    if (!options.scheduleId) throw new TypeError('Missing ScheduleOptions.scheduleId');
    refuseIncomplete(options.action, 'ScheduleOptions');
    const { interceptors } = this.options;
    const create = composeInterceptors(interceptors, 'create', (input) => createSchedule(this.#caller, input));
    await create({ options: compileScheduleOptions(options), headers: {} });
    return this.getHandle(options.scheduleId);
  }

  /** The schedules that a query finds. What was written a moment ago may be missing. */
  list(options?: ListScheduleOptions): AsyncIterable<ScheduleSummary> {
    return listSchedules(this.#caller, options);
  }

  /** A handle to a schedule, which is not checked: its methods throw `ScheduleNotFoundError` when there is none. */
  getHandle(scheduleId: string): ScheduleHandle {
    const caller = this.#caller;
    const patch = (change: temporal.api.schedule.v1.ISchedulePatch) => patchSchedule(caller, scheduleId, change);
    const describe = async () => {
      const raw = await describeSchedule(caller, scheduleId);
      return await descriptionOf(caller.dataConverter, caller.namespace, scheduleId, raw);
    };
    return {
      client: this,
      scheduleId,
      describe,
      async update(updateFn) {
        const current = await describe();
        // Headers are for workflows, and only interceptors set them: they stay as they are.
        const headers = current.raw.schedule?.action?.startWorkflow?.header?.fields ?? {};
        const updated = updateFn(current) as unknown as ScheduleUpdateOptions;
        refuseIncomplete(updated.action, 'ScheduleUpdateOptions');
        await updateSchedule(caller, scheduleId, compileUpdatedScheduleOptions(scheduleId, updated), headers);
      },
      delete: () => deleteSchedule(caller, scheduleId),
      // The stray quotation marks are the API's: they are in the notes of paused schedules everywhere.
      pause: (note) => patch({ pause: note ?? 'Paused via TypeScript SDK"' }),
      unpause: (note) => patch({ unpause: note ?? 'Unpaused via TypeScript SDK"' }),
      trigger: (overlap) => {
        const { SCHEDULE_OVERLAP_POLICY_ALLOW_ALL } = temporal.api.enums.v1.ScheduleOverlapPolicy;
        const overlapPolicy = overlap ? encodeScheduleOverlapPolicy(overlap) : SCHEDULE_OVERLAP_POLICY_ALLOW_ALL;
        return patch({ triggerImmediately: given({ overlapPolicy }) });
      },
      backfill: (options) => patch({ backfillRequest: [options].flat().map(encodeBackfill) }),
    };
  }
}

/** @throws TypeError when what every action needs is missing */
function refuseIncomplete(action: ScheduleOptions['action'], options: string): void {
  if (action.type !== 'startWorkflow') return;
  if (!action.taskQueue) throw new TypeError(`Missing ${options}.action.taskQueue for 'startWorkflow' action`);
  if (!action.workflowType) throw new TypeError(`Missing ${options}.action.workflowType for 'startWorkflow' action`);
}
