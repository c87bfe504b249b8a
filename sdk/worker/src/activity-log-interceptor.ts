import type { Context } from '@perdure/activity';
import { type Logger, SdkComponent } from '@perdure/common';
import { activityLogAttributes } from './activity-log-attributes.ts';
import type {
  ActivityExecuteInput,
  ActivityInboundCallsInterceptor,
  Next,
  WorkerInterceptors,
} from './interceptors.ts';
import { Runtime } from './runtime.ts';

/**
 * Sends what an activity logs to another logger, or adds attributes when it is extended. Otherwise it does nothing:
 * workers log the lives of activities by themselves.
 *
 * @deprecated To change the attributes of logs, intercept `getLogAttributes`; to change where logs go, give your logger
 *   to the `Runtime`.
 */
export class ActivityInboundLogInterceptor implements ActivityInboundCallsInterceptor {
  protected readonly ctx: Context;
  protected readonly logger: Logger;

  constructor(ctx: Context, logger?: Logger | undefined) {
    this.ctx = ctx;
    const usual = Runtime.instance().logger;
    this.logger = logger ?? usual;
    const isExtended = Object.getPrototypeOf(this) !== ActivityInboundLogInterceptor.prototype;
    if (this.logger !== usual || isExtended) ctx.log = this.withAttributes();
  }

  protected logAttributes(): Record<string, unknown> {
    return activityLogAttributes(this.ctx.info);
  }

  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    return next(input);
  }

  private withAttributes(): Logger {
    const { logger } = this;
    const all = (attributes: object | undefined) => ({
      sdkComponent: SdkComponent.activity,
      ...this.logAttributes(),
      ...attributes,
    });
    return {
      log: (level, message, attributes) => logger.log(level, message, all(attributes)),
      trace: (message, attributes) => logger.trace(message, all(attributes)),
      debug: (message, attributes) => logger.debug(message, all(attributes)),
      info: (message, attributes) => logger.info(message, all(attributes)),
      warn: (message, attributes) => logger.warn(message, all(attributes)),
      error: (message, attributes) => logger.error(message, all(attributes)),
    };
  }
}

/**
 * Adds an interceptor that sends the logs of activities to `logger`, unless that is where they go anyway.
 *
 * @deprecated Workers log by themselves. Give your logger to the `Runtime`.
 */
export function appendDefaultInterceptors(interceptors: WorkerInterceptors, logger?: Logger): WorkerInterceptors {
  if (!logger || logger === Runtime.instance().logger) return interceptors;
  const { activityInbound = [] } = interceptors;
  return {
    ...interceptors,
    activityInbound: [(ctx) => new ActivityInboundLogInterceptor(ctx, logger), ...activityInbound],
  };
}
