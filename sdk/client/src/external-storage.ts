import type { LoadedDataConverter, StorageDriverTargetInfo } from '@perdure/common';
import { extstoreInboundOptions, extstoreStoreOptions, visit } from '@perdure/common/lib/internal-non-workflow';

type Walk<Message, Context> = Parameters<typeof visit<Message, Context>>[1];

/**
 * Replaces the large payloads of a request by references to external storage, in place. Without external storage
 * nothing happens.
 */
export async function storeOutside<Message>(
  { externalStorage }: LoadedDataConverter,
  request: Message,
  walk: Walk<Message, StorageDriverTargetInfo | undefined>,
  target: StorageDriverTargetInfo | undefined,
): Promise<void> {
  if (externalStorage === undefined) return;
  const options = target === undefined ? {} : { initialTarget: target };
  await visit(request, walk, extstoreStoreOptions(externalStorage, options));
}

/**
 * Replaces the references of an answer by what external storage holds, in place.
 *
 * @throws ExternalStorageNotConfiguredError when there is a reference and no external storage
 */
export async function bringInside<Message>(
  { externalStorage }: LoadedDataConverter,
  response: Message,
  walk: Walk<Message, void>,
): Promise<Message> {
  await visit(response, walk, extstoreInboundOptions(externalStorage));
  return response;
}
