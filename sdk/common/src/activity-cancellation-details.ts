import type { coresdk } from '@perdure/proto';

/** Where the details are put once an Activity has been cancelled. */
export interface ActivityCancellationDetailsHolder {
  details?: ActivityCancellationDetails | undefined;
}

export interface ActivityCancellationDetailsOptions {
  notFound?: boolean | undefined;
  cancelRequested?: boolean | undefined;
  paused?: boolean | undefined;
  timedOut?: boolean | undefined;
  workerShutdown?: boolean | undefined;
  reset?: boolean | undefined;
}

/** Why an Activity was cancelled; several reasons may hold. They are set once and do not change afterwards. */
export class ActivityCancellationDetails {
  /** The server knows it no more, for instance because its Workflow has ended. */
  readonly notFound: boolean;
  /** Its Workflow, or a client, asked for it. */
  readonly cancelRequested: boolean;
  readonly paused: boolean;
  readonly timedOut: boolean;
  readonly workerShutdown: boolean;
  readonly reset: boolean;

  constructor(options: ActivityCancellationDetailsOptions = {}) {
    this.notFound = options.notFound ?? false;
    this.cancelRequested = options.cancelRequested ?? false;
    this.paused = options.paused ?? false;
    this.timedOut = options.timedOut ?? false;
    this.workerShutdown = options.workerShutdown ?? false;
    this.reset = options.reset ?? false;
  }

  public static fromProto(
    proto: coresdk.activity_task.IActivityCancellationDetails | null | undefined,
  ): ActivityCancellationDetails {
    return new ActivityCancellationDetails({
      notFound: proto?.isNotFound ?? false,
      cancelRequested: proto?.isCancelled ?? false,
      paused: proto?.isPaused ?? false,
      timedOut: proto?.isTimedOut ?? false,
      workerShutdown: proto?.isWorkerShutdown ?? false,
      reset: proto?.isReset ?? false,
    });
  }
}
