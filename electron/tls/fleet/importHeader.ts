/** What a CSV file's columns hold: the position of each that is known. */
export interface Header {
  readonly delimiter: string;
  readonly columns: Readonly<Partial<Record<ColumnName, number>>>;
  /** Columns whose name says nothing to us. */
  readonly unknown: readonly string[];
}

export type ColumnName =
  'host' | 'port' | 'name' | 'sni' | 'owner' | 'tags' | 'elbPolicy' | 'clientCertificate';

/** Names in small letters and digits only; the first that a file has is taken. */
const names: Readonly<Record<ColumnName, readonly string[]>> = {
  host: [
    'host',
    'hostname',
    'fqdn',
    'domain',
    'domainname',
    'dnsname',
    'url',
    'endpoint',
    'target',
    'server',
    'address',
    'ip',
    'ipaddress',
  ],
  port: ['port', 'tcpport'],
  name: ['name', 'label', 'title', 'description'],
  sni: ['sni', 'servername'],
  owner: ['owner', 'team', 'contact', 'responsible'],
  tags: ['tags', 'tag', 'labels', 'groups'],
  elbPolicy: ['elbpolicy', 'policy', 'securitypolicy', 'sslpolicy'],
  clientCertificate: ['clientcertificate', 'clientcert', 'mtls'],
};

/** The header that a line is, or undefined where it is a line of endpoints. */
export function headerOf(line: string): Header | undefined {
  const delimiter = [';', '\t', ','].find((each) => line.includes(each)) ?? ',';
  const cells = line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const plain = cells.map((cell) => cell.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
  const columns: Partial<Record<ColumnName, number>> = {};
  for (const [column, known] of Object.entries(names)) {
    const at = known.map((name) => plain.indexOf(name)).find((index) => index !== -1);
    if (at !== undefined) columns[column as ColumnName] = at;
  }
  // A list of endpoints by name alone; a lone `name` is still a header, no host of that name.
  if (columns.host === undefined && columns.name !== undefined) {
    columns.host = columns.name;
  }
  if (columns.host === undefined) return undefined;
  const used = new Set(Object.values(columns));
  return {
    delimiter,
    columns,
    unknown: cells.filter((cell, index) => cell !== '' && !used.has(index)),
  };
}
