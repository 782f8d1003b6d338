import { accounts } from './accounts';
import { adviser } from './adviser';
import { app } from './app';
import { drills } from './drills';
import { envelope } from './envelope';
import { events } from './events';
import { journal } from './journal';
import { keys } from './keys';
import { practice } from './practice';
import { readiness } from './readiness';
import { secrets } from './secrets';
import { settings } from './settings';
import { tls } from './tls';
import type { ContractClient, ContractHandlers } from './define';

/** The whole surface between the processes: one file a feature. */
export const contract = {
  accounts,
  adviser,
  app,
  drills,
  envelope,
  events,
  journal,
  keys,
  practice,
  readiness,
  secrets,
  settings,
  tls,
};

export type ClavigerContract = typeof contract;
export type ClavigerClient = ContractClient<ClavigerContract>;
export type ClavigerHandlers = ContractHandlers<ClavigerContract>;
