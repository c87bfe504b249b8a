import { descriptors } from '@perdure/api';
import { Code, ServiceError } from '../../kernel/errors.ts';
import type { ServiceShape, StreamingMethod } from '../transport/contract.ts';
import type { FileDescriptors } from './file-descriptors.ts';
import { describeFiles } from './file-descriptors.ts';
import type { Fields } from './wire.ts';
import { decodeFields, encodeFields, repeated } from './wire.ts';

/**
 * gRPC server reflection, by which grpcurl, Postman and the like learn what can be called. The versions v1 and v1alpha
 * differ in their package name only. Nothing is described before somebody asks.
 */
export function reflection(services: readonly ServiceShape[]): StreamingMethod[] {
  let files: FileDescriptors | undefined;
  return ['grpc.reflection.v1', 'grpc.reflection.v1alpha'].map((version) => ({
    service: `${version}.ServerReflection`,
    method: 'ServerReflectionInfo',
    async *answer(requests) {
      const sent = new Set<string>();
      for await (const bytes of requests) {
        files ??= describeFiles(descriptors, services);
        const request = readRequest(bytes);
        yield encodeFields([[1, request.host], [2, bytes], ...answerTo(request, files, services, sent)]);
      }
    },
  }));
}

/** Field numbers of `ServerReflectionRequest`, which says by them what it asks for. */
const ask = { file: 3, symbol: 4, extension: 5, extensionNumbers: 6, services: 7 } as const;
/** Field numbers of `ServerReflectionResponse`. */
const reply = { files: 4, extensionNumbers: 5, services: 6, error: 7 } as const;

interface Request {
  readonly host: string | undefined;
  readonly what: number;
  readonly value: string;
}

function readRequest(bytes: Uint8Array): Request {
  try {
    const fields = decodeFields(bytes);
    const host = fields.findLast(({ id }) => id === 1)?.value.toString();
    const question = fields.findLast(({ id }) => id >= ask.file && id <= ask.services);
    return { host, what: question?.id ?? 0, value: question?.value.toString() ?? '' };
  } catch (error) {
    throw new ServiceError(Code.INTERNAL, `error unmarshalling request: ${String(error)}`);
  }
}

function answerTo(
  { what, value }: Request,
  files: FileDescriptors,
  services: readonly ServiceShape[],
  sent: Set<string>,
): Fields {
  switch (what) {
    case ask.file:
      return withImports(value, files, sent) ?? refusal(Code.NOT_FOUND, `there is no file ${value}`);
    case ask.symbol: {
      const name = files.fileOf(value);
      const found = name === undefined ? undefined : withImports(name, files, sent);
      return found ?? refusal(Code.NOT_FOUND, `nothing is called ${value}`);
    }
    case ask.extension:
      return refusal(Code.NOT_FOUND, 'there are no extensions');
    case ask.extensionNumbers:
      // Only a message can be extended, and none is: an empty answer for what is there, as protocol wants it.
      if (files.fileOf(value) === undefined) return refusal(Code.NOT_FOUND, `nothing is called ${value}`);
      return [[reply.extensionNumbers, encodeFields([[1, value]])]];
    case ask.services: {
      const names = services.map(({ name }) => encodeFields([[1, name]]));
      return [[reply.services, encodeFields(repeated(1, names))]];
    }
    default:
      return refusal(Code.INVALID_ARGUMENT, 'the request asks for nothing that is known');
  }
}

const refusal = (code: Code, message: string): Fields => [
  [
    reply.error,
    encodeFields([
      [1, code],
      [2, message],
    ]),
  ],
];

/** A file and all that it imports, however indirectly, save what this stream has been sent before. */
function withImports(name: string, files: FileDescriptors, sent: Set<string>): Fields | undefined {
  const asked = files.file(name);
  if (asked === undefined) return undefined;
  const found = [asked.bytes];
  sent.add(name);
  for (const queue = [...asked.imports]; ; ) {
    const next = queue.pop();
    if (next === undefined) break;
    if (sent.has(next)) continue;
    sent.add(next);
    const file = files.file(next);
    if (file === undefined) throw new Error(`${next} is imported and not there`);
    found.push(file.bytes);
    queue.push(...file.imports);
  }
  return [[reply.files, encodeFields(repeated(1, found))]];
}
