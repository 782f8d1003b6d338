import { writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Account } from '../account/account';
import type { EdgeServer } from '../edge/estate';
import { openAuthority, openRoot, type Authority } from './authority';
import { readFirstMessage } from './clientHello';
import { frightfulServer } from './frightfulServer';
import { libraryServer, type Serve } from './libraryServer';
import { authorityFile, practiceServerKinds, type Configuration } from './servers';

export interface PracticeTls {
  readonly servers: readonly EdgeServer[];
  /** How each is set up now. */
  list(): PracticeTlsState[];
  /** From the next connection on the server is as another one; its own again with its own name. */
  configure(server: Configuration, as: Configuration): void;
  /** After the account was emptied: new keys, every server its own again. The ports stay. */
  forget(): void;
  close(): Promise<void>;
}

export interface PracticeTlsState {
  readonly server: Configuration;
  readonly as: Configuration;
  readonly port: number;
  readonly shows: string;
}

const longestHello = 2 ** 15;
const firstMessageMs = 30_000;

/**
 * Listens on loopback with one port for each practice TLS server, the same ports as last time where they
 * are free. The root is there from the start; other keys and certificates are made when the first client
 * comes.
 */
export async function startPracticeTls(
  account: Pick<Account, 'clock' | 'state'>,
  { stateDir, realNow }: { readonly stateDir?: string | undefined; readonly realNow: () => number },
): Promise<PracticeTls> {
  const kept = account.state.of<{ port?: number; as?: Configuration }>('tls-servers');
  const sockets = new Set<Socket>();
  const asOf = (id: Configuration) => kept.get(id)?.as ?? id;
  let opened: { readonly offsetMs: number; readonly serve: ServeAs } | undefined;

  /** Anew where the account's clock was moved since: the certificates' dates go with it. */
  function serving(): ServeAs {
    const offsetMs = Math.round((account.clock.now() - realNow()) / 1000) * 1000;
    if (opened?.offsetMs !== offsetMs) {
      const root = openRoot(account, offsetMs);
      // Where clients that are to trust the servers find it.
      if (stateDir !== undefined) {
        writeFileSync(join(stateDir, authorityFile), root.pem, { mode: 0o600 });
      }
      opened = { offsetMs, serve: serversOf(() => openAuthority(account, root)) };
    }
    return opened.serve;
  }

  async function listen(
    id: Configuration,
  ): Promise<{ id: Configuration; port: number; server: Server }> {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => {});
      serving()(asOf(id)).then(
        (serve) => serve(socket),
        (error: unknown) => {
          socket.destroy();
          process.emitWarning(error instanceof Error ? error : String(error));
        },
      );
    });
    const wanted = kept.get(id)?.port ?? 0;
    const port = await bind(server, wanted).catch(() => bind(server, 0));
    return { id, port, server };
  }

  const listening = await Promise.all(practiceServerKinds.map(({ id }) => listen(id)));
  const portOf = (id: Configuration) => listening.find((one) => one.id === id)?.port ?? 0;
  const remember = () => {
    for (const { id, port } of listening) kept.put(id, { ...kept.get(id), port });
    account.state.commit();
  };
  remember();
  serving();
  return {
    servers: practiceServerKinds.map(({ id, name, clientCertificate, elbPolicy }) => ({
      name,
      // Not localhost: that often has a second address, where nobody listens.
      host: '127.0.0.1',
      port: portOf(id),
      sni: 'localhost',
      ...(clientCertificate && { clientCertificate }),
      ...(elbPolicy !== undefined && { elbPolicy }),
    })),
    list: () =>
      practiceServerKinds.map(({ id, shows }) => ({
        server: id,
        as: asOf(id),
        port: portOf(id),
        shows,
      })),
    configure(server, as) {
      kept.put(server, { port: portOf(server), as });
      account.state.commit();
    },
    forget() {
      opened = undefined;
      remember();
      serving();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(
        listening.map(({ server }) => new Promise((resolve) => server.close(resolve))),
      );
    },
  };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error);
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

type ServeAs = (as: Configuration) => Promise<Serve>;

/** Each is made when it is first asked for. */
function serversOf(open: () => Promise<Authority>): ServeAs {
  const made = new Map<Configuration, Promise<Serve>>();
  let authority: Promise<Authority> | undefined;
  return (as) => {
    authority ??= open();
    const serve = made.get(as) ?? authority.then((one) => serverAs(as, one));
    made.set(as, serve);
    return serve;
  };
}

function serverAs(as: Configuration, authority: Authority): Serve {
  if (as === 'frightful') return frightfulServer(authority);
  if (as !== 'two-certificates') return libraryServer(as, authority);
  return byHello(libraryServer('ecdsa', authority), libraryServer('rsa', authority));
}

/** BoringSSL holds one certificate a server: which server answers is decided by what the hello can verify. */
function byHello(ecdsa: Serve, rsa: Serve): Serve {
  return (socket) => {
    let received = Buffer.alloc(0);
    const giveUp = setTimeout(() => socket.destroy(), firstMessageMs);
    socket.on('close', () => clearTimeout(giveUp));
    const onData = (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      const hello = readFirstMessage(received);
      if (!hello && received.length < longestHello) return;
      clearTimeout(giveUp);
      socket.off('data', onData);
      socket.pause();
      socket.unshift(received);
      (hello?.kind === 'tls' && takesEcdsa(hello) ? ecdsa : rsa)(socket);
    };
    socket.on('data', onData);
  };
}

/** ecdsa_secp256r1_sha256 among the signatures, and a suite that goes with it. */
function takesEcdsa({
  signatureAlgorithms,
  suites,
}: {
  readonly signatureAlgorithms: readonly number[];
  readonly suites: readonly number[];
}): boolean {
  const suite = suites.some(
    (id) => (id >= 0x1301 && id <= 0x1303) || id === 0xc02b || id === 0xc02c,
  );
  return suite && signatureAlgorithms.includes(0x0403);
}
