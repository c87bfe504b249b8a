import type { Init } from '@perdure/api';
import type { PollerScalingDecision } from '@perdure/api/taskqueue';

/** Tells a worker that scales its pollers by itself what would suit the queue. */
export const scalingDecision = ({
  pollerDelta,
}: {
  readonly pollerDelta: number;
}): { pollerScalingDecision: Init<PollerScalingDecision> } | null =>
  pollerDelta === 0 ? null : { pollerScalingDecision: { pollRequestDeltaSuggestion: pollerDelta } };
