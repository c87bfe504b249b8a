import { createRequire } from 'node:module';
import { defaultPayloadConverter } from '../converter/composite.ts';
import type { PayloadConverter } from '../converter/contract.ts';
import type { DataConverter, LoadedDataConverter } from '../converter/data-converter.ts';
import { defaultFailureConverter } from '../converter/data-converter.ts';
import type { FailureConverter } from '../converter/failure-converter.ts';
import { ValueError } from '../errors.ts';
import { errorCode, isRecord } from '../type-helpers.ts';

/**
 * The converter with its files loaded. Throws a `ValueError` if there is no file at a path, if it has no such export, or if
 * that is no converter.
 */
export function loadDataConverter(dataConverter?: DataConverter): LoadedDataConverter {
  const { payloadConverterPath, failureConverterPath, payloadCodecs = [], externalStorage } = dataConverter ?? {};
  return {
    payloadConverter: payloadConverterPath
      ? load<PayloadConverter>(payloadConverterPath, 'payloadConverter', ['toPayload', 'fromPayload'])
      : defaultPayloadConverter,
    failureConverter: failureConverterPath
      ? load<FailureConverter>(failureConverterPath, 'failureConverter', ['errorToFailure', 'failureToError'])
      : defaultFailureConverter,
    payloadCodecs,
    externalStorage,
  };
}

export function isLoadedDataConverter(
  dataConverter?: DataConverter | LoadedDataConverter,
): dataConverter is LoadedDataConverter {
  return isRecord(dataConverter) && 'payloadConverter' in dataConverter;
}

// Clients are made synchronously, so their converters have to be loaded so. Node requires ES modules as well.
const require = createRequire(import.meta.url);

function load<T>(path: string, name: 'payloadConverter' | 'failureConverter', methods: [string, string]): T {
  const module = requireModule(path, name);
  if (!isRecord(module) || !(name in module)) {
    throw new ValueError(`Module ${path} does not have a \`${name}\` named export`);
  }
  const converter = module[name];
  if (!isRecord(converter) || !methods.every((method) => typeof converter[method] === 'function')) {
    throw new ValueError(`${name} export at ${path} must be an object with ${methods.join(' and ')} methods`);
  }
  return converter as T;
}

function requireModule(path: string, name: string): unknown {
  try {
    return require(path);
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new ValueError(`Could not find a file at the specified ${name}Path: '${path}'.`);
  }
}
