import type { Answer } from './answer';
import type { Asker } from './asker';
import { helloOf, suiteParts, type HelloVersion } from './offers';
import { shareableGroups, createKeyShares } from './keyShares';

/** What came of the first questions to a server. */
export interface Contact {
  /** To the first part of TLS 1.2's suites; absent where that has to be asked again. */
  readonly first?: Answer;
  /** No hello of any kind was answered, by TLS or an alert: nothing more can be asked. */
  readonly silent?: string;
  /** Not even a connection came about. */
  readonly unreachable?: string;
}

/**
 * Says hello. Where a usual hello of TLS 1.2 gets no answer, shorter and older ones are tried before the
 * server counts as one that speaks no TLS, or not to us.
 */
export async function makeContact(asker: Asker, sni: string | null): Promise<Contact> {
  const [usual = []] = suiteParts('full', 'TLS1.2');
  const [common = []] = suiteParts('small', 'TLS1.2');
  const first = await asker.askOnce(
    helloOf({ version: 'TLS1.2', size: 'full', sni, suites: usual }),
  );
  if (first.kind === 'hello' || isAnswer(first)) return { first };
  if (first.kind === 'unknown' && first.how === 'no-connection') {
    return { silent: first.why, unreachable: first.why };
  }
  const versions: HelloVersion[] = ['TLS1.3', 'TLS1.2', 'TLS1.0', 'SSLv3'];
  const answers = await Promise.all(
    versions.map((version) => {
      const hello = helloOf({
        version,
        size: 'small',
        sni,
        suites: version === 'TLS1.3' ? [0x1303, 0x1302, 0x1301] : common,
      });
      const shares = version === 'TLS1.3' && { keyShares: createKeyShares(shareableGroups) };
      return asker.askOnce({ ...hello, ...shares });
    }),
  );
  return answers.some(isAnswer) ? {} : { silent: first.why };
}

function isAnswer(answer: Answer): boolean {
  return answer.kind === 'hello' || (answer.kind === 'refused' && answer.how === 'alert');
}
