import { ssl2Kinds } from '../../../shared/model/tls/registry';
import type { Dialer } from '../net/types';
import { buildSsl2Hello, readSsl2Flight } from '../wire/ssl2';
import { answerOfFailure, noConnection, type AskForChain } from './chainAnswer';

/** Asks a server that speaks SSLv2 alone, which sends one certificate and knows no names. */
export function askSsl2(dialer: Dialer): AskForChain {
  return async (_, sni) => {
    const opened = await dialer.open();
    if (opened.kind !== 'open') return noConnection(opened.why);
    const { connection } = opened;
    connection.write(buildSsl2Hello(ssl2Kinds.map(({ id }) => id)));
    const flight = await readSsl2Flight(connection);
    connection.close();
    if (flight.kind === 'error') return { kind: 'refused' };
    if (flight.kind !== 'hello') return answerOfFailure(flight);
    if (!flight.certificate)
      return { kind: 'failed', again: false, why: 'the server sent no certificate.' };
    const chain = [flight.certificate];
    return {
      kind: 'chain',
      chain: { sni: sni === null ? 'without' : 'with', version: 'SSLv2', chain },
    };
  };
}
