import { SERVICE_NAME } from './core-meter.ts';
import { encodeMetrics } from './otlp.ts';
import type { OtlpSender } from './otlp-send.ts';
import { createOtlpSender } from './otlp-send.ts';
import type { Registry, Tag } from './registry.ts';
import { startAnew } from './registry.ts';
import type { OtelSettings } from './settings.ts';

/**
 * Sends the values of a registry to a collector, again and again, and once more when it is closed. It does not keep the
 * process alive.
 */
export function exportToOtel(
  registry: Registry,
  settings: OtelSettings,
  onError: (error: unknown) => void,
): { close(): Promise<void> } {
  const sender = createOtlpSender(settings);
  const resource = resourceTags(settings.globalTags);
  let sending: Promise<void> | undefined;

  const exportOnce = (): Promise<void> => {
    // A collector that is slow gets what has come meanwhile with the next export.
    sending ??= send(registry, sender, settings, resource)
      .catch(onError)
      .finally(() => {
        sending = undefined;
      });
    return sending;
  };

  const timer = setInterval(() => void exportOnce(), settings.metricPeriodicity);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await sending;
      await exportOnce();
      sender.close();
    },
  };
}

async function send(
  registry: Registry,
  sender: OtlpSender,
  { metricTemporality: temporality }: OtelSettings,
  resource: readonly Tag[],
): Promise<void> {
  const now = Date.now();
  const metrics = encodeMetrics(registry, { resource, scope: SERVICE_NAME, temporality, now });
  if (metrics === undefined) return;
  if (temporality === 'delta') startAnew(registry, now);
  await sender.send(metrics);
}

/** What the environment says of this process, and the name of the service, and the tags that are to be everywhere. */
function resourceTags(globalTags: Readonly<Record<string, string>>): Tag[] {
  const named = process.env['OTEL_SERVICE_NAME'];
  const given = (process.env['OTEL_RESOURCE_ATTRIBUTES'] ?? '')
    .split(',')
    .map((pair) => pair.split('=', 2))
    .filter((pair): pair is [string, string] => pair.length === 2 && pair[0]?.trim() !== '')
    .map(([name, value]) => [name.trim(), decoded(value.trim())] as const);
  const tags = new Map<string, string>([['service.name', SERVICE_NAME], ...given]);
  if (named) tags.set('service.name', named);
  for (const [name, value] of Object.entries(globalTags)) tags.set(name, value);
  return [...tags];
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
