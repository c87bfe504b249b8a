// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface ComputeConfigScalingGroup {
  taskQueueTypes: enums.TaskQueueType[];
  provider: ComputeProvider | null;
  scaler: ComputeScaler | null;
}
export declare const ComputeConfigScalingGroup: Codec<ComputeConfigScalingGroup>;

export interface ComputeConfig {
  scalingGroups: { [key: string]: ComputeConfigScalingGroup };
}
export declare const ComputeConfig: Codec<ComputeConfig>;

export interface ComputeConfigScalingGroupUpdate {
  scalingGroup: ComputeConfigScalingGroup | null;
  updateMask: googleProtobuf.FieldMask | null;
}
export declare const ComputeConfigScalingGroupUpdate: Codec<ComputeConfigScalingGroupUpdate>;

export interface ComputeConfigSummary {
  scalingGroups: { [key: string]: ComputeConfigScalingGroupSummary };
}
export declare const ComputeConfigSummary: Codec<ComputeConfigSummary>;

export interface ComputeConfigScalingGroupSummary {
  taskQueueTypes: enums.TaskQueueType[];
  providerType: string;
}
export declare const ComputeConfigScalingGroupSummary: Codec<ComputeConfigScalingGroupSummary>;

export interface ComputeProvider {
  type: string;
  details: Uint8Array | null;
  nexusEndpoint: string;
}
export declare const ComputeProvider: Codec<ComputeProvider>;

export interface ComputeScaler {
  type: string;
  details: Uint8Array | null;
}
export declare const ComputeScaler: Codec<ComputeScaler>;
