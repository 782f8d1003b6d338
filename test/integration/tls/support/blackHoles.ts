import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface BlackHoles {
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
  close(): Promise<void>;
}

/** Addresses that swallow connection attempts: their backlog is full, and nobody accepts. */
export async function startBlackHoles(count: number): Promise<BlackHoles> {
  const script = `
import socket, sys
kept = []
for index in range(${count}):
    hole = socket.socket()
    hole.bind(('127.0.9.%d' % (index + 1), 0))
    hole.listen(0)
    for _ in range(4):
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex(hole.getsockname())
        kept.append(filler)
    kept.append(hole)
    print('%s %d' % hole.getsockname(), flush=True)
print('ready', flush=True)
sys.stdin.read()
`;
  const child = spawn('python3', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const addresses: { address: string; port: number }[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (line === 'ready') break;
    const [address = '', port = ''] = line.split(' ');
    addresses.push({ address, port: Number(port) });
  }
  return {
    addresses,
    async close() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
