import { ListDistributionsCommand, type DistributionSummary } from '@aws-sdk/client-cloudfront';
import { pages } from '../../aws/pages';
import type { Search } from './types';

/** The names of the account's CloudFront distributions: their own aliases, else CloudFront's name. */
export async function findDistributions(search: Search): Promise<void> {
  const lists = pages(
    'cloudfront:ListDistributions',
    (Marker) => search.send(new ListDistributionsCommand({ MaxItems: 100, Marker })),
    ({ DistributionList }) => DistributionList?.NextMarker,
  );
  for await (const { DistributionList } of lists) {
    for (const distribution of DistributionList?.Items ?? []) {
      // One that is switched off answers nobody.
      if (distribution.Enabled !== false) findNames(distribution, search);
    }
  }
}

function findNames(distribution: DistributionSummary, search: Search): void {
  const { Id = '', Aliases, Comment, DomainName = '', ViewerCertificate } = distribution;
  const aliases = Aliases?.Items ?? [];
  const policy = ViewerCertificate?.MinimumProtocolVersion;
  for (const host of aliases.length > 0 ? aliases : [DomainName]) {
    search.found({
      host,
      name: Comment?.slice(0, 200) || Id,
      source: 'cloudfront',
      tags: policy === undefined ? [] : [policy],
      clientCertificate: distribution.ViewerMtlsConfig?.Mode === 'required',
    });
  }
}
