import { keyExchangeUses, readingWords } from '../../../shared/model/events/keyExchanges';
import { defineCommand, exitCodes } from '../../command';
import { textTable } from '../../textTable';
import { countsText } from '../keyExchangeCsv';
import { matchEvents } from '../table/filter';
import { tellLimits } from './limits';
import { queryOf, queryOptions, queryUsage } from './queryOptions';
import { withEvents } from './withEvents';

/** `claviger events pq`: who still agrees on TLS keys without protection from a quantum computer. */
export const postQuantumCommand = defineCommand({
  name: 'events pq',
  summary: 'List callers by TLS key exchange: who is not yet post-quantum',
  usage: `Options:
${queryUsage}
  --json                {"events", "callers": [...]} as one JSON document (docs/events.md)

Exit codes: 0 every caller is post-quantum, 1 some are not, or it could not be read, 3 no event tells of
some callers, or there are no events, or not all of them.`,
  options: queryOptions,
  run({ values }, context) {
    const query = queryOf(values);
    return withEvents(context, (store) => {
      const table = store.table();
      const match = matchEvents(table, query);
      const rows = function* () {
        for (const index of match.newest()) yield table.row(index);
      };
      const callers = keyExchangeUses(rows());
      const { stdout, stderr, columns } = context;
      const limits = tellLimits(store, match.total, stderr);
      if (values.json) {
        const { notCovered } = limits;
        stdout(`${JSON.stringify({ events: match.total, callers, notCovered }, null, 2)}\n`);
      } else {
        const heads = ['caller', 'key exchange', 'calls', 'groups', 'TLS', 'last'];
        const lines = callers.map((use) => [
          use.caller,
          readingWords[use.reading],
          String(use.calls),
          countsText(use.exchanges),
          countsText(use.versions),
          use.last,
        ]);
        stdout(textTable(heads, lines, columns));
        stdout(`\n${callers.length} callers in ${match.total} events\n`);
      }
      const readings = new Set(callers.map(({ reading }) => reading));
      if (readings.has('classical') || readings.has('mixed')) return exitCodes.failed;
      const isTold = callers.length > 0 && !readings.has('unknown') && !limits.isPartial;
      return isTold ? exitCodes.ok : exitCodes.partial;
    });
  },
});
