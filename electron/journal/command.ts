import { defineCommand, exitCodes, UsageError, type Command } from '../command';

/** `claviger journal list`: what was done, the newest first. */
const list = defineCommand({
  name: 'journal list',
  summary: 'Show what was done, the newest first',
  usage: `Options:
  --limit N   at most N entries (default 50)
  --json      one JSON object: {"total", "entries"}`,
  options: { limit: { type: 'string', default: '50' } },
  async run({ values }, { open, stdout }) {
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1) {
      throw new UsageError('--limit takes a whole number from 1.');
    }
    const { client } = await open();
    const entries = [];
    let total = 0;
    for (;;) {
      const part = await client.journal.list({
        limit: Math.min(500, limit - entries.length),
        before: entries.at(-1)?.seq,
      });
      entries.push(...part.entries);
      total = part.total;
      if (part.entries.length === 0 || entries.length >= limit) break;
    }
    if (values.json) {
      stdout(`${JSON.stringify({ total, entries })}\n`);
      return exitCodes.ok;
    }
    for (const { seq, at, operator, what, outcome, error, requestId } of entries) {
      const facts = [error, requestId && `request ${requestId}`].filter(Boolean).join(', ');
      stdout(`${seq}  ${at}  ${operator}  ${what}  ${outcome}${facts ? ` (${facts})` : ''}\n`);
    }
    stdout(`${entries.length} of ${total} entries\n`);
    return exitCodes.ok;
  },
});

/** `claviger journal verify`: exit code 0 for a whole chain, 1 for a broken one. */
const verify = defineCommand({
  name: 'journal verify',
  summary: "Recompute the journal's chain of hashes",
  usage: `Options:
  --head HASH   a head hash noted earlier: shows also that no newer entries were cut off since
  --json        one JSON object: {"ok", "entries", "headHash", "firstBad": {"seq", "reason"}}

Exit codes: 0 the chain is whole, 1 it is not.`,
  options: { head: { type: 'string' } },
  async run({ values }, { open, stdout, signal }) {
    const expectedHead = values.head?.toLowerCase();
    if (expectedHead !== undefined && !/^[0-9a-f]{64}$/.test(expectedHead)) {
      throw new UsageError('--head takes a SHA-256 of 64 hexadecimal digits.');
    }
    const { services } = await open();
    const result = await services.journal.verify({ signal, expectedHead });
    if (values.json) {
      stdout(`${JSON.stringify(result)}\n`);
    } else if (result.firstBad) {
      stdout(`NOT IN ORDER at entry ${result.firstBad.seq}: ${result.firstBad.reason}\n`);
    } else {
      stdout(`In order: ${result.entries} entries.\n`);
      if (result.headHash !== undefined) stdout(`Head: ${result.headHash}\n`);
    }
    return result.ok ? exitCodes.ok : exitCodes.failed;
  },
});

export const journalCommands: readonly Command[] = [list, verify];
