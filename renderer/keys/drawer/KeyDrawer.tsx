import { History } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import { known } from '../../../shared/model/facet';
import type { KeyDetail, KeyRef } from '../../../shared/model/key';
import type { KeyView } from '../../../shared/model/keyLens';
import { useClient } from '../../app';
import { navigate } from '../../app/location';
import { keyEventsPlace } from '../../events';
import {
  Drawer,
  ErrorPanel,
  IconButton,
  Identifier,
  Loading,
  StateBadge,
  VerdictBadge,
} from '../../ui';
import { ChangePart } from './ChangePart';
import { CopyMenu } from './CopyMenu';
import { EvidencePart } from './EvidencePart';
import { FactsPart } from './FactsPart';
import { GrantsPart } from './GrantsPart';
import { MaterialsPart } from './MaterialsPart';
import { PolicyPart } from './PolicyPart';
import { ReplicasPart } from './ReplicasPart';
import { TagsPart } from './TagsPart';
import { useLiveView } from './useLiveView';
import { UsagePart } from './UsagePart';
import { VerdictsPart } from './VerdictsPart';

/**
 * Everything about one key. What the table knows is shown at once; the rest is asked of AWS when it
 * opens. Every part says by itself how well it is known.
 */
export function KeyDrawer({
  keyRef,
  view,
  all,
  reading,
  takeFocus,
  onOpen,
  onClose,
  returnFocus,
}: {
  keyRef: KeyRef;
  /** The key's row; undefined where the table has none (yet). */
  view: KeyView | undefined;
  /** All rows, to find replicas among them. */
  all: readonly KeyView[];
  reading: boolean;
  takeFocus: boolean;
  onOpen: (id: string) => void;
  onClose: () => void;
  returnFocus: () => HTMLElement | null;
}) {
  const { detail, error, retry } = useKeyDetail(keyRef);
  const live = useLiveView(detail, view);
  const alias = live && known(live.row.aliases)?.[0]?.replace(/^alias\//, '');
  const state = live && known(live.row.metadata)?.keyState;

  return (
    <Drawer
      label={`Key ${alias ?? keyRef.keyId}`}
      onClose={onClose}
      returnFocus={returnFocus}
      takeFocus={takeFocus}
      actions={
        live && (
          <>
            <IconButton
              icon={History}
              label="Its events"
              onClick={() => navigate(keyEventsPlace(live.row.arn))}
            />
            <CopyMenu row={live.row} detail={detail} />
          </>
        )
      }
      header={
        <>
          <h2 className="truncate text-base font-semibold">{alias ?? keyRef.keyId}</h2>
          {live && (
            <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
              <VerdictBadge value={live.overall} />
              {state && <StateBadge state={state} />}
              <Identifier value={live.row.arn} label="Key ARN" max={44} />
            </div>
          )}
        </>
      }
    >
      {error && (
        <div className="border-b p-3">
          <ErrorPanel compact error={error} onRetry={retry} />
        </div>
      )}
      {live ? (
        <>
          <ChangePart row={live.row} />
          <VerdictsPart verdicts={live.verdicts} />
          <MaterialsPart row={live.row} materials={part(detail?.materials, error)} />
          <PolicyPart row={live.row} policyText={part(detail?.policyText, error)} />
          <GrantsPart grants={part(detail?.grantList, error)} />
          <TagsPart tags={live.row.tags} />
          <ReplicasPart row={live.row} all={all} onOpen={onOpen} />
          <UsagePart usage={part(detail?.usage, error)} />
          <FactsPart row={live.row} />
          <EvidencePart evidence={detail?.evidence} failed={error !== undefined} />
        </>
      ) : (
        !error && (
          <Loading label={reading ? 'Reading the key' : 'Asking AWS for the key'} rows={8} />
        )
      )}
    </Drawer>
  );
}

/** A part of the detail that has not come: pending while it is asked, or with the reason why not. */
function part<T>(facet: T | undefined, error: ErrorInfo | undefined) {
  if (facet) return facet;
  return error
    ? ({ status: 'cannot-tell', error, asOf: '' } as const)
    : ({ status: 'pending' } as const);
}

/** Asks for the detail of a key when it opens, and again on `retry`. Closing cancels. */
function useKeyDetail({ connection, region, keyId }: KeyRef): {
  detail: KeyDetail | undefined;
  error: ErrorInfo | undefined;
  retry: () => void;
} {
  const client = useClient();
  const running = useRef<AbortController>(undefined);
  const [answer, setAnswer] = useState<{ detail?: KeyDetail; error?: ErrorInfo }>({});
  const ask = useCallback(() => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    client.keys.detail({ connection, region, keyId }, { signal: abort.signal }).then(
      (detail) => setAnswer({ detail }),
      (error: unknown) => {
        if (!abort.signal.aborted) setAnswer({ error: toErrorInfo(error) });
      },
    );
    return () => abort.abort();
  }, [client, connection, region, keyId]);
  useEffect(ask, [ask]);
  return {
    detail: answer.detail,
    error: answer.error,
    retry: () => {
      setAnswer({});
      ask();
    },
  };
}
