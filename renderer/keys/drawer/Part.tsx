import type { ReactNode } from 'react';
import type { Facet } from '../../../shared/model/facet';
import { Delayed, ErrorPanel, Skeleton, Time, useUi, Button } from '../../ui';
import { iamPolicyText } from '../../../shared/model/iamPolicy';

/** One part of the drawer under its heading. */
export function Part({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="border-b px-4 py-3 last:border-b-0">
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h3 className="text-sm font-semibold">{title}</h3>
        {aside && <span className="truncate text-xs text-ink-3">{aside}</span>}
      </div>
      {children}
    </section>
  );
}

/**
 * A part that comes from one API: its value with its time, or in plain words why there is none. What
 * does not apply and what could not be read never look alike.
 */
export function FacetPart<T>({
  title,
  facet,
  children,
}: {
  title: string;
  facet: Facet<T>;
  children: (value: T) => ReactNode;
}) {
  const asOf = 'asOf' in facet && facet.asOf !== '' ? facet.asOf : undefined;
  return (
    <Part
      title={title}
      aside={
        asOf && (
          <>
            as of <Time iso={asOf} precision="second" />
          </>
        )
      }
    >
      <FacetBody facet={facet}>{children}</FacetBody>
    </Part>
  );
}

/** The inside of such a part. */
export function FacetBody<T>({
  facet,
  children,
}: {
  facet: Facet<T>;
  children: (value: T) => ReactNode;
}) {
  if (facet.status === 'known') return children(facet.value);
  if (facet.status === 'not-applicable') {
    return <p className="text-sm text-ink-2">Not applicable. {facet.reason}</p>;
  }
  if (facet.status === 'pending') {
    return (
      <Delayed>
        <Skeleton rows={2} />
        <span className="sr-only">Being read</span>
      </Delayed>
    );
  }
  const permission = facet.error.detail?.['permission'];
  return (
    <div className="space-y-2">
      <ErrorPanel compact error={facet.error} />
      {typeof permission === 'string' && <CopyPolicy permission={permission} />}
    </div>
  );
}

/** Puts the IAM policy with a missing permission on the clipboard. */
export function CopyPolicy({ permission }: { permission: string }) {
  const { copy } = useUi();
  return (
    <Button
      aria-label={`Copy policy for ${permission}`}
      onClick={() => copy(iamPolicyText([permission]), 'IAM policy')}
    >
      Copy policy
    </Button>
  );
}
