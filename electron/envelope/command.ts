import type { Command } from '../command';
import { inspect } from './commands/inspect';
import { measure } from './commands/measure';
import { decrypt, verify } from './commands/open';
import { prove } from './commands/prove';
import { rekey } from './commands/rekey';
import { encrypt } from './commands/seal';

export const envelopeCommands: readonly Command[] = [
  encrypt,
  decrypt,
  inspect,
  verify,
  rekey,
  prove,
  measure,
];
