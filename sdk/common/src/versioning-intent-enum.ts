import type { coresdk } from '@perdure/proto';
import { assertNever } from './type-helpers.ts';
import type { VersioningIntent as VersioningIntentName } from './versioning-intent.ts';

/** The numbers of `coresdk.common.VersioningIntent`, which a Workflow bundle shall not have to hold. */
export const VersioningIntent = {
  UNSPECIFIED: 0,
  COMPATIBLE: 1,
  DEFAULT: 2,
} as const satisfies { [name in keyof typeof coresdk.common.VersioningIntent]: number };
export type VersioningIntent = (typeof VersioningIntent)[keyof typeof VersioningIntent];

export function versioningIntentToProto(intent: VersioningIntentName | undefined): VersioningIntent {
  switch (intent) {
    case 'COMPATIBLE':
      return VersioningIntent.COMPATIBLE;
    case 'DEFAULT':
      return VersioningIntent.DEFAULT;
    case undefined:
      return VersioningIntent.UNSPECIFIED;
    default:
      return assertNever('Unexpected VersioningIntent', intent);
  }
}
