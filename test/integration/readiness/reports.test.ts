import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../../electron/drills/bundle/read';
import { createLocalClient } from '../../../electron/ipc/local';
import { openServices } from '../../../electron/services';
import { contract } from '../../../shared/contract/index';
import { checks } from '../../../shared/model/readiness/checks/index';
import { requirementsFor } from '../../../shared/model/readiness/frameworks';
import { pitfallIds } from '../../../shared/model/readiness/pitfalls/pitfall';
import type { ReportedPitfall } from '../../../shared/model/readiness/pitfalls/reported';
import type { ReportFormat } from '../../../shared/model/readiness/report/report';
import { compareVerdicts } from '../../../shared/model/verdict';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { cycloneDx, ocsfFinding } from './schemas';

interface Item {
  readonly subject: { readonly id: string; readonly name: string };
  readonly verdict: { readonly value: string };
  readonly sha256: readonly string[];
}
interface Report {
  readonly checks: readonly { readonly id: string; readonly items: readonly Item[] }[];
  readonly manifestSha256: string;
  readonly pitfalls: readonly ReportedPitfall[];
}

/** The practice company's checklist with one attested check, in all formats; PCI DSS alone where asked. */
async function exported(folder: string, closers: (() => void | Promise<void>)[]) {
  const saved = new Map<string, Buffer>();
  const services = await openServices({
    dataDir: folder,
    env: {},
    homeDir: folder,
    version: '0.0.0-test',
    runtime: { kind: 'none', node: process.versions.node },
    practice: true,
    realAccounts: { allowed: true },
    host: {
      async saveFile({ suggestedName, content }) {
        const parts: Uint8Array[] = [];
        for await (const part of content) parts.push(Buffer.from(part as Uint8Array));
        saved.set(suggestedName, Buffer.concat(parts));
        return `/somewhere/${suggestedName}`;
      },
      pickPaths: () => Promise.resolve([]),
      printPage: () => Promise.resolve(new Uint8Array()),
      copyText: () => {},
      openExternal: () => {},
    },
    log: () => {},
  });
  closers.push(() => services.close());
  const { client, close } = createLocalClient(contract, services.dispatcher);
  closers.push(close);
  const endpoints = await client.tls.practiceEndpoints();
  await client.tls.importEndpoints({ endpoints: endpoints.slice(0, 3) });
  await client.readiness.run({});
  await client.readiness.attest({
    check: 'procedure-documented',
    statement: 'The procedure is written',
    by: 'Ada, security officer',
    expires: '2999-01-31',
    file: { name: '../the procedure.txt', bytes: Buffer.from('Turn the key.') },
  });
  async function file(format: ReportFormat, framework?: 'pci'): Promise<Buffer> {
    const before = new Set(saved.keys());
    const written = await client.readiness.exportReport({ format, framework });
    const [name = ''] = [...saved.keys()].filter((one) => !before.has(one));
    expect(written?.file).toBe(`/somewhere/${name}`);
    return saved.get(name) ?? Buffer.alloc(0);
  }
  const files = {
    html: await file('html'),
    json: await file('json'),
    csv: await file('csv'),
    ocsf: await file('ocsf'),
    cbom: await file('cbom'),
    pack: await file('pack'),
  };
  const pci = {
    html: await file('html', 'pci'),
    csv: await file('csv', 'pci'),
    cbom: await file('cbom', 'pci'),
    pack: await file('pack', 'pci'),
  };
  const printed = await client.readiness.report({});
  const { entries } = await client.journal.list({ limit: 100 });
  return { files, pci, printed, entries };
}

describe('reports of the practice company', () => {
  let made: Awaited<ReturnType<typeof exported>>;
  let report: Report;
  let items: readonly Item[];
  const folder = mkdtempSync(join(tmpdir(), 'claviger-test-'));
  const closers: (() => void | Promise<void>)[] = [];
  beforeAll(async () => {
    made = await exported(folder, closers);
    report = JSON.parse(made.files.json.toString()) as Report;
    items = report.checks.flatMap((check) => check.items);
  }, 300_000);
  afterAll(async () => {
    for (const close of closers.toReversed()) await close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('JSON has every check and every thing, each with the hash of its evidence', () => {
    expect(report.checks.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
    expect(items.length).toBeGreaterThan(500);
    const about = items.filter(({ subject }) => subject.id.startsWith('practice/'));
    expect(about.length).toBeGreaterThan(300);
    expect(about.filter(({ sha256 }) => sha256.length === 0)).toEqual([]);
  });

  it('the web page has every thing and every hash, and fetches nothing', () => {
    const html = made.files.html.toString();
    for (const { subject, sha256 } of items) {
      expect(html).toContain(escaped(subject.id));
      for (const hash of sha256) expect(html).toContain(hash);
    }
    expect(html).not.toMatch(/<script|<link|<img|src=|url\(/i);
    expect(html).toContain(report.manifestSha256);
    expect(html).toContain('Ada, security officer');
  });

  it('has the seven pitfalls, none better than the worst of its checks; a part of the checklist has none', () => {
    expect(report.pitfalls.map(({ id }) => id)).toEqual(pitfallIds);
    for (const { verdict, checks: tied } of report.pitfalls) {
      const [worst] = tied.toSorted((a, b) => compareVerdicts(a.verdict, b.verdict));
      expect(verdict.value).toBe(worst?.verdict);
    }
    const html = made.files.html.toString();
    for (const { title } of report.pitfalls) expect(html).toContain(title);
    expect(made.pci.html.toString()).not.toContain('id="pitfalls"');
    expect(html).toContain('id="pitfalls"');
  });

  it('CSV has a record for each thing, and one for a check without', () => {
    const records: Record<string, string>[] = parse(made.files.csv, { columns: true });
    const without = report.checks.filter((check) => check.items.length === 0).length;
    expect(records).toHaveLength(items.length + without);
    expect(records.map((record) => record['evidence SHA-256']).join(' ')).toContain(
      items[0]?.sha256[0],
    );
    const verdicts = records.map((record) => record['verdict']);
    expect(verdicts).toEqual(
      expect.arrayContaining(['Fail', 'Cannot tell', 'Pass', 'Not applicable']),
    );
  });

  it('OCSF findings are valid, and no verdict but a pass is one', () => {
    const validate = ocsfFinding();
    const findings = JSON.parse(made.files.ocsf.toString()) as {
      compliance: { status_id: number; status_code: string };
    }[];
    expect(findings.length).toBeGreaterThanOrEqual(items.length);
    for (const finding of findings) {
      expect(validate(finding), JSON.stringify([validate.errors, finding])).toBe(true);
      const { status_id: status, status_code: verdict } = finding.compliance;
      expect(status === 1).toBe(verdict === 'pass');
    }
    const [first] = findings;
    expect(validate({ ...first, class_uid: 2004 })).toBe(false);
    expect(validate({ ...first, compliance: undefined })).toBe(false);
  });

  it('the bill of materials is valid CycloneDX 1.6, with keys, certificates, protocols and algorithms', () => {
    const bom = JSON.parse(made.files.cbom.toString()) as Bom;
    const validate = cycloneDx();
    expect(validate(bom), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    expect(validate({ ...bom, components: [{ name: 'no type' }] })).toBe(false);
    const kinds = bom.components.map((one) => one.cryptoProperties.assetType);
    expect(new Set(kinds)).toEqual(
      new Set(['related-crypto-material', 'certificate', 'protocol', 'algorithm']),
    );
    const refs = bom.components.map((one) => one['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    const named = JSON.stringify(bom).matchAll(/"(?:algorithmRef|subjectPublicKeyRef)":"([^"]*)"/g);
    for (const [, ref] of named) expect(refs).toContain(ref);
    // Of ACM too, with the verdicts of their checks; nothing of it was left unread.
    const acm = bom.components.filter((one) => one['bom-ref'].startsWith('arn:aws:acm:'));
    expect(acm.length).toBeGreaterThan(2);
    for (const { properties = [] } of acm) {
      const names = properties.map(({ name }) => name);
      expect(names).toEqual(
        expect.arrayContaining(['claviger:serial', 'claviger:check:acm-key-size']),
      );
    }
    expect(bom.metadata.properties.filter(({ value }) => value.includes('ACM'))).toEqual([]);
    const ledger = bom.components.find(({ name }) => name === 'alias/prod/ledger');
    expect(ledger?.cryptoProperties.relatedCryptoMaterialProperties).toMatchObject({
      type: 'secret-key',
      state: 'active',
      size: 256,
      securedBy: { mechanism: 'AWS KMS HSM' },
    });
    expect(ledger?.properties).toContainEqual({
      name: 'claviger:check:rotation-on',
      value: expect.stringMatching(/^fail \(pci 3\.7\.4/) as string,
    });
  });

  it('a report for one framework has what speaks to it, and nothing else', () => {
    const speaking = checks.filter((check) => requirementsFor(check, 'pci').length > 0);
    const records: Record<string, string>[] = parse(made.pci.csv, { columns: true });
    expect([...new Set(records.map((record) => record['check']))]).toEqual(
      speaking.map(({ id }) => id),
    );
    expect(Object.keys(records[0] ?? {})).not.toContain('soc2');
    expect(made.pci.html.toString()).toContain('PCI DSS 4.0.1');
    expect(made.pci.html.toString()).not.toContain('SOC 2');
    const { metadata } = JSON.parse(made.pci.cbom.toString()) as Bom;
    expect(metadata.properties).toContainEqual({
      name: 'claviger:framework',
      value: 'PCI DSS 4.0.1',
    });
  });

  it.each(['files', 'pci'] as const)(
    'the pack of %s checks with sha256sum, and with the commands that it names',
    async (kind) => {
      const unpackedTo = temporaryFolder();
      const unpacked = await readZip(made[kind].pack);
      for (const [name, bytes] of unpacked) {
        mkdirSync(dirname(join(unpackedTo, name)), { recursive: true });
        writeFileSync(join(unpackedTo, name), bytes);
      }
      const cwd = join(unpackedTo, 'readiness-pack');
      const text = readFileSync(join(cwd, 'README.md'), 'utf8');
      const commands = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');
      expect(commands).toHaveLength(2);
      for (const command of commands) {
        expect(execFileSync('bash', ['-euc', command], { cwd, encoding: 'utf8' })).toBe('');
      }
      const names = [...unpacked.keys()].map((name) => name.replace('readiness-pack/', ''));
      expect(names).toEqual(
        expect.arrayContaining(['report.html', 'report.json', 'report.csv', 'SHA256SUMS']),
      );
      expect(names.filter((name) => name.startsWith('attachments/'))).toEqual([
        expect.stringMatching(/^attachments\/[0-9a-f-]{36}\/__+the procedure\.txt$/),
      ]);
      const sums = readFileSync(join(cwd, 'SHA256SUMS'), 'utf8').trim().split('\n');
      expect(sums).toHaveLength(names.length - 1);
      // It tells what was changed.
      writeFileSync(join(cwd, 'report.csv'), 'altered');
      expect(() =>
        execFileSync('bash', ['-euc', commands[0] ?? ''], { cwd, stdio: 'pipe' }),
      ).toThrow(/did NOT match/);
    },
  );

  it('the journal has every export with the hash of its file', () => {
    const exports = made.entries.filter(({ what }) => what === 'readiness.exportReport');
    expect(exports).toHaveLength(10);
    expect(exports[0]?.facts).toMatchObject({
      format: 'pack',
      framework: 'pci',
      'result.sha256': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it('the print view has all things of a company of this size', () => {
    expect(made.printed.checks.flatMap((check) => check.items)).toHaveLength(items.length);
    expect(made.printed.checks.map(({ leftOut }) => leftOut)).not.toContain(1);
  });
});

interface Named {
  readonly name: string;
  readonly value: string;
}

interface Bom {
  readonly metadata: { readonly properties: readonly Named[] };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly name: string;
    readonly properties?: readonly Named[];
    readonly cryptoProperties: {
      readonly assetType: string;
      readonly relatedCryptoMaterialProperties?: object;
    };
  }[];
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
