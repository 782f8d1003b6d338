import { daysBetween } from '../../../keyRotationRules';
import { day } from '../../../keyVerdictParts';
import { namedChains } from '../../../tls/offers';
import type { JudgeContext } from '../../check';
import type { PostureScope, ReadinessEvidence, ScannedEndpoint } from '../../sources';
import { fact, gathered, notRead, untoldFact, type PitfallFact } from './fact';

interface Ending {
  readonly name: string;
  /** ISO 8601; absent where nobody says it. */
  readonly ends?: string | undefined;
  /** The account whose time counts. */
  readonly connection?: string | undefined;
}

/** Certificates by how long they last: of endpoints, of ACM where in use, of IAM and of databases. */
export function certificateFacts(
  { tls, posture }: ReadinessEvidence,
  now: JudgeContext['now'],
): PitfallFact[] {
  if (!tls && !posture) return notRead('Certificates');
  const accounts = ofAccounts(posture ?? []);
  const all = [...(tls ?? []).map(ofEndpoint), ...accounts.endings];
  const lasting = all
    .flatMap(({ name, ends, connection }) => {
      if (ends === undefined || Number.isNaN(Date.parse(ends))) return [];
      return [{ name: `${name}, ${day(ends)}`, left: daysBetween(now(connection), ends) }];
    })
    .toSorted((a, b) => a.left - b.left);
  const band = (label: string, from: number, to: number) =>
    fact(
      label,
      `${lasting.filter(({ left }) => left >= from && left <= to).length} of ${all.length}.`,
      to === Number.POSITIVE_INFINITY
        ? []
        : lasting.filter(({ left }) => left >= from && left <= to).map(({ name }) => name),
    );
  const endless = all.length - lasting.length;
  return [
    band('Ended', Number.NEGATIVE_INFINITY, -1),
    band('Within 7 days', 0, 7),
    band('Within 8 to 14 days', 8, 14),
    band('Within 15 to 30 days', 15, 30),
    band('Later', 31, Number.POSITIVE_INFINITY),
    ...(endless > 0
      ? [{ ...fact('End not known', `${endless} of ${all.length}.`), untold: true }]
      : []),
    ...(tls ? [] : notRead('Endpoints')),
    ...(posture ? [] : notRead('ACM, IAM and databases')),
    ...untoldFact('Not read', accounts.untold),
  ];
}

/** What ends first of what an endpoint sends. */
function ofEndpoint({ endpoint, scans }: ScannedEndpoint): Ending {
  const ends = scans
    .flatMap((scan) => namedChains(scan).flatMap(({ chain }) => chain))
    .map(({ notAfter }) => notAfter)
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
  return { name: endpoint.name || endpoint.host, ends };
}

function ofAccounts(posture: readonly PostureScope[]): { endings: Ending[]; untold: string[] } {
  const parts = posture.flatMap((scope) => (scope.posture ? [ofAccount(scope.posture)] : []));
  return {
    endings: parts.flatMap(({ endings }) => endings),
    untold: parts.flatMap(({ untold }) => untold),
  };
}

function ofAccount({ connection, regions, identities }: NonNullable<PostureScope['posture']>) {
  const lists = gathered(regions.map(({ certificates }) => certificates));
  const acm = gathered(lists.told.flat().map(({ certificate }) => certificate));
  const iam = gathered([identities.serverCertificates]);
  const databases = gathered(regions.map(({ databases: { instances } }) => instances));
  const endings = [
    ...acm.told
      .filter(({ usedBy }) => usedBy.length > 0)
      .map(({ domain: name, endsAt: ends }) => ({ name, ends })),
    ...iam.told.flat().map(({ name, expiresAt: ends }) => ({ name, ends })),
    ...databases.told.flat().map(({ id: name, certificateEndsAt: ends }) => ({ name, ends })),
  ].map((one): Ending => ({ ...one, connection }));
  return { endings, untold: [lists, acm, iam, databases].flatMap(({ untold }) => untold) };
}
