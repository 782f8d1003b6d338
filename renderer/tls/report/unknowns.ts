import { tlsVersions } from '../../../shared/model/tls/scan';
import type { ScanResult } from '../../../shared/model/tls/result';
import { vulnerabilityNames } from '../vulnerabilityNames';
import { versionLooks } from '../versions';
import { featureNames } from './featureNames';

/** Something that the scan could not tell, and why: shown in one place, so that none hides in a table. */
export interface Unknown {
  readonly what: string;
  readonly why: string;
}

/** Everything that could not be told of an address. Unknown is never "no". */
export function unknownsOf(result: ScanResult): readonly Unknown[] {
  const found: Unknown[] = [];
  const note = (what: string, why: string | undefined) =>
    found.push({ what, why: why ?? 'the scan gave no reason' });

  for (const version of tlsVersions) {
    const protocol = result.protocols.find((one) => one.version === version);
    if (protocol?.offered === 'unknown') note(versionLooks[version].name, protocol.why);
    else if (protocol?.offered === 'yes' && !protocol.suitesComplete) {
      note(`All suites of ${versionLooks[version].name}`, protocol.why ?? 'the list may be longer');
    }
  }
  if (result.parts.includes('groups') && !result.groupsComplete && result.reachable) {
    note('All key exchange groups', 'the list may be longer');
  }
  for (const [id, name] of featureNames) {
    const finding = result.features?.[id];
    if (finding?.value === 'unknown') note(name, finding.why);
  }
  for (const { id, verdict, why } of result.vulnerabilities) {
    if (verdict === 'unknown') note(vulnerabilityNames[id].name, why);
  }
  if (result.http) {
    const { spoken, hsts, redirect, compression } = result.http;
    if (spoken.value === 'unknown') note('HTTP', spoken.why);
    if (hsts.value === 'unknown') note('HSTS', hsts.why);
    if (redirect.value === 'unknown') note('Redirect from port 80', redirect.why);
    if (compression.value === 'unknown') note('HTTP compression', compression.why);
  }
  if (result.certificatesNote) note('Certificates', result.certificatesNote);
  if (result.caa?.value === 'unknown') note('CAA records', result.caa.why);
  for (const chain of result.certificates) {
    for (const { store, verdict } of chain.trust) {
      if (verdict.value === 'cannot-tell') note(`Trust by ${store}`, verdict.reason);
    }
    if (chain.hostname.value === 'cannot-tell')
      note('Name of the certificate', chain.hostname.reason);
    if (chain.revocation.value === 'cannot-tell') note('Revocation', chain.revocation.reason);
    if (chain.staple.value === 'unknown') note('OCSP staple', chain.staple.why);
  }
  for (const missing of result.grade.missing) note('Grade', missing);
  return found.filter(
    ({ what, why }, index) =>
      found.findIndex((other) => other.what === what && other.why === why) === index,
  );
}
