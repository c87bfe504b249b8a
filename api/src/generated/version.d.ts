// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface ReleaseInfo {
  version: string;
  releaseTime: googleProtobuf.Timestamp | null;
  notes: string;
}
export declare const ReleaseInfo: Codec<ReleaseInfo>;

export interface Alert {
  message: string;
  severity: enums.Severity;
}
export declare const Alert: Codec<Alert>;

export interface VersionInfo {
  current: ReleaseInfo | null;
  recommended: ReleaseInfo | null;
  instructions: string;
  alerts: Alert[];
  lastUpdateTime: googleProtobuf.Timestamp | null;
}
export declare const VersionInfo: Codec<VersionInfo>;
