import type { CallOptions, Channel } from '@perdure/transport';
import { GrpcError, Status } from '@perdure/transport';
import { Connection } from './connection.ts';
import type { InternalConnectionOptions } from './connection-options.ts';
import { InternalConnectionOptionsSymbol } from './connection-options.ts';

export interface RecordedCall {
  /** The method without its service. */
  readonly method: string;
  readonly request: Uint8Array;
  readonly options: CallOptions;
}

/** Answers a call with the fields of its response, or throws. Called with how often the method was called before. */
export type Answers = Readonly<
  Record<string, (call: RecordedCall, before: number) => Uint8Array | Promise<Uint8Array>>
>;

/** A channel that keeps what was called, and answers from a table; what is not in it is UNIMPLEMENTED. */
export function recordingChannel(answers: Answers): Channel & { readonly calls: RecordedCall[]; closed: boolean } {
  const calls: RecordedCall[] = [];
  return {
    calls,
    closed: false,
    async unary(path, request, options = {}) {
      const method = path.slice(path.lastIndexOf('/') + 1);
      const before = calls.filter((call) => call.method === method).length;
      const call = { method, request, options };
      calls.push(call);
      const answer = answers[method];
      if (answer === undefined) throw new GrpcError(Status.UNIMPLEMENTED, `no answer to ${method}`);
      return await answer(call, before);
    },
    close() {
      this.closed = true;
    },
  };
}

/** A connection over a recording channel. */
export function recordingConnection(answers: Answers, options: InternalConnectionOptions = {}) {
  const channel = recordingChannel(answers);
  const connection = Connection.lazy({
    ...options,
    [InternalConnectionOptionsSymbol]: { channel },
  } as InternalConnectionOptions);
  return { connection, channel, calls: channel.calls };
}
