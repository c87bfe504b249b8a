import type { temporal } from '@perdure/proto';

/**
 * What newer SDKs do differently, as far as histories of older ones must still be replayed. Both halves number their
 * flags themselves: these are those of the replay, the language's own pass through as numbers.
 */
export const CoreFlag = {
  /** Ids and types of activities, local activities and children are compared with the history. */
  CompareIdAndType: 1,
  /** Each patch upserts the search attribute with the patches in use. */
  UpsertOnPatch: 2,
  /** Commands after the one that closes the workflow are sent before it, not dropped. */
  MoveTerminalCommands: 3,
} as const;
export type CoreFlag = (typeof CoreFlag)[keyof typeof CoreFlag];

type Metadata = temporal.api.sdk.v1.IWorkflowTaskCompletedMetadata;

/** The flags of one run: those its history has, and those to be recorded with the next completion. */
export type Flags = {
  readonly core: Set<number>;
  readonly lang: Set<number>;
  readonly newCore: Set<number>;
  readonly newLang: Set<number>;
  lastSdkName: string;
  lastSdkVersion: string;
};

export function newFlags(): Flags {
  return {
    core: new Set(),
    lang: new Set(),
    newCore: new Set(),
    newLang: new Set(),
    lastSdkName: '',
    lastSdkVersion: '',
  };
}

/** Takes in what a completed task says it used. */
export function learn(flags: Flags, metadata: Metadata | null | undefined): void {
  for (const flag of metadata?.coreUsedFlags ?? []) flags.core.add(flag);
  for (const flag of metadata?.langUsedFlags ?? []) flags.lang.add(flag);
  if (metadata?.sdkName) flags.lastSdkName = metadata.sdkName;
  if (metadata?.sdkVersion) flags.lastSdkVersion = metadata.sdkVersion;
}

/** Whether a flag holds: always for new work (and then it is recorded), else only if the history has it. */
export function mayUse(flags: Flags, flag: CoreFlag, isNewWork: boolean): boolean {
  if (!isNewWork) return flags.core.has(flag);
  flags.newCore.add(flag);
  return true;
}

/** What a completion tells the server: flags not told before, and the SDK if it changed. */
export function metadataForCompletion(
  flags: Flags,
  sdk: { readonly name: string; readonly version: string },
): Metadata {
  for (const flag of Object.values(CoreFlag)) flags.newCore.add(flag);
  const coreUsedFlags = [...flags.newCore].filter((flag) => !flags.core.has(flag));
  const langUsedFlags = [...flags.newLang].filter((flag) => !flags.lang.has(flag));
  for (const flag of coreUsedFlags) flags.core.add(flag);
  for (const flag of langUsedFlags) flags.lang.add(flag);
  return {
    coreUsedFlags,
    langUsedFlags,
    sdkName: flags.lastSdkName === sdk.name ? '' : sdk.name,
    sdkVersion: flags.lastSdkVersion === sdk.version ? '' : sdk.version,
  };
}
