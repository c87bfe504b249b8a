import type { SearchAttributeType } from '@perdure/common';
import { type SearchAttributeKey, TypedSearchAttributes } from '@perdure/common/lib/search-attributes';
import type { DevServerConfig, TimeSkippingServerConfig } from './ephemeral-server.ts';

/** Types, such as `Keyword`, by name of attribute. */
export function searchAttributeArguments(
  keys: readonly SearchAttributeKey<SearchAttributeType>[] = [],
): Record<string, string> {
  return Object.fromEntries(keys.map(({ name, type }) => [name, String(TypedSearchAttributes.toMetadataType(type))]));
}

/** How an executable is told what to do: `temporal server start-dev …`, or the test server's port. */
export function commandLine(config: DevServerConfig | TimeSkippingServerConfig, port: number): string[] {
  const extra = config.extraArgs ?? [];
  if (config.type === 'time-skipping') return [String(port), ...extra];
  const { namespace = 'default', ip = '127.0.0.1', log = { format: 'pretty', level: 'warn' } } = config;
  const withUi = config.ui ?? config.uiPort !== undefined;
  return [
    ...['server', 'start-dev', '--port', String(port), '--namespace', namespace, '--ip', ip],
    ...['--log-format', log.format, '--log-level', log.level],
    ...(config.dbFilename === undefined ? [] : ['--db-filename', config.dbFilename]),
    ...(config.uiPort === undefined ? [] : ['--ui-port', String(config.uiPort)]),
    ...(withUi ? [] : ['--headless']),
    ...Object.entries(searchAttributeArguments(config.searchAttributes)).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${type}`,
    ]),
    ...extra,
  ];
}
