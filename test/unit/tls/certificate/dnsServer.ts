import { createSocket } from 'node:dgram';

export interface CaaAnswer {
  readonly flags: number;
  readonly tag: string;
  readonly value: string;
}

/** A DNS server on loopback (RFC 1035, UDP) that answers for CAA alone; names it does not have do not exist. */
export async function createDnsServer(
  zone: Readonly<Record<string, readonly CaaAnswer[] | 'refuse' | 'fail'>>,
): Promise<{ address: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { end, name } = readQuestion(query);
    asked.push(name);
    const entry = zone[name];
    const records = Array.isArray(entry) ? (entry as readonly CaaAnswer[]) : [];
    const code = entry === 'refuse' ? 5 : entry === 'fail' ? 2 : entry ? 0 : 3;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | code, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    socket.send(
      Buffer.concat([header, query.subarray(12, end), ...records.map(caaRecord)]),
      from.port,
      from.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  return { address: `127.0.0.1:${port}`, asked, close: () => socket.close() };
}

function readQuestion(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

/** Its name points to the question; type 257 (RFC 8659, 4.1). */
function caaRecord({ flags, tag, value }: CaaAnswer): Buffer {
  const data = Buffer.concat([Buffer.from([flags, tag.length]), Buffer.from(tag + value)]);
  const head = Buffer.from('c00c0101000100000e100000', 'hex');
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
