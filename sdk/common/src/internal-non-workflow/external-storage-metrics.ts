import type { coresdk } from '@perdure/proto';
import Long from 'long';

type Interval = readonly [start: number, end: number];

/** Adds up what was stored or retrieved for one task. */
export class ExternalStorageMetricsAccumulator {
  private payloadCount = 0;
  private totalSizeBytes = 0;
  private readonly driverNames = new Set<string>();
  private readonly intervals: Interval[] = [];

  /** One call of a driver. Times are in milliseconds, on any clock. */
  record(driverName: string, payloadCount: number, sizeBytes: number, startMs: number, endMs: number): void {
    this.payloadCount += payloadCount;
    this.totalSizeBytes += sizeBytes;
    this.driverNames.add(driverName);
    this.intervals.push([startMs, endMs]);
  }

  /** `undefined` if there was nothing. The duration is that of any call being under way, since calls overlap. */
  toProto(): coresdk.common.IExternalStorageMetrics | undefined {
    if (this.payloadCount === 0) return undefined;
    const duration = lengthOfUnion(this.intervals);
    return {
      payloadCount: Long.fromNumber(this.payloadCount, true),
      totalSizeBytes: Long.fromNumber(this.totalSizeBytes, true),
      totalDuration: {
        seconds: Long.fromNumber(Math.floor(duration / 1000)),
        nanos: Math.round((duration % 1000) * 1e6),
      },
      driverNames: [...this.driverNames].sort(),
    };
  }
}

function lengthOfUnion(intervals: readonly Interval[]): number {
  let covered = Number.NEGATIVE_INFINITY;
  let length = 0;
  for (const [start, end] of intervals.toSorted(([a], [b]) => a - b)) {
    if (end <= covered) continue;
    length += end - Math.max(start, covered);
    covered = end;
  }
  return length;
}
