import type { Clock } from '../../kernel/clock.ts';

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type Posted =
  | { readonly kind: 'taken' }
  | { readonly kind: 'not-taken'; readonly message: string; readonly retryable: boolean };

/** Sends a request to where it is addressed, and says what came of it; never rejects. */
export type Post = (request: PostRequest, timeoutMs: number, signal: AbortSignal) => Promise<Posted>;

/** What is read of an answer that says why not. */
const MAX_ANSWER_BYTES = 64 << 10;

/** Gives up by the clock of those outside. */
export const createPost =
  (clock: Clock): Post =>
  async (request, timeoutMs, signal) => {
    const timeout = new AbortController();
    const late = () => timeout.abort(new Error(`no answer within ${timeoutMs} ms`));
    const cancel = clock.schedule(clock.now() + timeoutMs, late);
    const delivery = await send(request, AbortSignal.any([timeout.signal, signal]));
    cancel();
    return delivery;
  };

async function send({ url, headers, body }: PostRequest, signal: AbortSignal): Promise<Posted> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: body as Uint8Array<ArrayBuffer>,
      redirect: 'manual',
      signal,
    });
    if (response.status >= 200 && response.status < 300) {
      await response.body?.cancel();
      return { kind: 'taken' };
    }
    return refusal(response.status, response.headers, await beginning(response));
  } catch (error) {
    return { kind: 'not-taken', message: `Post ${JSON.stringify(url)}: ${reason(error)}`, retryable: true };
  }
}

/** Of a failed fetch, the cause says what it was. */
function reason(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause.message ? cause.message : message;
}

async function beginning({ body }: Response): Promise<string> {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).toString();
}

interface ErrorKind {
  readonly type: string;
  readonly retryable: boolean;
}

/** What a receiver means by a status, and whether asking again may help. Reference: nexus (handler errors). */
const KINDS: Readonly<Record<number, ErrorKind>> = {
  400: { type: 'BAD_REQUEST', retryable: false },
  401: { type: 'UNAUTHENTICATED', retryable: false },
  403: { type: 'UNAUTHORIZED', retryable: false },
  404: { type: 'NOT_FOUND', retryable: false },
  408: { type: 'REQUEST_TIMEOUT', retryable: true },
  409: { type: 'CONFLICT', retryable: false },
  429: { type: 'RESOURCE_EXHAUSTED', retryable: true },
  500: { type: 'INTERNAL', retryable: true },
  501: { type: 'NOT_IMPLEMENTED', retryable: false },
  503: { type: 'UNAVAILABLE', retryable: true },
  520: { type: 'UPSTREAM_TIMEOUT', retryable: true },
};

/** A receiver may say in a header whether to try again; a status that means nothing here is tried again. */
function refusal(status: number, headers: Headers, body: string): Posted {
  const kind = KINDS[status];
  const said = messageIn(headers, body);
  const message = kind ? `handler error (${kind.type})` : `unexpected response status: "${status}"`;
  const wish = kind && headers.get('nexus-request-retryable')?.toLowerCase();
  const retryable = wish === 'true' || (wish !== 'false' && (kind?.retryable ?? true));
  return { kind: 'not-taken', message: said ? `${message}: ${said}` : message, retryable };
}

function messageIn(headers: Headers, body: string): string {
  if (headers.get('content-type')?.split(';')[0]?.trim() !== 'application/json') return '';
  try {
    const { message } = Object(JSON.parse(body)) as { message?: unknown };
    return typeof message === 'string' ? message : '';
  } catch {
    return '';
  }
}
