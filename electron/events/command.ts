import type { Command } from '../command';
import { checkCommand } from './commands/check';
import { importCommand } from './commands/import';
import { postQuantumCommand } from './commands/postQuantum';
import { queryCommand, triageCommand } from './commands/query';
import { throttlingCommand } from './commands/throttling';
import { validateCommand } from './commands/validate';
import { watchCommand } from './commands/watch';

export const eventCommands: readonly Command[] = [
  importCommand,
  queryCommand,
  triageCommand,
  watchCommand,
  throttlingCommand,
  postQuantumCommand,
  checkCommand,
  validateCommand,
];
