import type { WorkflowInfo } from './workflow-info.ts';

/*
 * What newer versions of the SDK do differently, each under a number that a completed workflow task writes into the
 * history. New tasks use what is on by default; a replay only what its history says, or, where old versions forgot to
 * say it, what one of the `alternativeConditions` makes of the version that wrote the task.
 *
 * The numbers and their meaning are those of `@temporalio/workflow`, whose histories are replayed here.
 */

type AltConditionFn = (ctx: { info: WorkflowInfo; sdkVersion?: string | undefined }) => boolean;

export type SdkFlag = {
  readonly id: number;
  /** Whether new tasks use it. */
  readonly default: boolean;
  readonly alternativeConditions: AltConditionFn[] | undefined;
};

type Version = readonly [major: number, minor: number, patch: number];

function versionIn(text: string | undefined): Version | undefined {
  const [, major, minor, patch] = text?.match(/(\d+)\.(\d+)\.(\d+)/) ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** Holds for histories that the given version of the SDK or a later one wrote. */
const writtenSince =
  (...oldest: Version): AltConditionFn =>
  ({ sdkVersion }) => {
    const version = versionIn(sdkVersion);
    if (version === undefined) return false;
    const differing = version.findIndex((part, at) => part !== oldest[at]);
    return differing < 0 || (version[differing] ?? 0) > (oldest[differing] ?? 0);
  };

/** 1.11.0 and 1.11.1 used their flags without writing them down; they show in the build id alone. */
const writtenBy1110or1111: AltConditionFn = ({ info }) =>
  /^@temporalio\/worker@1\.11\.[01]\+/.test(info.currentBuildId ?? '');

const flag = (id: number, ...alternativeConditions: AltConditionFn[]): SdkFlag => ({
  id,
  default: true,
  alternativeConditions: alternativeConditions.length > 0 ? alternativeConditions : undefined,
});

export const SdkFlags = {
  /**
   * A cancelled scope that is not cancellable leaves its children alone; `withTimeout` takes back its timer when the
   * function ends first; `setTimeout` runs through the `startTimer` interceptors.
   */
  NonCancellableScopesAreShieldedFromPropagation: flag(1, writtenBy1110or1111),
  /**
   * Signals and other jobs of an activation run in one go. Without it signals are a batch of their own, and what they
   * set off runs to its end before the other jobs begin.
   */
  ProcessWorkflowActivationJobsAsSingleBatch: flag(2, writtenBy1110or1111),
  /** The OpenTelemetry interceptor for signals awaits once. */
  OpenTelemetryInterceptorsTracesInboundSignals: flag(3, writtenSince(1, 11, 5)),
  /** The OpenTelemetry interceptor for local activities awaits once. */
  OpenTelemetryInterceptorsTracesLocalActivities: flag(4, writtenSince(1, 11, 6)),
  /** The OpenTelemetry interceptors read headers without awaiting. */
  OpenTelemetryInterceporsAvoidsExtraYields: flag(5, writtenSince(1, 13, 2)),
  /** The OpenTelemetry interceptors cover updates, queries, timers and Nexus operations too. */
  OpenTelemetryInterceptorsInstrumentsAllMethods: flag(6),
} as const satisfies Record<string, SdkFlag>;

const known: ReadonlySet<number> = new Set(Object.values(SdkFlags).map(({ id }) => id));

/** Throws a `TypeError` for a number that this version has no meaning for. */
export function assertValidFlag(id: number): void {
  if (!known.has(id)) throw new TypeError(`Unknown SDK flag: ${id}`);
}
