import { suiteInfo } from '../../../shared/model/tls/registry';
import type { Answer } from './answer';
import type { Asker } from './asker';
import { curves, helloOf } from './offers';
import type { VersionFinding } from './versionFinding';

export interface CurvesFinding {
  readonly curves: readonly number[];
  readonly complete: boolean;
}

/** With an ECDSA certificate on it, a server needs this curve offered whatever else is (RFC 8422 5.1). */
const usualCertificateCurve = 0x0017;

/** Finds the curves that a version of TLS up to 1.2 takes for ECDHE, by removal. */
export async function findCurves(
  asker: Asker,
  { version, size, suites }: VersionFinding,
  sni: string | null,
): Promise<CurvesFinding> {
  const ecdhe = suites
    .map(({ suite }) => suite)
    .filter((id) => suiteInfo(id)?.keyExchange === 'ECDHE');
  if (ecdhe.length === 0) return { curves: [], complete: true };
  const ask = (groups: readonly number[]) =>
    asker.ask(helloOf({ version, size, sni, suites: ecdhe, groups }));
  const found: number[] = [];
  let left = [...curves];
  for (;;) {
    const answer = await ask(left);
    const curve = curveOf(answer);
    if (curve !== undefined && left.includes(curve)) {
      found.push(curve);
      left = left.filter((one) => one !== curve);
      if (left.length === 0) return { curves: found, complete: true };
      continue;
    }
    const refused = answer.kind === 'refused';
    const onlyEcdsa = ecdhe.every((id) => suiteInfo(id)?.authentication === 'ECDSA');
    if (!refused || !onlyEcdsa || !found.includes(usualCertificateCurve)) {
      return { curves: found, complete: refused };
    }
    return behindGuard(ask, found, left);
  }
}

/** The refusal may be for want of the certificate's curve: goes on with that curve offered last. */
async function behindGuard(
  ask: (groups: readonly number[]) => Promise<Answer>,
  known: readonly number[],
  candidates: readonly number[],
): Promise<CurvesFinding> {
  const found = [...known];
  let left = [...candidates];
  while (left.length > 0) {
    const curve = curveOf(await ask([...left, usualCertificateCurve]));
    if (curve === undefined || !left.includes(curve)) break;
    found.push(curve);
    left = left.filter((one) => one !== curve);
  }
  if (left.length === 0) return { curves: found, complete: true };
  // Only a server that follows the client's order would have taken another curve before the guard.
  const other = found.find((curve) => curve !== usualCertificateCurve);
  if (other === undefined) return { curves: found, complete: false };
  const follows =
    curveOf(await ask([other, usualCertificateCurve])) === other &&
    curveOf(await ask([usualCertificateCurve, other])) === usualCertificateCurve;
  return { curves: found, complete: follows };
}

/** The curve in the server's key exchange; suites and curve stand in the same flight. */
function curveOf(answer: Answer): number | undefined {
  if (answer.kind !== 'hello') return undefined;
  for (const message of answer.messages) {
    if (message.name === 'serverKeyExchange' && message.keyExchange.kind === 'ecdhe') {
      return message.keyExchange.group;
    }
  }
  return undefined;
}
