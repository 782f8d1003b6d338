import type { TlsVersion } from '../../shared/model/tls/scan';
import { versionLooks } from './versions';

/** The versions that are offered, as chips: colour, number, and a mark where it is not sure. */
export function VersionChips({
  versions,
}: {
  versions: readonly {
    readonly version: TlsVersion;
    readonly offered: 'yes' | 'some' | 'no' | 'unknown';
  }[];
}) {
  if (versions.length === 0) return <span className="dg-dim">none</span>;
  return (
    <span className="inline-flex items-center gap-1">
      {versions.map(({ version, offered }) => {
        const { name, short, tone, judgement } = versionLooks[version];
        return (
          <span
            key={version}
            className="tls-chip"
            data-tone={offered === 'unknown' ? 'unsure' : tone}
            title={`${name}: ${offeredWords[offered]}, ${judgement}`}
          >
            <span className="sr-only">{name} </span>
            <span aria-hidden>{short}</span>
            {offered !== 'yes' && (
              <>
                <span aria-hidden>{offered === 'some' ? '*' : '?'}</span>
                <span className="sr-only">{offeredWords[offered]}</span>
              </>
            )}
          </span>
        );
      })}
    </span>
  );
}

const offeredWords = {
  yes: 'offered',
  some: 'offered by some addresses',
  no: 'not offered',
  unknown: 'cannot tell whether it is offered',
} as const;
