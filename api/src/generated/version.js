// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const ReleaseInfo = codec('temporal.api.version.v1.ReleaseInfo');

export const Alert = codec('temporal.api.version.v1.Alert');

export const VersionInfo = codec('temporal.api.version.v1.VersionInfo');
