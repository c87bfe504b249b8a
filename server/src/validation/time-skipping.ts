import type { TimeSkippingConfig } from '@perdure/api/common';
import { invalidArgument, unimplemented } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';
import { durationMs } from '../kernel/time.ts';

/** How a workflow is to skip time, filled in. Throws UNIMPLEMENTED where that is not allowed, INVALID_ARGUMENT. */
export function checkedTimeSkipping(config: TimeSkippingConfig | null, limits: Limits): TimeSkippingConfig | null {
  if (!config) return null;
  allowTimeSkipping(limits);
  const { fastForwardConfig, enabled } = config;
  if (fastForwardConfig) {
    if (durationMs(fastForwardConfig.duration) <= 0)
      throw invalidArgument('Time skipping config invalid: fast_forward duration must be positive');
    checkFastForwardId(fastForwardConfig.id);
    if (!enabled) throw invalidArgument('time_skipping_config: cannot set fast_forward when enabled is false');
  }
  const asked = config.maxSessionSkipCount;
  return { ...config, maxSessionSkipCount: asked > 0 ? asked : Math.max(1, limits.maxSkipsPerSession) };
}

export function allowTimeSkipping({ workflowTimeSkipping }: Limits): void {
  if (!workflowTimeSkipping) throw unimplemented('The Time-Skipping feature is not enabled for namespace.');
}

export function checkFastForwardId(id: string): void {
  if (id.trim() === '') throw invalidArgument('Time skipping config invalid: fast_forward_id must be set');
}
