import type { Init } from '@perdure/api';
import type { ResetPoints } from '@perdure/api/workflow';
import { fromTimestamp, toTimestamp } from '../../kernel/time.ts';
import type { ResetPoint } from './state.ts';
import type { Transition } from './transition.ts';

const MAX_RESET_POINTS = 20;

/** Notes the first task that a build completed. The oldest go when there are too many. */
export function noteResetPoint(t: Transition, completedEventId: number, binaryChecksum: string, buildId: string): void {
  const { head, key } = t.run;
  const known = head.resetPoints.some((point) => point.binaryChecksum === binaryChecksum && point.buildId === buildId);
  if (known) return;
  const point: ResetPoint = {
    buildId,
    binaryChecksum,
    runId: key.runId,
    firstWorkflowTaskCompletedId: completedEventId,
    createTime: t.now,
    expireTime: t.now + t.namespace.retention,
  };
  head.resetPoints = [...head.resetPoints, point].slice(-MAX_RESET_POINTS);
}

export const wireResetPoints = (points: readonly ResetPoint[]): Init<ResetPoints> => ({
  points: points.map((point) => ({
    binaryChecksum: point.binaryChecksum,
    buildId: point.buildId,
    runId: point.runId,
    firstWorkflowTaskCompletedId: point.firstWorkflowTaskCompletedId,
    createTime: toTimestamp(point.createTime),
    expireTime: toTimestamp(point.expireTime),
    resettable: true,
  })),
});

/** The points that a run has from the runs before it, as its start event says them. */
export const readResetPoints = (wire: ResetPoints | null): ResetPoint[] =>
  (wire?.points ?? []).map((point) => ({
    binaryChecksum: point.binaryChecksum,
    buildId: point.buildId,
    runId: point.runId,
    firstWorkflowTaskCompletedId: point.firstWorkflowTaskCompletedId,
    createTime: fromTimestamp(point.createTime) ?? 0,
    expireTime: fromTimestamp(point.expireTime) ?? 0,
  }));
