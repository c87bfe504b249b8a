import type { coresdk } from '@perdure/proto';
import { temporal } from '@perdure/proto';
import { CoreFlag, mayUse } from './flags.ts';
import type { Event } from './history.ts';
import { note } from './machines/note.ts';
import { fromJson, jsonPayload } from './payloads.ts';
import type { Run } from './state.ts';

const { CommandType } = temporal.api.enums.v1;

const patchMarker = 'core_patch';

/** The search attribute that lists the patches which a run uses. */
export const changeVersionAttribute = 'TemporalChangeVersion';

/** The largest value, in bytes, that servers take for a search attribute. */
const maxAttributeBytes = 2048;

/** The patch that a marker stands for, or null for any other event. Old markers had two plain details. */
export function patchOf({ event }: Event): { readonly patchId: string; readonly isDeprecated: boolean } | null {
  const { markerName, details } = event.markerRecordedEventAttributes ?? {};
  if (markerName !== patchMarker) return null;
  const data = fromJson(details?.['patch-data']?.payloads?.[0]);
  if (typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'string')
    return { patchId: data.id, isDeprecated: 'deprecated' in data && data.deprecated === true };
  const id = details?.['patch_id']?.payloads?.[0]?.data;
  const deprecated = details?.['deprecated']?.payloads?.[0]?.data;
  if (!id || !deprecated) return null;
  return { patchId: new TextDecoder().decode(id), isDeprecated: deprecated[0] !== 0 };
}

/**
 * Code asks for a patch: a marker, once for each patch, and for new work the search attribute with all of them. While
 * replaying there is a command only to be compared with the history; a marker that is not there is passed over.
 */
export function setPatch(run: Run, { patchId, deprecated }: coresdk.workflow_commands.ISetPatchMarker): void {
  const id = patchId ?? '';
  const known = run.patches.get(id);
  if (known?.hasCommand) return;
  run.fresh.push({
    machine: { kind: 'patch', patchId: id, state: 'Created' },
    command: {
      commandType: CommandType.COMMAND_TYPE_RECORD_MARKER,
      recordMarkerCommandAttributes: {
        markerName: patchMarker,
        details: { 'patch-data': { payloads: [jsonPayload({ id, deprecated: deprecated ?? false })] } },
      },
    },
  });
  const wasNeverMarked = run.isReplaying && !known;
  if (mayUse(run.flags, CoreFlag.UpsertOnPatch, !run.isReplaying) && !wasNeverMarked) upsertPatches(run, id);
  run.patches.set(id, { hasCommand: true });
}

function upsertPatches(run: Run, id: string): void {
  const others = [...run.patches].filter(([, { hasCommand }]) => hasCommand).map(([patchId]) => patchId);
  const value = jsonPayload([...new Set([...others, id])].sort());
  if ((value.data?.length ?? 0) >= maxAttributeBytes) return;
  const metadata = { ...value.metadata, type: new TextEncoder().encode('KeywordList') };
  run.fresh.push(
    note('upsertSearchAttributes', {
      commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
      upsertWorkflowSearchAttributesCommandAttributes: {
        searchAttributes: { indexedFields: { [changeVersionAttribute]: { ...value, metadata } } },
      },
    }),
  );
}

/** Whether an event is the upsert that came with a patch's marker. */
export function isPatchUpsert(event: Event | undefined): boolean {
  const { searchAttributes } = event?.event.upsertWorkflowSearchAttributesEventAttributes ?? {};
  return searchAttributes?.indexedFields?.[changeVersionAttribute] !== undefined;
}
