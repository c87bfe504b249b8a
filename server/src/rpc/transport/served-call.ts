import type { Deadlines } from '../../kernel/deadlines.ts';
import type { ServiceError } from '../../kernel/errors.ts';
import type { HeapEntry } from '../../kernel/heap.ts';
import type { Call, Dispatch, OnBug } from './contract.ts';
import { cancelled, deadlineExceeded, isGivingUp, refusalOf } from './refusal.ts';

/** What ends when its deadline comes. */
export interface Expiring {
  expire(): void;
}

/** What all calls of a listener share. */
export interface Serving {
  readonly dispatch: Dispatch;
  readonly onBug: OnBug | undefined;
  readonly maxRequestBytes: number;
  readonly deadlines: Deadlines<Expiring>;
}

/** A caller whose deadline passed takes its call back, and its clock was started this much before ours, if not more. */
const DEADLINE_SLACK_MS = 25;

const nothing = new Uint8Array(0);

/** A call that came over HTTP/2, from its beginning to its answer. What handlers seldom look at is made when they do. */
export abstract class ServedCall implements Call, Expiring {
  readonly service: string;
  readonly method: string;
  readonly deadline: number | undefined;
  readonly serving: Serving;
  body: Uint8Array = nothing;
  /** Once set, nothing more is sent, and the end of the stream is no cancellation. */
  answered = false;
  /** Why it ended early, if it did. */
  reason: ServiceError | undefined;
  #controller: AbortController | undefined;
  #expiry: HeapEntry<Expiring> | undefined;

  constructor(
    { service, method }: { readonly service: string; readonly method: string },
    deadline: number | undefined,
    serving: Serving,
  ) {
    this.service = service;
    this.method = method;
    this.deadline = deadline;
    this.serving = serving;
  }

  abstract readonly metadata: ReadonlyMap<string, string>;

  /** Whether anything sent can still reach the caller. */
  protected abstract get open(): boolean;
  protected abstract sendAnswer(bytes: Uint8Array): void;
  protected abstract sendRefusal(refusal: ServiceError): void;
  /** Nothing can be sent that would be an answer: the caller must not wait for one. */
  protected abstract abandon(): void;

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.reason !== undefined) this.#controller.abort(this.reason);
      else if (!this.answered && this.deadline !== undefined)
        this.#expiry = this.serving.deadlines.add(this.deadline, this);
    }
    return this.#controller.signal;
  }

  /** Has the request answered. */
  run(body: Uint8Array): void {
    if (this.reason !== undefined) return;
    this.body = body;
    try {
      const result = this.serving.dispatch(this);
      if (result instanceof Uint8Array) this.#answer(result);
      else
        result.then(
          (bytes) => this.#answer(bytes),
          (error: unknown) => this.refuse(error),
        );
    } catch (error) {
      this.refuse(error);
    }
  }

  refuse(error: unknown): void {
    if (this.reason !== undefined && isGivingUp(error)) return;
    const refusal = refusalOf(error, this.service, this.method, this.serving.onBug);
    if (!this.#settle()) return;
    try {
      this.sendRefusal(refusal);
    } catch (unsendable) {
      this.#giveUp(unsendable);
    }
  }

  expire(): void {
    const reason = deadlineExceeded();
    this.#interrupt(reason);
    this.refuse(reason);
  }

  /** The caller is gone. */
  left(): void {
    if (!this.answered && this.reason === undefined) this.#interrupt(whyGone(this.deadline));
  }

  #answer(bytes: Uint8Array): void {
    if (!this.#settle()) return;
    try {
      this.sendAnswer(bytes);
    } catch (error) {
      this.#giveUp(error);
    }
  }

  #interrupt(reason: ServiceError): void {
    this.reason = reason;
    this.#forgetDeadline();
    this.#controller?.abort(reason);
  }

  /** What was to be sent is no answer that can be sent: a bug. */
  #giveUp(error: unknown): void {
    refusalOf(error, this.service, this.method, this.serving.onBug);
    this.abandon();
  }

  /** Whether there is still somebody to answer; a second time there is not. */
  #settle(): boolean {
    if (this.answered) return false;
    this.answered = true;
    this.#forgetDeadline();
    return this.open;
  }

  #forgetDeadline(): void {
    if (this.#expiry === undefined) return;
    this.serving.deadlines.remove(this.#expiry);
    this.#expiry = undefined;
  }
}

/** Why a call ended whose caller is gone: callers do not say whether it was their deadline. */
export const whyGone = (deadline = Number.POSITIVE_INFINITY): ServiceError =>
  Date.now() + DEADLINE_SLACK_MS >= deadline ? deadlineExceeded() : cancelled();
