import type { PayloadTypeInfo, UpdateDefinition } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { given } from '../given.ts';

/**
 * The name of an update and how its values are converted.
 *
 * @throws TypeError when a definition, which brings its own, comes with type info besides
 */
export function updateNameAndTypes(
  def: UpdateDefinition<unknown, Any[]> | string,
  typeInfo: PayloadTypeInfo | undefined,
): { readonly name: string; readonly typeInfo?: PayloadTypeInfo } {
  if (typeof def === 'string') return given({ name: def, typeInfo });
  if (typeInfo !== undefined) {
    throw new TypeError(
      'Cannot provide call-site Update TypeInfo with an Update definition. ' +
        'Define TypeInfo when creating the Update definition instead.',
    );
  }
  return given({ name: def.name, typeInfo: def.typeInfo });
}
