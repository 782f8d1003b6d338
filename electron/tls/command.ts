import { setMaxListeners } from 'node:events';
import { scanParts, vulnerabilityIds } from '../../shared/model/tls/scan';
import type { ScanResult } from '../../shared/model/tls/result';
import { version } from '../../package.json';
import { defineCommand, exitCodes, UsageError, type Command } from '../command';
import { numberOf } from '../numberOption';
import {
  elbPoliciesOf,
  minGradeOf,
  partsOf,
  probesOf,
  readTargets,
  readTextFile,
} from './cli/options';

/** `claviger tls scan`: scans now and prints; keeps nothing, and contacts nothing but the named endpoints. */
const scan = defineCommand({
  name: 'tls scan',
  summary: 'Scan TLS endpoints: versions, suites, certificates, known holes, grade',
  usage: `Arguments:
  HOST, HOST:PORT, https://HOST/, [IPv6]:PORT; port 443 where none is named

Options:
  --input FILE          a list, or CSV with a header line; - for standard input
  --sni NAME            the name to send to every endpoint; "" for none
  --only PARTS          of ${scanParts.join(',')}
  --skip PROBES         of ${vulnerabilityIds.join(',')}
  --concurrency N       endpoints at once (32)
  --connections N       connections at once to one address (6)
  --pause MS            between two connections to one address (0)
  --ca-file FILE        PEM of authorities that count beside the public ones
  --policy FILE         your own policy (YAML, docs/tls-scans.md)
  --elb-policy NAME     say what to change to satisfy this ELB policy; may be repeated
  --min-grade GRADE     fail below it
  --revocation          ask OCSP responders and CRLs: they learn which certificate is looked at
  --details             the whole report of every endpoint, also of several
  --json, --csv, --sarif   for programs (docs/tls-scans.md)

Exit codes: 0 all was answered and every demand is met; 1 a demand is not met (--min-grade,
--policy), or nothing could be reached; 3 an endpoint could not be reached or a question has no answer.`,
  positionals: ['HOST[:PORT]...'],
  options: {
    input: { type: 'string' },
    sni: { type: 'string' },
    only: { type: 'string' },
    skip: { type: 'string' },
    concurrency: { type: 'string' },
    connections: { type: 'string' },
    pause: { type: 'string' },
    'ca-file': { type: 'string' },
    policy: { type: 'string' },
    'elb-policy': { type: 'string', multiple: true },
    'min-grade': { type: 'string' },
    revocation: { type: 'boolean', default: false },
    details: { type: 'boolean', default: false },
    csv: { type: 'boolean', default: false },
    sarif: { type: 'boolean', default: false },
  },
  async run({ values, positionals }, { stdout, stderr, signal, columns, env }) {
    const { json = false, csv, sarif, details } = values;
    if ([json, csv, sarif].filter(Boolean).length > 1) {
      throw new UsageError('Choose one of --json, --csv and --sarif.');
    }
    const minGrade = minGradeOf(values['min-grade']);
    const settings = {
      parts: partsOf(values.only),
      skipProbes: probesOf(values.skip),
      concurrency: numberOf('--concurrency', values.concurrency, [1, 200], 32),
      connectionsPerHost: numberOf('--connections', values.connections, [1, 32], 6),
      pauseMs: numberOf('--pause', values.pause, [0, 10_000], 0),
      revocation: values.revocation,
      elbPolicies: elbPoliciesOf(values['elb-policy']),
      ownCa: await ownCaOf(values['ca-file']),
      ownPolicyText: values.policy && (await readTextFile(values.policy, '--policy')),
    };
    const targets = await readTargets(positionals, values.input, values.sni);
    // What scans is loaded only now: wrong usage is told at once.
    const { scanForCommand } = await import('./cli/scan');
    setMaxListeners(0, signal);
    const onDefect = (error: unknown) => {
      if (env['CLAVIGER_DEBUG'])
        stderr(`${error instanceof Error ? error.stack : String(error)}\n`);
    };
    const scanned = await scanForCommand(targets, settings, { signal, stderr, onDefect });
    const results = scanned.map(({ result }) => result);
    const interrupted = signal.aborted;

    for await (const text of await output(scanned, {
      json,
      csv,
      sarif,
      details,
      interrupted,
      columns,
    })) {
      stdout(text);
    }
    const { outcomeOf } = await import('./cli/outcome');
    const { code, remarks } = outcomeOf(results, { minGrade });
    if (json || csv || sarif || (results.length > 1 && !details)) {
      for (const remark of remarks) stderr(`${remark}\n`);
    }
    return interrupted ? exitCodes.interrupted : code;
  },
});

export const tlsCommands: readonly Command[] = [scan];

interface OutputOptions {
  readonly json: boolean;
  readonly csv: boolean;
  readonly sarif: boolean;
  readonly details: boolean;
  readonly interrupted: boolean;
  readonly columns: number | undefined;
}

async function output(
  scanned: readonly {
    readonly result: ScanResult;
    readonly endpoint: { name: string; owner: string; tags: string[] };
  }[],
  { json, csv, sarif, details, interrupted, columns }: OutputOptions,
): Promise<AsyncIterable<string> | Iterable<string>> {
  const results = scanned.map(({ result }) => result);
  if (json) return (await import('./export/json')).jsonOf(results, new Date().toISOString());
  if (csv) return (await import('./export/csv')).csvOf(scanned);
  if (sarif) {
    const { sarifOf } = await import('./export/sarif');
    return [sarifOf(results, { version, complete: !interrupted })];
  }
  const { reportOf, tableOf } = await import('./cli/report');
  // The addresses of one endpoint are read one by one, a fleet at a glance.
  const single =
    new Set(results.map(({ endpoint }) => `${endpoint.host} ${endpoint.port}`)).size === 1;
  if (details || single) return [results.map((result) => `${reportOf(result)}\n`).join('\n')];
  return [`${tableOf(results, columns)}\n`];
}

async function ownCaOf(file: string | undefined) {
  if (file === undefined) return undefined;
  const pem = await readTextFile(file, '--ca-file');
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new UsageError(`--ca-file: ${file} has no certificate in PEM form.`);
  }
  return { name: file, path: file };
}
