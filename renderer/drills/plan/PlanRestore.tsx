import type { PlanBody } from '../../../shared/model/drills/plan';
import { Section, Segmented, TextField } from '../../ui';
import { NumberField, OptionalField, OptionalNumberField } from './fields';

/** Which object is restored, and how much there is to open again: what the steps about data need. */
export function PlanRestore({
  body,
  onChange,
}: {
  body: PlanBody;
  onChange: (change: Partial<PlanBody>) => void;
}) {
  const has = (kind: string) => body.steps.some((step) => step.kind === kind);
  const { restore, restoreFile } = body;
  if (!has('restore-object') && !has('mass-restore') && !restore && !restoreFile) return null;
  return (
    <Section
      title="What is restored"
      description="A real object proves more than one that the drill puts away for itself: name its hash as it was noted when it was sealed."
    >
      <div className="space-y-3">
        {(has('restore-object') || restore || restoreFile) && (
          <OneObject body={body} onChange={onChange} />
        )}
        {has('mass-restore') && <WholeEstate body={body} onChange={onChange} />}
      </div>
    </Section>
  );
}

function OneObject({
  body: { restore, restoreFile },
  onChange,
}: {
  body: PlanBody;
  onChange: (change: Partial<PlanBody>) => void;
}) {
  const sha256 = (restore ?? restoreFile)?.sha256 ?? '';
  return (
    <>
      <Segmented
        label="What the step restores"
        value={restore ? 'object' : restoreFile ? 'file' : 'own'}
        segments={[
          { value: 'own', label: 'An object of the drill’s own' },
          { value: 'object', label: 'An object in a bucket' },
          { value: 'file', label: 'A file' },
        ]}
        onChange={(what) =>
          onChange({
            restore: what === 'object' ? { bucket: '', key: '', sha256 } : undefined,
            restoreFile: what === 'file' ? { path: '', sha256 } : undefined,
          })
        }
      />
      {restore && (
        <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
          <TextField
            label="Bucket"
            value={restore.bucket}
            onChange={(bucket) => onChange({ restore: { ...restore, bucket: bucket.trim() } })}
          />
          <TextField
            label="Key of the object"
            value={restore.key}
            onChange={(key) => onChange({ restore: { ...restore, key } })}
          />
          <OptionalField
            label="Version"
            value={restore.versionId}
            onChange={(versionId) => onChange({ restore: { ...restore, versionId } })}
          />
        </div>
      )}
      {restoreFile && (
        <TextField
          label="File, with its whole path"
          value={restoreFile.path}
          onChange={(path) => onChange({ restoreFile: { ...restoreFile, path } })}
        />
      )}
      {(restore ?? restoreFile) && (
        <TextField
          label="SHA-256 of what must come out"
          value={sha256}
          hint="Of the content once it is open; 64 hex digits, as sha256sum writes them."
          onChange={(text) => {
            const hash = text.trim().toLowerCase();
            if (restore) onChange({ restore: { ...restore, sha256: hash } });
            if (restoreFile) onChange({ restoreFile: { ...restoreFile, sha256: hash } });
          }}
        />
      )}
    </>
  );
}

function WholeEstate({
  body: { massRestore = { dataKeys: 1_000_000, quotaPercent: 50 } },
  onChange,
}: {
  body: PlanBody;
  onChange: (change: Partial<PlanBody>) => void;
}) {
  const set = (change: Partial<NonNullable<PlanBody['massRestore']>>) =>
    onChange({ massRestore: { ...massRestore, ...change } });
  return (
    <div className="grid grid-cols-4 gap-3 max-lg:grid-cols-2">
      <OptionalField
        label="What is opened again"
        value={massRestore.what}
        onChange={(what) => set({ what })}
      />
      <NumberField
        label="Data keys"
        hint="One for each object, unless a bucket key is shared."
        value={massRestore.dataKeys}
        onChange={(dataKeys) => set({ dataKeys })}
      />
      <NumberField
        label="Share of the quota, percent"
        value={massRestore.quotaPercent}
        onChange={(quotaPercent) => set({ quotaPercent })}
      />
      <OptionalNumberField
        label="Within, hours"
        hint="Empty: the recovery time."
        value={massRestore.withinHours}
        onChange={(withinHours) => set({ withinHours })}
      />
    </div>
  );
}
