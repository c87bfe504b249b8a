/**
 * On what worker something runs that a Workflow starts, where workers are versioned by Build Id sets: on one that is
 * compatible with the Workflow's, or on one with the queue's default Build Id. If nothing is said, what runs on the same
 * queue is compatible, and what runs on another one gets that one's default.
 *
 * @deprecated Worker versioning by Build Id sets has given way to worker deployments.
 */
export type VersioningIntent = 'COMPATIBLE' | 'DEFAULT';
