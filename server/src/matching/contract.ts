/** What callers of matching see: queues, offers, polls and what is told about them. Instants in epoch milliseconds. */

export type QueueType = 'workflow' | 'activity' | 'nexus';

/** A sticky queue is an ordinary queue here; its name was chosen by the worker. */
export interface QueueId {
  readonly namespaceId: string;
  readonly name: string;
  readonly type: QueueType;
}

/** From 1 (first) to 5 (last); 0 is the default one, above 5 is 5. */
export type Priority = number;
export const DEFAULT_PRIORITY: Priority = 3;

/** Whose turn it is among tasks of one priority. */
export interface Fairness {
  /** Tasks of one key wait in line; '' is a key like any other. */
  readonly key: string;
  /** How many tasks of this key go for one of a key of weight 1. */
  readonly weight: number;
  /** The most tasks per second of this key; null for no limit. */
  readonly perSecond: number | null;
}

export const noFairness: Fairness = { key: '', weight: 1, perSecond: null };

export interface Offer<T> {
  readonly task: T;
  /** What the offer is known by within its queue, for removing and replacing it. */
  readonly id: string;
  readonly priority: Priority;
  readonly fairness: Fairness;
  /** When the task began to wait; the age of a backlog counts from here. */
  readonly createdAt: number;
}

export interface Poller {
  /** The worker's own name for itself; one without a name is served, but not listed. */
  readonly identity: string;
  readonly kind: 'normal' | 'sticky';
  /** What the worker wants the queue to give out at most, to all workers; null when it did not say. The latest counts. */
  readonly ratePerSecond: number | null;
  /** Whatever the caller wants to see again in `describe` and `completePolls`, such as the worker's version. */
  readonly metadata: unknown;
}

export interface PollUntil {
  /** When the poll ends empty-handed; no later than the cap of long polls, whatever is said here. */
  readonly deadline: number;
  /** Aborted when the caller has gone. */
  readonly signal?: AbortSignal | undefined;
}

export interface Polled<T> {
  readonly offer: Offer<T>;
  /** The task went straight to a poll that was waiting for it. */
  readonly syncMatch: boolean;
  /** How many tasks were left in the queue's backlog. */
  readonly backlogCount: number;
  /** What would suit the queue: 1 for a poller more, -1 for one less. */
  readonly pollerDelta: -1 | 0 | 1;
}

export interface PollerSeen {
  readonly poller: Poller;
  readonly lastAccessTime: number;
}

export interface QueueStats {
  readonly backlogCount: number;
  /** How long the oldest task in the backlog has been waiting; 0 when there is none. */
  readonly backlogAgeMs: number;
  /** Per second, over the last half minute. */
  readonly tasksAddRate: number;
  readonly tasksDispatchRate: number;
}

export interface QueueDescription extends QueueStats {
  /** Who polled within the last 5 minutes, the latest first. */
  readonly pollers: readonly PollerSeen[];
  /** One entry for every priority that was used, and for the default one. */
  readonly byPriority: ReadonlyMap<Priority, QueueStats>;
  /** The most tasks per second that a worker wants it to give out; null when none has said so. */
  readonly workerRate: number | null;
}

export interface MatchingOptions {
  /** The most tasks per second that may leave a queue, as somebody has set it; null when nobody has. */
  readonly limitOf: (queue: QueueId) => number | null;
  /** What somebody has set for a fairness key: its weight instead of the tasks' own, and a limit. */
  readonly keyLimitOf: (
    queue: QueueId,
    key: string,
  ) => { readonly weight: number | null; readonly perSecond: number | null };
  /** The longest a poll waits. Default 60 s. */
  readonly longPollMs: number;
  /** Waiting polls per queue, and as many waiting `offerOnly`s; one more is refused. Default 10,000. */
  readonly maxWaiting: number;
  /** Pollers remembered per queue for `describe`. Default 1,000. */
  readonly maxPollersSeen: number;
  /** How long a poller is remembered, and an empty queue that nobody uses. Default 5 minutes. */
  readonly rememberMs: number;
}

export interface Matching<T> {
  /**
   * Hands the task to a poll that waits, or appends it to the backlog. An offer with the id of one in the backlog
   * takes that one's place. `front` is for a task that comes back because its poll's caller had gone: it goes before
   * all others of its priority and does not count as a new one.
   */
  add(queue: QueueId, offer: Offer<T>, where?: 'back' | 'front'): void;
  /** False when it was not in the backlog (any more). */
  remove(queue: QueueId, id: string): boolean;
  /**
   * The next task, or null when the deadline passed, the signal was aborted, the poll was completed from outside or
   * matching was closed. After it resolved with a task the caller must look whether its own caller is still there, and
   * otherwise `add` the offer again, at the front. Throws RESOURCE_EXHAUSTED when too many polls wait already.
   */
  poll(queue: QueueId, poller: Poller, until: PollUntil): Promise<Polled<T> | null>;
  /**
   * For what makes no sense later, such as a query: given to a poll that waits or that comes before the deadline, ahead
   * of the backlog, and never put into it. True when a poll took it; false on deadline, abort and close.
   */
  offerOnly(queue: QueueId, offer: Offer<T>, until: PollUntil): Promise<boolean>;
  /** What `limitOf` says of this queue may have changed. */
  limitChanged(queue: QueueId): void;
  /** Whether a poll waits now, or one was there within the last `withinMs`. */
  hasRecentPoller(queue: QueueId, withinMs: number): boolean;
  describe(queue: QueueId): QueueDescription;
  /** Ends waiting polls, and forgets their pollers. Gives back how many polls ended. */
  completePolls(matches: (poller: Poller, queue: QueueId) => boolean): number;
  /** Ends everything that waits on the queue and forgets it. Gives back its backlog, in order, to go elsewhere. */
  forgetQueue(queue: QueueId): Offer<T>[];
  /** Ends everything that waits. From then on polls come back empty and offers are dropped. */
  close(): void;
}
