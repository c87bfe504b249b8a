// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const ComputeConfigScalingGroup = codec('temporal.api.compute.v1.ComputeConfigScalingGroup');

export const ComputeConfig = codec('temporal.api.compute.v1.ComputeConfig');

export const ComputeConfigScalingGroupUpdate = codec('temporal.api.compute.v1.ComputeConfigScalingGroupUpdate');

export const ComputeConfigSummary = codec('temporal.api.compute.v1.ComputeConfigSummary');

export const ComputeConfigScalingGroupSummary = codec('temporal.api.compute.v1.ComputeConfigScalingGroupSummary');

export const ComputeProvider = codec('temporal.api.compute.v1.ComputeProvider');

export const ComputeScaler = codec('temporal.api.compute.v1.ComputeScaler');
