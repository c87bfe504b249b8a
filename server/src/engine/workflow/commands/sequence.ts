import type { Command } from '@perdure/api/command';
import { CommandType } from '@perdure/api/enums';
import { enumName } from '../../../kernel/enum-names.ts';
import { invalidArgument } from '../../../kernel/errors.ts';
import { closingCommands, commands as known } from './index.ts';

/**
 * Throws INVALID_ARGUMENT for a command that there is not, and for one after a command that closes the run. The task
 * stays open then: a worker that sends such a thing would send it again. Reference: command attribute validator.
 */
export function checkSequence(commands: readonly Command[]): void {
  let closing: CommandType | null = null;
  for (const { commandType } of commands) {
    if (closing !== null)
      throw invalidArgument(
        `invalid command sequence: [${commands.map((command) => nameOf(command.commandType)).join(', ')}], ` +
          `command ${nameOf(closing)} must be the last command.`,
      );
    if (!known.has(commandType)) throw invalidArgument(`unknown command type: ${nameOf(commandType)}`);
    if (closingCommands.has(commandType)) closing = commandType;
  }
}

const nameOf = (type: CommandType): string => enumName(CommandType, type);
